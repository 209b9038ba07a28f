import { expect, test } from 'vitest'
import { inTurn, needsOneTap, shownFirst } from '../../web/src/pages/item/work-order.ts'

const orderOf = (...actions: string[]) => inTurn(actions.map((action) => ({ action })))

test('what nobody has signed for has signing first and handing in beside it', () => {
  const order = orderOf('hand-over', 'submit', 'assign', 'acknowledge', 'undo')
  expect(order.map(({ action }) => action)).toEqual(['acknowledge', 'submit', 'hand-over', 'assign', 'undo'])
  expect(shownFirst(order)).toBe(2)
})

test('what was signed for has handing in first, and taking back last', () => {
  const order = orderOf('undo', 'assign', 'submit')
  expect(order.map(({ action }) => action)).toEqual(['submit', 'assign', 'undo'])
  expect(shownFirst(order)).toBe(1)
})

test('signing needs one tap, unless it is done in the name of somebody else', () => {
  const sign = { action: 'acknowledge', fields: [], onBehalfOf: null }
  expect(needsOneTap(sign)).toBe(true)
  expect(needsOneTap({ ...sign, onBehalfOf: { id: 'p', name: '张', post: null } as never })).toBe(false)
  expect(needsOneTap({ ...sign, action: 'accept' })).toBe(false)
})
