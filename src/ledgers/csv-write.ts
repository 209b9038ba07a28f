/**
 * One CSV line with its CRLF. A cell a spreadsheet would take for a formula (= + - @, tab, CR) gets a leading
 * apostrophe: what a platform exported must not run on an officer's machine.
 */
export function csvLine(cells: readonly (string | number)[]): string {
  return `${cells.map(csvCell).join(',')}\r\n`
}

function csvCell(value: string | number): string {
  if (typeof value === 'number') return String(value)
  const safe = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}
