import { expect, test } from 'vitest'
import type { PossibleAction } from '../../web/src/pages/item/use-actions.ts'
import { inTurn, needsOneTap, shownFirst } from '../../web/src/pages/item/work-order.ts'

type Action = PossibleAction['action']
const orderOf = (...actions: Action[]) => inTurn(actions.map((action) => ({ action })))

test('what nobody has signed for has signing first and handing in beside it', () => {
  const order = orderOf('offer-hand-over', 'submit', 'assign', 'acknowledge', 'undo')
  expect(order.map(({ action }) => action)).toEqual([
    'acknowledge',
    'submit',
    'offer-hand-over',
    'assign',
    'undo',
  ])
  expect(shownFirst(order)).toBe(2)
})

test('what was signed for has handing in first, and taking back last', () => {
  const order = orderOf('undo', 'assign', 'submit')
  expect(order.map(({ action }) => action)).toEqual(['submit', 'assign', 'undo'])
  expect(shownFirst(order)).toBe(1)
})

test('signing needs one tap, unless it is done in the name of somebody else', () => {
  const sign: Parameters<typeof needsOneTap>[0] = { action: 'acknowledge', fields: [], onBehalfOf: null }
  expect(needsOneTap(sign)).toBe(true)
  expect(needsOneTap({ ...sign, onBehalfOf: { id: 'p', name: '张', post: null } as never })).toBe(false)
  expect(needsOneTap({ ...sign, action: 'accept' })).toBe(false)
})
