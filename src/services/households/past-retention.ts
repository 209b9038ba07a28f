import type { Instant } from '../../domain/time/days.ts'
import type { Pool, Sql } from '../../db/pool.ts'
import { addAuditEvent } from '../audit/trail.ts'
import { CLOSED } from '../obligations/closed-states.ts'
import type { MasterKey } from '../vault/master-key.ts'

export type RetentionOptions = {
  /** The owner's pool: nobody else may change history. */
  pool: Pool
  masterKey: MasterKey
  /** Business time. Campaigns closed before it are past their retention. */
  before: Instant
  wallNow: Instant
  /** How many households go in one transaction. */
  batch?: number
  onProgress?: (households: number) => void
}

/** Of an obligation `o` and its campaign `c`, if it has one: both were closed before $1. */
export const PAST = `o.state in (${CLOSED}) and o.closed_at < $1
    and (o.campaign is null or (c.state = 'closed' and c.closed_at < $1))`

/** Obligations past their retention, for which more conditions may follow. */
export const PAST_OBLIGATIONS = `select o.id from obligations o left join campaigns c on c.id = o.campaign where ${PAST}`

/** The trail says what a run has deleted. */
export async function recordErasure(
  tx: Sql,
  { before, wallNow }: RetentionOptions,
  action: string,
  detail: Record<string, unknown>,
): Promise<void> {
  await addAuditEvent(tx, {
    ...{ atWall: wallNow, county: null, actor: 'owner', action, outcome: 'done' },
    detail: { ...detail, before: new Date(before).toISOString() },
  })
}
