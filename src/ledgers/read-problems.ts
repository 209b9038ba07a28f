import { PROBLEM_ORIGIN_LABELS, PROBLEM_TYPE_LABELS } from '../domain/obligation/problem-words.ts'
import type { ProblemOrigin, ProblemType } from '../domain/obligation/problem-words.ts'
import { hasNumberOfSomebody } from '../domain/obligation/problem-words.ts'
import type { Day } from '../domain/time/days.ts'
import type { Chunks } from './decode.ts'
import { readIssueTime } from './issue-time.ts'
import { PROBLEM_LIST, type ProblemColumn } from './problem-columns.ts'
import { type ListCells, readList, type ReadList } from './read-list.ts'
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
export type ReadProblems = ReadList<ProblemRow>

/** How a row is judged: whose a place is, and which days are possible. */
export type ProblemJudge = {
  officeOf: TownFinder
  /** Every town the caller may register for, meant by 各镇. */
  all: readonly string[]
  dueRefusal: (dueOn: Day) => string | null
}
type Cells = ListCells<ProblemColumn>

const LONGEST = { wrong: 2000, measure: 2000, responsible: 50, title: 60 } as const
const SHORTEST_WRONG = 5
const EVERY_TOWN = /^(?:各镇|全县各镇|全县|所有镇|各镇办?|各乡镇)$/
const BETWEEN_TOWNS = /[、,,;;/\s]+/

/** Reads a list of problems, CSV or workbook. @throws FileRefused for what is no such list */
export function readProblems(chunks: Chunks, judge: ProblemJudge): Promise<ReadProblems> {
  return readList(chunks, PROBLEM_LIST, (cells) => judgeRow(cells, judge))
}

function judgeRow(cells: Cells, judge: ProblemJudge): ProblemRow | null {
  const offices = officesIn(cells.text('office'), judge)
  if (offices.length === 0) cells.fault('office', '不是您可以登记的单位,请写镇的名称;几个镇用顿号隔开。')
  const origin = cells.code('origin', PROBLEM_ORIGIN_LABELS)
  const type = cells.code('type', PROBLEM_TYPE_LABELS)
  const texts = textsOfRow(cells)
  const dueOn = dueDayOf(cells, judge)
  if (!origin || !type || dueOn === null) return null
  return { row: cells.row, offices, origin, type, dueOn, ...texts }
}

function textsOfRow(cells: Cells) {
  const text = (field: keyof typeof LONGEST) => cells.textWithin(field, LONGEST[field])
  const wrong = text('wrong')
  if (wrong.length < SHORTEST_WRONG) cells.fault('wrong', `请写明问题是什么,至少 ${SHORTEST_WRONG} 个字。`)
  const title = text('title')
  if (hasNumberOfSomebody(title)) cells.fault('title', '名称里有身份证号或电话号码,请改写在问题一列。')
  return { wrong, title, measure: text('measure'), responsible: text('responsible') }
}

function dueDayOf(cells: Cells, { dueRefusal }: ProblemJudge): Day | null {
  const due = readIssueTime(cells.raw('dueOn'), cells.date1904)
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
