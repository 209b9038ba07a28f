import { expect, test } from 'vitest'
import { readMapping } from '../../src/ledgers/given-mapping.ts'
import { HEADER, read, ROW, surveyOf } from './support.ts'

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

test.each([
  [`区县,${HEADER}`, `汉阴县,${row('城关镇')}`],
  [HEADER, row('四川省达州市宣汉县毛坝镇')],
  [HEADER, row('安康市汉滨区关庙镇')],
])('a town of another county is told as such and never offered for explaining: %s', async (...lines) => {
  const { unknownWords, errors } = await readHere(lines)
  expect(unknownWords).toEqual([])
  expect(errors).toMatchObject([{ rule: 'unknown-town', message: expect.stringContaining('退回平台') }])
})

test.each(['紫阳县新市镇', '高新区关庙镇', '旧县镇', '毛坝片区联合镇', '县城镇'])(
  '%s may be a word for a town of ours, and is asked about',
  async (word) => {
    const { unknownWords } = await readHere([HEADER, row(word)])
    expect(unknownWords).toEqual([{ field: 'town', word, rows: 1 }])
  },
)

test('a town of another county is not accepted as one of ours, nor is one that was remembered as such', async () => {
  const word = '四川省达州市宣汉县毛坝镇'
  const { faults } = readMapping(
    { words: { town: { [word]: '毛坝镇', 老毛坝: '毛坝镇' } } },
    { towns: COUNTY.towns, places: COUNTY.county },
  )
  expect(faults).toMatchObject([{ message: expect.stringContaining('外县') }])
  const said = { ...COUNTY, words: { town: { [word]: 'maoba' } } }
  expect((await read(`${HEADER}\n${row(word)}\n`, undefined, undefined, said)).rows).toEqual([])
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

const OTHERS = ['代码', '时间', '颜色', '因素', '人群', '人', '证号', '电话', '镇办', '村组', '情况', '部门']

test('a column without a meaning that holds this county is none of names', async () => {
  const file = [
    `列1,${OTHERS.join(',')}`,
    ...[1, 2, 3].map((n) => `紫阳县,${row('毛坝镇').replace('YJ1', `YJ${n}`)}`),
  ]
  const survey = await surveyOf(file.join('\n'), undefined, COUNTY)
  const fieldOf = new Map(survey?.columns.map(({ name, field }) => [name, field]))
  expect([fieldOf.get('列1'), fieldOf.get('人')]).toEqual([null, 'name'])
})

test.each([
  ['列1', ['紫阳县', '紫阳县', '宣汉县'], [4]],
  ['', ['紫阳', '陕西省紫阳县', '四川省宣汉县'], [4]],
  ['行政区划', ['紫阳县', '紫阳县', '汉阴县'], [4]],
  ['户籍地', ['紫阳县', '紫阳县', '宣汉县'], []],
  ['列1', ['宣汉县', '汉阴县', '平利县'], []],
])('beside %j with %j the rows of another county are refused: %j', async (name, places, refused) => {
  const rows = places.map((place, n) => `${place},${row('毛坝镇').replace('YJ1', `YJ${n}`)}`)
  const { errors } = await readHere([`${name},${HEADER}`, ...rows])
  expect(errors.map((e) => e.row)).toEqual(refused)
  for (const { message } of errors) expect(message).toContain('外县的乡镇')
})

test('a column without a meaning that is said not to be used says nothing', async () => {
  const file = [`列1,${HEADER}`, `紫阳县,${row('毛坝镇')}`, `宣汉县,${row('毛坝镇').replace('YJ1', 'YJ2')}`]
  const { rows } = await read(file.join('\n'), undefined, undefined, { ...COUNTY, columns: { 列1: null } })
  expect(rows).toHaveLength(2)
})

test.each([
  ['城关镇双河村', false],
  ['紫阳县城关镇双河村', false],
  ['汉阴县毛坝镇双河村', false],
  ['城关镇双河社区三组', false],
  ['毛坝镇双河村', true],
  ['紫阳县毛坝镇双河村', true],
  ['城关村', true],
  ['城关镇村', true],
  ['新镇社区', true],
  ['双河村', true],
])('of a row of 毛坝镇 the village %s fits: %s', async (village, fits) => {
  const { rows, errors, unknownWords } = await readHere([HEADER, row('毛坝镇', village)])
  expect(rows.length).toBe(fits ? 1 : 0)
  if (fits) return
  expect(errors.map((e) => [e.column, e.rule])).toEqual([['乡镇', 'unknown-town']])
  expect(errors[0]?.message).toContain('乡镇和村对不上')
  expect(unknownWords).toEqual([])
})
