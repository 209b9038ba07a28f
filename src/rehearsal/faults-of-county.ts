import {
  type CourierTicks,
  type Planting,
  type Ticks,
  beforeCourier,
  beforeDeadline,
  spoil,
} from './planting.ts'

/** Plants a fault: whoever gains or loses days hears nothing of it. The account must miss those lines. */
export function leaveMovedUntold<A extends CourierTicks>(activities: A, planting: Planting): A {
  return beforeCourier(activities, (county) =>
    spoil(planting, 'delete from due_changes where county = $1', [county]),
  )
}

/**
 * Plants a fault: what was told before a recount is told again behind the new deadline, with the next thing that is told there. The
 * account must find lines that nobody is owed.
 */
export function recountAloud<A extends Ticks>(activities: A, planting: Planting): A {
  return beforeDeadline(activities, (deadline) =>
    spoil(
      planting,
      `update deadlines d set silent_until = null, joins = 1
          where d.id = $1 and d.silent_until is not null and d.joins = 0
            and exists (select from firings f where f.deadline = d.id)
            and exists (select from recounts r join assignments a on a.id = r.assignment where a.deadline = d.id)`,
      [deadline],
    ),
  )
}

/** Plants a fault: a return that was taken back is told all the same. The account must find a line that nobody is owed. */
export function tellUndone<A extends Ticks>(activities: A, planting: Planting): A {
  return {
    ...activities,
    async tickDeadline(deadline: string, poke: number) {
      await spoil(
        planting,
        `update assignments r set deadline = a.deadline from assignments a, events e
          where a.deadline = $1 and a.stage = 'redo' and a.ended_at <= a.started_at
            and e.obligation = a.obligation and e.action = 'undo' and e.detail ->> 'undone' = 'return'
            and r.obligation = a.obligation and r.stage = 'review' and r.ended_at is null`,
        [deadline],
      )
      return activities.tickDeadline(deadline, poke)
    },
  }
}

/** Plants a fault: the people of a merged town are reminded of what is no longer theirs. The account must find lines that nobody is owed. */
export function remindMerged<A extends Ticks>(activities: A, planting: Planting): A {
  return beforeDeadline(activities, (deadline) =>
    spoil(
      planting,
      `update assignments n set deadline = a.deadline from assignments a, events e
          where a.deadline = $1 and a.stage in ('perform', 'redo')
            and e.obligation = a.obligation and e.action = 'hand-on' and e.at = a.ended_at
            and n.obligation = a.obligation and n.stage = a.stage and n.ended_at is null`,
      [deadline],
    ),
  )
}
