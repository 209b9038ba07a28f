type Known = { id: string; year: number; state: 'open' | 'closed' }

/** The browsers of town offices know no `toSorted`. */
export const newestFirst = <T extends { year: number }>(campaigns: readonly T[]): T[] =>
  [...campaigns].sort((a, b) => b.year - a.year)
const newestOf = <T extends Known>(campaigns: readonly T[]): T | undefined => newestFirst(campaigns)[0]

/**
 * The campaign that is looked at: the one chosen, else this year's, else the newest that is open, else the newest. The next year is
 * often launched while this one runs.
 * @param today the county's day, YYYY-MM-DD @param chosen an id, also one that is not known
 */
export function shownCampaign<T extends Known>(
  campaigns: readonly T[],
  today: string,
  chosen?: unknown,
): T | undefined {
  return (
    campaigns.find(({ id }) => id === chosen) ??
    campaigns.find(({ year }) => year === Number(today.slice(0, 4))) ??
    newestOf(campaigns.filter(({ state }) => state === 'open')) ??
    newestOf(campaigns)
  )
}

/** Between which one may choose, the newest first: those that are open, and the one that is shown. */
export function campaignsToShow<T extends Known>(campaigns: readonly T[], shown: T | undefined): T[] {
  return newestFirst(campaigns.filter(({ id, state }) => state === 'open' || id === shown?.id))
}
