import { describe, expect, it } from 'vitest'
import { placePrefixes, placesOf } from '../../src/ledgers/place-path.ts'
import { townFinder } from '../../src/ledgers/towns.ts'

const towns = ['城关镇', '毛坝镇', '汉王镇', '河西街道'].map((name) => ({ code: name, name }))
const find = townFinder(towns, ['陕西省', '安康市', '紫阳县'])

describe('a town', () => {
  it.each([
    '毛坝',
    '陕西省安康市紫阳县毛坝镇',
    '陕西省/安康市/紫阳县/毛坝镇',
    '陕西省 安康市 紫阳县 毛坝镇',
    '陕西省—安康市—紫阳县—毛坝镇',
    '陕西省\\安康市\\紫阳县\\毛坝镇',
    '陕西>安康>紫阳>毛坝',
    '陕西省→紫阳县→毛坝镇',
    '陕西省·安康市·紫阳县·毛坝镇',
    '安康市紫阳县毛坝镇',
    '毛坝镇政府',
    '毛坝镇人民政府',
    '毛坝镇民政办',
    '毛坝镇社会事务办',
    '毛坝镇办事处',
    '毛坝镇双河村',
    '毛坝镇双河村3组',
    '毛坝镇(双河村)',
    '毛坝镇双河社区居委会',
    '“毛坝镇”',
    '⽑坝镇',
    '\uff07毛坝镇',
  ])('may be written %s', (cell) => {
    expect(find(cell)).toBe('毛坝镇')
  })

  it.each([
    '汉阴县城关镇',
    '西安市长安区城关镇',
    '汉滨区毛坝镇',
    '湖北省紫阳县毛坝镇',
    '陕西省汉中市紫阳县毛坝镇',
    '四川省万源市毛坝镇',
    '某某县毛坝镇',
    '毛坝村',
    '毛坝镇便民服务中心',
    '毛坝镇汉王镇双河村',
    '紫阳县',
    '',
  ])('of somebody else, or none, is unknown: %s', (cell) => {
    expect(find(cell)).toBeUndefined()
  })

  it('may have the village of its row behind it', () => {
    expect(find('毛坝镇双河')).toBeUndefined()
    expect(find('毛坝镇双河', '双河')).toBe('毛坝镇')
  })

  it('that is a street has several names for its office', () => {
    for (const cell of ['河西', '河西街道', '河西街道办', '河西街道办事处'])
      expect(find(cell)).toBe('河西街道')
  })

  it('has no short name that two share', () => {
    const two = townFinder([
      { code: 'a', name: '河西镇' },
      { code: 'b', name: '河西乡' },
    ])
    expect([two('河西'), two('河西乡')]).toEqual([undefined, 'b'])
  })
})

describe('the place of an office', () => {
  it('is what its name begins with', () => {
    const names = ['陕西省民政厅', '安康市民政局', '紫阳县民政局', '县信息核对中心', '内蒙古自治区民政厅']
    expect(placesOf(names.map((name) => ({ name })))).toEqual(['陕西省', '安康市', '紫阳县', '内蒙古自治区'])
  })

  it('may be left out of a path, and its kind too', () => {
    expect(placePrefixes(['紫阳县'])).toEqual(['紫阳县', '紫阳', ''])
    expect(placePrefixes(['甲省', '乙县'])).toEqual(['甲省乙县', '甲省', '乙县', ''])
  })
})
