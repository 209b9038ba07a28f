import { expect, it } from 'vitest'
import { townsElsewhere } from '../../web/src/pages/household/elsewhere.ts'

type Asked = Parameters<typeof townsElsewhere>[0]
const roster = { office: { code: 'ziyang.maoba', name: '毛坝镇' } }
const item = (code: string, name: string, more: object = {}) => ({
  ...{ kind: 'warning', state: 'open', office: { code, name } },
  ...more,
})
const towns = (...items: object[]) => townsElsewhere({ roster, items } as unknown as Asked)

it('another town with a warning of the household is told, once', () => {
  const other = item('ziyang.huangu', '焕古镇')
  expect(towns(item('ziyang.maoba', '毛坝镇'), other, other)).toEqual(['焕古镇'])
  expect(towns(item('ziyang.maobaguan', '毛坝关镇'))).toEqual(['毛坝关镇'])
})

it('a village of the town, a cancelled warning and other work are no other town', () => {
  expect(
    towns(
      item('ziyang.maoba.shuitian', '水田村'),
      item('ziyang.huangu', '焕古镇', { state: 'cancelled' }),
      item('ziyang.huangu', '焕古镇', { kind: 'spot-check' }),
    ),
  ).toEqual([])
})

it('without a line on the roster nothing differs from it', () => {
  const items = [item('ziyang.huangu', '焕古镇')]
  expect(townsElsewhere({ roster: null, items } as unknown as Asked)).toEqual([])
})
