import { dayOf, type Day, type Instant } from '../../domain/time/days.ts'
import { rows, type Sql, ts } from '../../db/pool.ts'
import { PERFORMING } from '../obligations/turn-clocks.ts'
import type { LateItemRow } from './late-items.ts'

export type AskedRow = LateItemRow & { reader: string; owner: string; askedOn: Day }

/**
 * What is late and an earlier mail asked one of these people to press, red ones first. Where several of a rung were asked, the
 * first of them presses: the others were told to stand by. What has since climbed above a reader is theirs to know, no longer to press.
 */
export async function askedBefore(
  sql: Sql,
  county: string,
  people: readonly string[],
  now: Instant,
): Promise<AskedRow[]> {
  const found = await rows<Omit<AskedRow, 'askedOn'> & { askedAt: Instant }>(
    sql,
    `select n.person as reader, min(n.round_at) as "askedAt", o.office as owner, o.holder_office as office,
            o.holder_person as person, d.id as deadline, o.id as obligation, o.external_id as "externalId", o.title,
            o.cause, o.level, d.label, o.holder_due_on as "dueOn", o.holder_due_at as "dueAt",
            a.working_days as "workingDays"
       from notifications n join mails m on m.id = n.mail join deadlines d on d.id = n.deadline
       join assignments a on a.deadline = d.id and a.ended_at is null
       join obligations o on o.id = a.obligation and o.stage = a.stage
      where d.county = $3 and d.due_at <= $2 and n.person = any($1) and n.kind in ('escalation','passed-on') and n.state = 'mailed'
        and not exists (select from notifications q where q.cause = n.cause and q.audience = n.audience
                           and q.person < n.person and q.state <> 'moot')
        and not exists (select from notifications c where c.deadline = n.deadline and c.person = n.person and c.kind = 'copied'
                           and c.state = 'mailed' and c.round_at >= n.round_at)
        and m.state in ('accepted','archived') and o.stage in (${PERFORMING}) and o.holder_due_at <= $2
      group by n.person, d.id, o.id, a.id
      order by o.level = 'red' desc nulls last, o.holder_due_at, o.id`,
    [people, ts(now), county],
  )
  return found.map(({ askedAt, ...row }) => ({ ...row, askedOn: dayOf(askedAt) }))
}
