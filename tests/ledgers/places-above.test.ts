import { expect, test } from 'vitest'
import { HEADER, read, ROW } from './support.ts'

const COUNTY = {
  towns: [
    { code: 'chengguan', name: '城关镇' },
    { code: 'maoba', name: '毛坝镇' },
  ],
  county: ['陕西省', '安康市', '紫阳县'],
}
const readHere = (lines: readonly string[]) => read([...lines, ''].join('\n'), undefined, undefined, COUNTY)
const row = (town: string, village = '龙泉社区') => ROW.replace('毛坝镇', town).replace('龙泉社区', village)

test.each([
  ['市,区县', '安康市,紫阳县', true],
  ['市,区县', '安康市,汉阴县', false],
  ['省份,所属县(市、区)', '陕西省,紫阳', true],
  ['省份,所属县(市、区)', '湖北省,利川市', false],
  ['地市,县', '安康市,', true],
  ['地市,县', '全市,本县', true],
])('beside columns %s that say %s a town is ours: %s', async (names, places, ours) => {
  const { rows, errors } = await readHere([`${names},${HEADER}`, `${places},${row('城关镇')}`])
  expect([rows.length, errors.map(({ rule }) => rule)]).toEqual(ours ? [1, []] : [0, ['unknown-town']])
})

test('a town of another county is listed with its county, so that it can be explained as such', async () => {
  const { unknownWords } = await readHere([`区县,${HEADER}`, `汉阴县,${row('城关镇')}`])
  expect(unknownWords).toEqual([{ field: 'town', word: '汉阴县城关镇', rows: 1 }])
})

test.each([
  ['紫阳县城关镇新街村', true],
  ['陕西省安康市紫阳县城关镇新街村', true],
  ['汉阴县城关镇新街村', false],
  ['四川省万源市毛坝镇双河村', false],
  ['县城社区', true],
])('of the village %s the town is ours: %s', async (village, ours) => {
  const { rows } = await readHere([HEADER, row('城关镇', village)])
  expect(rows).toHaveLength(ours ? 1 : 0)
})

test.each(['毛坝镇(紫阳县)', '中国陕西省安康市紫阳县毛坝镇', '毛坝镇社会救助站', '毛坝镇党委政府'])(
  '%s is 毛坝镇',
  async (town) => {
    expect((await readHere([HEADER, row(town)])).rows.map(({ officeCode }) => officeCode)).toEqual(['maoba'])
  },
)
