import type { Day, Instant } from '../../domain/time/days.ts'
import { rows, type Sql, ts } from '../../db/pool.ts'
import { endOfWeek } from '../../domain/time/weeks.ts'
import { CLOSED } from './closed-states.ts'
import { doneUnheld, dueBetween, dueToday, everLate, inReview, overdue, performing } from './turn-clocks.ts'

export type OfficeCounts = {
  code: string
  name: string
  kind: string
  /** Not done and not cancelled, whoever holds it and of whatever level. */
  unfinished: number
  red: number
  orange: number
  yellow: number
  other: number
  dueToday: number
  dueThisWeek: number
  overdue: number
  overdueRed: number
  oldestDueOn: Day | null
  inReview: number
  done: number
  /** Done before the county began here: nobody ever held it, so nothing is known of when it was done. */
  doneUnheld: number
  doneLate: number
  /** Not done, and late at some time with its performer. */
  openLate: number
}

/** The work of a county that lies in these offices; what is only offered to one of them is another's. */
export type OfCounty = { county: string; offices: readonly string[] }

/** Every office that owes or owed something: open by level, due today and this week, overdue, done, done late (R17). */
export function officeCounts(
  sql: Sql,
  { county, offices }: OfCounty,
  now: Instant,
  today: Day,
): Promise<OfficeCounts[]> {
  return rows(
    sql,
    `select f.code, f.name, f.kind,
       count(*) filter (where o.state not in (${CLOSED})) as unfinished,
       count(*) filter (where o.level = 'red' and ${performing('o')}) as red,
       count(*) filter (where o.level = 'orange' and ${performing('o')}) as orange,
       count(*) filter (where o.level = 'yellow' and ${performing('o')}) as yellow,
       count(*) filter (where o.level is null and ${performing('o')}) as other,
       count(*) filter (where ${dueToday('o', '$3')}) as "dueToday",
       count(*) filter (where ${dueBetween('o', '$3', '$4')}) as "dueThisWeek",
       count(*) filter (where ${overdue('o', '$2')}) as overdue,
       count(*) filter (where o.level = 'red' and ${overdue('o', '$2')}) as "overdueRed",
       min(o.holder_due_on) filter (where ${overdue('o', '$2')}) as "oldestDueOn",
       count(*) filter (where ${inReview('o')}) as "inReview",
       count(*) filter (where o.state = 'accepted') as done,
       count(*) filter (where ${doneUnheld('o')}) as "doneUnheld",
       count(*) filter (where o.state = 'accepted' and ${everLate('o', '$2')}) as "doneLate",
       count(*) filter (where o.state not in (${CLOSED}) and ${everLate('o', '$2')}) as "openLate"
     from obligations o join offices f on f.code = o.office
     where o.county = $1 and o.office = any($5)
     group by f.code order by f.kind desc, f.code`,
    [county, ts(now), today, endOfWeek(today), offices],
  )
}
