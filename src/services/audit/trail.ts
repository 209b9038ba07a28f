import type { Instant } from '../../domain/time/days.ts'
import { type Sql, ts } from '../../db/pool.ts'

/**
 * One event of the audit trail: codes and opaque ids, never a household's name. `detail` holds changed fields
 * without personal values.
 */
export type AuditEvent = {
  atWall: Instant
  county: string | null
  actor: string
  behalf?: string | null
  address?: string | null
  action: string
  subject?: string | null
  outcome: 'done' | 'refused'
  detail?: Record<string, unknown>
  requestId?: string | null
}

/**
 * Adds an event to the trail (R9) in the transaction of the act itself, so that neither exists without the
 * other.
 */
export async function addAuditEvent(sql: Sql, e: AuditEvent): Promise<void> {
  await sql.query({
    name: 'add-audit-event',
    // The transaction gets its number before the id is drawn; the sealer relies on that order (ADR 4).
    text: `insert into audit_events (tx, at_wall, county, actor, behalf, address, action, subject, outcome, detail, request_id)
           select t.tx, $1::timestamptz, $2::text, $3::text, $4::text, $5::text, $6::text, $7::text, $8::text, $9::jsonb, $10::text
             from (select pg_current_xact_id() as tx offset 0) t`,
    values: [
      ts(e.atWall),
      e.county,
      e.actor,
      e.behalf ?? null,
      e.address ?? null,
      e.action,
      e.subject ?? null,
      e.outcome,
      JSON.stringify(e.detail ?? {}),
      e.requestId ?? null,
    ],
  })
}
