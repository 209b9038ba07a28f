import type { FastifyRequest } from 'fastify'
import {
  addReveal,
  countReveals,
  obligationsOf,
  subjectOf,
  revealedSince,
  revealQuotaFreeAgainAt,
} from '../../services/households/reveals.ts'
import { revealReasonContext } from '../../services/vault/encryption-context.ts'
import { lookUpIndexes, decryptPerson, type Person, encryptBytes } from '../../services/vault/encryption.ts'
import { type Actor, mayIn } from '../../domain/people/permissions.ts'
import { beijingText } from '../../domain/time/days.ts'
import { STATE_LABELS } from '../../domain/obligation/vocabulary.ts'
import { KIND_LABELS } from '../../kinds/kinds.ts'
import { idNoOf } from '../../ledgers/id-number.ts'
import { phoneOf } from '../../ledgers/phone.ts'
import type { Sql } from '../../db/pool.ts'
import type { ApiDeps } from '../http/deps.ts'
import { ApiError, notFound } from '../http/errors.ts'
import { actorOf, mustReach } from '../plugins/actor.ts'
import { revealDocuments as documents } from '../../contract/routes/reveals.ts'
import { route } from '../http/route.ts'
import type { Routes } from '../http/route-types.ts'

const DAY_MS = 86_400_000
const MOST_FOUND = 200
const { config } = documents.revealHousehold
/** Nobody on the way keeps the answer. */
const UNKEPT = 'no-store'

/** A household in the clear, and how many more its reader may see within 24 hours. */
export type Revealed = Person & { looksLeft: number }

/** Households in the clear: each look has a reason, is counted, and stands in the trail. */
export function revealRoutes(app: Routes, deps: ApiDeps): void {
  route(app, documents.revealHousehold, async (request, reply) => {
    const household = await reveal(request, deps)
    return reply.header('cache-control', UNKEPT).send(household)
  })

  route(app, documents.lookUpHouseholds, async (request, reply) => {
    const items = await lookUp(request, deps)
    return reply.header('cache-control', UNKEPT).send({ items, nextCursor: null })
  })
}

/** @throws ApiError 403, 404, 409 or 429 */
async function reveal(
  request: FastifyRequest<{ Params: { id: string }; Body: { reason: string } }>,
  deps: ApiDeps,
): Promise<Revealed> {
  const { keys } = deps
  mustBeAllowed(actorOf(request), deps)
  const { id } = request.params
  return request.db.transaction(async (tx, note) => {
    note.action = 'household.reveal'
    const subject = await subjectOf(tx, id)
    if (!subject) throw notFound('户')
    note.county = subject.county
    mustReach(request, config.permission, subject.office)
    if (subject.anonymised)
      throw new ApiError(409, 'anonymised', '这一户的保存期已满,个人信息已经删除,只留下统计。')
    const looksLeft = await spendReveal(tx, request, deps)
    return { ...decryptPerson(keys, id, subject.encrypted, subject.keyId), looksLeft }
  })
}

/**
 * Counts one look of the actor at a household behind an obligation, and keeps its reason. @returns how many are left of the 24 hours.
 * @throws ApiError 429
 */
export async function spendReveal(
  tx: Sql,
  request: FastifyRequest<{ Params: { id: string }; Body: { reason: string } }>,
  deps: ApiDeps,
): Promise<number> {
  const { id } = request.params
  await spendReveals(tx, request, deps, { obligations: [id], reason: request.body.reason })
  const { wallNow, revealLimit } = deps
  return revealLimit - (await countReveals(tx, actorOf(request).id, wallNow() - DAY_MS))
}

/**
 * Counts one look at each of these households: all of them, or none. Each is kept with its reason.
 * @param asFile a download, which may break off and is then asked for again: what the same person was shown within a day is not counted
 * @throws ApiError 429
 */
export async function spendReveals(
  tx: Sql,
  request: FastifyRequest,
  { keys, wallNow, revealLimit }: ApiDeps,
  {
    obligations,
    reason,
    asFile = false,
  }: { obligations: readonly string[]; reason: string; asFile?: boolean },
): Promise<void> {
  const { id: person } = actorOf(request)
  const atWall = wallNow()
  const since = atWall - DAY_MS
  if (obligations.length > revealLimit) throw tooManyAtOnce(revealLimit)
  const shown = asFile ? await revealedSince(tx, person, since, obligations) : new Set<string>()
  const many = obligations.filter((id) => !shown.has(id)).length
  const first = many === 0 ? null : await revealQuotaFreeAgainAt(tx, person, since, revealLimit - many + 1)
  if (first !== null) throw asFile ? tooManyAtOnce(revealLimit) : tooMany(revealLimit, first + DAY_MS, atWall)
  for (const obligation of obligations) {
    const where = revealReasonContext(person, obligation, atWall)
    const encrypted = encryptBytes(keys, where, Buffer.from(reason))
    const counted = !shown.has(obligation)
    await addReveal(tx, { person, obligation, reason: { encrypted, keyId: keys.keyId }, atWall, counted })
  }
}

/** The number itself goes nowhere: not into the trail, not into a log. @throws ApiError 403 */
async function lookUp(
  request: FastifyRequest<{ Body: { idNo?: string | undefined; phone?: string | undefined } }>,
  deps: ApiDeps,
) {
  mustBeAllowed(actorOf(request), deps)
  const { idNo, phone } = request.body
  const field = idNo === undefined ? 'phone' : 'idNo'
  const number = idNo === undefined ? phoneOf(phone ?? '') : idNoOf(idNo)
  const found = await request.db.transaction(async (tx, note) => {
    const found = await obligationsOf(tx, field, lookUpIndexes(deps.keys, field, number), MOST_FOUND)
    const items = found.filter(({ officeCode }) => mayIn(actorOf(request), config.permission, officeCode))
    note.action = 'household.lookup'
    note.detail = { by: field, found: items.length }
    return items
  })
  return found.map(({ officeCode, officeName, ...item }) => ({
    ...item,
    office: { code: officeCode, name: officeName },
    labels: { kind: KIND_LABELS[item.kind], state: STATE_LABELS[item.state] },
  }))
}

/** Whoever looks at a household is a person who has shown to be who they say. @throws ApiError 403 */
export function mustBeAllowed(actor: Actor, { secondFactor }: ApiDeps): void {
  if (actor.kind !== 'person')
    throw new ApiError(403, 'persons-only', '户的完整信息只能由登录的人查看,接口密钥不行。')
  if (secondFactor.revealing && !actor.secondFactor)
    throw new ApiError(
      403,
      'second-factor-needed',
      '查看户的完整信息要在两步验证之后:请在“我的账号”(/account)中开启,然后带动态口令重新登录。',
    )
}

function tooMany(limit: number, freeAt: number, now: number): ApiError {
  const seconds = Math.max(1, Math.ceil((freeAt - now) / 1_000))
  return new ApiError(
    429,
    'reveal-limit',
    `每人 24 小时内最多查看 ${limit} 户,您已用完;北京时间 ${beijingText(freeAt)} 之后可以再查看。`,
    [],
    { 'retry-after': String(seconds) },
    { limit, at: new Date(freeAt).toISOString() },
  )
}

/** Some of them would be shown and some not: none is. */
function tooManyAtOnce(limit: number): ApiError {
  const detail = `每人 24 小时内最多查看 ${limit} 户,本次的户数加上您 24 小时内已查看的,超过了上限;请按单位(office)缩小范围,或用已遮盖的。`
  return new ApiError(429, 'too-many-looks', detail, [], {}, { limit })
}
