/** How a file separates its cells, and how many its head has; 0 while that is not known. */
export type Dialect = { separator: string; width: number }

/** What a record holds and where its last line ends. `open`: a quote is not closed; `broken`: text follows it. */
export type CsvRecord = { cells: string[]; end: number; state: 'whole' | 'open' | 'broken' }

/** Finds the quote that closes a cell, from the first character in it; -1 where there is none. */
type Closing = (text: string, from: number, separator: string) => number

/**
 * Reads a record as RFC 4180 has it: a quoted cell may hold separators and line ends. Blanks around the quotes are
 * allowed, and a quote inside an unquoted cell is a character like any other.
 * @param line where the first line of the record ends
 */
export function strictRecord(text: string, from: number, line: number, separator: string): CsvRecord {
  return readRecord(text, from, line, { separator, closing: singleQuote, literal: false })
}

/** The same where quotes inside a quoted cell are not doubled: it ends at a quote before a separator or a line end. */
export function looseRecord(text: string, from: number, line: number, separator: string): CsvRecord {
  return readRecord(text, from, line, { separator, closing: outerQuote, literal: false })
}

/**
 * Reads one line on which a quote is misplaced. A cell that opens with a quote ends at a quote before a separator,
 * if that gives as many cells as the head has; else a misplaced quote is a character like any other.
 */
export function lenientLine(line: string, { separator, width }: Dialect): string[] {
  const cellsBy = (closing: Closing) =>
    readRecord(line, 0, line.length, { separator, closing, literal: true }).cells
  const literal = cellsBy(singleQuote)
  const loose = cellsBy(outerQuote)
  return loose.length === literal.length || loose.length === width ? loose : literal
}

type Reading = { separator: string; closing: Closing; literal: boolean }

function readRecord(text: string, from: number, firstLine: number, reading: Reading): CsvRecord {
  const { separator, literal } = reading
  const cells: string[] = []
  let line = firstLine
  for (let at = from; ;) {
    const quoted = quotedCell(text, at, reading)
    const misplaced = quoted === 'open' || quoted === 'broken'
    if (misplaced && !literal) return { cells, end: line, state: quoted }
    const cell = misplaced ? null : quoted
    if (cell && cell.end > line) line = lineEnd(text, cell.end)
    const end = cell ? cell.end : cellEnd(text, at, separator, line)
    cells.push(cell ? cell.value : text.slice(at, end))
    if (end >= line) return { cells, end: line, state: 'whole' }
    at = end + separator.length
  }
}

/** The quoted cell that begins here, also as `="…"`; null when the cell is not quoted. */
function quotedCell(
  text: string,
  at: number,
  { separator, closing }: Reading,
): { value: string; end: number } | 'open' | 'broken' | null {
  const start = afterBlanks(text, at, separator)
  const formula = text[start] === '=' && text[start + 1] === '"'
  if (text[start] !== '"' && !formula) return null
  const inside = start + (formula ? 2 : 1)
  const close = closing(text, inside, separator)
  const end = afterBlanks(text, close + 1, separator)
  const ends = close >= 0 && isCellEnd(text, end, separator)
  // The wrapper of a formula stays: it is taken off where cells are read.
  if (formula) return ends ? { value: text.slice(start, close + 1), end } : null
  if (close < 0) return 'open'
  return ends ? { value: undoubled(text.slice(inside, close)), end } : 'broken'
}

/** The first quote that is not doubled. */
function singleQuote(text: string, from: number): number {
  for (let at = text.indexOf('"', from); at >= 0; at = text.indexOf('"', at + 2))
    if (text[at + 1] !== '"') return at
  return -1
}

/** The first quote after which a cell ends, whatever quotes stand before it. */
function outerQuote(text: string, from: number, separator: string): number {
  for (let at = text.indexOf('"', from); at >= 0; at = text.indexOf('"', at + 1))
    if (isCellEnd(text, afterBlanks(text, at + 1, separator), separator)) return at
  return -1
}

/** Where the line ends that goes on here; the length of the text when it has no more line ends. */
export function lineEnd(text: string, from: number): number {
  const feed = text.indexOf('\n', from)
  const back = text.indexOf('\r', from)
  return Math.min(feed < 0 ? text.length : feed, back < 0 ? text.length : back)
}

/** Where the line begins that follows the one that ends at `end`. */
export function afterLine(text: string, end: number): number {
  return text[end] === '\r' && text[end + 1] === '\n' ? end + 2 : Math.min(end + 1, text.length)
}

function cellEnd(text: string, from: number, separator: string, line: number): number {
  const end = text.indexOf(separator, from)
  return end < 0 || end > line ? line : end
}

function isCellEnd(text: string, at: number, separator: string): boolean {
  return at >= text.length || text[at] === '\n' || text[at] === '\r' || text.startsWith(separator, at)
}

function afterBlanks(text: string, from: number, separator: string): number {
  let at = from
  while (text[at] === ' ' || text[at] === '\u3000' || (text[at] === '\t' && separator !== '\t')) at++
  return at
}

function undoubled(text: string): string {
  return text.includes('"') ? text.replaceAll('""', '"') : text
}
