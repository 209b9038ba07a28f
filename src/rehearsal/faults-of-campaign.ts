import { type Planting, type Ticks, afterDeadline, beforeDeadline, spoil } from './planting.ts'
import { OUTLIVES } from './year-end.ts'

/** Plants a fault: a warning forgets the file of hits that it came from. The account must miss it behind its comparison, and the way back. */
export function unlinkHit<A extends Ticks>(activities: A, planting: Planting): A {
  return beforeDeadline(activities, () =>
    spoil(
      planting,
      `update obligations set import_id = null where id = (
           select min(o.id) from obligations o join imports i on i.id = o.import_id where i.comparison is not null)
           and not exists (select from obligations o where o.external_id ^@ 'BD' and o.import_id is null)`,
    ),
  )
}

/** Plants a fault: visits are forgotten with the campaign that they began in. The account must find their reminders and escalations missing. */
export function forgetVisits<A extends Ticks>(activities: A, planting: Planting): A {
  return afterDeadline(activities, (deadline) =>
    spoil(
      planting,
      `delete from notifications n using deadlines d
          where d.id = n.deadline and d.id = $1 and d.kind = $2 and n.state = 'queued'
            and exists (select from campaigns c where c.county = d.county and c.state = 'closed')`,
      [deadline, OUTLIVES],
    ),
  )
}
