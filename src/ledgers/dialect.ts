import { CsvScanner } from './csv-scanner.ts'
import type { Dialect } from './csv-line.ts'
import { knownNames } from './column-names.ts'

/** What files separate their cells by; the commonest first. */
const SEPARATORS = [',', '\t', ';', '|', ',', ';'] as const
const RECORDS_LOOKED_AT = 60
const ENOUGH_FOR_A_HEAD = 3
/** A line that names the separator, as Excel reads it and does not count it. */
const SEPARATOR_LINE = /^[^\S\r\n]*"?sep=(.)"?[^\S\r\n]*(?:\r\n|\n|\r|$)/i

/** The separator that the first line names, and how long that line is; 0 where it is a line like any other. */
export function separatorLine(text: string): { separator: string | undefined; length: number } {
  const [line = '', separator] = SEPARATOR_LINE.exec(text) ?? []
  return { separator, length: line.length }
}

/**
 * Decides how the cells of a file are separated: by what gives a line with known names of columns, else by what
 * gives the most cells in the most lines.
 * @param isWhole whether the text is all of the file
 */
export function dialectOf(text: string, isWhole: boolean, named?: string): Dialect {
  if (named !== undefined && text.includes(named)) return measured(text, isWhole, named)
  const tried = SEPARATORS.filter((separator) => text.includes(separator)).map((separator) =>
    measured(text, isWhole, separator),
  )
  const [first, ...others] = tried
  if (!first) return { separator: ',', width: 1 }
  return others.reduce((best, next) => (isBetter(next, best) ? next : best), first)
}

type Measured = Dialect & { names: number; evenness: number }

function isBetter(one: Measured, other: Measured): boolean {
  return one.names === other.names ? one.evenness > other.evenness : one.names > other.names
}

function measured(text: string, isWhole: boolean, separator: string): Measured {
  const records = sampleRecords(text, isWhole, separator)
  const heads = records.map((record) => ({ names: knownNames(record), width: record.length }))
  const head = heads.reduce((best, next) => (next.names > best.names ? next : best), { names: 0, width: 0 })
  const usual = usualWidth(records.map((record) => record.length))
  const names = head.names >= ENOUGH_FOR_A_HEAD ? head.names : 0
  return {
    separator,
    width: names > 0 ? head.width : usual.width,
    names,
    evenness: usual.width * usual.share,
  }
}

function sampleRecords(text: string, isWhole: boolean, separator: string): string[][] {
  const scanner = new CsvScanner({ separator, width: 0 })
  const records = isWhole ? scanner.end(text) : scanner.read(text)
  const filled = records.filter((record) => record.some((cell) => cell.trim() !== ''))
  return filled.slice(0, RECORDS_LOOKED_AT)
}

/** The commonest number of cells above one, and the share of lines that have it. */
function usualWidth(widths: readonly number[]): { width: number; share: number } {
  const counts = new Map<number, number>()
  for (const width of widths) if (width > 1) counts.set(width, (counts.get(width) ?? 0) + 1)
  const [width = 1, count = 0] = [...counts].sort(([, a], [, b]) => b - a)[0] ?? []
  return { width, share: widths.length === 0 ? 0 : count / widths.length }
}
