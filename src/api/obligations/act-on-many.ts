import type { FastifyRequest } from 'fastify'
import type { z } from 'zod'
import type { bulkAction } from '../../contract/api/bulk-actions.ts'
import type { ObligationFilter } from '../../contract/api/obligation-filter.ts'
import { ANSWERED_AT_ONCE, MOST_AT_ONCE } from '../../domain/obligation/bulk-run.ts'
import { newId } from '../../db/ids.ts'
import { isTransient } from '../../db/transient-errors.ts'
import { groupBy } from '../../domain/grouping.ts'
import type { Sql } from '../../db/pool.ts'
import { KEPT_MS } from '../../services/access/idempotency-keys.ts'
import { NOT_FOUND, type ActionAnswer } from '../../services/obligations/act.ts'
import { whereTheyWent } from '../../services/obligations/where-it-went.ts'
import { forgetOwnRuns } from '../../services/bulk-runs/old-runs.ts'
import { actOnNext } from '../../services/bulk-runs/act-on-next.ts'
import { seenByFilter, seenByIds } from '../../services/bulk-runs/choose.ts'
import { addRun, freeRunKeys, type Origin, type Seen } from '../../services/bulk-runs/store.ts'
import { entryOfAct } from '../../services/problems/act-and-raise.ts'
import { addAuditEvent } from '../../services/audit/trail.ts'
import { poke } from '../../services/watching/pokes.ts'
import type { ApiDeps } from '../http/deps.ts'
import { ApiError } from '../http/errors.ts'
import { actorOf, asOfOf } from '../plugins/actor.ts'
import { opaque } from '../plugins/audit-entry.ts'
import { askedUnder } from '../plugins/idempotency.ts'
import { mustKnow } from '../plugins/known-filters.ts'
import { codedFilters } from './export-detail.ts'
import { askedOf, scopeOf } from './read.ts'

export type Asked = z.infer<typeof bulkAction>
export type Chosen = { seen: Seen[]; unknown: ActionAnswer[] }
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
  return { seen, unknown: await unseen(request.db, ids, known) }
}

/** Those of these ids that are not among the known ones. What went to another office is told like a single one. */
export async function unseen(
  sql: Sql,
  ids: readonly string[],
  known: ReadonlySet<string>,
): Promise<ActionAnswer[]> {
  const unknown = [...new Set(ids)].filter((id) => !known.has(id))
  if (unknown.length === 0) return []
  const went = await whereTheyWent(sql, unknown)
  const refusalOf = (id: string) => went.get(id) ?? NOT_FOUND
  return unknown.map((id) => ({
    ...{ id, done: false, county: null, onBehalfOf: null, refusal: refusalOf(id) },
  }))
}

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

/**
 * Keeps what is asked for as a run, with one entry of the trail for it and one for all that are not there. It belongs to the key of the
 * request: `runAskedBefore` finds it. @returns its id
 */
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
  const under = askedUnder(request)
  await request.db.transaction(async (tx, note) => {
    Object.assign(note, { action: 'bulk-run.start', subject: id })
    await forgetOwnRuns(tx, actor.id, asOfOf(request).now)
    await freeRunKeys(tx, actor.id, wallNow() - KEPT_MS)
    note.detail = { action: action.action, count: seen.length }
    const run = {
      ...{ id, action, actor: actor.id, actorKind: actor.kind, permissions: [...actor.permissions] },
      roles: [...new Set(actor.usableRoles.map(({ role }) => role))],
      ...{ ...originFrom(request), ...under },
      ...{ askedAt: asOfOf(request).now, askedWall: wallNow() },
      ...(filter ? { filter: codedFilters(filter), seenCount: expectedCount ?? null } : {}),
    }
    await addRun(tx, keys, run, seen)
    if (seen.length > ANSWERED_AT_ONCE) await poke(tx, 'bulk', [id])
  })
  return id
}

/** Where a request came from. */
export function originFrom({ ip, id }: FastifyRequest): Origin {
  return { address: ip, requestId: id }
}

/** One line for all that have the same answer: ten thousand guesses are one thing that somebody did. */
async function noteUnknown(
  request: FastifyRequest,
  unknown: readonly ActionAnswer[],
  action: string,
  atWall: number,
): Promise<void> {
  if (unknown.length === 0) return
  const actor = actorOf(request)
  await request.db.unauditedTransaction(async (tx) => {
    for (const alike of groupBy(unknown, codeOf).values()) {
      const one = entryOfAct(actor, action, alike[0]!)
      const ids = alike.flatMap(({ id }) => opaque(id) ?? [])
      const entry =
        alike.length === 1
          ? { ...one, subject: ids[0] ?? null }
          : {
              ...one,
              subject: null,
              detail: { ...one.detail, count: alike.length, ids: ids.slice(0, NAMED) },
            }
      await addAuditEvent(tx, { ...entry, atWall, actor: actor.id, ...originFrom(request) })
    }
  })
}

const codeOf = (answer: ActionAnswer): string => (answer.done ? '' : answer.refusal.refused)
/** So many ids stand in a line of the trail. */
const NAMED = 20

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

/** Does it again where it met another one that does the same. */
export async function tryAgain<T>(work: () => Promise<T>): Promise<T> {
  for (let tries = 1; ; tries += 1)
    try {
      return await work()
    } catch (error) {
      if (tries >= TRIES || !isTransient(error)) throw error
    }
}
