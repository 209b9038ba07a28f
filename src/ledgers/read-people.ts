import { ROLE_LABELS, type Role } from '../domain/obligation/vocabulary.ts'
import type { Day } from '../domain/time/days.ts'
import type { Chunks } from './decode.ts'
import { readIssueTime } from './issue-time.ts'
import { PEOPLE_LIST, type PeopleColumn } from './people-columns.ts'
import { type ListCells, readList, type ReadList } from './read-list.ts'

/** One role of one person. */
export type PeopleRow = {
  row: number
  name: string
  email: string
  office: string
  role: Role
  from: Day | undefined
  until: Day | undefined
}
export type ReadPeople = ReadList<PeopleRow>
/** What may be wrong with a whole row, at the column where it is mended. */
export type PeopleFault = { column: PeopleColumn; message: string }

/** How a row is judged. */
export type PeopleJudge = {
  /** The office that a cell names. */
  officeOf: (cell: string) => string | undefined
  emailFault: (cell: string) => string | null
  /** Why the role cannot be given; the rows above are known to it. */
  rowFault: (row: PeopleRow) => PeopleFault | null
}
type Cells = ListCells<PeopleColumn>

const LONGEST_NAME = 100

/** Reads a list of people, CSV or workbook. @throws FileRefused for what is no such list */
export function readPeople(chunks: Chunks, judge: PeopleJudge): Promise<ReadPeople> {
  return readList(chunks, PEOPLE_LIST, (cells) => judgeRow(cells, judge))
}

function judgeRow(cells: Cells, judge: PeopleJudge): PeopleRow | null {
  const name = cells.textWithin('name', LONGEST_NAME)
  if (name === '') cells.fault('name', '请写姓名。')
  const email = cells.text('email').toLowerCase()
  const wrong = judge.emailFault(email)
  if (wrong !== null) cells.fault('email', `${wrong}。`)
  const office = judge.officeOf(cells.text('office'))
  if (office === undefined) cells.fault('office', '本县没有这个单位,请写“单位”页上的名称或代码。')
  const role = cells.code('role', ROLE_LABELS)
  const [from, until] = [dayIn(cells, 'from'), dayIn(cells, 'until')]
  if (office === undefined || role === undefined || cells.faults.length > 0) return null
  const row = { row: cells.row, name, email, office, role, from, until }
  const fault = judge.rowFault(row)
  if (fault) cells.fault(fault.column, fault.message)
  return row
}

/** An empty cell is no day. */
function dayIn(cells: Cells, field: 'from' | 'until'): Day | undefined {
  if (cells.text(field) === '') return undefined
  const day = readIssueTime(cells.raw(field), cells.date1904)
  if (typeof day !== 'string') return day.issuedOn
  cells.fault(field, '不是完整的日期,请写成 2022-12-15 这样,或者不写。')
  return undefined
}
