type Known = { id: string; year: number; state: 'open' | 'closed' }

/**
 * The campaign a problem belongs to that is registered today, whichever is looked at; undefined where none of this year is open.
 * @param today the county's day, YYYY-MM-DD
 */
export function campaignOfNew<T extends Known>(campaigns: readonly T[], today: string): T | undefined {
  return campaigns.find(({ year, state }) => state === 'open' && year === Number(today.slice(0, 4)))
}
