import type { Day, Instant } from '../../domain/time/days.ts'
import { rows, type Sql, ts } from '../../db/pool.ts'
import type { Scope } from './search-conditions.ts'
import { overdue } from './turn-clocks.ts'

export type LateHolder = {
  office: string
  person: string | null
  /** The office's telephone of that person. */
  phone: string | null
  count: number
  oldestDueOn: Day
}

/** Who is late: by office, and in it by the person named, with how they are reached; the most first. */
export function lateHolders(sql: Sql, { counties, offices }: Scope, now: Instant): Promise<LateHolder[]> {
  return rows(
    sql,
    `select o.holder_office as office, o.holder_person as person, min(p.phone) as phone, count(*)::int as count,
            min(o.holder_due_on) as "oldestDueOn"
       from obligations o left join people p on p.id = o.holder_person
      where o.county = any($1) and o.office = any($3) and ${overdue('o', '$2')}
      group by 1, 2 order by 4 desc, 5, 1, 2`,
    [counties, ts(now), offices],
  )
}
