import type { FastifyRequest } from 'fastify'
import { mayBringHits } from '../../domain/people/bring-hits.ts'
import { type Actor, mayIn } from '../../domain/people/permissions.ts'
import type { Sql } from '../../db/pool.ts'
import { hitsTarget } from '../../services/comparisons/hits.ts'
import type { ImportRow } from '../../services/imports/store.ts'
import { actorOf, notTheirs } from '../plugins/actor.ts'
import { notThePerformer } from './claim.ts'

type Settled = Pick<ImportRow, 'county' | 'comparison' | 'reach'>

/**
 * May they explain, register, cancel and take back this import: one of their county, or the hits of a comparison that they perform. A file
 * without a reach may correct the whole ledger, so it is the relief centre's alone, whatever comparison it belongs to.
 */
export async function maySettle(sql: Sql, actor: Actor, one: Settled): Promise<boolean> {
  const { county, comparison, reach } = one
  if (mayIn(actor, 'imports:manage', county)) return true
  if (reach === null) return false
  const target = comparison === null ? undefined : await hitsTarget(sql, comparison)
  return target !== undefined && mayBringHits(actor, target)
}

/** @throws ApiError 403 where they may not settle it */
export async function mustSettle(request: FastifyRequest, sql: Sql, one: Settled): Promise<void> {
  if (await maySettle(sql, actorOf(request), one)) return
  throw one.reach === null ? notTheirs() : notThePerformer()
}
