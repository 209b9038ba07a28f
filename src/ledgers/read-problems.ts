import { PROBLEM_ORIGIN_LABELS, PROBLEM_TYPE_LABELS } from '../domain/obligation/problem-words.ts'
import type { ProblemOrigin, ProblemType } from '../domain/obligation/problem-words.ts'
import { hasNumberOfSomebody } from '../domain/obligation/problem-words.ts'
import { codesOf } from '../domain/obligation/vocabulary.ts'
import type { Day } from '../domain/time/days.ts'
import { foldedCell } from './cell.ts'
import type { Chunks } from './decode.ts'
import { readIssueTime } from './issue-time.ts'
import { compact } from './normalise.ts'
import { PROBLEM_COLUMNS, type ProblemColumn, type ProblemHead, problemHead } from './problem-columns.ts'
import { recordsOf } from './records.ts'
import { refused } from './refusals.ts'
import type { TownFinder } from './towns.ts'

/** A good row: for each of its offices a problem is registered. */
export type ProblemRow = {
  row: number
  offices: string[]
  origin: ProblemOrigin
  type: ProblemType
  wrong: string
  measure: string
  responsible: string
  title: string
  dueOn: Day
}
/** Why a row is not taken: the row as the file counts it, the column by its name there, and what stands in the cell. */
export type ProblemFault = { row: number; column: string; value: string; message: string }
export type ReadProblems = { rows: ProblemRow[]; faults: ProblemFault[]; read: number }

/** How a row is judged: whose a place is, and which days are possible. */
export type ProblemJudge = {
  officeOf: TownFinder
  /** Every town the caller may register for, meant by 各镇. */
  all: readonly string[]
  dueRefusal: (dueOn: Day) => string | null
}

const MOST_ROWS = 20_000
const MOST_SHOWN = 60
const LONGEST = { wrong: 2000, measure: 2000, responsible: 50, title: 60 } as const
const SHORTEST_WRONG = 5
const EVERY_TOWN = /^(?:各镇|全县各镇|全县|所有镇|各镇办?|各乡镇)$/
const BETWEEN_TOWNS = /[、,,;;/\s]+/
const NUMBERS = /\d(?=\d{4})/g

/** Reads a list of problems, CSV or workbook. @throws FileRefused for what is no such list */
export async function readProblems(chunks: Chunks, judge: ProblemJudge): Promise<ReadProblems> {
  const { groups, date1904 } = await recordsOf(chunks)
  const lines: string[][] = []
  for await (const group of groups) {
    for (const cells of group) lines.push(cells)
    if (lines.length > MOST_ROWS + 100) throw refused('too-many-rows', String(MOST_ROWS))
  }
  const head = problemHead(lines)
  const read: ReadProblems = { rows: [], faults: [], read: 0 }
  lines.forEach((cells, line) => {
    if (line <= head.line || cells.every((cell) => compact(cell) === '')) return
    read.read++
    const { row, faults } = judgeRow({ cells, number: line + 1, head, date1904 }, judge)
    if (row) read.rows.push(row)
    read.faults.push(...faults)
  })
  if (read.read === 0) throw refused('empty-file')
  return read
}

type Line = { cells: readonly string[]; number: number; head: ProblemHead; date1904: boolean }

function judgeRow(line: Line, judge: ProblemJudge): { row: ProblemRow | null; faults: ProblemFault[] } {
  const cells = new RowCells(line)
  const { offices, origin, type } = codesOfRow(cells, judge)
  const texts = textsOfRow(cells)
  const dueOn = dueDayOf(cells, line.date1904, judge)
  const { faults } = cells
  if (faults.length > 0 || !origin || !type || dueOn === null) return { row: null, faults }
  return { row: { row: line.number, offices, origin, type, dueOn, ...texts }, faults }
}

/** The cells of one row by what they say, and what is wrong with them. */
class RowCells {
  readonly faults: ProblemFault[] = []
  readonly #line: Line

  constructor(line: Line) {
    this.#line = line
  }

  /** As it stands in the file. */
  raw(field: ProblemColumn): string {
    return this.#line.cells[this.#line.head.at[field] ?? -1] ?? ''
  }

  text(field: ProblemColumn): string {
    return foldedCell(this.raw(field))
  }

  fault(field: ProblemColumn, message: string): void {
    const { head, number: row } = this.#line
    const column = head.names[head.at[field] ?? -1] ?? PROBLEM_COLUMNS[field][0]
    this.faults.push({ row, column, value: shown(this.text(field)), message })
  }
}

function codesOfRow(cells: RowCells, judge: ProblemJudge) {
  const offices = officesIn(cells.text('office'), judge)
  if (offices.length === 0) cells.fault('office', '不是您可以登记的单位,请写镇的名称;几个镇用顿号隔开。')
  const origin = codeIn(PROBLEM_ORIGIN_LABELS, cells.text('origin'))
  if (!origin) cells.fault('origin', `要是${wordsOf(PROBLEM_ORIGIN_LABELS)}中的一个。`)
  const type = codeIn(PROBLEM_TYPE_LABELS, cells.text('type'))
  if (!type) cells.fault('type', `要是${wordsOf(PROBLEM_TYPE_LABELS)}中的一个。`)
  return { offices, origin, type }
}

function textsOfRow(cells: RowCells) {
  const text = (field: keyof typeof LONGEST) => {
    const value = cells.text(field)
    if (value.length > LONGEST[field]) cells.fault(field, `超过 ${LONGEST[field]} 个字,请精简。`)
    return value
  }
  const wrong = text('wrong')
  if (wrong.length < SHORTEST_WRONG) cells.fault('wrong', `请写明问题是什么,至少 ${SHORTEST_WRONG} 个字。`)
  const title = text('title')
  if (hasNumberOfSomebody(title)) cells.fault('title', '名称里有身份证号或电话号码,请改写在问题一列。')
  return { wrong, title, measure: text('measure'), responsible: text('responsible') }
}

function dueDayOf(cells: RowCells, date1904: boolean, { dueRefusal }: ProblemJudge): Day | null {
  const due = readIssueTime(cells.raw('dueOn'), date1904)
  const dueOn = typeof due === 'string' ? null : due.issuedOn
  const late = dueOn === null ? '不是完整的日期,请写成 2022-12-15 这样。' : dueRefusal(dueOn)
  if (late !== null) cells.fault('dueOn', late)
  return dueOn
}

/** One office, several, or every town. One that is not known makes the cell wrong. */
function officesIn(cell: string, { officeOf, all }: ProblemJudge): string[] {
  if (EVERY_TOWN.test(cell)) return [...all]
  const whole = officeOf(cell)
  if (whole !== undefined) return [whole]
  const codes = cell
    .split(BETWEEN_TOWNS)
    .filter((name) => name !== '')
    .map((name) => officeOf(name))
  return codes.includes(undefined) ? [] : [...new Set(codes as string[])]
}

function codeIn<T extends Record<string, string>>(labels: T, cell: string): (keyof T & string) | undefined {
  return codesOf(labels).find((code) => code === cell || labels[code] === cell)
}

function wordsOf(labels: Record<string, string>): string {
  return Object.values(labels).join('、')
}

/** As much of a cell as tells it apart; long numbers may be somebody's. */
function shown(cell: string): string {
  const text = hasNumberOfSomebody(cell) ? cell.replace(NUMBERS, '*') : cell
  return text.length > MOST_SHOWN ? `${text.slice(0, MOST_SHOWN)}…` : text
}
