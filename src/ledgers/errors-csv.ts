import { csvLine } from './csv-write.ts'
import type { RowError } from './row-error.ts'

/** The rows that were not taken in, as UTF-8 with BOM, which a spreadsheet opens in Chinese. */
export function errorsCsv(errors: Iterable<Omit<RowError, 'rule'> & { rule: string }>): string {
  const lines = Array.from(errors, ({ row, column, rule, message }) => csvLine([row, column, rule, message]))
  return `\uFEFF${csvLine(['行号', '列', '规则', '说明'])}${lines.join('')}`
}
