import type { FastifyRequest } from 'fastify'
import { MOST_AT_ONCE } from '../../domain/obligation/bulk-run.ts'
import { KEPT_MS } from '../../services/access/idempotency-keys.ts'
import { type ItemRow, itemsOf, runByKey, type RunRow } from '../../services/bulk-runs/store.ts'
import { actorOf } from '../plugins/actor.ts'
import { askedUnder, keyReused } from '../plugins/idempotency.ts'
import { type Asked, carryThrough, type ManyDeps, unseen } from './act-on-many.ts'
import { isAnsweredAtOnce, type ManyItem, shown } from './many-items.ts'

/**
 * The run that this caller asked for under the same `Idempotency-Key` and whose answer was lost: a fault of ours, or a process that ended.
 * It is never begun twice. @throws ApiError where the key was used for another request
 */
export async function runAskedBefore(
  request: FastifyRequest,
  { wallNow }: Pick<ManyDeps, 'wallNow'>,
): Promise<RunRow | undefined> {
  const under = askedUnder(request)
  const run = under && (await runByKey(request.db, actorOf(request).id, under.requestKey))
  if (!under || !run || run.askedWall < wallNow() - KEPT_MS) return undefined
  if (run.requestHash !== under.requestHash) throw keyReused()
  return run
}

/** What each was answered, as the lost answer said it; a short run that was cut off is brought to its end first. */
export async function answersAgain(
  request: FastifyRequest,
  deps: ManyDeps,
  run: RunRow,
): Promise<ManyItem[]> {
  const isShort = isAnsweredAtOnce(run.total)
  if (isShort && run.state === 'running') await carryThrough(request, deps, run.id)
  const { ids = [] } = request.body as Asked
  const items = await itemsOf(request.db, run.id, { state: null, after: -1, limit: MOST_AT_ONCE })
  const known = new Set(items.map(({ obligation }) => obligation))
  const unknown = (await unseen(request.db, ids, known)).map(shown)
  return isShort ? [...items.flatMap(shownAgain), ...unknown] : unknown
}

/** What was done stays so in the answer, also where it was taken back since. */
function shownAgain({
  obligation: id,
  state,
  refused,
  message,
  doneState,
  doneVersion,
}: ItemRow): ManyItem[] {
  if (state === 'left') return []
  if (doneState !== null && doneVersion !== null)
    return [{ id, done: true, state: doneState, version: doneVersion }]
  return [{ id, done: false, refused: refused ?? '', message: message ?? '' }]
}
