import {
  type CourierTicks,
  type Planting,
  type Ticks,
  afterDeadline,
  beforeCourier,
  beforeDeadline,
  spoil,
} from './planting.ts'

/** Plants a fault: what is paused is watched as before, and whoever performs it is reminded. The account must find lines that nobody is owed. */
export function remindPaused<A extends Ticks>(activities: A, planting: Planting): A {
  return beforeDeadline(activities, (deadline) =>
    spoil(
      planting,
      `update assignments w set deadline = a.deadline from assignments a, pauses p
          where a.deadline = $1 and a.stage in ('perform', 'redo') and a.ended_at = p.approved_at
            and p.obligation = a.obligation and p.resumed_on is null
            and w.obligation = a.obligation and w.stage = 'pause' and w.ended_at is null`,
      [deadline],
    ),
  )
}

/** Plants a fault: nobody hears that more time was asked for. The account must find those lines missing. */
export function swallowExtension<A extends Ticks>(activities: A, planting: Planting): A {
  return afterDeadline(activities, (deadline) =>
    spoil(
      planting,
      `delete from notifications n using deadlines d
          where d.id = n.deadline and d.id = $1 and d.stage = 'extension' and n.state = 'queued'`,
      [deadline],
    ),
  )
}

/** Plants a fault: a promise is forgotten once it is written down. The account must miss the line to whoever noted it. */
export function forgetPromise<A extends CourierTicks>(activities: A, planting: Planting): A {
  return beforeCourier(activities, (county) =>
    spoil(planting, 'update contacts set told_at = noted_at where told_at is null and county = $1', [county]),
  )
}
