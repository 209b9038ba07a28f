import fc from 'fast-check'
import { expect, it } from 'vitest'
import { FileRefused, MappingNeeded } from '../../src/ledgers/read-warnings.ts'
import { HEADER, read, ROW } from './support.ts'

/** Names that people give the columns, from the platform's own to what only the content explains. */
const NAMES = [
  ['预警编号', '*预警编号(必填)', '预警编码', '预警信息编码', '預警編號', '编号'],
  ['预警发布时间', '发布日期', '预警推送时间', '1.预警时间', '签发日期'],
  ['预警等级', '等级', '风险等级', '风险级别【必填】', '颜色'],
  ['致贫返贫因素', '致贫原因', '返贫风险原因'],
  ['重点人群类别', '人群类型', '重点人群分类'],
  ['姓名', '姓 名', '户主姓名', '农户姓名'],
  ['身份证号', '身份证号(18位)', '户主身份证号码', '证件'],
  ['联系电话', '手机号码(本人)', '户主手机'],
  ['乡镇', '所属镇', '所在镇(街道)', '辖区'],
  ['村(社区)', '所属村', '行政村名称'],
  ['预警内容', '风险描述', '预警具体内容'],
  ['数据来源部门', '信息推送单位', '数据来源'],
]
const TOWNS = ['毛坝镇', '高滩镇']
const rowOf = (n: number) =>
  ROW.split(',').map((cell, i) => (i === 0 ? `YJ2022${n}` : i === 8 ? (TOWNS[n % 2] ?? cell) : cell))

const ABOVE = ['二〇二二年预警清单', '单位:户', '填报日期:2022-8-1', '说明:请勿改动表头', '']
const BELOW = ['合计', '备注:以平台为准', '制表人:某甲', '2022年8月31日', '第1页 共1页', '']

const look = fc.record({
  names: fc.tuple(...NAMES.map((names) => fc.constantFrom(...names))),
  order: fc.shuffledSubarray(
    NAMES.map((_name, i) => i),
    { minLength: NAMES.length },
  ),
  extra: fc.subarray(['序号', '备注', '性别']),
  groups: fc.integer({ min: 0, max: 2 }),
  above: fc.array(fc.constantFrom(...ABOVE), { maxLength: 5 }),
  below: fc.array(fc.constantFrom(...BELOW), { maxLength: 4 }),
  separator: fc.constantFrom(',', '\t', ';', '|'),
  quoted: fc.boolean(),
  again: fc.boolean(),
  rows: fc.integer({ min: 1, max: 8 }),
})
type Look = typeof look extends fc.Arbitrary<infer T> ? T : never

function fileOf({ names, order, extra, groups, above, below, separator, quoted, again, rows }: Look): string {
  const more = (n: number) => extra.map((name) => ({ 序号: String(n), 备注: '', 性别: '男' })[name] ?? '')
  const head = [...extra, ...order.map((i) => names[i] ?? '')]
  // Each group stands above its first column only, as a merged cell does.
  const grouped = Array.from({ length: groups }, (_row, level) =>
    head.map((_name, i) => (i % (4 >> level) === 0 ? `第${level + 1}层${i}` : '')),
  )
  const data = Array.from({ length: rows }, (_row, n) => [
    ...more(n + 1),
    ...order.map((i) => rowOf(n + 1)[i] ?? ''),
  ])
  const middle = Math.floor(rows / 2)
  const body = again ? [...data.slice(0, middle), head, ...data.slice(middle)] : data
  const line = (cells: string[]) => cells.map((cell) => (quoted ? `"${cell}"` : cell)).join(separator)
  return [...above, ...[...grouped, head, ...body].map(line), ...below, ''].join('\r\n')
}

it('whatever its head looks like, a file is the table, or is asked about, or is refused; never another table', async () => {
  let asked = 0
  await fc.assert(
    fc.asyncProperty(look, async (given) => {
      const wanted = await read(
        [HEADER, ...Array.from({ length: given.rows }, (_row, n) => rowOf(n + 1).join(','))].join('\n'),
      )
      const contentOf = ({ rows }: typeof wanted) => rows.map(({ row: _row, ...rest }) => rest)
      const got = await read(fileOf(given)).catch((error: unknown) => {
        if (error instanceof MappingNeeded || error instanceof FileRefused) return null
        throw error
      })
      if (got === null) return void asked++
      expect([contentOf(got), got.errors]).toEqual([contentOf(wanted), []])
    }),
    { numRuns: 400 },
  )
  // Most are understood without a question.
  expect(asked).toBeLessThan(120)
})

it('each file that is asked about comes in with the right answer', async () => {
  await fc.assert(
    fc.asyncProperty(look, async (given) => {
      const fields = ['externalId', 'issuedAt', 'level', 'cause', 'group', 'name'] as const
      const others = ['idNo', 'phone', 'town', 'village', 'detail', 'source'] as const
      const meant = [...fields, ...others]
      const columns = Object.fromEntries(given.names.map((name, i) => [name, meant[i] ?? null] as const))
      const { rows, errors } = await read(fileOf({ ...given, groups: 0 }), undefined, undefined, { columns })
      expect([rows.length, errors]).toEqual([given.rows, []])
    }),
    { numRuns: 100 },
  )
})
