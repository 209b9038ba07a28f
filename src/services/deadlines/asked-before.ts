import type { JoinedIds } from '../../domain/obligation/counted-lists.ts'
import { dayOf, type Day, type Instant } from '../../domain/time/days.ts'
import { rows, type Sql, ts } from '../../db/pool.ts'
import type { LateItemRow } from './late-items.ts'
import { MOVED_BY, MOVED_FROM } from './moved-day.ts'

/** `behind`: how many of the same deadline are late, of which at most so many stand in rows; `obligations` are all of these. */
export type AskedRow = LateItemRow & {
  reader: string
  owner: string
  askedOn: Day
  behind: number
  obligations: JoinedIds
}

/**
 * What is late, work, review or answer, and an earlier mail asked one of these people to press, red ones first, at most so many of each deadline. Where
 * several of a rung were asked, the first of them presses: the others were told to stand by. What has since climbed above a reader
 * is theirs to know, no longer to press. What was asked before its day was counted anew is asked still.
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
       select n.person, n.deadline, n.round_at as at
         from notifications n join mails m on m.id = n.mail join deadlines d on d.id = n.deadline
        where d.county = $3 and d.due_at <= $2 and n.person = any($1) and n.kind in ('escalation','passed-on') and n.state = 'mailed'
          and not exists (select from notifications q where q.cause = n.cause and q.audience = n.audience
                             and q.person < n.person and q.state <> 'moot')
          and m.state in ('accepted','archived')),
     told as (select distinct deadline from asked),
     turns as materialized (
       select f.assignment, f.told, array(select r.deadline from recounts r
                where r.obligation = f.obligation and r.assignment = f.assignment) || f.deadline as chain
         from (select a.id as assignment, a.obligation, a.deadline, t.deadline as told
                 from told t join assignments a on a.deadline = t.deadline where a.ended_at is null
               union
               select a.id, a.obligation, a.deadline, r.deadline
                 from told t join recounts r on r.deadline = t.deadline join assignments a on a.id = r.assignment
                where a.ended_at is null) f),
     pressed as materialized (
       select q.person, t.assignment, min(q.at) as at from asked q join turns t on t.told = q.deadline
        where not exists (select from notifications c where c.deadline = any(t.chain) and c.person = q.person
                             and c.kind = 'copied' and c.state = 'mailed' and c.round_at >= q.at)
        group by q.person, t.assignment),
     late as materialized (
       select p.person as reader, p.at, a.id as assignment, a.deadline, a.stage as turn, a.office as holder, a.person as named, a.working_days,
              a.due_on as turn_due_on, a.due_at as turn_due_at, ${MOVED_FROM} as "movedFrom", o.*,
              row_number() over (partition by p.person, a.deadline order by o.id) as nth
         from pressed p join assignments a on a.id = p.assignment join obligations o on o.id = a.obligation
        where a.stage <> 'pause' and a.due_at <= $2),
     -- Once for each deadline: beside each of its rows, all of them would grow with the square.
     behind as (
       select reader, deadline, count(*) as behind, string_agg(id, ',' order by id) as obligations from late group by reader, deadline)
     select l.reader, l.at as "askedAt", l.office as owner, l.holder as office, l.named as person, d.id as deadline, d.kind,
            l.turn as stage, l.id as obligation, l.external_id as "externalId", l.title, l.cause, l.level, d.label,
            l.turn_due_on as "dueOn", l.turn_due_at as "dueAt", l.working_days as "workingDays", l."movedFrom", ${MOVED_BY} as "movedBy", b.behind,
            b.obligations
       from late l join behind b on b.reader = l.reader and b.deadline = l.deadline join deadlines d on d.id = l.deadline join assignments a on a.id = l.assignment
      where l.nth <= $4 order by coalesce(l.level = 'red', false) desc, l.turn_due_at, l.id`,
    [people, ts(now), county, atMost],
  )
  return found.map(({ askedAt, ...row }) => ({ ...row, askedOn: dayOf(askedAt) }))
}
