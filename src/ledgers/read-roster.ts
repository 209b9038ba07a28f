import { type Cover, COVER_LABELS } from '../domain/obligation/roster-words.ts'
import { type Group, GROUP_LABELS } from '../domain/obligation/vocabulary.ts'
import type { Day } from '../domain/time/days.ts'
import type { Chunks } from './decode.ts'
import { householdKey } from './household-key.ts'
import { readIssueTime } from './issue-time.ts'
import type { GivenColumns, ListForm } from './list-form.ts'
import { personIn, type PersonCells, type PersonColumn, PERSON_NAMES } from './person-cells.ts'
import { isPlaceholder } from './placeholder.ts'
import { type ListCells, readList, type ReadList } from './read-list.ts'
import type { TownFinder } from './towns.ts'
import { coverOf, groupOf } from './known-words.ts'

/** A household of the roster as a file has it. */
export type RosterRow = {
  row: number
  office: string
  group: Group
  cover: Cover
  coveredSince: Day | null
  person: PersonCells
}
export type RosterColumn = PersonColumn | 'office' | 'group' | 'cover' | 'coveredSince'
export const ROSTER_FIELDS: readonly RosterColumn[] = [
  ...(['office', 'name', 'idNo', 'phone', 'village', 'detail', 'group', 'cover', 'coveredSince'] as const),
]

/** The roster of the four key groups 四类重点人群名册. */
const ROSTER: ListForm<RosterColumn> = {
  columns: {
    ...PERSON_NAMES,
    office: ['乡镇', '镇', '所在乡镇', '所在镇', '镇(街道)', '乡镇(街道)', '所属乡镇', '镇办'],
    group: ['重点人群类别', '人群类别', '重点人群', '对象类别', '监测对象类别', '类别'],
    cover: ['保障情况', '保障类别', '保障类型', '救助类别', '享受保障', '纳入保障情况', '是否纳入保障'],
    coveredSince: ['纳入时间', '纳入日期', '保障起始时间', '保障起始日期', '享受时间', '何时纳入'],
  },
  required: ['office', 'name', 'group', 'cover'],
  personal: ['name', 'idNo', 'phone', 'village', 'detail'],
  missing: (names) =>
    `没有找到名册的这些列:${names.join('、')}。请在表头写上乡镇、姓名、重点人群类别、保障情况(还可以有身份证号、联系电话、村(社区)、纳入时间、备注),或者用 columns 说明文件的哪一列是什么。`,
}
type Cells = ListCells<RosterColumn>

/** How a row is judged: whose a place is, and until when a day is possible. */
export type RosterJudge = { officeOf: TownFinder; today: Day }

/** Reads a roster, CSV or workbook. @throws FileRefused for what is no roster */
export function readRoster(
  chunks: Chunks,
  judge: RosterJudge,
  given?: GivenColumns<RosterColumn>,
): Promise<ReadList<RosterRow, RosterColumn>> {
  const seen = new Map<string, number>()
  return readList(
    chunks,
    ROSTER,
    (cells) => {
      const row = judgeRow(cells, judge)
      if (row) faultRepeated(cells, row, seen)
      return row
    },
    given,
  )
}

function judgeRow(cells: Cells, { officeOf, today }: RosterJudge): RosterRow | null {
  const person = personIn(cells, today)
  const office = officeOf(cells.raw('office'), person.village)
  if (office === undefined) cells.fault('office', '不是本县的乡镇,或不在您的范围内。请写镇的名称。')
  const group = cells.code('group', GROUP_LABELS, groupOf)
  const cover = cells.code('cover', COVER_LABELS, coverOf)
  const coveredSince = sinceIn(cells, cover, today)
  if (office === undefined || !group || !cover) return null
  return { row: cells.row, office, group, cover, coveredSince, person }
}

/** A household that is not covered has no day since when it is. */
function sinceIn(cells: Cells, cover: Cover | undefined, today: Day): Day | null {
  if (isPlaceholder(cells.text('coveredSince'))) return null
  const read = readIssueTime(cells.raw('coveredSince'), cells.date1904)
  const since = typeof read === 'string' ? null : read.issuedOn
  if (since === null) cells.fault('coveredSince', '不是完整的日期,请写成 2022-01-15 这样,不知道的留空。')
  else if (since > today) cells.fault('coveredSince', `晚于今天 ${today},请改成实际纳入的那一天。`)
  else if (cover === 'none')
    cells.fault('coveredSince', `保障情况写的是“${COVER_LABELS.none}”,却有纳入时间;请改正其中一个。`)
  return since
}

/** A household stands on a roster once. What has no number is told apart by town, village and name. */
function faultRepeated(cells: Cells, row: RosterRow, seen: Map<string, number>): void {
  const key = householdKey(row)
  const first = seen.get(key)
  if (first === undefined) seen.set(key, cells.row)
  else if (row.person.idNo === '')
    cells.fault(
      'name',
      `与本文件第 ${first} 行同镇、同村、同名,又都没有身份证号,分不清是不是一户。请补上号码,或删去重复的一行。`,
    )
  else cells.fault('idNo', `与本文件第 ${first} 行是同一身份证号。请删去重复的一行,或改正号码。`)
}
