import type { FastifyRequest } from 'fastify'
import type { z } from 'zod'
import type { ChangedEntry, entry as document, NewEntry } from '../../contract/api/screenings.ts'
import {
  addEntry,
  changeEntry,
  decryptEntry,
  entryOf,
  type EntryRow,
  removeEntry,
  twinOf,
} from '../../services/screenings/entries.ts'
import { rosterTwin } from '../../services/roster/store.ts'
import type { Keyring } from '../../services/vault/encryption.ts'
import {
  ENTRY_FINDING_LABELS,
  ENTRY_FOLLOW_LABELS,
  entryIssues,
  type EntryVisit,
} from '../../domain/obligation/screening-entry.ts'
import type { Actor } from '../../domain/people/permissions.ts'
import { dayOf } from '../../domain/time/days.ts'
import type { Sql } from '../../db/pool.ts'
import { maskedSubject } from '../households/masked-subject.ts'
import { changedFields, writtenLikeALedger } from '../households/written-like-a-ledger.ts'
import { ApiError, notFound } from '../http/errors.ts'
import { iso } from '../obligations/present.ts'
import { actorOf, asOfOf } from '../plugins/actor.ts'
import { mustBeUnchanged } from '../plugins/version.ts'
import { openScreening } from './open-screening.ts'

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
    const { id: obligation, county, startOn } = await openScreening(tx, request, note, 'entry-add')
    checkVisit(request, visit, startOn)
    const household = writtenLikeALedger({ ...person, visitors })
    await mustBeNew(tx, keys, { obligation, idNo: household.idNo, but: null })
    const { now } = asOfOf(request)
    const roster = await rosterTwin(tx, keys, { county, idNo: household.idNo })
    const id = await addEntry(tx, keys, {
      obligation,
      visit,
      household,
      roster,
      by: actorOf(request).id,
      now,
    })
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
    const { id: obligation, county, startOn } = await openScreening(tx, request, note, 'entry-change')
    const { entry } = request.params
    const found = await entryOf(tx, obligation, entry)
    if (!found) throw notFound('户的记录')
    note.detail = { entry }
    await mustBeUnchanged(tx, request, found.version, { kind: 'entry', about: obligation, part: { entry } })
    checkVisit(request, visit, startOn)
    const known = decryptEntry(keys, found)
    const household = writtenLikeALedger(changedFields(known, { ...person, visitors }))
    await mustBeNew(tx, keys, { obligation, idNo: household.idNo, but: entry })
    const roster = found.roster ?? (await rosterTwin(tx, keys, { county, idNo: household.idNo }))
    await changeEntry(tx, keys, { id: entry, version: found.version, visit, household, roster })
    return shownAgain(tx, keys, request, entry)
  })
}

/** @throws ApiError 403, 404 or 409 */
export function deleteEntry(request: FastifyRequest<OfEntry>): Promise<{ id: string }> {
  return request.db.transaction(async (tx, note) => {
    const { id } = await openScreening(tx, request, note, 'entry-remove')
    const { entry } = request.params
    const found = await entryOf(tx, id, entry)
    if (!found) throw notFound('户的记录')
    note.detail = { entry }
    await mustBeUnchanged(tx, request, found.version, { kind: 'entry', about: id, part: { entry } })
    await removeEntry(tx, entry)
    return { id: entry }
  })
}

/** @throws ApiError 422 naming each field that does not fit */
function checkVisit(request: FastifyRequest, visit: EntryVisit, startOn: string): void {
  const issues = entryIssues(visit, { from: startOn, today: dayOf(asOfOf(request).now) })
  const [first] = issues
  if (!first) return
  const errors = issues.map(({ field, message }) => ({ pointer: `/body/${field}`, message }))
  throw new ApiError(422, 'bad-entry', first.message, errors)
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
  const { id, visitedOn, finding, follow, version, createdAt, roster } = row
  const household = personal ? decryptEntry(keys, row) : null
  return {
    ...{ id, visitedOn, finding, follow, version, roster, createdAt: iso(createdAt) },
    subject: household && maskedSubject(household),
    visitors: household && household.visitors,
    labels: {
      ...(finding && { finding: ENTRY_FINDING_LABELS[finding] }),
      ...(follow && { follow: ENTRY_FOLLOW_LABELS[follow] }),
    },
  }
}
