import type { FastifyRequest } from 'fastify'
import { mayBringHits, worksIn } from '../../domain/people/bring-hits.ts'
import { type Actor, mayIn } from '../../domain/people/permissions.ts'
import type { Sql } from '../../db/pool.ts'
import { type HitsTarget, hitsTarget, lockHitsTarget } from '../../services/comparisons/hits.ts'
import type { ImportRow } from '../../services/imports/store.ts'
import type { ImportAction } from '../../contract/api/import-requests.ts'
import { ApiError } from '../http/errors.ts'
import { actorOf, notTheirs } from '../plugins/actor.ts'
import { notThePerformer } from './claim.ts'

type Settled = Pick<ImportRow, 'county' | 'comparison' | 'reach'>
type Brought = Settled & Pick<ImportRow, 'actor' | 'broughtBy'>

/**
 * May they explain, register, cancel and take back this import: one of their county, or the hits of a comparison that they perform. A file
 * without a reach may correct the whole ledger, so it is the relief centre's alone, whatever comparison it belongs to.
 */
async function maySettle(sql: Sql, actor: Actor, one: Settled): Promise<boolean> {
  return settles(actor, one, one.comparison === null ? undefined : await hitsTarget(sql, one.comparison))
}

function settles(actor: Actor, { county, reach }: Settled, target: HitsTarget | undefined): boolean {
  if (mayIn(actor, 'imports:manage', county)) return true
  return reach !== null && target !== undefined && mayBringHits(actor, target)
}

/**
 * What they may do with it. Cancel it while nobody has registered it: whoever settles it, and of a file with a reach the office that brought
 * it. Read its rows in the clear: the relief centre, and the office whose own file it is; in one that the centre brought for a town's
 * comparison stand other towns' households.
 */
export async function rightsIn(
  sql: Sql,
  actor: Actor,
  one: Brought,
): Promise<{ settles: boolean; cancels: boolean; reads: boolean }> {
  const settled = await maySettle(sql, actor, one)
  const own = one.reach !== null && isBroughtByTheirs(actor, one)
  const reads = (mayIn(actor, 'imports:manage', one.county) && seesCounty(actor, one)) || (settled && own)
  return { settles: settled, cancels: settled || own, reads }
}

/**
 * Judged in the transaction that acts, the comparison locked: handed in or cancelled meanwhile, it takes no more hits. What an office has
 * brought and nobody has registered it may always cancel.
 * @throws ApiError 403 where they may not settle it; 409 for hits of a comparison that is cancelled
 */
export async function mustSettle(
  request: FastifyRequest,
  tx: Sql,
  one: Brought,
  { action }: Pick<ImportAction, 'action'>,
): Promise<void> {
  const actor = actorOf(request)
  const target = one.comparison === null ? undefined : await lockHitsTarget(tx, one.comparison)
  if (action === 'cancel' && one.reach !== null && isBroughtByTheirs(actor, one)) return
  const mayStill = settles(actor, one, target)
  if (target?.state === 'cancelled' && (action === 'apply' || !mayStill)) throw ofCancelled()
  if (!mayStill) throw one.reach === null ? notTheirs() : notThePerformer()
}

/** Whether what they read is the whole county's: else a row that lies outside the file's reach is none of their business. */
export function seesCounty(actor: Actor, { county }: Pick<ImportRow, 'county'>): boolean {
  return actor.scope.offices.includes(county)
}

/** Whether an office where they work brought the file, whoever sent it: who moves on leaves it there. Of no office is what a key sent. */
function isBroughtByTheirs(actor: Actor, { actor: sender, broughtBy }: Brought): boolean {
  return broughtBy === null ? sender === actor.id : worksIn(actor, broughtBy)
}

function ofCancelled(): ApiError {
  return new ApiError(
    409,
    'not-while-cancelled',
    '这件数据比对已经撤销,它的命中名单不能再登记,只能取消(cancel)。',
  )
}
