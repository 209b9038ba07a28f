import type { CellObject, WorkSheet } from '@e965/xlsx'
import type { KindDefinition, LedgerRow } from '../kinds/kind.ts'

/** A sheet's name has at most so many characters, and none of these. */
const SHEET_NAME = 31
const FORBIDDEN = /[\\/?*[\]:]/g

/** The ledger 台账 of one kind as a workbook, with the columns and widths of its kind. Text stays text: nothing of it is a formula. */
export async function kindWorkbook(
  { label, ledger }: KindDefinition,
  rows: readonly LedgerRow[],
): Promise<Buffer> {
  const { utils, write } = await import('@e965/xlsx')
  const heads = ledger.map(({ head }) => textCell(head))
  const cells = rows.map((row) => ledger.map((column) => cellOf(column.value(row))))
  const sheet: WorkSheet = {
    '!ref': utils.encode_range({ r: 0, c: 0 }, { r: cells.length, c: ledger.length - 1 }),
  }
  ;[heads, ...cells].forEach((line, r) => {
    line.forEach((cell, c) => {
      if (cell !== null) sheet[utils.encode_cell({ r, c })] = cell
    })
  })
  sheet['!cols'] = ledger.map(({ width }) => ({ wch: width }))
  const book = utils.book_new()
  utils.book_append_sheet(book, sheet, label.replace(FORBIDDEN, ' ').slice(0, SHEET_NAME))
  return write(book, { type: 'buffer', bookType: 'xlsx', compression: true }) as Buffer
}

function textCell(text: string): CellObject {
  return { t: 's', v: text }
}

function cellOf(value: string | number | null): CellObject | null {
  if (value === null) return null
  return typeof value === 'number' ? { t: 'n', v: value } : textCell(value)
}
