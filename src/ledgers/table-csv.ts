import { csvLine } from './csv-write.ts'
import { type FileTable, headCells } from './file-table.ts'

/** A table as a file a spreadsheet opens in Chinese: UTF-8 with BOM. */
export function tableCsv({ heads, rows }: FileTable): string {
  const lines = [...heads.map(headCells), ...rows.map((row) => row.map((cell) => cell ?? ''))]
  return `\uFEFF${lines.map(csvLine).join('')}`
}
