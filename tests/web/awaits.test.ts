import { expect, it } from 'vitest'
import { awaitsWords } from '../../web/src/pages/item/awaits.ts'
import { itemWords } from '../../web/src/words/item.zh-CN.ts'

const of = (assignment: 'perform' | 'redo' | 'review' | 'pause', provisional = false) =>
  awaitsWords({ assignment, provisional })

it('tells whom an item waits for by its stage; of a paused one, that it goes on, and nobody’s work', () => {
  expect(of('perform').key).toBe('item.awaits')
  expect(of('redo').key).toBe('item.awaits')
  expect(of('review').key).toBe('item.awaitsReview')
  expect(of('pause').key).toBe('item.awaitsEnd')
  const { awaits, awaitsEnd } = itemWords.item
  expect([awaits, awaitsEnd.includes('{office}')]).toEqual(['由{office}{stage},{day}到期。', false])
})

it('a day that may still move is told as such', () => {
  expect([of('perform').day, of('review', true).day]).toEqual([null, 'item.provisionalDay'])
  expect(of('pause', true)).toEqual({ key: 'item.awaitsEndProvisional', day: null })
  expect(itemWords.item.awaitsEndProvisional).toContain('{day} 24:00(暂定)自动恢复')
})
