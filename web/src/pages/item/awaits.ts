import type { Item } from './use-item.ts'

type Holder = Pick<NonNullable<Item['holder']>, 'assignment' | 'provisional'>

/** Which sentence tells whom an item waits for: nobody works on one that is paused. `day`: how its day is told. */
export function awaitsWords({ assignment, provisional }: Holder) {
  // Behind the hour: the day and the hour are one time.
  if (assignment === 'pause')
    return {
      key: provisional ? ('item.awaitsEndProvisional' as const) : ('item.awaitsEnd' as const),
      day: null,
    }
  const day = provisional ? ('item.provisionalDay' as const) : null
  return { key: assignment === 'review' ? ('item.awaitsReview' as const) : ('item.awaits' as const), day }
}
