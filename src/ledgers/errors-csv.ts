import { csvLine } from './csv-write.ts'
import type { RowError } from './row-error.ts'

/** How the list of the rows that were not taken in begins: UTF-8 with BOM, which a spreadsheet opens in Chinese. */
export const ERRORS_HEAD = `\uFEFF${csvLine(['行号', '列', '规则', '说明'])}`

export function errorLines(errors: Iterable<Omit<RowError, 'rule'> & { rule: string }>): string {
  return Array.from(errors, ({ row, column, rule, message }) => csvLine([row, column, rule, message])).join(
    '',
  )
}
