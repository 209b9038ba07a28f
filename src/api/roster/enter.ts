import type { FastifyRequest } from 'fastify'
import type { ChangedRosterEntry, NewRosterEntry } from '../../contract/api/roster.ts'
import { rosterDocuments as documents } from '../../contract/routes/roster.ts'
import { dayOf } from '../../domain/time/days.ts'
import { rosterPerson, type RosterContent } from '../../services/roster/content.ts'
import {
  addRosterHousehold,
  changeRosterHousehold,
  removeRosterHouseholds,
} from '../../services/roster/enter.ts'
import { lockRoster, type RosterHousehold, rosterHousehold, rosterTwin } from '../../services/roster/store.ts'
import type { Keyring } from '../../services/vault/encryption.ts'
import type { Sql } from '../../db/pool.ts'
import { changedFields, writtenLikeALedger } from '../households/written-like-a-ledger.ts'
import { ApiError, notFound } from '../http/errors.ts'
import { placeOf } from '../obligations/place.ts'
import { actorOf, asOfOf, mustReach } from '../plugins/actor.ts'
import type { AuditNote } from '../plugins/audit-entry.ts'
import { mustBeUnchanged } from '../plugins/version.ts'

type OfHousehold = { Params: { id: string } }
const { permission } = documents.addToRoster.config

/** @returns the id. @throws ApiError 403, 409 or 422 */
export function addToRoster(
  request: FastifyRequest<{ Body: NewRosterEntry }>,
  keys: Keyring,
): Promise<string> {
  const { office: code, person, ...codes } = request.body
  return writeOnce(request, async (tx, note) => {
    note.action = 'roster.add'
    const { county, office } = await placeOf(tx, code, actorOf(request).scope)
    note.county = county
    mustReach(request, permission, office.code)
    if (office.kind !== 'town')
      throw badField('office', 'unknown-office', '名册按镇登记,请填写镇的单位代码。')
    const content = { ...codes, office: office.code, person: writtenLikeALedger(person) }
    checkCover(request, content)
    await lockRoster(tx, county)
    await mustBeNew(tx, keys, { county, idNo: content.person.idNo })
    const { now } = asOfOf(request)
    const id = await addRosterHousehold(tx, keys, { county, content, by: actorOf(request).id, now })
    note.subject = id
    return id
  })
}

/** @throws ApiError 403, 404, 409, 412 or 422 */
export async function changeOnRoster(
  request: FastifyRequest<OfHousehold & { Body: ChangedRosterEntry }>,
  keys: Keyring,
): Promise<void> {
  const { person, ...codes } = request.body
  await writeOnce(request, async (tx, note) => {
    const known = await openHousehold(tx, request, note, 'change')
    const { id, county, version } = known
    const content = changedContent(keys, known, { codes, person })
    checkCover(request, content)
    await mustBeNew(tx, keys, { county, idNo: content.person.idNo, but: id })
    await changeRosterHousehold(tx, keys, { id, version, content, now: asOfOf(request).now })
  })
}

/** @throws ApiError 403, 404 or 412 */
export async function removeFromRoster(request: FastifyRequest<OfHousehold>): Promise<{ id: string }> {
  const { id } = request.params
  await request.db.transaction(async (tx, note) => {
    await openHousehold(tx, request, note, 'remove')
    await removeRosterHouseholds(tx, [id], asOfOf(request).now)
  })
  return { id }
}

const ONE_OF_A_NUMBER = 'roster_households_once'

/**
 * The household may stand with another town, whose roster the actor does not see: the database alone knows.
 * @throws ApiError 409
 */
async function writeOnce<T>(
  request: FastifyRequest,
  work: (tx: Sql, note: AuditNote) => Promise<T>,
): Promise<T> {
  try {
    return await request.db.transaction(work)
  } catch (error) {
    if ((error as { constraint?: string }).constraint !== ONE_OF_A_NUMBER) throw error
    throw alreadyThere('本县的名册上已经有同一身份证号的一户,在别的镇名下,请与县救助中心核对。')
  }
}

/** A household that the actor may write, on a roster that nobody else writes meanwhile. */
async function openHousehold(
  tx: Sql,
  request: FastifyRequest<OfHousehold>,
  note: AuditNote,
  what: 'change' | 'remove',
): Promise<RosterHousehold> {
  const { id } = request.params
  note.action = `roster.${what}`
  note.subject = id
  const seen = await rosterHousehold(tx, id)
  if (!seen) throw notFound('名册上的户')
  note.county = seen.county
  mustReach(request, permission, seen.office)
  await lockRoster(tx, seen.county)
  const found = await rosterHousehold(tx, id)
  if (!found) throw notFound('名册上的户')
  if (what === 'change' && found.anonymisedWall !== null)
    throw new ApiError(409, 'anonymised', '这一户的保存期已满,个人信息已经删除,不能再改。')
  await mustBeUnchanged(tx, request, found.version, { kind: 'household', about: id })
  return found
}

/** A household that is no longer covered has no day since when it is. */
function changedContent(
  keys: Keyring,
  known: RosterHousehold,
  { codes, person }: { codes: Omit<ChangedRosterEntry, 'person'>; person: ChangedRosterEntry['person'] },
): RosterContent {
  const { office, group, cover, coveredSince } = known
  const said = changedFields({ office, group, cover, coveredSince }, codes)
  const isUncovered = said.cover === 'none' && codes.coveredSince === undefined
  return {
    ...said,
    coveredSince: isUncovered ? null : said.coveredSince,
    person: writtenLikeALedger(changedFields(rosterPerson(keys, known), person ?? {})),
  }
}

function checkCover(request: FastifyRequest, { cover, coveredSince }: RosterContent): void {
  const today = dayOf(asOfOf(request).now)
  if (coveredSince === null) return
  if (cover === 'none')
    throw badField('coveredSince', 'bad-day', '保障情况写的是未纳入保障,却有纳入时间;请改正其中一个。')
  if (coveredSince > today)
    throw badField(
      'coveredSince',
      'bad-day',
      `纳入时间 ${coveredSince} 晚于今天 ${today},请改成实际纳入的那一天。`,
    )
}

async function mustBeNew(tx: Sql, keys: Keyring, asked: Parameters<typeof rosterTwin>[2]): Promise<void> {
  if ((await rosterTwin(tx, keys, asked)) === null) return
  throw alreadyThere('名册上已经有同一身份证号的一户,请修改那一户,不要重复登记。')
}

function alreadyThere(message: string): ApiError {
  return new ApiError(409, 'exists', message, [{ pointer: '/body/person/idNo', message }])
}

function badField(field: string, code: 'unknown-office' | 'bad-day', message: string): ApiError {
  return new ApiError(422, code, message, [{ pointer: `/body/${field}`, message }])
}
