import { QueryClient } from '@tanstack/vue-query'
import { expect, it, vi } from 'vitest'

vi.stubGlobal('localStorage', { getItem: () => null })
const { readAnew } = await import('../../web/src/api/read-anew.ts')
const { householdKey } = await import('../../web/src/pages/household/use-household.ts')

const OF_WORK: (readonly unknown[])[] = [
  ['obligation', 'ob_1', 'entries'],
  ['obligations', 'inboxes'],
  ['obligations', 'matrix'],
  ['obligations', 'comparisons'],
  ...['home', 'overview', 'burn-down', 'timeline', 'standing-check'].map((key) => [key]),
  ['problems', 'progress'],
  ['roster', 'list'],
  householdKey('rh_1'),
  ['samples', 'list'],
  ['campaigns'],
  ['beginning'],
]
const OTHERS: (readonly unknown[])[] = [['me'], ['offices'], ['people']]

it('every list, count and chart of the work is read anew after any of it, and nothing else', () => {
  const client = new QueryClient()
  for (const key of [...OF_WORK, ...OTHERS]) client.setQueryData(key, {})
  readAnew(client)
  const stale = (key: readonly unknown[]) => client.getQueryState(key)?.isInvalidated
  expect(OF_WORK.filter((key) => !stale(key))).toEqual([])
  expect(OTHERS.filter(stale)).toEqual([])
})
