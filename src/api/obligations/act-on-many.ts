import type { FastifyRequest } from 'fastify'
import type { z } from 'zod'
import type { bulkAction } from '../../contract/api/bulk-actions.ts'
import type { ObligationFilter } from '../../contract/api/obligations.ts'
import { ANSWERED_AT_ONCE, MOST_AT_ONCE } from '../../domain/obligation/bulk-run.ts'
import { newId } from '../../db/ids.ts'
import { isTransient } from '../../db/transient-errors.ts'
import { NOT_FOUND, type ActionAnswer } from '../../services/obligations/act.ts'
import { actOnNext } from '../../services/bulk-runs/act-on-next.ts'
import { seenByFilter, seenByIds } from '../../services/bulk-runs/choose.ts'
import { addRun, type Seen } from '../../services/bulk-runs/store.ts'
import { entryOfAct } from '../../services/problems/act-and-raise.ts'
import { addAuditEvent } from '../../services/audit/trail.ts'
import { poke } from '../../services/watching/pokes.ts'
import type { ApiDeps } from '../http/deps.ts'
import { ApiError } from '../http/errors.ts'
import { actorOf, asOfOf } from '../plugins/actor.ts'
import { opaque } from '../plugins/audit-entry.ts'
import { mustKnow } from '../plugins/known-filters.ts'
import { askedOf, scopeOf } from './read.ts'

export type Asked = z.infer<typeof bulkAction>
type Chosen = { seen: Seen[]; unknown: ActionAnswer[] }
/** What a request needs of the service to act on many. */
export type ManyDeps = Pick<ApiDeps, 'keys' | 'log' | 'wallNow'>

/** Those that are asked for, as they stand now. @throws ApiError when a filter selects another number than the caller saw */
export async function choose(
  request: FastifyRequest,
  { ids, filter, expectedCount }: Asked,
): Promise<Chosen> {
  if (!ids) return { seen: await filtered(request, filter, expectedCount), unknown: [] }
  const seen = await seenByIds(request.db, ids)
  const known = new Set(seen.map(({ id }) => id))
  const unknown = [...new Set(ids)].filter((id) => !known.has(id))
  return { seen, unknown: unknown.map(notFound) }
}

const notFound = (id: string): ActionAnswer => ({
  ...{ id, done: false, county: null, onBehalfOf: null, refusal: NOT_FOUND },
})

async function filtered(
  request: FastifyRequest,
  filter: ObligationFilter | undefined,
  expected: number | undefined,
): Promise<Seen[]> {
  if (filter === undefined || expected === undefined)
    throw new ApiError(422, 'ids-or-filter', '请给出 ids,或者 filter 加上您看到的件数 expectedCount。', [
      { pointer: '/body/ids', message: '缺少 ids 或 filter' },
    ])
  await mustKnow(request, filter, '/body/filter')
  const actor = actorOf(request)
  const page = { now: asOfOf(request).now, limit: MOST_AT_ONCE + 1 }
  const found = await seenByFilter(request.db, askedOf(actor, filter), scopeOf(actor), page)
  if (found.length > MOST_AT_ONCE)
    throw new ApiError(
      422,
      'too-many',
      `一次最多处理 ${MOST_AT_ONCE} 件,请缩小范围分批处理。`,
      [],
      {},
      { most: MOST_AT_ONCE },
    )
  if (found.length !== expected)
    throw new ApiError(
      409,
      'count-changed',
      `筛选出的件数已变为 ${found.length},与您看到的 ${expected} 件不同,没有改动;请刷新后再操作。`,
      [],
      {},
      { count: found.length, expected },
    )
  return found
}

/** Keeps what is asked for as a run, with one entry of the trail for it and one for each that is not there. @returns its id */
export async function beginRun(
  request: FastifyRequest,
  { keys, wallNow }: ManyDeps,
  { seen, unknown }: Chosen,
): Promise<string | null> {
  const { action, filter, expectedCount } = request.body as Asked
  await noteUnknown(request, unknown, action.action, wallNow())
  if (seen.length === 0) return null
  const actor = actorOf(request)
  const id = newId('br')
  await request.db.transaction(async (tx, note) => {
    Object.assign(note, { action: 'bulk-run.start', subject: id })
    note.detail = { action: action.action, count: seen.length }
    const run = {
      ...{ id, action, actor: actor.id, actorKind: actor.kind, permissions: [...actor.permissions] },
      roles: [...new Set(actor.usableRoles.map(({ role }) => role))],
      ...{ address: request.ip, requestId: request.id },
      ...{ askedAt: asOfOf(request).now, askedWall: wallNow() },
      ...(filter ? { filter: withoutWords(filter), seenCount: expectedCount ?? null } : {}),
    }
    await addRun(tx, keys, run, seen)
    if (seen.length > ANSWERED_AT_ONCE) await poke(tx, 'bulk', [id])
  })
  return id
}

async function noteUnknown(
  request: FastifyRequest,
  unknown: readonly ActionAnswer[],
  action: string,
  atWall: number,
): Promise<void> {
  if (unknown.length === 0) return
  const actor = actorOf(request)
  await request.db.unauditedTransaction(async (tx) => {
    for (const answer of unknown) {
      const entry = { ...entryOfAct(actor, action, answer), subject: opaque(answer.id), actor: actor.id }
      await addAuditEvent(tx, { ...entry, atWall, address: request.ip, requestId: request.id })
    }
  })
}

/** What somebody typed may name a household. */
function withoutWords({
  q: _q,
  externalId: _externalId,
  ...codes
}: ObligationFilter): Record<string, unknown> {
  return codes
}

/** So often a chunk is tried again that met another one: two who act on the same deadlines may wait for each other. */
const TRIES = 4

/** Carries a run to its end within the request. What a process leaves that ends meanwhile is carried on by the engine. */
export async function carryThrough(
  request: FastifyRequest,
  { keys, log, wallNow }: ManyDeps,
  run: string,
): Promise<ActionAnswer[]> {
  const answers: ActionAnswer[] = []
  for (let isOver = false; !isOver;) {
    const chunk = await tryAgain(() =>
      request.db.unauditedTransaction((tx) =>
        actOnNext(tx, run, { actor: actorOf(request), keys, log, wallNow: wallNow() }),
      ),
    )
    answers.push(...chunk.answers)
    isOver = chunk.isOver
  }
  return answers
}

async function tryAgain<T>(work: () => Promise<T>): Promise<T> {
  for (let tries = 1; ; tries += 1)
    try {
      return await work()
    } catch (error) {
      if (tries >= TRIES || !isTransient(error)) throw error
    }
}
