import type { FastifyRequest } from 'fastify'
import type { z } from 'zod'
import type { ChangedEntry, entry as document, NewEntry } from '../../contract/api/screenings.ts'
import { lockActedOn, obligationStateOf } from '../../services/obligations/acted-on.ts'
import {
  addEntry,
  changeEntry,
  decryptEntry,
  entryOf,
  type EntryRow,
  removeEntry,
  type ScreenedHousehold,
  twinOf,
} from '../../services/screenings/entries.ts'
import type { Keyring } from '../../services/vault/encryption.ts'
import { actsOnBehalfOf, refusalFor } from '../../domain/obligation/action-rights.ts'
import { refusalInState } from '../../domain/obligation/lifecycle.ts'
import {
  ENTRY_FINDING_LABELS,
  ENTRY_FOLLOW_LABELS,
  entryIssues,
  type EntryVisit,
} from '../../domain/obligation/screening-entry.ts'
import type { Actor } from '../../domain/people/permissions.ts'
import { maskIdNo, maskName, maskPhone } from '../../domain/people/masking.ts'
import { dayOf } from '../../domain/time/days.ts'
import { kindOf } from '../../kinds/kinds.ts'
import { idNoOf } from '../../ledgers/id-number.ts'
import { phoneOf } from '../../ledgers/phone.ts'
import type { Sql } from '../../db/pool.ts'
import { ApiError, notFound } from '../http/errors.ts'
import { iso } from '../obligations/present.ts'
import { actorOf, asOfOf } from '../plugins/actor.ts'
import type { AuditNote } from '../plugins/audit-entry.ts'
import { mustMatch } from '../plugins/version.ts'

type Shown = z.infer<typeof document>
type OfScreening = { Params: { id: string } }
type OfEntry = { Params: { id: string; entry: string } }

/** @throws ApiError 403, 404, 409 or 422 */
export function createEntry(
  request: FastifyRequest<OfScreening & { Body: NewEntry }>,
  keys: Keyring,
): Promise<Shown> {
  const { person, visitors, ...visit } = request.body
  return request.db.transaction(async (tx, note) => {
    const { id: obligation, startOn } = await openScreening(tx, request, note, 'add')
    checkVisit(request, visit, startOn)
    const household = writtenLikeALedger({ ...person, visitors })
    await mustBeNew(tx, keys, { obligation, idNo: household.idNo, but: null })
    const { now } = asOfOf(request)
    const id = await addEntry(tx, keys, { obligation, visit, household, by: actorOf(request).id, now })
    note.detail = { entry: id }
    // Kept under the Idempotency-Key in the clear, the answer says nothing of who went; whoever sent it knows it.
    return { ...(await shownAgain(tx, keys, request, id)), visitors: null }
  })
}

/** @throws ApiError 403, 404, 409 or 422 */
export function updateEntry(
  request: FastifyRequest<OfEntry & { Body: ChangedEntry }>,
  keys: Keyring,
): Promise<Shown> {
  const { person, visitors, ...visit } = request.body
  return request.db.transaction(async (tx, note) => {
    const { id: obligation, startOn } = await openScreening(tx, request, note, 'change')
    const { entry } = request.params
    const found = await entryOf(tx, obligation, entry)
    if (!found) throw notFound('户的记录')
    note.detail = { entry }
    mustMatch(request, found.version)
    checkVisit(request, visit, startOn)
    const known = decryptEntry(keys, found)
    const household = writtenLikeALedger(changed(known, { ...person, visitors }))
    await mustBeNew(tx, keys, { obligation, idNo: household.idNo, but: entry })
    await changeEntry(tx, keys, { id: entry, version: found.version, visit, household })
    return shownAgain(tx, keys, request, entry)
  })
}

/** @throws ApiError 403, 404 or 409 */
export function deleteEntry(request: FastifyRequest<OfEntry>): Promise<{ id: string }> {
  return request.db.transaction(async (tx, note) => {
    const { id } = await openScreening(tx, request, note, 'remove')
    const { entry } = request.params
    const found = await entryOf(tx, id, entry)
    if (!found) throw notFound('户的记录')
    note.detail = { entry }
    mustMatch(request, found.version)
    await removeEntry(tx, entry)
    return { id: entry }
  })
}

/** Locks a screening whose entries the actor may write: whoever may hand it in, until it is handed in. */
async function openScreening(
  tx: Sql,
  request: FastifyRequest<OfScreening>,
  note: AuditNote,
  what: 'add' | 'change' | 'remove',
) {
  const { id } = request.params
  note.action = `screening.entry-${what}`
  note.subject = id
  const found = await lockActedOn(tx, id)
  if (!found) throw notFound('事项')
  note.county = found.county
  if (!kindOf(found.kind).hasEntries)
    throw new ApiError(409, 'no-entries', '这一类事项没有逐户记录;只有全面排查才逐户记录。')
  const state = obligationStateOf(found)
  const actor = actorOf(request)
  note.behalf = actsOnBehalfOf(actor, 'submit', state)
  if (refusalInState(state, 'submit', asOfOf(request).now))
    throw new ApiError(
      409,
      { refused: `not-while-${found.state}` },
      '这项排查已经提交,逐户记录不能再改;确需修改的,请复核单位退回。',
    )
  const refusal = refusalFor(actor, 'submit', state)
  if (refusal) throw new ApiError(403, refusal, refusal.message)
  return found
}

/** @throws ApiError 422 naming each field that does not fit */
function checkVisit(request: FastifyRequest, visit: EntryVisit, startOn: string): void {
  const issues = entryIssues(visit, { from: startOn, today: dayOf(asOfOf(request).now) })
  const [first] = issues
  if (!first) return
  const errors = issues.map(({ field, message }) => ({ pointer: `/body/${field}`, message }))
  throw new ApiError(422, 'bad-entry', first.message, errors)
}

/** What is not said stays. */
function changed(
  known: ScreenedHousehold,
  said: { [field in keyof ScreenedHousehold]?: string | undefined },
) {
  return Object.fromEntries(
    Object.entries(known).map(([field, value]) => [field, said[field as keyof ScreenedHousehold] ?? value]),
  ) as ScreenedHousehold
}

/** Numbers as a ledger has them, so that looking one up finds both. */
function writtenLikeALedger(household: ScreenedHousehold): ScreenedHousehold {
  return { ...household, idNo: idNoOf(household.idNo), phone: phoneOf(household.phone) }
}

async function mustBeNew(tx: Sql, keys: Keyring, asked: Parameters<typeof twinOf>[2]): Promise<void> {
  if ((await twinOf(tx, keys, asked)) === null) return
  const message = '这项排查里已经记录了同一身份证号的一户,请修改那一条,不要重复记录。'
  throw new ApiError(409, 'exists', message, [{ pointer: '/body/person/idNo', message }])
}

async function shownAgain(
  tx: Sql,
  keys: Keyring,
  request: FastifyRequest<OfScreening>,
  id: string,
): Promise<Shown> {
  const found = await entryOf(tx, request.params.id, id)
  if (!found) throw notFound('户的记录')
  return showEntry(keys, actorOf(request), found)
}

/** Nothing of the household for a key that was not granted personal data. */
export function showEntry(keys: Keyring, { personal }: Actor, row: EntryRow): Shown {
  const { id, visitedOn, finding, follow, version, createdAt } = row
  const household = personal ? decryptEntry(keys, row) : null
  return {
    ...{ id, visitedOn, finding, follow, version, createdAt: iso(createdAt) },
    subject: household && {
      name: maskName(household.name),
      idNo: maskIdNo(household.idNo),
      phone: maskPhone(household.phone),
      village: maskName(household.village),
    },
    visitors: household && household.visitors,
    labels: {
      ...(finding && { finding: ENTRY_FINDING_LABELS[finding] }),
      ...(follow && { follow: ENTRY_FOLLOW_LABELS[follow] }),
    },
  }
}
