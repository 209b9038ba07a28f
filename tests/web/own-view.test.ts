import { expect, it } from 'vitest'
import { placeOf } from '../../web/src/pages/obligations/own-view.ts'

const VIEWS = [
  { id: 'lv_1', name: '橙色逾期', own: true },
  { id: 'lv_2', name: '本镇今日', own: true },
  { id: 'lv_3', name: '共用的', own: false },
]

it('a name of one’s own view takes its place, the name of another’s does not', () => {
  expect(placeOf(VIEWS, ' 橙色逾期 ', null)).toEqual({ id: 'lv_1', isTaken: false })
  expect(placeOf(VIEWS, '共用的', null)).toEqual({ id: null, isTaken: false })
  expect(placeOf(VIEWS, '新的', null)).toEqual({ id: null, isTaken: false })
})

it('a view that is renamed keeps its place, and takes no other one’s name', () => {
  expect(placeOf(VIEWS, '新的', 'lv_1')).toEqual({ id: 'lv_1', isTaken: false })
  expect(placeOf(VIEWS, '橙色逾期', 'lv_1')).toEqual({ id: 'lv_1', isTaken: false })
  expect(placeOf(VIEWS, '本镇今日', 'lv_1')).toEqual({ id: 'lv_1', isTaken: true })
})
