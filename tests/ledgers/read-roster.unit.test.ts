import { expect, test } from 'vitest'
import { readEntries } from '../../src/ledgers/read-entries.ts'
import { readRoster } from '../../src/ledgers/read-roster.ts'
import { townFinder } from '../../src/ledgers/towns.ts'
import { checkDigit } from '../../src/ledgers/id-number.ts'

const JUDGE = {
  officeOf: townFinder([
    { code: 'c.maoba', name: '毛坝镇' },
    { code: 'c.donghe', name: '洞河镇' },
  ]),
  today: '2022-06-06',
}
const numberOf = (n: number) => {
  const body = `61999919600101${String(n).padStart(3, '0')}`
  return body + checkDigit(body)
}
const chunks = (text: string) =>
  async function* read() {
    yield Buffer.from(text)
  }
const HEAD = '序号,乡镇,村,户主姓名,身份证号码,联系电话,人群类别,保障情况,纳入时间'
const roster = (lines: string[], given?: Parameters<typeof readRoster>[2], head = HEAD) =>
  readRoster(chunks([head, ...lines].join('\n')), JUDGE, given)

test('a roster says who is covered since when, in the words that counties use', async () => {
  const { rows, faults } = await roster([
    `1,毛坝镇,双河村,张某某,${numberOf(1)},19900000001,边缘户,无,`,
    `2,洞河,双河村,李某某,${numberOf(2)},,脱贫不稳定户,农村低保,2021年3月1日`,
    `3,洞河镇,双河村,王某某,无,,因灾因疫遇困群众,分散供养,`,
  ])
  expect(faults).toEqual([])
  expect(rows.map(({ office, group, cover, coveredSince }) => [office, group, cover, coveredSince])).toEqual([
    ['c.maoba', 'near-poor', 'none', null],
    ['c.donghe', 'unstable-exit', 'dibao', '2021-03-01'],
    ['c.donghe', 'epidemic-or-disaster', 'tekun', null],
  ])
  expect(rows[0]?.person).toMatchObject({ name: '张某某', idNo: numberOf(1), village: '双河村' })
})

test.each([
  ['办事处', '乡镇', `1,无此镇,村,张某,${numberOf(3)},,边缘户,无,`],
  ['类别', '人群类别', `1,毛坝镇,村,张某,${numberOf(3)},,听说,无,`],
  ['保障', '保障情况', `1,毛坝镇,村,张某,${numberOf(3)},,边缘户,,`],
  ['空名', '户主姓名', `1,毛坝镇,村,,${numberOf(3)},,边缘户,无,`],
  ['错号', '身份证号码', `1,毛坝镇,村,张某,619999196001010030,,边缘户,无,`],
  ['将来', '纳入时间', `1,毛坝镇,村,张某,${numberOf(3)},,边缘户,低保,2022-07-01`],
  ['未纳入却有日期', '纳入时间', `1,毛坝镇,村,张某,${numberOf(3)},,边缘户,无,2022-01-01`],
])(
  'a row that is wrong (%s) is named by its column %s, and nothing of the household is told',
  async (_what, column, line) => {
    const { rows, faults } = await roster([line])
    expect(rows).toEqual([])
    expect(faults).toMatchObject([{ row: 2, column }])
    expect(JSON.stringify(faults)).not.toMatch(/张某|619999/)
  },
)

test('a household that stands there twice is refused where it comes again, by number and without one', async () => {
  const line = (name: string, idNo: string) => `1,毛坝镇,双河村,${name},${idNo},,边缘户,无,`
  const { rows, faults } = await roster([
    line('张某', numberOf(4)),
    line('李某', numberOf(4)),
    line('王某', ''),
    line('王某', ''),
  ])
  expect(rows.map(({ row }) => row)).toEqual([2, 4])
  expect(faults.map(({ row, message }) => [row, message.match(/第 (\d) 行/)?.[1]])).toEqual([
    [3, '2'],
    [5, '4'],
  ])
})

test('a column that nobody knows may be explained, and what it was taken for is left', async () => {
  const head = '乡镇,村,甲列,姓名,身份证号,人群类别,保障情况'
  const line = `毛坝镇,双河村,张某某,不是姓名,${numberOf(5)},边缘户,无`
  const { rows } = await roster([line], { 甲列: 'name', 姓名: null }, head)
  expect(rows[0]?.person.name).toBe('张某某')
  await expect(roster([line], {}, '乡镇,村,甲列,乙列,身份证号,人群类别,保障情况')).rejects.toThrow(
    /这些列:姓名/,
  )
})

test('entries of a screening are visits written down whole or not at all', async () => {
  const read = await readEntries(
    chunks(
      [
        '姓名,身份证号,村,走访日期,查到的情况,后续安排,走访人员',
        `张某,${numberOf(6)},双河村,2022-06-05,有困难,符合条件,已纳入保障,李干事`.replace(
          '有困难,符合条件',
          '"有困难,符合条件"',
        ),
        `李某,${numberOf(7)},双河村,,,,`,
        `王某,${numberOf(8)},双河村,2022-06-05,没有困难,,`,
        `赵某,${numberOf(9)},双河村,2022-06-07,没有困难,不需跟进,`,
        `孙某,${numberOf(6)},双河村,,,,`,
      ].join('\n'),
    ),
    { from: '2022-06-01', today: '2022-06-06' },
  )
  expect(read.rows.map(({ visit, visitors }) => [visit.finding, visitors])).toEqual([
    ['eligible', '李干事'],
    [null, ''],
  ])
  expect(read.faults.map(({ row, column }) => [row, column])).toEqual([
    [4, '后续安排'],
    [5, '走访日期'],
    [6, '身份证号'],
  ])
})
