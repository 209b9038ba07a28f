import fc from 'fast-check'
import iconv from 'iconv-lite'
import { COLUMNS, type Field } from '../../src/ledgers/columns.ts'
import { type Cells, DAMAGES, table, wornCells, ZEROED, zeroedEnd } from './worn-cells.ts'

/** A file as it really comes, and the table that somebody exported. */
export type WornFile = {
  bytes: Buffer
  table: Cells[]
  /** What one row lost; null where nothing was lost. */
  damage: string | null
  /** Every column has a name that is known, or is known with a mark. */
  plainHead: boolean
}

const FIELDS = Object.keys(COLUMNS) as Field[]
const OTHER_NAMES: Partial<Record<Field, string[]>> = {
  externalId: ['预警编码', '预警信息编码', '编号'],
  issuedAt: ['发布时间', '预警日期', '发布日期'],
  level: ['级别', '风险等级', '预警级别'],
  cause: ['致贫因素', '返贫原因'],
  group: ['人群类别', '重点人群'],
  name: ['户主姓名', '对象姓名'],
  idNo: ['身份证', '公民身份号码', '户主身份证号码'],
  phone: ['电话', '手机号码', '联系方式'],
  town: ['镇', '所属乡镇', '所属镇', '镇(街道)'],
  village: ['村', '所在村', '行政村'],
  detail: ['预警信息', '预警描述'],
  source: ['来源部门', '推送部门'],
}
const MARKS: ((name: string) => string)[] = [
  (name) => `*${name}`,
  (name) => `${name}(必填)`,
  (name) => `${name}:`,
  (name) => [...name].join(' '),
  (name) => `\ufeff${name}`,
]

const headName = (field: Field) =>
  fc.oneof(
    { weight: 4, arbitrary: fc.constant({ name: COLUMNS[field] as string, plain: true }) },
    fc.constantFrom(...MARKS).map((mark) => ({ name: mark(COLUMNS[field]), plain: true })),
    fc.constantFrom(...(OTHER_NAMES[field] ?? [])).map((name) => ({ name, plain: false })),
  )

const ABOVE = ['紫阳县监测预警清单', '单位:户', '填报日期:2022年12月1日', '说明:请勿改动表头', '']
const BELOW = ['合计', '制表人:某某', '备注:以上数据来自平台', '审核人:', '第1页 共1页']

const layout = fc.record({
  order: fc.oneof(
    { weight: 2, arbitrary: fc.constant(FIELDS) },
    fc.constant([...FIELDS].reverse()),
    fc.shuffledSubarray(FIELDS, { minLength: FIELDS.length, maxLength: FIELDS.length }),
  ),
  names: fc.tuple(...FIELDS.map(headName)),
  rowNumbers: fc.boolean(),
  above: fc.array(fc.constantFrom(...ABOVE), { maxLength: 8 }),
  below: fc.array(fc.constantFrom(...BELOW), { maxLength: 3 }),
  separator: fc.constantFrom(',', ',', '\t', ';'),
  lineEnd: fc.constantFrom('\r\n', '\n'),
  encoding: fc.constantFrom('utf8', 'utf8-bom', 'gb18030', 'utf16le'),
  quoteAll: fc.boolean(),
  cutEnds: fc.boolean(),
})
type Layout = typeof layout extends fc.Arbitrary<infer T> ? T : never

export const wornFile: fc.Arbitrary<WornFile> = table.chain((rows) =>
  fc
    .record({
      cells: wornCells(rows),
      layout,
      damage: fc.option(fc.constantFrom(...Object.keys(DAMAGES), ...(rows.length > 1 ? [ZEROED] : [])), {
        freq: 4,
      }),
      row: fc.nat(rows.length - 1),
    })
    .map(({ cells, layout, damage, row }) => {
      const written = damaged(damage, row, rows, cells)
      return {
        bytes: encoded(textOf(written, layout), layout.encoding),
        table: rows,
        damage,
        plainHead: layout.names.every(({ plain }) => plain),
      }
    }),
)

function damaged(damage: string | null, row: number, rows: readonly Cells[], cells: Cells[]): Cells[] {
  if (damage === ZEROED) return rows.map(zeroedEnd)
  const hurt = damage === null ? undefined : DAMAGES[damage]
  return hurt ? cells.map((cell, i) => (i === row ? hurt(rows[i] ?? cell) : cell)) : cells
}

function textOf(
  rows: readonly Cells[],
  { order, names, rowNumbers, above, below, ...layout }: Layout,
): string {
  const nameOf = (field: Field) => names[FIELDS.indexOf(field)]?.name ?? ''
  const head = order.map(nameOf)
  const body = rows.map((row) => order.map((field) => row[field]))
  const numbered = (records: string[][], first: (i: number) => string) =>
    rowNumbers ? records.map((record, i) => [first(i), ...record]) : records
  const alone = (text: string) => [text, ...order.slice(1).map(() => '')]
  const records = [
    ...above.map(alone),
    ...numbered([head], () => '序号'),
    ...numbered(body, (i) => String(i + 1)),
    ...below.map(alone),
  ]
  const lines = records.map((record) => lineOf(record, layout))
  return lines.join(layout.lineEnd) + layout.lineEnd
}

function lineOf(
  record: string[],
  { separator, quoteAll, cutEnds }: Pick<Layout, 'separator' | 'quoteAll' | 'cutEnds'>,
) {
  const used = cutEnds ? record.slice(0, record.findLastIndex((cell) => cell !== '') + 1) : record
  const quoted = (cell: string) =>
    quoteAll || /[",;\t\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell
  return used.map(quoted).join(separator)
}

function encoded(text: string, encoding: string): Buffer {
  if (encoding === 'gb18030') return iconv.encode(text, 'gb18030')
  if (encoding === 'utf16le') return iconv.encode(text, 'utf-16le', { addBOM: true })
  return Buffer.from(encoding === 'utf8-bom' ? `\ufeff${text}` : text)
}
