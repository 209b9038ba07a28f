import * as SheetJs from '@e965/xlsx'
import fc from 'fast-check'
import { writeXlsx, type CellValue } from 'hucre/xlsx'
import iconv from 'iconv-lite'
import { describe, expect, it } from 'vitest'
import { SheetNeeded } from '../../../src/ledgers/mapping.ts'
import { recordsOf } from '../../../src/ledgers/records.ts'
import { openXlsx } from '../../../src/ledgers/spreadsheet/xlsx-workbook.ts'
import { HEADER, pieces, read, refusalOf, ROW } from '../support.ts'
import { readSheet, sheetOf } from './support.ts'

const head = HEADER.split(',')
const row = (id: string) => ROW.replace('YJ1', id).split(',')
const table = [head, row('YJ1'), row('YJ2')]

type Rows = CellValue[][]
const xlsx = async (sheets: Record<string, Rows>, hidden: string[] = []) => {
  const given = Object.entries(sheets).map(([name, rows]) => ({ name, rows, hidden: hidden.includes(name) }))
  return Buffer.from(await writeXlsx({ sheets: given }))
}
const old = (rows: unknown[][], bookType: SheetJs.BookType = 'biff8') =>
  SheetJs.write(
    { SheetNames: ['预警'], Sheets: { 预警: SheetJs.utils.aoa_to_sheet(rows, { UTC: true }) } },
    { type: 'buffer', bookType },
  ) as Buffer
/** Excel 95 wrote in the code page of its country. The library writes Latin letters only; they are replaced here. */
function oldInGbk(rows: string[][]): Buffer {
  const texts: string[] = []
  const place = (text: string) => {
    const length = iconv.encode(text, 'gbk').length
    if (length === text.length) return text
    return `Q${String(texts.push(text) - 1).padStart(2, '0')}`.padEnd(length, 'q').slice(0, length)
  }
  let bytes = old(
    rows.map((cells) => cells.map(place)),
    'biff5',
  )
    .toString('latin1')
    .replace('\x42\0\x02\0\xe4\x04', '\x42\0\x02\0\xa8\x03')
  for (const [i, text] of texts.entries())
    bytes = bytes.replace(
      `Q${String(i).padStart(2, '0')}`.padEnd(iconv.encode(text, 'gbk').length, 'q'),
      iconv.encode(text, 'gbk').toString('latin1'),
    )
  return Buffer.from(bytes, 'latin1')
}
const page = (rows: string[][], head = '<meta charset="gb2312">') =>
  `<html xmlns:x="urn:schemas-microsoft-com:office:excel">${head}<body><table>${rows.map((cells) => `<tr>${cells.map((c) => `<td style="mso-number-format:'\\@'">${c}</td>`).join('')}</tr>`).join('')}</table></body></html>`

const recordsIn = async (file: Buffer, sheet?: string) => {
  const opened = await recordsOf(pieces(file, 10_000), sheet)
  const all: string[][] = []
  for await (const group of opened.groups) all.push(...group)
  const { notes, encoding, otherSheets } = opened
  return { records: all, notes, encoding, otherSheets }
}

describe('one table in whatever file', () => {
  it.each<[string, () => Promise<Buffer> | Buffer, string]>([
    ['an .xlsx', () => xlsx({ 预警: table }), 'xlsx'],
    ['an .xlsx with a title', () => xlsx({ 预警: [['平利县预警清单'], [], ...table] }), 'xlsx'],
    ['an .xls', () => old(table), 'xls'],
    ['an .xls of Excel 95', () => oldInGbk(table), 'xls'],
    ['a web page', () => Buffer.from(page(table)), 'html'],
    ['XML of Excel 2003', () => old(table, 'xlml'), 'html'],
    [
      'text in UTF-16',
      () => Buffer.from(`\uFEFF${table.map((cells) => cells.join(',')).join('\r\n')}`, 'utf16le'),
      'utf-16le',
    ],
    [
      'text in UTF-16 the other way round',
      () => Buffer.from(`\uFEFF${table.map((cells) => cells.join(',')).join('\r\n')}`, 'utf16le').swap16(),
      'utf-16be',
    ],
  ])('gives the same from %s', async (_what, make, encoding) => {
    const { rows, errors, encoding: found } = await read(await make())
    const plain = await read([HEADER, row('YJ1').join(','), row('YJ2').join(',')].join('\n'))
    expect(errors).toEqual([])
    expect(rows.map((found) => ({ ...found, row: 0 }))).toEqual(
      plain.rows.map((found) => ({ ...found, row: 0 })),
    )
    expect(found).toBe(encoding)
  })

  it('numbers rows as the sheet does', async () => {
    const wrong = row('YJ2').with(3, '某镇').with(8, '某镇')
    const { errors } = await read(await xlsx({ 预警: [[], ['标题'], head, [], row('YJ1'), wrong] }))
    expect([...new Set(errors.map((error) => error.row))]).toEqual([6])
  })

  it('reads dates and numbers of an .xls as the sheet shows them', async () => {
    const rows = [head, [7, new Date(Date.UTC(2022, 7, 16, 14, 3)), true, 619999194512163825]]
    expect((await recordsIn(old(rows))).records[1]).toEqual([
      '7',
      '2022-08-16 14:03:00',
      'TRUE',
      '619999194512164000',
    ])
  })

  it('and the digits that a web page shows', async () => {
    const { records } = await recordsIn(
      Buffer.from(page([head, ['007', '619999194512163825', '1/2', '=1+2', '甲<br>乙']])),
    )
    expect(records[1]).toEqual(['007', '619999194512163825', '1/2', '=1+2', '甲\n乙'])
  })
})

describe('of several sheets', () => {
  it('one whose head has no rows below it is not asked about', async () => {
    const { rows } = await read(await xlsx({ 六月: table, 七月: [head] }))
    expect(rows).toHaveLength(2)
  })

  it('the one with a head is taken; empty and hidden ones do not count', async () => {
    const file = await xlsx({ 说明: [['请按要求填写']], 空: [], 旧: table, 预警: table }, ['旧'])
    expect((await read(file)).rows).toHaveLength(2)
  })

  it('two with a head are asked about, with their rows', async () => {
    const file = await xlsx({ 七月: [['标题'], ...table], 八月: table, 说明: [['请按要求填写']] })
    const error: unknown = await read(file).catch((thrown: unknown) => thrown)
    expect(error).toBeInstanceOf(SheetNeeded)
    expect((error as SheetNeeded).sheets).toEqual([
      { name: '七月', rows: 2 },
      { name: '八月', rows: 2 },
    ])
  })

  it('sums and signatures are none of the rows that are told', async () => {
    const closing = [['合计', '2 户'], ['填表人:某甲'], ['2022年8月31日']]
    const file = await xlsx({ 七月: [...table, ...closing], 八月: table })
    const error: unknown = await read(file).catch((thrown: unknown) => thrown)
    expect((error as SheetNeeded).sheets).toMatchObject([{ rows: 2 }, { rows: 2 }])
  })

  it('the one that was read is named, and those that were left out', async () => {
    const file = await xlsx({ 七月: table, 八月: table, 说明: [['请按要求填写']] })
    expect((await recordsIn(file, '七月')).otherSheets).toEqual(['八月'])
    expect((await read(await xlsx({ 七月: table }))).notes).toEqual([])
  })

  it('the one that was said is taken, even a hidden one', async () => {
    const file = await xlsx({ 七月: table, 八月: [head, row('YJ8')] }, ['八月'])
    expect((await recordsIn(file, '八月')).records[1]?.[0]).toBe('YJ8')
  })

  it('one that is not there is refused with the names of those that are', async () => {
    await expect(recordsIn(await xlsx({ 七月: table, 八月: table }), '九月')).rejects.toThrow(
      '“七月”、“八月”',
    )
  })

  it('none with anything is an empty file', async () => {
    expect((await refusalOf(await xlsx({ 甲: [], 乙: [] })))?.code).toBe('empty-file')
  })
})

it('tells what the sheet does not show', async () => {
  const cells = (r: number) =>
    head
      .map(
        (_name, i) =>
          `<c r="${String.fromCharCode(65 + i)}${r}" t="str"><v>${r === 1 ? head[i] : row(`YJ${r}`)[i]}</v></c>`,
      )
      .join('')
  const rows = [1, 2, 3, 4].map(
    (r) =>
      `<row r="${r}"${r > 2 ? ' hidden="1"' : ''}>${cells(r)}${r > 1 ? `<c r="M${r}"><f>A1</f></c>` : ''}</row>`,
  )
  const file = sheetOf(rows.join(''), { before: '<cols><col min="8" max="8" hidden="1"/></cols>' })
  const { records, notes } = await recordsIn(file)
  expect(records).toHaveLength(4)
  expect(notes).toEqual([
    '第 3–4 行在表中是隐藏的,也读入了。',
    'H 列在表中是隐藏的,也读入了。',
    'M 列从第 2 行起有 3 个公式没有存下结果,按空的读入。请用 Excel 或 WPS 打开、保存后再导入。',
  ])
})

describe('a property of workbooks', () => {
  const text = fc
    .string({
      unit: fc.constantFrom('毛', '坝', '0', '9', '-', ' ', '<', '&', '"', '\n', 'x', '_', '𠮷'),
      maxLength: 12,
    })
    .map((value) => value.trim())
  const tables = fc
    .array(fc.array(text, { minLength: 1, maxLength: 6 }), { minLength: 1, maxLength: 8 })
    // Of a workbook without any text hucre leaves out the table that its empty cells point to.
    .filter((rows) => rows.some((cells) => cells.some((cell) => cell !== '')))
  const plain = (rows: string[][]) =>
    rows.map((cells) => cells.slice(0, cells.findLastIndex((c) => c !== '') + 1))

  it('is that an .xlsx gives the table that was written', async () => {
    await fc.assert(
      fc.asyncProperty(tables, fc.nat(3), fc.nat(3), async (rows, above, left) => {
        const placed = [
          ...Array.from({ length: above }, () => []),
          ...rows.map((cells) => [...Array<string>(left).fill(''), ...cells]),
        ]
        const workbook = await openXlsx(await xlsx({ 表: placed }))
        const { rows: found } = await readSheet(workbook.open(0, 2))
        expect(plain(placed.map((_cells, i) => found[i + 1] ?? []))).toEqual(plain(placed))
      }),
      { numRuns: 200 },
    )
  })
})
