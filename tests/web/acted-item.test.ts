import { expect, it } from 'vitest'
import { actedItem } from '../../web/src/pages/household/acted-item.ts'
import type { Household } from '../../web/src/pages/household/use-household.ts'
import { joinedItems } from '../../web/src/pages/item/joined-items.ts'

type Item = Household['items'][number]
const item = (id: string, name: string | null = '赵*河') =>
  ({ id, subject: name === null ? null : { name } }) as unknown as Item

it('a household is acted on by its latest item that the reader sees', () => {
  expect(actedItem([item('a'), item('b'), item('c', null)])?.id).toBe('b')
  expect(actedItem([item('a', '')])).toBeUndefined()
  expect(actedItem([])).toBeUndefined()
})

it('the one that was chosen stays while it is the household’s, as it stands now', () => {
  const now = [item('a', '赵*溪'), item('b')]
  expect(actedItem(now, item('a'))).toBe(now[0])
  expect(actedItem(now, item('of-another'))?.id).toBe('b')
  expect(actedItem([item('a', null), item('b')], item('a'))?.id).toBe('b')
})

const link = (obligation: string, other: string, more: object = {}) => ({
  ...{ obligation, other, same: true, decidedBy: '周桂兰', decidedAt: '2022-06-13T07:00:00Z' },
  ...{ endedBy: null, endedAt: null, ...more },
})
const items = [item('a'), item('b'), item('c')]
const pairs = (links: ReturnType<typeof link>[], id = 'b') =>
  joinedItems({ links, items }, id).map(({ one, twin }) => [one.id, twin.id])

it('what is joined is told from the item that is looked at', () => {
  expect(pairs([link('a', 'b'), link('b', 'c'), link('a', 'c')])).toEqual([
    ['b', 'a'],
    ['b', 'c'],
    ['c', 'a'],
  ])
})

it('what was kept apart, taken back or is not seen is not listed as joined', () => {
  const endedAt = '2022-06-14T07:00:00Z'
  expect(
    pairs([link('a', 'b', { same: false }), link('a', 'b', { endedAt }), link('b', 'of-another')]),
  ).toEqual([])
})
