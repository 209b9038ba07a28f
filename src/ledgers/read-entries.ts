import {
  ENTRY_FINDING_LABELS,
  ENTRY_FOLLOW_LABELS,
  entryIssues,
  type EntryVisit,
} from '../domain/obligation/screening-entry.ts'
import type { Day } from '../domain/time/days.ts'
import type { Chunks } from './decode.ts'
import { householdKey } from './household-key.ts'
import { readIssueTime } from './issue-time.ts'
import type { ListForm } from './list-form.ts'
import { PERSON_NAMES, personIn, type PersonCells, type PersonColumn } from './person-cells.ts'
import { isPlaceholder } from './placeholder.ts'
import { type ListCells, readList, type ReadList } from './read-list.ts'

/** A household of a screening as a file has it. */
export type EntryRow = { row: number; person: PersonCells; visitors: string; visit: EntryVisit }
type EntryColumn = PersonColumn | keyof EntryVisit | 'visitors'
type Cells = ListCells<EntryColumn>

/** The household entries of a screening 逐户记录. */
const ENTRIES: ListForm<EntryColumn> = {
  columns: {
    ...PERSON_NAMES,
    visitedOn: ['走访日期', '走访时间', '排查日期', '排查时间', '入户日期', '入户时间'],
    finding: ['查到的情况', '排查结果', '走访结果', '排查情况', '走访情况', '核查结果'],
    follow: ['后续安排', '后续措施', '处理意见', '跟进情况', '帮扶措施'],
    visitors: ['走访人员', '走访人', '排查人员', '排查人', '入户人员'],
  },
  required: ['name', 'visitedOn', 'finding', 'follow'],
  personal: ['name', 'idNo', 'phone', 'village', 'detail', 'visitors'],
  missing: (names) =>
    `没有找到逐户记录的这些列:${names.join('、')}。请在表头写上姓名、走访日期、查到的情况、后续安排(还可以有身份证号、联系电话、村(社区)、走访人员、备注)后再导入。`,
}
const LONGEST_VISITORS = 200

/** Which days a visit may have: from the day that the screening counts from until today. */
export type EntryJudge = { from: Day; today: Day }

/** Reads the entries of a screening, CSV or workbook. @throws FileRefused for what is no such list */
export function readEntries(chunks: Chunks, judge: EntryJudge): Promise<ReadList<EntryRow, EntryColumn>> {
  const seen = new Map<string, number>()
  return readList(chunks, ENTRIES, (cells) => {
    const person = personIn(cells, judge.today)
    const visitors = cells.textWithin('visitors', LONGEST_VISITORS)
    const visit = visitIn(cells, judge)
    faultRepeated(cells, person, seen)
    return { row: cells.row, person, visitors, visit }
  })
}

function faultRepeated(cells: Cells, person: PersonCells, seen: Map<string, number>): void {
  const key = householdKey({ person })
  const first = seen.get(key)
  if (first === undefined) seen.set(key, cells.row)
  else
    cells.fault(
      person.idNo === '' ? 'name' : 'idNo',
      `与本文件第 ${first} 行是同一户。一项排查里一户只记一次,请删去重复的一行。`,
    )
}

/** A visit is written down whole, or not at all. */
function visitIn(cells: Cells, judge: EntryJudge): EntryVisit {
  const visit = {
    visitedOn: dayIn(cells),
    finding: isEmpty(cells, 'finding') ? null : (cells.code('finding', ENTRY_FINDING_LABELS) ?? null),
    follow: isEmpty(cells, 'follow') ? null : (cells.code('follow', ENTRY_FOLLOW_LABELS) ?? null),
  }
  if (cells.faults.length === 0)
    for (const { field, message } of entryIssues(visit, judge)) cells.fault(field, message)
  return visit
}

function dayIn(cells: Cells): Day | null {
  if (isEmpty(cells, 'visitedOn')) return null
  const read = readIssueTime(cells.raw('visitedOn'), cells.date1904)
  if (typeof read !== 'string') return read.issuedOn
  cells.fault('visitedOn', '不是完整的日期,请写成 2022-06-05 这样;还没有走访的留空。')
  return null
}

function isEmpty(cells: Cells, field: EntryColumn): boolean {
  return isPlaceholder(cells.text(field))
}
