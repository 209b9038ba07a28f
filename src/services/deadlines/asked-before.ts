import { dayOf, type Day, type Instant } from '../../domain/time/days.ts'
import { rows, type Sql, ts } from '../../db/pool.ts'
import type { LateItemRow } from './late-items.ts'

/** `behind`: how many of the same deadline are late, of which at most so many stand in rows. */
export type AskedRow = LateItemRow & { reader: string; owner: string; askedOn: Day; behind: number }

/**
 * What is late, work, review or answer, and an earlier mail asked one of these people to press, red ones first, at most so many of each deadline. Where
 * several of a rung were asked, the first of them presses: the others were told to stand by. What has since climbed above a reader
 * is theirs to know, no longer to press.
 */
export async function askedBefore(
  sql: Sql,
  county: string,
  people: readonly string[],
  now: Instant,
  atMost: number,
): Promise<AskedRow[]> {
  const found = await rows<Omit<AskedRow, 'askedOn'> & { askedAt: Instant }>(
    sql,
    `with asked as materialized (
       select n.person, n.deadline, min(n.round_at) as at
         from notifications n join mails m on m.id = n.mail join deadlines d on d.id = n.deadline
        where d.county = $3 and d.due_at <= $2 and n.person = any($1) and n.kind in ('escalation','passed-on') and n.state = 'mailed'
          and not exists (select from notifications q where q.cause = n.cause and q.audience = n.audience
                             and q.person < n.person and q.state <> 'moot')
          and not exists (select from notifications c where c.deadline = n.deadline and c.person = n.person and c.kind = 'copied'
                             and c.state = 'mailed' and c.round_at >= n.round_at)
          and m.state in ('accepted','archived')
        group by n.person, n.deadline),
     late as materialized (
       select a.deadline, a.stage as turn, a.office as holder, a.person as named, a.working_days, a.due_on as turn_due_on,
              a.due_at as turn_due_at, o.*, count(*) over (partition by a.deadline) as behind,
              row_number() over (partition by a.deadline order by o.id) as nth
         from assignments a join obligations o on o.id = a.obligation
        where a.deadline in (select deadline from asked) and a.ended_at is null and a.stage <> 'pause' and a.due_at <= $2)
     select q.person as reader, q.at as "askedAt", l.office as owner, l.holder as office,
            l.named as person, d.id as deadline, d.kind, l.turn as stage, l.id as obligation, l.external_id as "externalId", l.title,
            l.cause, l.level, d.label, l.turn_due_on as "dueOn", l.turn_due_at as "dueAt",
            l.working_days as "workingDays", l.behind
       from asked q join deadlines d on d.id = q.deadline join late l on l.deadline = q.deadline and l.nth <= $4
      order by coalesce(l.level = 'red', false) desc, l.turn_due_at, l.id`,
    [people, ts(now), county, atMost],
  )
  return found.map(({ askedAt, ...row }) => ({ ...row, askedOn: dayOf(askedAt) }))
}
