/**
 * What a spreadsheet takes for the beginning of a formula: = + - @ in both widths, also behind what cannot be seen (spaces,
 * byte order marks, directional marks); and tab, CR or LF in front, at which some split the cell.
 */
const FORMULA = /^([\s\p{Cf}]*[=+\-@\uFF1D\uFF0B\uFF0D\uFF20]|[\t\r\n])/u

/**
 * One CSV line with its CRLF. A cell a spreadsheet would take for a formula gets a leading apostrophe: what a platform
 * exported must not run on an officer's machine. Numbers are ours and stay numbers, also below zero.
 */
export function csvLine(cells: readonly (string | number)[]): string {
  return `${cells.map(csvCell).join(',')}\r\n`
}

function csvCell(value: string | number): string {
  if (typeof value === 'number') return String(value)
  const safe = FORMULA.test(value) ? `'${value}` : value
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}
