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
