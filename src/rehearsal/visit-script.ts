import type { Day } from '../domain/time/days.ts'

/** A visit of a household that is watched: the day it is made, and what was found. */
export type ScriptedVisit = { on: Day; finding: 'unchanged' | 'improved' | 'moved' }
/** One household: which town of the list goes there, the days its visits are due, and the visits that are made. */
export type WatchedHousehold = { town: number; dueOn: readonly Day[]; visits: readonly ScriptedVisit[] }

/**
 * Three households that are watched beyond the year. Sixty days after the first visits lies New Year, so that the second ones are due
 * on the first working day of January. One town goes there and has to come again in March; one goes only when the relief centre has
 * been told; one finds the household gone.
 */
export function watchedHouseholds(year: number): WatchedHousehold[] {
  const next = year + 1
  return [
    {
      ...{ town: 2, dueOn: [`${year}-11-02`, `${next}-01-03`] },
      visits: [
        { on: `${year}-11-02`, finding: 'unchanged' },
        { on: `${next}-01-03`, finding: 'unchanged' },
      ],
    },
    {
      ...{ town: 7, dueOn: [`${year}-11-02`, `${next}-01-03`] },
      visits: [
        { on: `${year}-11-02`, finding: 'unchanged' },
        { on: `${next}-01-12`, finding: 'improved' },
      ],
    },
    {
      ...{ town: 12, dueOn: [`${year}-11-03`, `${next}-01-03`] },
      visits: [
        { on: `${year}-11-03`, finding: 'unchanged' },
        { on: `${next}-01-03`, finding: 'moved' },
      ],
    },
  ]
}

/** The last day that is played: all that the visits of January bring about has happened. */
export function lastDayOf(year: number): Day {
  return `${year + 1}-01-13`
}
