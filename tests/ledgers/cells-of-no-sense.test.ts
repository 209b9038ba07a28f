import { expect, test } from 'vitest'
import { read, ROW, withCells } from './support.ts'

/** Rows beside it, so that one odd cell does not speak for its column. */
const MORE = [7, 8, 9].map((n) => `${ROW.replace('YJ1', `YJ2022110${n}`)}\n`).join('')

/** What a cell comes to: a value of its row, or the rule that refuses it. */
const valueOf = async (
  cells: Record<string, string>,
  of: (row: Awaited<ReturnType<typeof read>>['rows'][number]) => unknown,
) => {
  const { rows, errors } = await read(`${withCells(cells)}${MORE}`)
  const first = rows.find(({ row }) => row === 2)
  return first ? of(first) : errors[0]?.rule
}

test.each([
  ['2,02206E+14', 'digits-lost'],
  ['202206020000000', 'digits-lost'],
  ['202206000000', 'digits-lost'],
  ['20220602000000', '20220602000000'],
  ['202206020001000', '202206020001000'],
  ['6月2日', 'missing-id'],
  ['2022年6月2日', 'missing-id'],
  ['202206020001.', '202206020001'],
  ['YJ2022001*', 'YJ2022001'],
  ['YJ2022001(重复)', 'YJ2022001'],
  ['YJ2022****', 'lost-character'],
  ['YJ2022001、YJ2022002', 'several-ids'],
  ['YJ2022001,YJ2022002', 'several-ids'],
  ['619999194512163825', 'personal-number'],
  ['19936395218', 'personal-number'],
  ['19936395219', '19936395219'],
])('a warning’s number %s is %s', async (cell, is) => {
  expect(await valueOf({ 预警编号: cell }, (row) => row.externalId)).toBe(is)
})

test.each([
  ['张三 13900000000', 'name-format'],
  ['张三619999194512163825', 'name-format'],
  ['=VLOOKUP(A1,B:C,2,0)', 'name-format'],
  ['毛坝镇', 'name-format'],
  ['红色', 'name-format'],
  ['因病', 'name-format'],
  ['¿三', 'lost-character'],
  ['户主:张三', '张三'],
  ['张三,', '张三'],
  ['张三1', '张三1'],
  ['赵乡', '赵乡'],
])('a name %s is %s', async (cell, is) => {
  expect(await valueOf({ 姓名: cell }, (row) => row.person.name)).toBe(is)
})

test.each([
  ['619999194512163825.', '619999194512163825'],
  ['(619999194512163825)', '619999194512163825'],
  ['ID:619999194512163825', '619999194512163825'],
  ['护照E12345678', 'E12345678'],
  ['台胞证12345678', '12345678'],
  ['回乡证H12345678', 'H12345678'],
  ['19451216', 'id-format'],
  ['19459916', '19459916'],
])('an identity number %s is %s', async (cell, is) => {
  expect(await valueOf({ 身份证号: cell }, (row) => row.person.idNo)).toBe(is)
})

test.each([
  ['1390000000', '位数不像'],
  ['139000000000', '位数不像'],
  ['23900000000', '位数不像'],
])('a telephone %s is registered with a remark', async (cell, words) => {
  expect(await valueOf({ 联系电话: cell }, (row) => [row.person.phone, row.remarks[0]?.message])).toEqual([
    cell,
    expect.stringContaining(words),
  ])
})

test.each(['非因病', '不因病', '无因病', '因病除外'])('a cause that is denied is none: %s', async (cell) => {
  expect(await valueOf({ 致贫返贫因素: cell }, (row) => [row.cause, row.remarks.length])).toEqual([null, 1])
})

test.each(['???????', '大病\ufffd支出', '锟斤拷锟斤拷', 'å¤§ç—…支出'])(
  'a text of lost characters is registered with a remark: %s',
  async (cell) => {
    expect(await valueOf({ 预警内容: cell }, (row) => row.remarks.map((r) => r.column))).toEqual(['预警内容'])
  },
)
