import type { FastifyRequest } from 'fastify'
import { ANSWERED_AT_ONCE, BULK_ITEM_STATE_LABELS, undoRunRefusal } from '../../domain/obligation/bulk-run.ts'
import type { Sql } from '../../db/pool.ts'
import { bulkRunDocuments as documents } from '../../contract/routes/bulk-runs.ts'
import { changesInWords, isFirstElsewhere } from '../../services/obligations/meanwhile.ts'
import { whereItWent } from '../../services/obligations/where-it-went.ts'
import {
  beginUndo,
  endRun,
  type ItemRow,
  itemsOf,
  lockRun,
  type Origin,
  recentRuns,
  runById,
  type RunRow,
} from '../../services/bulk-runs/store.ts'
import { talliesOf } from '../../services/bulk-runs/tally.ts'
import { now as businessNow } from '../../services/schedule/clock.ts'
import { poke } from '../../services/watching/pokes.ts'
import { ApiError, notFound } from '../http/errors.ts'
import { route } from '../http/route.ts'
import type { Routes } from '../http/route-types.ts'
import { actorOf, asOfOf } from '../plugins/actor.ts'
import { decodeCursor, encodeCursor } from '../plugins/cursor.ts'
import { carryThrough, type ManyDeps, originFrom } from './act-on-many.ts'
import { bulkRunBodies, bulkRunBody } from './bulk-run-body.ts'

const SHOWN = 20

/** How far runs are, and what takes them back. Each is seen by whoever asked for it alone. */
export function bulkRunRoutes(app: Routes, deps: ManyDeps): void {
  route(app, documents.listBulkRuns, async (request) => {
    const runs = await recentRuns(request.db, actorOf(request).id, SHOWN)
    return { items: await bulkRunBodies(request.db, runs, asOfOf(request).now), nextCursor: null }
  })

  route(app, documents.getBulkRun, async (request) => bodyOf(request, request.params.id))

  route(app, documents.listBulkItems, async (request) => {
    const { id } = await findRun(request.db, request.params.id)
    const { state = null, cursor, limit } = request.query
    const after = decodeCursor(cursor)?.at ?? -1
    const found = await itemsOf(request.db, id, { state, after, limit: limit + 1 })
    const shown = found.slice(0, limit)
    const items = []
    for (const item of shown) items.push(await itemBody(request.db, item))
    const last = found.length > limit ? shown.at(-1) : undefined
    return { items, nextCursor: last ? encodeCursor({ at: last.seq, id }) : null }
  })

  route(app, documents.actOnBulkRun, async (request, reply) => {
    const { id } = await findRun(request.db, request.params.id)
    const { action } = request.body
    const many = await request.db.transaction(async (tx, note) => {
      Object.assign(note, { action: `bulk-run.${action}`, subject: id })
      const run = await lockRun(tx, id)
      if (!run) throw notFound('批量办理')
      return action === 'stop'
        ? stop(tx, run)
        : undo(tx, run, { wallNow: deps.wallNow(), ...originFrom(request) })
    })
    const isLong = many > ANSWERED_AT_ONCE
    if (many > 0 && !isLong) await carryThrough(request, deps, id)
    return reply.code(isLong ? 202 : 200).send(await bodyOf(request, id))
  })
}

async function findRun(sql: Sql, id: string): Promise<RunRow> {
  const found = await runById(sql, id)
  if (!found) throw notFound('批量办理')
  return found
}

async function bodyOf(request: FastifyRequest, id: string) {
  return bulkRunBody(request.db, await findRun(request.db, id), await businessNow(request.db))
}

/** What is left stays as it is. @returns how many are still to be worked on: none */
async function stop(tx: Sql, run: RunRow): Promise<number> {
  if (run.state !== 'running')
    throw new ApiError(409, `not-while-${run.state}`, '这一批已经不在办理,不需要停止。')
  await endRun(tx, run, 'stopped', await businessNow(tx))
  return 0
}

/** @returns how many are to be taken back */
async function undo(tx: Sql, run: RunRow, asked: Origin & { wallNow: number }): Promise<number> {
  const now = await businessNow(tx)
  const done = (await talliesOf(tx, [run.id])).get(run.id)?.done ?? 0
  const refusal = undoRunRefusal({ ...run, done }, now)
  if (refusal) throw new ApiError(409, { refused: refusal.refused }, refusal.message)
  await beginUndo(tx, run, { now, ...asked })
  if (done > ANSWERED_AT_ONCE) await poke(tx, 'bulk', [run.id])
  return done
}

/** Who was first is named to whoever looks, and where an obligation went that the caller no longer sees. */
async function itemBody(sql: Sql, { obligation, state, refused, message, doneVersion: version }: ItemRow) {
  const isChanged = refused !== null && isFirstElsewhere(refused)
  const changes = isChanged ? await changesInWords(sql, obligation, 1) : null
  const went = refused === 'handed-over' ? await whereItWent(sql, obligation) : null
  const labels = { state: BULK_ITEM_STATE_LABELS[state] }
  const why = went?.message ?? message
  return { id: obligation, state, version, refused, message: why, changes: changes || null, labels }
}
