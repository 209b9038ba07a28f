import type { MovedBy } from '../../domain/obligation/moved-day.ts'
import type { Cause, Kind, Level, Stage } from '../../domain/obligation/vocabulary.ts'
import type { Day, Instant } from '../../domain/time/days.ts'
import { rows, type Sql, ts } from '../../db/pool.ts'
import { PERFORMING } from '../obligations/turn-clocks.ts'
import { MOVED_BY, MOVED_FROM } from './moved-day.ts'

export type LateItemRow = {
  office: string
  person: string | null
  deadline: string
  kind: Kind
  stage: Stage
  obligation: string
  externalId: string | null
  title: string
  cause: Cause | null
  level: Level | null
  label: string
  dueOn: Day
  dueAt: Instant
  /** Null where a document names the day. */
  workingDays: number | null
  /** Its first day, where it has another one since, and why. */
  movedFrom: Day | null
  movedBy: MovedBy[]
}

/**
 * What these offices should have performed by now, the longest late first, and at most so many of each whom an office's work names, and of
 * what names nobody; besides the `newest` of each, which stand at the end.
 */
export function lateItems(
  sql: Sql,
  offices: readonly string[],
  now: Instant,
  atMost: number,
  newest = 0,
): Promise<LateItemRow[]> {
  return rows(
    sql,
    `select i.* from unnest($1::text[]) as f(code),
            lateral (select o.holder_office as office, o.holder_person as person, d.id as deadline, d.kind, o.stage, o.id as obligation,
                            o.external_id as "externalId", o.title, o.cause, o.level, d.label, o.holder_due_on as "dueOn",
                            o.holder_due_at as "dueAt", a.working_days as "workingDays", ${MOVED_FROM} as "movedFrom",
                            ${MOVED_BY} as "movedBy"
                       from (${firstOf('holder_due_at, id', '$3')}
                             union ${firstOf('holder_due_at desc, id desc', '$4')}) n
                       join obligations o on o.id = n.id
                       join assignments a on a.obligation = o.id and a.ended_at is null and a.stage = o.stage
                       join deadlines d on d.id = a.deadline) i
      order by i."dueAt", i.obligation`,
    [offices, ts(now), atMost, newest],
  )
}

/** The first ids of each holder of `f.code`, in this order. */
function firstOf(order: string, atMost: string): string {
  return `select id from (select id, row_number() over (partition by holder_person order by ${order}) as nth
                            from obligations
                           where holder_office = f.code and stage in (${PERFORMING}) and holder_due_at <= $2) n
           where nth <= ${atMost}`
}
