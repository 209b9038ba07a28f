import { expect, test } from 'vitest'
import { badConditions } from '../../web/src/pages/obligations/bad-conditions.ts'

test('of a refusal the conditions of the address are named, each once', () => {
  const faults = [
    { pointer: '/querystring/standing', message: '没有这一种' },
    { pointer: '/querystring/level', message: '没有这一级' },
    { pointer: '/querystring/level/0', message: '没有这一级' },
    { pointer: '/body/reason', message: '请填写' },
  ]
  expect([...badConditions(faults)]).toEqual([
    ['standing', '没有这一种'],
    ['level', '没有这一级'],
  ])
})
