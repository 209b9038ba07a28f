import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { numberText, shapeOf } from '../../../src/ledgers/spreadsheet/number-text.ts'
import { openXlsx } from '../../../src/ledgers/spreadsheet/xlsx-workbook.ts'
import { codeOf, readSheet, rowsIn, sheetOf } from './support.ts'

const cell = async (xml: string, given: Parameters<typeof sheetOf>[1] = {}) =>
  (await rowsIn(sheetOf(`<row r="1">${xml}</row>`, given)))[1]?.[0] ?? ''

describe('a number is read as the spreadsheet shows it', () => {
  it.each<[number, string, string]>([
    [42, '', '42'],
    [-3, 'General', '-3'],
    [19900000000, '', '19900000000'],
    [1.99e10, '', '19900000000'],
    [0.1 + 0.2, '', '0.3'],
    [1234.5, '#,##0.00', '1234.5'],
    [619999194512163825n as unknown as number, '0', '619999194512164000'],
    [6.1999919451216301e17, '', '619999194512163000'],
    [2.02206e14, '', '202206000000000'],
    [1e21, '', '1e+21'],
    [7, '0000', '0007'],
    [45, '00000000000', '00000000045'],
  ])('%s in the format %j is %s', (value, format, text) => {
    expect(numberText(Number(value), shapeOf(format), 1900)).toBe(text)
  })
})

describe('a number with the format of a date is a date', () => {
  it.each<[number, string, 1900 | 1904, string]>([
    [44789.585416666669, 'yyyy/m/d h:mm', 1900, '2022-08-16 14:03:00'],
    [44789, 'yyyy/m/d;@', 1900, '2022-08-16'],
    [44789, 'yyyy"年"m"月"d"日";@', 1900, '2022-08-16'],
    [44789, '[$-804]yyyy/m/d h:mm:ss AM/PM', 1900, '2022-08-16 00:00:00'],
    [44789.5, 'yyyy-mm-dd', 1900, '2022-08-16 12:00:00'],
    [43327, 'yyyy-mm-dd', 1904, '2022-08-16'],
    [0.5, 'h:mm', 1900, '12:00:00'],
    [59, 'yyyy-mm-dd', 1900, '1900-02-28'],
    [61, 'yyyy-mm-dd', 1900, '1900-03-01'],
    [44789.99999999, 'yyyy-mm-dd h:mm', 1900, '2022-08-17 00:00:00'],
    [-1, 'yyyy-mm-dd', 1900, '-1'],
    [44789, '"共"0"户"', 1900, '44789'],
    [44789, '[红]0.00', 1900, '44789'],
    [44789, 'G/通用格式', 1900, '44789'],
  ])('%s in the format %j of the %s system is %s', (serial, format, system, text) => {
    expect(numberText(serial, shapeOf(format), system)).toBe(text)
  })

  it('by the styles and the system of its workbook', async () => {
    const styles =
      '<numFmts><numFmt numFmtId="176" formatCode="yyyy\\-mm\\-dd\\ hh:mm"/></numFmts><cellStyleXfs><xf numFmtId="0"/></cellStyleXfs><cellXfs><xf numFmtId="0"/><xf numFmtId="176"/><xf numFmtId="14"/><xf numFmtId="31"/></cellXfs>'
    const xml =
      '<c s="1"><v>44789.5</v></c><c s="2"><v>44789</v></c><c s="3"><v>44789</v></c><c><v>44789</v></c>'
    const file = sheetOf(`<row>${xml}</row>`, { styles })
    expect((await rowsIn(file))[1]).toEqual(['2022-08-16 12:00:00', '2022-08-16', '2022-08-16', '44789'])
    const mac = sheetOf(`<row>${xml}</row>`, { styles, workbook: '<workbookPr date1904="1"/>' })
    expect((await rowsIn(mac))[1]?.[1]).toBe('2026-08-17')
  })

  it('never loses a minute', () => {
    fc.assert(
      fc.property(
        fc.date({ min: new Date('1901-01-01'), max: new Date('2100-01-01'), noInvalidDate: true }),
        (date) => {
          const seconds = Math.floor(date.getTime() / 1000)
          const text = numberText(seconds / 86400 + 25569, shapeOf('yyyy-mm-dd hh:mm:ss'), 1900)
          expect(text).toBe(new Date(seconds * 1000).toISOString().slice(0, 19).replace('T', ' '))
        },
      ),
    )
  })
})

describe('a cell of another kind is read as its text', () => {
  it.each<[string, string, string]>([
    ['text that looks like a number', '<c t="inlineStr"><is><t>007</t></is></c>', '007'],
    [
      'text in runs',
      '<c t="inlineStr"><is><r><t>毛坝</t></r><r><rPr><b/></rPr><t xml:space="preserve"> 镇</t></r></is></c>',
      '毛坝 镇',
    ],
    [
      'what stands over the text',
      '<c t="inlineStr"><is><t>平利</t><rPh sb="0" eb="1"><t>PING</t></rPh></is></c>',
      '平利',
    ],
    ['true', '<c t="b"><v>1</v></c>', 'TRUE'],
    ['an error', '<c t="e"><v>#N/A</v></c>', '#N/A'],
    ['a formula with a text', '<c t="str"><f>A1&amp;B1</f><v>YJ&lt;1&gt;</v></c>', 'YJ<1>'],
    ['a formula with a number', '<c><f>1+1</f><v>2</v></c>', '2'],
    ['a day in words', '<c t="d"><v>2022-08-16T14:03:00.000Z</v></c>', '2022-08-16 14:03:00'],
    ['a line end', '<c t="inlineStr"><is><t>一_x000D_\n二&#10;三</t></is></c>', '一\r\n二\n三'],
    ['CDATA', '<c t="inlineStr"><is><t><![CDATA[a<b&c]]></t></is></c>', 'a<b&c'],
    ['a cell behind a comment', '<!-- <c> --><c><v>5</v></c>', '5'],
    ['a cell with a prefix', '<x:c t="n"><x:v>5</x:v></x:c>', '5'],
    ['a quoted sign in a tag', '<c x="a>b" t="str"><v>5</v></c>', '5'],
  ])('%s', async (_what, xml, text) => {
    expect(await cell(xml)).toBe(text)
  })

  it('shared strings, also empty ones', async () => {
    const strings = '<si><t>甲</t></si><si/><si><t/></si><si><r><t>乙</t></r><r><t>丙</t></r></si>'
    const xml = [0, 1, 2, 3].map((i) => `<c t="s"><v>${i}</v></c>`).join('')
    expect((await rowsIn(sheetOf(`<row>${xml}</row>`, { strings })))[1]).toEqual(['甲', '', '', '乙丙'])
  })

  it('but a string that the table lacks makes the workbook damaged', async () => {
    expect(await codeOf(cell('<c t="s"><v>9</v></c>'))).toBe('workbook-damaged')
  })
})

describe('rows and columns stand where the sheet says', () => {
  it('with gaps, and with neither number nor letter', async () => {
    const file = sheetOf(
      '<row r="2"><c r="C2"><v>1</v></c><c><v>2</v></c><c r="AA2" s="0"/></row><row><c><v>3</v></c></row>',
    )
    expect(await rowsIn(file)).toEqual({ 2: ['', '', '1', '2'], 3: ['3'] })
  })

  it.each([
    ['a row twice', '<row r="2"/><row r="2"/>'],
    ['rows in disorder', '<row r="3"/><row r="2"/>'],
    ['a row beyond the last', '<row r="1048577"/>'],
    ['a cell twice', '<row r="1"><c r="A1"/><c r="A1"/></row>'],
    ['a column beyond the last', '<row r="1"><c r="XFE1"/></row>'],
    ['a row that never ends', '<row r="1"><c>'],
  ])('and %s is damage', async (_what, rows) => {
    expect(await codeOf(rowsIn(sheetOf(rows)))).toBe('workbook-damaged')
  })
})

describe('what a reader of the sheet does not see is told', () => {
  const remarksOf = async (file: Buffer) => (await readSheet((await openXlsx(file)).open(0, 2))).remarks

  it('hidden rows and columns', async () => {
    const rows = [1, 2, 3, 4, 5, 6].map(
      (r) => `<row r="${r}"${[2, 3, 6].includes(r) ? ' hidden="1"' : ''}><c><v>1</v></c></row>`,
    )
    const before = '<cols><col min="1" max="1" width="9"/><col min="3" max="4" hidden="1"/></cols>'
    const remarks = await remarksOf(sheetOf(rows.join(''), { before }))
    expect(remarks).toMatchObject({
      hiddenRows: [
        [2, 3],
        [6, 6],
      ],
      hiddenColumns: [3, 4],
    })
  })

  it('formulas without a result, but not those whose result is nothing', async () => {
    const unsaved = '<c r="B2"><f>A1</f></c><c r="C2" t="str"><f>A1</f><v></v></c><c r="D2"><f>A1</f><v/></c>'
    const remarks = await remarksOf(
      sheetOf(`<row r="2">${unsaved}</row><row r="3"><c r="B3"><f>A1</f></c></row>`),
    )
    expect(remarks.unsaved).toEqual([
      { column: 2, row: 2, count: 2 },
      { column: 4, row: 2, count: 1 },
    ])
  })
})

describe('a merged cell', () => {
  const row = (r: number, ...cells: string[]) =>
    `<row r="${r}">${cells.map((c, i) => (c === '' ? '' : `<c r="${'ABC'[i]}${r}" t="str"><v>${c}</v></c>`)).join('')}</row>`
  const rows =
    row(1, '乡镇', '户', '') +
    row(2, '', '甲', '') +
    row(3, '毛坝镇', '乙', '') +
    row(4, '', '丙', '') +
    row(5, '', '丁', '') +
    row(6, '', '', '')

  it('of one town beside many rows is repeated in each', async () => {
    const behind = '<mergeCells count="2"><mergeCell ref="A3:A6"/><mergeCell ref="A1:A2"/></mergeCells>'
    const found = await rowsIn(sheetOf(rows, { behind }), 3)
    expect(Object.values(found).map(([town]) => town)).toEqual(['乡镇', '', '毛坝镇', '毛坝镇', '毛坝镇'])
  })

  it('that is wide stands in its first cell only', async () => {
    const behind = '<mergeCells><mergeCell ref="A3:B5"/><mergeCell ref="A1:C1"/></mergeCells>'
    const found = await rowsIn(sheetOf(rows, { behind }), 2)
    expect(found[4]).toEqual(['', '丙'])
  })
})
