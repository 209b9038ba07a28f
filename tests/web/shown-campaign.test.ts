import { expect, it } from 'vitest'
import { campaignsToShow, shownCampaign } from '../../web/src/pages/overview/shown-campaign.ts'

const of = (year: number, state: 'open' | 'closed' = 'open') => ({ id: `c-${year}`, year, state })
const shown = (campaigns: ReturnType<typeof of>[], today: string, chosen?: unknown) =>
  shownCampaign(campaigns, today, chosen)?.id

it('this year is shown while the next one is launched already, also once it is closed', () => {
  expect(shown([of(2027), of(2026)], '2026-11-20')).toBe('c-2026')
  expect(shown([of(2027), of(2026, 'closed')], '2026-12-28')).toBe('c-2026')
  expect(shown([of(2027), of(2026)], '2027-01-01')).toBe('c-2027')
})

it('without one of this year it is the newest that is open, else the newest', () => {
  expect(shown([of(2025), of(2026)], '2027-01-02')).toBe('c-2026')
  expect(shown([of(2025), of(2026, 'closed')], '2027-01-02')).toBe('c-2025')
  expect(shown([of(2025, 'closed'), of(2026, 'closed')], '2027-01-02')).toBe('c-2026')
  expect(shown([], '2027-01-02')).toBeUndefined()
})

it('the one that was chosen is shown while it is known', () => {
  expect(shown([of(2027), of(2026)], '2026-11-20', 'c-2027')).toBe('c-2027')
  expect(shown([of(2027), of(2026)], '2026-11-20', 'c-1999')).toBe('c-2026')
})

it('there is a choice between those that are open and the one shown', () => {
  const all = [of(2025, 'closed'), of(2026, 'closed'), of(2027)]
  expect(campaignsToShow(all, all[1]).map(({ year }) => year)).toEqual([2027, 2026])
  expect(campaignsToShow(all, all[2]).map(({ year }) => year)).toEqual([2027])
})
