import fc from 'fast-check'
import { checkDigit } from '../../src/ledgers/id-number.ts'
import type { Field } from '../../src/ledgers/columns.ts'
import { fullWidth } from '../support/full-width.ts'

/** What a row of a table says, each cell as the platform writes it. */
export type Cells = Record<Field, string>

const of = (...words: string[]) => fc.constantFrom(...words)
const digits = (length: number) =>
  fc.string({ unit: fc.constantFrom(...'0123456789'), minLength: length, maxLength: length })
const two = (n: number) => String(n).padStart(2, '0')

const idNo = fc
  .record({ year: fc.integer({ min: 1930, max: 2015 }), month: fc.integer({ min: 1, max: 12 }) })
  .chain(({ year, month }) =>
    fc
      .record({ day: fc.integer({ min: 1, max: 28 }), serial: fc.integer({ min: 101, max: 989 }) })
      .map((r) => {
        const body = `619999${year}${two(month)}${two(r.day)}${r.serial}`
        return body + checkDigit(body)
      }),
  )
  // One that a spreadsheet could have zeroed stands in no good table.
  .filter((id) => !id.endsWith('00') && !id.endsWith('0X'))

const moment = fc
  .record({
    month: fc.integer({ min: 1, max: 12 }),
    day: fc.integer({ min: 1, max: 28 }),
    hour: fc.integer({ min: 0, max: 23 }),
    minute: fc.integer({ min: 0, max: 59 }),
  })
  .map((t) => `2022-${two(t.month)}-${two(t.day)} ${two(t.hour)}:${two(t.minute)}`)

/** A table of good warnings, each with a number of its own. */
export const table: fc.Arbitrary<Cells[]> = fc
  .uniqueArray(
    fc.record({
      externalId: digits(7).map((n) => `YJ2022${n}`),
      issuedAt: moment,
      level: of('红色', '橙色', '黄色'),
      cause: of('因病', '因学', '因残', '因灾', ''),
      group: of('边缘易致贫人口', '突发严重困难户', ''),
      name: of('孙杰志', '张平', '欧阳小雨', '李二', '阿依古丽·买买提'),
      idNo,
      phone: digits(7).map((n) => `1990${n}`),
      town: of('毛坝镇', '城关镇', '红椿镇', '界岭镇'),
      village: of('龙泉社区', '双河村', '中坝村'),
      detail: of(
        '新办理残疾证(二级)',
        '近三个月个人自付医疗费用27540元',
        '住房为危房',
        '学费8000元,无力缴纳',
      ),
      source: of('残联', '医保局', '民政局以外'.slice(0, 0), '卫健局'),
    }),
    { minLength: 1, maxLength: 12, selector: (row) => row.externalId },
  )
  .filter((rows) => new Set(rows.map((row) => row.idNo)).size === rows.length)

/** How a cell of each field may also be written without saying anything else. */
const FORMS: Partial<Record<Field, (cell: string) => string[]>> = {
  externalId: (cell) => [fullWidth(cell), `\u200b${cell}`, `${cell}\u202c`],
  issuedAt: (cell) => {
    const [, year = '', month = '', day = '', time = ''] = /^(\d+)-(\d+)-(\d+) (.*)$/.exec(cell) ?? []
    const [hour = '', minute = ''] = time.split(':')
    return [
      `${year}/${Number(month)}/${Number(day)} ${Number(hour)}:${minute}`,
      `${year}年${Number(month)}月${Number(day)}日 ${time}`,
      `${year}.${month}.${day} ${time}`,
      `${year}${month}${day}${hour}${minute}00`,
      `${year}-${month}-${day}T${time}:00+08:00`,
      `${year}–${month}–${day} ${time}`,
    ]
  },
  level: (cell) => [cell.slice(0, 1), `${cell}预警`, `${cell.slice(0, 1)} ${cell.slice(1)}`],
  idNo: (cell) => [
    cell.toLowerCase(),
    fullWidth(cell),
    `${cell.slice(0, 6)} ${cell.slice(6, 14)} ${cell.slice(14)}`,
  ],
  phone: (cell) => [
    `+86${cell}`,
    `${cell.slice(0, 3)}-${cell.slice(3, 7)}-${cell.slice(7)}`,
    fullWidth(cell),
  ],
  town: (cell) => [`紫阳县${cell}`, `陕西省安康市紫阳县${cell}`, `${cell}人民政府`, ` ${cell}`],
  name: (cell) => [...(cell.length < 4 ? [[...cell].join(' ')] : []), `${cell}\u200e`, `\u3000${cell}`],
}

/** What hands and programs put around a cell. */
const WRAPPERS: ((cell: string) => string)[] = [
  (cell) => `="${cell}"`,
  (cell) => `'${cell}`,
  (cell) => `\t${cell}`,
  (cell) => ` ${cell} `,
  (cell) => `\ufeff${cell}`,
  (cell) => `\u202a${cell}\u202c`,
]

/** The same table, with some cells written otherwise. Wrappers stand around filled cells only. */
export function wornCells(rows: readonly Cells[]): fc.Arbitrary<Cells[]> {
  return fc.tuple(...rows.map((row) => wornRow(row)))
}

function wornRow(row: Cells): fc.Arbitrary<Cells> {
  const entries = Object.entries(row) as [Field, string][]
  return fc.tuple(...entries.map(([field, cell]) => wornCell(field, cell))).map((cells) => ({
    ...row,
    ...Object.fromEntries(entries.map(([field], i) => [field, cells[i]])),
  }))
}

function wornCell(field: Field, cell: string): fc.Arbitrary<string> {
  if (cell === '') return of('', ' ', '无', '-')
  const form = fc.oneof(
    { weight: 4, arbitrary: fc.constant(cell) },
    of(cell, ...(FORMS[field]?.(cell) ?? [])),
  )
  const wrapper = fc.oneof(
    { weight: 5, arbitrary: fc.constant((c: string) => c) },
    fc.constantFrom(...WRAPPERS),
  )
  return fc.tuple(form, wrapper).map(([written, wrap]) => wrap(written))
}

/** How a spreadsheet leaves a whole column of identity numbers. One in eleven passes the check digit all the same. */
export const ZEROED = 'identity numbers whose ends were zeroed'
export const zeroedEnd = (row: Cells): Cells => ({ ...row, idNo: `${row.idNo.slice(0, 15)}000` })

/** How a cell loses what it said. What is read of it must not be another thing. */
export const DAMAGES: Record<string, (row: Cells) => Cells> = {
  'an identity number in scientific notation': (row) => ({
    ...row,
    idNo: `${row.idNo[0]}.${row.idNo.slice(1, 6)}E+17`,
  }),
  'a name lost in conversion': (row) => ({ ...row, name: `${row.name.slice(0, 1)}?` }),
  'a warning number in scientific notation': (row) => ({ ...row, externalId: '2.02206E+14' }),
  'a town of another county': (row) => ({ ...row, town: `汉阴县${row.town}` }),
  'a column too narrow': (row) => ({ ...row, issuedAt: '########' }),
  'a day that nobody can know': (row) => ({ ...row, issuedAt: '03/04/22' }),
}
