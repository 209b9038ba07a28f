/**
 * How a formula begins for a spreadsheet: = + - @ in both widths, also after invisible characters; or a leading
 * tab, CR or LF, at which some spreadsheets split the cell.
 */
const FORMULA = /^([\s\p{Cf}]*[=+\-@\uFF1D\uFF0B\uFF0D\uFF20]|[\t\r\n])/u

/**
 * Writes one CSV line with its CRLF. A leading apostrophe disarms a cell that looks like a formula, so that a
 * platform's text cannot run on an officer's machine. Numbers are our own and stay numbers.
 */
export function csvLine(cells: readonly (string | number)[]): string {
  return `${cells.map(csvCell).join(',')}\r\n`
}

function csvCell(value: string | number): string {
  if (typeof value === 'number') return String(value)
  const safe = FORMULA.test(value) ? `'${value}` : value
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}
