import type { CellObject, Range, WorkSheet } from '@e965/xlsx'
import { type FileTable, type Head, headCells, type TableCell } from './file-table.ts'

/** A sheet's name has at most so many characters, and none of these. */
const SHEET_NAME = 31
const FORBIDDEN = /[\\/?*[\]:]/g

/** Tables as a workbook, each a sheet. Text stays text: nothing of it is a formula. */
export async function tableWorkbook(tables: readonly FileTable[]): Promise<Buffer> {
  const { utils, write } = await import('@e965/xlsx')
  const book = utils.book_new()
  for (const { name, heads, widths, rows } of tables) {
    const lines: (readonly TableCell[])[] = [...heads.map(headCells), ...rows]
    const end = { r: Math.max(lines.length - 1, 0), c: Math.max(widths.length - 1, 0) }
    const sheet: WorkSheet = { '!ref': utils.encode_range({ r: 0, c: 0 }, end) }
    lines.forEach((line, r) => {
      line.forEach((value, c) => {
        const cell = cellOf(value)
        if (cell !== null) sheet[utils.encode_cell({ r, c })] = cell
      })
    })
    sheet['!cols'] = widths.map((wch) => ({ wch }))
    const merges = heads.flatMap(mergesOf)
    if (merges.length > 0) sheet['!merges'] = merges
    utils.book_append_sheet(book, sheet, name.replace(FORBIDDEN, ' ').slice(0, SHEET_NAME))
  }
  return write(book, { type: 'buffer', bookType: 'xlsx', compression: true }) as Buffer
}

function mergesOf(heads: readonly Head[], r: number): Range[] {
  let next = 0
  return heads.flatMap(({ over = 1 }) => {
    const c = next
    next += over
    return over > 1 ? [{ s: { r, c }, e: { r, c: next - 1 } }] : []
  })
}

function cellOf(value: TableCell): CellObject | null {
  if (value === null || value === '') return null
  return typeof value === 'number' ? { t: 'n', v: value } : { t: 's', v: value }
}
