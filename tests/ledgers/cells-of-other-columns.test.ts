import { expect, test } from 'vitest'
import { HEADER, read, ROW, withCells } from './support.ts'

test.each(['2022-06-02', '2022/6/2', '-1', 'TRUE', 'test'])('%s is no number of a warning', async (cell) => {
  expect((await read(withCells({ 预警编号: cell }))).errors).toMatchObject([{ rule: 'missing-id' }])
})

test.each(['2022-0602-01', 'YJ-1', '2022.06.001', 'A-1'])('%s may be one', async (cell) => {
  expect((await read(withCells({ 预警编号: cell }))).rows).toMatchObject([{ externalId: cell }])
})

test('a number with its label in the cell is the same without it', async () => {
  const { rows, errors } = await read([HEADER, ROW, ROW.replace('YJ1', '预警编号:YJ1'), ''].join('\n'))
  expect([rows.length, errors.map(({ rule }) => rule)]).toEqual([1, ['duplicate']])
})

test.each(['无名氏', '未知姓名', '姓名不详', '测试'])('%s is no name', async (cell) => {
  expect((await read(withCells({ 姓名: cell }))).errors).toMatchObject([{ rule: 'missing-name' }])
})

test.each(['办理中', '正在办理中', '身份证丢失', '待查'])(
  '%s is no number of a person, and says so',
  async (cell) => {
    const { rows } = await read(withCells({ 身份证号: cell }))
    expect(rows).toMatchObject([{ person: { idNo: '' }, remarks: [{ column: '身份证号' }] }])
  },
)

const cut = (row: string, ...cells: string[]) =>
  cells.reduce((text, cell) => text.replace(`,${cell}`, ''), row)

test.each([
  ['its village is missing', cut(ROW, '龙泉社区')],
  ['its text is missing', cut(ROW, '新办理残疾证')],
])('a row that ends a cell early because %s is refused, not shifted', async (_what, row) => {
  const { rows, errors } = await read([HEADER, row, ''].join('\n'))
  expect([rows, errors.map(({ rule }) => rule)]).toEqual([[], ['column-count']])
})

test.each([
  ['its last cells are left out', cut(ROW, '新办理残疾证', '残联')],
  ['its source alone is left out', cut(ROW, '残联')],
  ['its text is the word of an office and the source is empty', `${cut(ROW, '新办理残疾证')},`],
])('a row comes in where %s', async (_what, row) => {
  expect((await read([HEADER, row, ''].join('\n'))).errors).toEqual([])
})

test.each([
  ['乡镇', '同上', 'unknown-town'],
  ['乡镇', '〃', 'unknown-town'],
  ['预警等级', '同上', 'unknown-level'],
])('%s %s is an empty cell, and no word to be explained', async (column, cell, rule) => {
  const { errors, unknownWords } = await read(withCells({ [column]: cell }))
  expect(errors).toMatchObject([{ column, rule, message: expect.stringContaining('为空') as string }])
  expect(unknownWords).toEqual([])
})
