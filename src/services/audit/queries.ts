import { type Day, endOfDay, instantAt } from '../../domain/time/days.ts'
import type { AttemptOutcome } from '../../domain/audit/labels.ts'
import { type Sql, ts } from '../../db/pool.ts'
import { auditEvents, people } from '../../db/schema/index.ts'
import {
  allOf,
  columns,
  columnsAs,
  computed,
  maybe,
  type RowsOf,
  selectRows,
} from '../../db/select-columns.ts'

const EVENT = columns(auditEvents, 'e', [
  ...(['id', 'county', 'actor', 'behalf', 'address', 'action'] as const),
  ...(['subject', 'outcome', 'detail', 'requestId'] as const),
])
const ROW = allOf(
  EVENT,
  columnsAs(auditEvents, 'e', { at: 'atWall' }),
  computed<{ actorName: string | null }>({ actorName: 'coalesce(p.name, k.name)' }),
  maybe(columnsAs(people, 'b', { behalfName: 'name' })),
)
export type AuditRow = RowsOf<typeof ROW>
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
  return selectRows(
    sql,
    ROW,
    `from audit_events e left join people p on p.id = e.actor left join api_keys k on k.id = e.actor
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
