import type { ImportOutcome } from './import-outcome.ts'

/** What the commands need of what an import asks (contract/api/imports.ts). */
export type AskedColumn = { name: string; samples: string[]; field: string | null; confidence: string }
export type AskedWord = { field: string; word: string; rows: number; blocks: boolean; formerly?: string }
/** What a word can mean; of a level the working days in which it is checked. */
export type WordChoice = { code: string; name: string; workingDays?: number }
export type Asked = {
  sheets: { name: string; rows: number }[]
  columns: AskedColumn[]
  missing: string[]
  /** Fields that the file may go without. */
  mayLack: string[]
  words: AskedWord[]
  choices: Partial<Record<string, WordChoice[]>>
}
export type MappedOutcome = ImportOutcome & {
  mapping: Asked | null
  unknownWords: AskedWord[]
  skipped: { row: number; what: string }[]
  notes: string[]
  /** The sheets of a workbook that could have been meant and were not read. */
  otherSheets?: string[]
  /** The columns that were read of a file that is checked, each with its field. */
  columns?: { name: string; field: string | null; samples?: string[] }[]
  /** The sheet of a workbook that was read. */
  sheet: string | null
  /** The days of which the file is said to have every warning. */
  completeFrom?: string | null
  completeUntil?: string | null
}

/** Told of a column of heads of households. */
export const HEAD_OF_HOUSEHOLD = '(和身份证号是同一个人才选)'

/** `(例:张*、李*)`: values of a column, as far as they are shown. */
export function samplesOf({ samples }: Pick<AskedColumn, 'samples'>): string {
  return samples.length === 0 ? '' : `(例:${samples.join('、')})`
}

/** `红色(3 个工作日内核查)` */
export function choiceWords({ name, workingDays }: WordChoice): string {
  return workingDays === undefined ? name : `${name}(${workingDays} 个工作日内核查)`
}
