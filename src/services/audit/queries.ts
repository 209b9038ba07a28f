import { type Day, endOfDay, instantAt, type Instant } from '../../domain/time/days.ts'
import type { AttemptOutcome } from '../../domain/audit/labels.ts'
import { rows, type Sql, ts } from '../../db/pool.ts'

export type AuditRow = {
  id: number
  at: Instant
  county: string | null
  actor: string
  actorName: string | null
  behalf: string | null
  behalfName: string | null
  address: string | null
  action: string
  subject: string | null
  outcome: AttemptOutcome
  detail: Record<string, unknown>
  requestId: string | null
}
export type AuditSearch = {
  actor?: string | undefined
  subject?: string | undefined
  action?: string | undefined
  outcome?: AttemptOutcome | undefined
  from?: Day | undefined
  to?: Day | undefined
}

/** Newest first. @param page `before` is the id of the last event seen */
export function listAuditEvents(
  sql: Sql,
  search: AuditSearch,
  page: { before: number | null; limit: number },
): Promise<AuditRow[]> {
  return rows(
    sql,
    `select e.id, e.at_wall as at, e.county, e.actor, coalesce(p.name, k.name) as "actorName", e.behalf,
            b.name as "behalfName", e.address, e.action, e.subject, e.outcome, e.detail, e.request_id as "requestId"
       from audit_events e left join people p on p.id = e.actor left join api_keys k on k.id = e.actor
       left join people b on b.id = e.behalf
      where ($1::text is null or e.actor = $1) and ($2::text is null or e.subject = $2)
        and ($3::text is null or e.action = $3) and ($4::text is null or e.outcome = $4)
        and ($5::timestamptz is null or e.at_wall >= $5) and ($6::timestamptz is null or e.at_wall < $6)
        and ($7::bigint is null or e.id < $7)
      order by e.id desc limit $8`,
    [
      search.actor ?? null,
      search.subject ?? null,
      search.action ?? null,
      search.outcome ?? null,
      search.from ? ts(instantAt(search.from, '00:00')) : null,
      search.to ? ts(endOfDay(search.to)) : null,
      page.before,
      page.limit,
    ],
  )
}
