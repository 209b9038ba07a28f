import type { CellObject as Cell, WorkBook as Book, WorkSheet as Sheet } from '@e965/xlsx'
import { refused } from '../refusals.ts'
import { FillDown } from './fill-down.ts'
import { LIMITS } from './limits.ts'
import { numberText, shapeOf } from './number-text.ts'
import { RemarkBook } from './remark-book.ts'
import type { OpenSheet, SheetRows, TallMerge, Workbook } from './workbook.ts'

const OPTIONS = {
  dense: true,
  // Text that looks like a number stays text; formats tell what is a date.
  raw: true,
  cellNF: true,
  cellText: false,
  cellHTML: false,
  cellStyles: true,
} as const
/** What the container calls its workbook: since Excel 97 in Unicode, before that in the code page of its country. */
const UNICODE_BOOK = 'Workbook'
const CODE_PAGE_BOOK = 'Book'
/** Where such a workbook does not say its code page. */
const CHINESE = 936
const TABLE = /<table[\s>]|<(\w+:)?Workbook[\s>]/i
const ENTITIES = /<!DOCTYPE[^>]*\[|<!ENTITY/i
const GROUP = 250
const ERRORS: Record<number, string> = {
  0: '#NULL!',
  7: '#DIV/0!',
  15: '#VALUE!',
  23: '#REF!',
  29: '#NAME?',
  36: '#NUM!',
  42: '#N/A',
}

/** Opens a workbook of Excel 97–2003. It is read at once. @throws FileRefused */
export async function openOld(bytes: Buffer): Promise<Workbook> {
  if (bytes.length > LIMITS.oldFileBytes) throw refused('workbook-too-big')
  expectWorkbook(bytes)
  const { read, set_cptable } = await loadSheetJs()
  if (contains(bytes, UNICODE_BOOK))
    return workbookOf(asRefusal(() => read(bytes, { type: 'buffer', ...OPTIONS })))
  set_cptable(await import('@e965/xlsx/dist/cpexcel'))
  return workbookOf(asRefusal(() => read(bytes, { type: 'buffer', codepage: CHINESE, ...OPTIONS })))
}

/** Opens a web page or an XML file that a platform called .xls. @throws FileRefused where no table is in it */
export async function openPage(bytes: Buffer, label: string): Promise<Workbook> {
  if (bytes.length > LIMITS.oldFileBytes) throw refused('workbook-too-big')
  const text = new TextDecoder(label, { fatal: true }).decode(bytes)
  const noTable = refused('not-a-table', '网页或 XML 文件')
  if (!TABLE.test(text) || ENTITIES.test(text)) throw noTable
  const { read } = await loadSheetJs()
  const book = asRefusal(() => read(withCharacters(text), { type: 'string', ...OPTIONS }))
  if (Object.values(book.Sheets).every((sheet) => (sheet['!data'] ?? []).length === 0)) throw noTable
  return workbookOf(book)
}

/** `&#24352;` and `&#x5f20;` as they are meant: the library leaves them. Marks of the page itself stay as they are written. */
function withCharacters(text: string): string {
  return text.replace(/&#(?:x([\da-f]{2,6})|(\d{3,7}));/gi, (written, hex?: string, digits?: string) => {
    const code = hex === undefined ? Number(digits) : parseInt(hex, 16)
    return code > 0x7f && code <= 0x10ffff ? String.fromCodePoint(code) : written
  })
}

/** The library is large and only needed here. */
const loadSheetJs = () => import('@e965/xlsx')

function contains(bytes: Buffer, name: string): boolean {
  return bytes.includes(Buffer.from(name, 'utf16le'))
}

function expectWorkbook(bytes: Buffer): void {
  if (contains(bytes, UNICODE_BOOK) || contains(bytes, CODE_PAGE_BOOK)) return
  if (contains(bytes, 'EncryptedPackage')) throw refused('password')
  if (contains(bytes, 'WordDocument')) throw refused('spreadsheet', 'Word 或 WPS 文字文档')
  if (contains(bytes, 'PowerPoint Document')) throw refused('spreadsheet', 'PowerPoint 演示文稿')
  throw refused('workbook-damaged')
}

/** The library knows no kinds of errors: whatever it cannot read is damaged. */
function asRefusal(read: () => Book): Book {
  try {
    return read()
  } catch (error) {
    throw refused(/password/i.test(String(error)) ? 'password' : 'workbook-damaged')
  }
}

function workbookOf(book: Book): Workbook {
  const hidden = (index: number) => (book.Workbook?.Sheets?.[index]?.Hidden ?? 0) !== 0
  const system = book.Workbook?.WBProps?.date1904 ? 1904 : 1900
  return {
    sheets: book.SheetNames.map((name, index) => ({ name, hidden: hidden(index) })),
    system,
    open(index, dataFrom): OpenSheet {
      const sheet = book.Sheets[book.SheetNames[index] ?? '']
      if (sheet === undefined) throw refused('workbook-damaged')
      const fill = new FillDown(tallMerges(sheet), dataFrom)
      const textOf = (cell: Cell | undefined) => oldCellText(cell, system)
      return { rows: rowsOf(sheet, textOf, fill), remarks: remarksOf(sheet) }
    },
  }
}

async function* rowsOf(
  sheet: Sheet,
  textOf: (cell: Cell | undefined) => string,
  fill: FillDown,
): AsyncGenerator<SheetRows> {
  let done: SheetRows = { numbers: [], records: [] }
  for (const [index, cells] of (sheet['!data'] ?? []).entries()) {
    const record = Array.from(cells ?? [], textOf)
    while (record.at(-1) === '') record.pop()
    if (record.length === 0) continue
    fill.apply(index + 1, record)
    done.numbers.push(index + 1)
    done.records.push(record)
    if (done.numbers.length < GROUP) continue
    yield done
    done = { numbers: [], records: [] }
  }
  yield done
}

function oldCellText(cell: Cell | undefined, system: 1900 | 1904): string {
  if (cell === undefined || cell.v === undefined || cell.t === 'z') return ''
  if (cell.t === 'e') return ERRORS[Number(cell.v)] ?? '#N/A'
  if (cell.t === 'b') return cell.v ? 'TRUE' : 'FALSE'
  return typeof cell.v === 'number'
    ? numberText(cell.v, shapeOf(String(cell.z ?? '')), system)
    : String(cell.v)
}

function tallMerges(sheet: Sheet): TallMerge[] {
  return (sheet['!merges'] ?? [])
    .filter(({ s, e }) => s.c === e.c && s.r < e.r)
    .map(({ s, e }) => ({ column: s.c, top: s.r + 1, bottom: e.r + 1 }))
}

function remarksOf(sheet: Sheet) {
  const remarks = new RemarkBook()
  for (const [index, row] of (sheet['!rows'] ?? []).entries()) if (row?.hidden) remarks.hide(index + 1)
  for (const [index, column] of (sheet['!cols'] ?? []).entries())
    if (column?.hidden) remarks.hideColumns(index + 1, index + 1)
  return remarks.plain
}
