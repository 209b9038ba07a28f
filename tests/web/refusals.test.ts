import { expect, it } from 'vitest'
import { faultsLeft, faultsOf, Problem } from '../../web/src/api/problem.ts'
import { keyAfter } from '../../web/src/api/send-key.ts'
import { placesOf } from '../../web/src/pages/item/form-body.ts'
import type { Input } from '../../web/src/pages/item/form-inputs.ts'

const refused = (errors: object[], detail = '有的内容不合要求。') => new Problem(422, { detail, errors })

it('a fault stands beside the field it points to, and what no field shows is left for the line', () => {
  const problem = refused([
    { pointer: '/body/result/hits', message: '不能多于比对条数' },
    { pointer: '/body/result/steps/visit', message: '还缺一步' },
  ])
  const fields = { 'result.hits': 'result.hits' }
  expect(faultsOf(problem, fields)).toEqual({ 'result.hits': '不能多于比对条数' })
  expect(faultsLeft(problem, Object.keys(fields))).toEqual([
    { pointer: '/body/result/steps/visit', message: '还缺一步' },
  ])
})

it('what the sentence says already is not said twice', () => {
  expect(
    faultsLeft(refused([{ pointer: '/body/office', message: '没有这个单位' }], '没有这个单位。'), []),
  ).toEqual([])
})

it('a fault in a row stands in that row, also when an empty one above was not sent', () => {
  const finding = { path: 'finding', required: true, type: 'text' } as const
  const list: Input = { path: 'result.lookBack', required: true, type: 'list', least: 1, fields: [finding] }
  const places = placesOf([list], { 'result.lookBack.0.finding': '', 'result.lookBack.1.finding': '已停发' })
  const problem = refused([{ pointer: '/body/result/lookBack/0/finding', message: '太短' }])
  expect(faultsOf(problem, places)).toEqual({ 'result.lookBack.1.finding': '太短' })
})

it('what got no answer is asked for under the same key; what was refused is sent under a new one', () => {
  expect(keyAfter(new Problem(0, {}), 'k')).toBe('k')
  expect(keyAfter(new Problem(503, {}), 'k')).toBe('k')
  expect(keyAfter(new Problem(422, {}), 'k')).not.toBe('k')
})
