import { expect, it } from 'vitest'
import { mendableHeadLine, mendableLines } from '../../src/ledgers/mendable-csv.ts'
import type { Field } from '../../src/ledgers/columns.ts'
import type { RefusedHead } from '../../src/ledgers/refused-row.ts'
import {
  barredRows,
  changedMends,
  mendedFile,
  mendsOf,
  readRefused,
  registeredMeanwhile,
  rowsToMend,
  startOf,
} from '../../web/src/pages/imports/mend-rows.ts'

const HEADER = ['流转序列', '乡镇', '姓名', '预警内容']
const head = {
  header: HEADER,
  at: { externalId: 0, town: 1, name: 2, detail: 3 },
  names: { externalId: '预警编号', town: '乡镇', name: '姓名', detail: '预警内容' } as Record<Field, string>,
} as unknown as RefusedHead
const COLUMNS = [
  { name: '流转序列', field: 'externalId' },
  { name: '乡镇', field: 'town' },
  { name: '姓名', field: 'name' },
  { name: '预警内容', field: 'detail' },
]
const ROWS = [
  { row: 3, cells: ['YJ1', '无此镇', '张某', '医疗支出,"大额"\n两行'] },
  { row: 7, cells: ['', '毛坝镇', '李某', '=1+1'] },
  { row: 9, cells: ['YJ3', '毛坝镇', '王某', ''] },
  { row: 11, cells: ['YJ4', '毛坝镇', '王?', ''] },
]
const fault = (row: number, column: string, rule = 'unknown-town', found = '') => ({
  ...{ row, column, rule, found, message: '不对。', mendable: true },
  ...{ externalId: null, household: null },
})
const FAULTS = [
  fault(3, '乡镇', 'unknown-town', '无此镇'),
  fault(7, '预警编号', 'missing-id'),
  fault(9, '乡镇', 'repeated'),
  fault(9, '姓名'),
  fault(11, '姓名', 'lost-character', '王?'),
  fault(11, '姓名', 'too-short', '王?'),
]
const text = mendableHeadLine(head) + mendableLines({ head, rows: ROWS }, FAULTS, { masked: false })

it('the file of refused rows is read as the API writes it, with line ends and formulas in its cells', () => {
  const refused = readRefused(text)
  expect(refused.header).toEqual(['问题', ...HEADER, '原文件行号'])
  expect(refused.rows).toHaveLength(4)
  expect(refused.rows[0]?.[4]).toBe('医疗支出,"大额"\n两行')
  expect(refused.rows[1]?.[4]).toBe("'=1+1")
})

it('what is wrong is offered by cells, also where the file calls the column otherwise; a number that came twice is not', () => {
  const mends = mendsOf(COLUMNS, [
    ...FAULTS,
    fault(5, '没有的列'),
    fault(3, ''),
    fault(13, '预警编号', 'other-county'),
  ])
  expect(mends.map(({ row, name, faults }) => [row, name, faults.length])).toEqual([
    [3, '乡镇', 1],
    [7, '流转序列', 1],
    [11, '姓名', 2],
  ])
})

it('a row that the API lets nobody here mend has no box, and is counted as such; one of another county tells of itself', () => {
  const barred = { ...fault(5, '乡镇', 'outside-reach'), mendable: false }
  const elsewhere = { ...fault(13, '预警编号', 'other-county'), mendable: false }
  const all = [...FAULTS, barred, { ...barred, column: '姓名' }, elsewhere]
  expect(mendsOf(COLUMNS, all).map(({ row }) => row)).toEqual([3, 7, 11])
  expect([barredRows(all), barredRows(FAULTS)]).toEqual([1, 0])
  const texts = { '5 乡镇': '毛坝镇' }
  expect(changedMends(mendsOf(COLUMNS, all), texts)).toEqual([])
})

it('a box begins with what stands there, and empty where that is personal', () => {
  expect(mendsOf(COLUMNS, FAULTS).map(startOf)).toEqual(['无此镇', '', ''])
})

it('only what was changed is told, by the rows of the file and the columns as the errors name them', () => {
  const mends = mendsOf(COLUMNS, FAULTS)
  const texts = { [mends[0]!.key]: '无此镇', [mends[1]!.key]: 'YJ2', [mends[2]!.key]: '王某某' }
  const changed = changedMends(mends, texts)
  expect(rowsToMend(changed, texts)).toEqual([
    { row: 7, cells: { 预警编号: 'YJ2' } },
    { row: 11, cells: { 姓名: '王某某' } },
  ])
})

it('a row that was typed and is not in the file of refused rows any more was registered meanwhile', () => {
  const mends = mendsOf(COLUMNS, FAULTS)
  const texts = { [mends[0]!.key]: '毛坝镇', [mends[1]!.key]: 'YJ2' }
  const changed = changedMends(mends, texts)
  const refused = readRefused(text)
  expect(registeredMeanwhile(refused, changed)).toEqual([])
  const left = { ...refused, rows: refused.rows.slice(1) }
  expect(registeredMeanwhile(left, changed)).toEqual([3])
  expect(registeredMeanwhile({ ...refused, rows: [] }, changed)).toEqual([3, 7])
})

it('once the others are registered, the changed rows are a file of their own, with everything else as it stood', () => {
  const mends = mendsOf(COLUMNS, FAULTS)
  const texts = { [mends[0]!.key]: '毛坝镇', [mends[1]!.key]: 'YJ2' }
  const again = readRefused(mendedFile(readRefused(text), changedMends(mends, texts), texts, COLUMNS))
  expect(again.header).toEqual(HEADER)
  expect(again.rows).toEqual([
    ['YJ1', '毛坝镇', '张某', '医疗支出,"大额"\n两行'],
    ['YJ2', '毛坝镇', '李某', "'=1+1"],
  ])
})
