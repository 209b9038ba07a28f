import {
  afterLine,
  type CsvRecord,
  type Dialect,
  lenientLine,
  lineEnd,
  looseRecord,
  strictRecord,
} from './csv-line.ts'
import { refused } from './refusals.ts'

/** The longest record, in characters. A quote that is not closed within it is none. */
const LONGEST_RECORD = 64 * 1024
/** A table of fewer columns is not told from the lines of a cell. */
const NARROWEST = 5
/** Empty cells that exporters leave out at the end of a row. */
const OFTEN_OMITTED = 1

/**
 * Cuts text into records. Most lines hold no quote and are split at once. A quote that is never closed, or closed
 * rows later, swallows no rows: its line is then read by itself.
 */
export class CsvScanner {
  #text = ''
  /** Where the next record begins, and the next line feed and carriage return. */
  #at = 0
  #feed = -1
  #return = -1
  #records = 0
  readonly #dialect: Dialect
  readonly #unclosed: (row: number) => void

  /** @param unclosed is told of each record in which a quote is opened and not closed */
  constructor(dialect: Dialect, unclosed: (row: number) => void = () => undefined) {
    this.#dialect = dialect
    this.#unclosed = unclosed
  }

  /**
   * Returns the records that the text completes; what is left waits for more.
   * @throws FileRefused for a line beyond 64 KB
   */
  read(text: string): string[][] {
    return this.#cut(text, false)
  }

  /** The same where no more text comes: what is left is a record too. */
  end(text = ''): string[][] {
    return this.#cut(text, true)
  }

  #cut(text: string, last: boolean): string[][] {
    this.#text = this.#text.slice(this.#at) + text
    this.#at = 0
    this.#feed = this.#return = -1
    const group: string[][] = []
    for (let record = this.#next(last); record !== null; record = this.#next(last)) group.push(record)
    return group
  }

  #next(last: boolean): string[] | null {
    if (this.#at >= this.#text.length) return null
    const end = this.#lineEnd()
    if (end - this.#at > LONGEST_RECORD) throw refused('cell-too-big', `第 ${this.#records + 1} 行起`)
    if (!last && !this.#isSeen(end)) return null
    const line = this.#text.slice(this.#at, end)
    if (!line.includes('"')) return this.#advance(line.split(this.#dialect.separator), end)
    return this.#quoted(line, end, last)
  }

  /** Prefers a record with proper quotes, then the line by itself, then a record with quotes that are not doubled. */
  #quoted(line: string, end: number, last: boolean): string[] | null {
    const { separator, width } = this.#dialect
    const strict = strictRecord(this.#text, this.#at, end, separator)
    if (!last && this.#mayGoOn(strict)) return null
    if (this.#isSound(strict, end)) return this.#advance(strict.cells, strict.end)
    if (strict.state === 'open') this.#unclosed(this.#records + 1)
    const cells = lenientLine(line, this.#dialect)
    if (cells.length >= width) return this.#advance(cells, end)
    const loose = looseRecord(this.#text, this.#at, end, separator)
    if (!last && this.#mayGoOn(loose)) return null
    const fits = loose.cells.length === width && this.#isSound(loose, end)
    if (fits) return this.#advance(loose.cells, loose.end)
    return this.#advance(strict.state === 'broken' ? cells : withoutEnd(cells, width), end)
  }

  /** Text that is still to come decides whether a quote closes and what follows it. */
  #mayGoOn({ state, end }: CsvRecord): boolean {
    if (this.#text.length - this.#at > LONGEST_RECORD) return false
    return state === 'open' || (state === 'whole' && !this.#isSeen(end))
  }

  /** A lone carriage return at the end of the text may be half of a line end. */
  #isSeen(end: number): boolean {
    return end < this.#text.length && (this.#text[end] === '\n' || end + 1 < this.#text.length)
  }

  #isSound({ state, end }: CsvRecord, line: number): boolean {
    return state === 'whole' && end - this.#at <= LONGEST_RECORD && (end === line || !this.#swallows(end))
  }

  /**
   * Whether a cell over several lines took whole rows with it: a line within it is about as wide as the head, or its
   * first and last line are.
   */
  #swallows(recordEnd: number): boolean {
    const { width } = this.#dialect
    const widths: number[] = []
    for (let at = this.#at; at < recordEnd;) {
      const end = lineEnd(this.#text, at)
      widths.push(lenientLine(this.#text.slice(at, end), this.#dialect).length)
      at = afterLine(this.#text, end)
    }
    if (width < NARROWEST) return false
    const outer = (widths[0] ?? 0) + (widths.at(-1) ?? 0)
    return outer >= 2 * (width - OFTEN_OMITTED) || widths.slice(1, -1).some((n) => n >= width - OFTEN_OMITTED)
  }

  #lineEnd(): number {
    const { length } = this.#text
    if (this.#feed < this.#at) this.#feed = orElse(this.#text.indexOf('\n', this.#at), length)
    if (this.#return < this.#at) this.#return = orElse(this.#text.indexOf('\r', this.#at), length)
    return Math.min(this.#feed, this.#return)
  }

  #advance(cells: string[], end: number): string[] {
    this.#records++
    this.#at = afterLine(this.#text, end)
    return cells
  }
}

function orElse(index: number, none: number): number {
  return index < 0 ? none : index
}

/** A row whose rest stands behind an open quote is cut off. It gets too many cells, so that it is refused by its number. */
function withoutEnd(cells: string[], width: number): string[] {
  const missing = Array.from({ length: Math.max(0, width - cells.length) }, () => '')
  return [...cells, ...missing, '"…']
}
