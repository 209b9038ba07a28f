import { expect, it } from 'vitest'
import { mendableHeadLine, mendableLines } from '../../src/ledgers/mendable-csv.ts'
import type { Field } from '../../src/ledgers/columns.ts'
import type { RefusedHead } from '../../src/ledgers/refused-row.ts'
import { cellOf, mendedFile, mendsOf, readRefused } from '../../web/src/pages/imports/mend-rows.ts'

const HEADER = ['流转序列', '乡镇', '姓名', '预警内容']
const head = {
  header: HEADER,
  at: { externalId: 0, town: 1, name: 2, detail: 3 },
  names: { externalId: '预警编号', town: '乡镇', name: '姓名', detail: '预警内容' } as Record<Field, string>,
} as unknown as RefusedHead
const ROWS = [
  { row: 3, cells: ['YJ1', '无此镇', '张某', '医疗支出,"大额"\n两行'] },
  { row: 7, cells: ['', '毛坝镇', '李某', '=1+1'] },
  { row: 9, cells: ['YJ3', '毛坝镇', '王某', ''] },
]
const fault = (row: number, column: string, rule = 'unknown-town') => ({
  row,
  column,
  rule,
  message: '不对。',
})
const FAULTS = [
  fault(3, '乡镇'),
  fault(7, '预警编号', 'missing-id'),
  fault(9, '乡镇', 'repeated'),
  fault(9, '姓名'),
]
const text = mendableHeadLine(head) + mendableLines({ head, rows: ROWS }, FAULTS, { masked: false })
const nameOf = (column: string) => (column === '预警编号' ? '流转序列' : undefined)

it('the file of refused rows is read as the API writes it, with line ends and formulas in its cells', () => {
  const refused = readRefused(text)
  expect(refused.header).toEqual(['问题', ...HEADER, '原文件行号'])
  expect(refused.rows).toHaveLength(3)
  expect(refused.rows[0]?.[4]).toBe('医疗支出,"大额"\n两行')
  expect(refused.rows[1]?.[4]).toBe("'=1+1")
})

it('what is wrong is offered with its cell, also where the file calls the column otherwise; a number that came twice is not', () => {
  const refused = readRefused(text)
  const mends = mendsOf(refused, [...FAULTS, fault(5, '乡镇'), fault(3, '')], nameOf)
  expect(mends.map(({ row, name }) => [row, name])).toEqual([
    [3, '乡镇'],
    [7, '流转序列'],
  ])
  expect(mends.map((mend) => cellOf(refused, mend))).toEqual(['无此镇', ''])
})

it('the mended rows are a file of their own, with what was typed and everything else as it stood', () => {
  const refused = readRefused(text)
  const mends = mendsOf(refused, FAULTS, nameOf)
  const file = mendedFile(refused, mends, { [mends[0]!.key]: '毛坝镇', [mends[1]!.key]: 'YJ2' })
  const again = readRefused(file)
  expect(again.header).toEqual(HEADER)
  expect(again.rows).toEqual([
    ['YJ1', '毛坝镇', '张某', '医疗支出,"大额"\n两行'],
    ['YJ2', '毛坝镇', '李某', "'=1+1"],
  ])
})
