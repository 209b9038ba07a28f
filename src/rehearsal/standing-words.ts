import { type Day, weekday } from '../domain/time/days.ts'
import type {
  ExpectedLateness,
  ExpectedOffice,
  ExpectedStanding,
  ExpectedWaiting,
} from './expected-standing.ts'
import type { SimpleCalendar } from './simple-calendar.ts'

/**
 * What a mail has to say of how things stand, written here a second time. It must not use the product's words, since a sentence
 * that leaves something out would then be expected here.
 */
export function expectedSentences(
  { own, review, requests, offers, county }: ExpectedStanding,
  year: number,
  calendar: SimpleCalendar,
): string[] {
  const sentences: string[] = []
  if (review) sentences.push(`◆ 待复核 ${waitingWords(review, year, calendar)}`)
  if (requests) sentences.push(`◆ 待答复延期申请 ${waitingWords(requests, year, calendar, '答复')}`)
  if (offers) sentences.push(`◆ 待答复移交 ${waitingWords(offers, year, calendar, '答复')}`)
  if (own) {
    sentences.push(`◆ ${own.scope}:${lateness(own.late)}`)
    if (own.dueToday > 0) sentences.push(`◆ 今日到期 ${own.dueToday} 件`)
    if (own.dueSoon > 0) sentences.push(`◆ 3 个工作日内到期 ${own.dueSoon} 件`)
    sentences.push(...unfinished(own))
    if (own.inReview > 0) sentences.push(`◆ 已提交、等待复核 ${own.inReview} 件`)
  }
  if (county) {
    const { lateBefore: before } = county
    const change = before === null ? '' : `;上次(${dayOfYear(before.on, year)})为 ${before.count} 件`
    sentences.push(`◆ 全县:${lateness(county.late)}${change}`)
  }
  return sentences
}

/** All that is open; a number that the lines above have given to the last one is not given again. */
function unfinished({ inHand, late, dueToday, dueSoon, returned }: NonNullable<ExpectedStanding['own']>) {
  const above = late.count + dueToday + dueSoon
  if (inHand === 0) return []
  if (returned === 0) return inHand === above ? [] : [`◆ 未办结共 ${inHand} 件${above > 0 ? '(含以上)' : ''}`]
  return [`◆ 未办结共 ${inHand} 件${above > 0 ? '(含以上)' : ''},其中退回重办 ${returned} 件`]
}

function waitingWords(
  { waiting, late, oldestDueOn }: ExpectedWaiting,
  year: number,
  calendar: SimpleCalendar,
  done = '办完',
): string {
  const words = dayAndWeekday(oldestDueOn, year, calendar)
  const day = late > 0 ? `本应 ${words}${done}` : `${words}到期`
  if (waiting === 1) return `1 件,${day}${late > 0 ? ',已逾期' : ''}`
  return `${waiting} 件,最早${late > 0 ? '的' : ' '}${day}${late > 0 ? `,其中逾期 ${late} 件` : ''}`
}

function lateness({ count, red, longest }: ExpectedLateness): string {
  if (count === 0) return '没有逾期'
  if (count === 1)
    return `逾期 1 件${red === 1 ? '(红色)' : ''}${longest === 0 ? '' : `,已 ${longest} 个工作日`}`
  const ofRed = red === 0 ? '' : `(红色 ${red} 件)`
  const length = longest === 0 ? '' : `,最长 ${longest} 个工作日`
  return `逾期 ${count} 件${ofRed}${length}`
}

function dayAndWeekday(day: Day, year: number, calendar: SimpleCalendar): string {
  const date = dayOfYear(day, year)
  const moving = calendar.isPublished(day) ? '' : '(暂定)'
  return `${date} 周${'日一二三四五六'[weekday(day)]}${moving}`
}

function dayOfYear(day: Day, year: number): string {
  const [y, m, d] = day.split('-').map(Number)
  return `${y === year ? '' : `${y}年`}${m}月${d}日`
}

/** As many offices as a mail lists. */
const LISTED = 10

/** The table of offices, cell by cell, and how many offices it leaves out. */
export type TableOfOffices = { rows: Record<Cell, string>[]; others: number }
const CELLS = ['office', 'late', 'longest', 'red', 'told'] as const
type Cell = (typeof CELLS)[number]

export function expectedTable(offices: readonly ExpectedOffice[]): TableOfOffices {
  const rows = offices.slice(0, LISTED).map(({ officeName, count, longest, red, told }) => ({
    office: officeName,
    late: `${count}`,
    longest: longest === 0 ? '不足 1' : `${longest}`,
    red: red === 0 ? '–' : `${red}`,
    told: told ?? '尚无',
  }))
  return { rows, others: Math.max(0, offices.length - LISTED) }
}

const ROW = /^ {4}(\S+) {2}逾期 (\d+) 件 {2}最长 (.+) 个工作日 {2}红色 (\S+) {2}(?:已通知到 )?(\S+)$/gm
const OTHERS = /^ {4}其余 (\d+) 个单位/m

/** The table as a mail that was accepted shows it. */
export function tableIn(text: string): TableOfOffices {
  const plain = text.replaceAll('\r\n', '\n')
  const rows = [...plain.matchAll(ROW)].map(
    ([, ...cells]) => Object.fromEntries(CELLS.map((cell, i) => [cell, cells[i]])) as Record<Cell, string>,
  )
  return { rows, others: Number(OTHERS.exec(plain)?.[1] ?? 0) }
}

/** One sentence for each cell that says something else, and for each row that is missing or too many. */
export function tableDifferences(said: TableOfOffices, expected: TableOfOffices): string[] {
  const rows = Math.max(said.rows.length, expected.rows.length)
  const found = Array.from({ length: rows }, (_, i) =>
    rowDifferences(i, said.rows[i], expected.rows[i]),
  ).flat()
  if (said.others !== expected.others) found.push(`其余 ${said.others} 个单位,应为 ${expected.others} 个`)
  return found
}

type Row = TableOfOffices['rows'][number] | undefined

function rowDifferences(i: number, said: Row, expected: Row): string[] {
  if (!said) return [`表中第 ${i + 1} 行缺 ${expected?.office}`]
  if (!expected) return [`表中第 ${i + 1} 行多出 ${said.office}`]
  return CELLS.filter((cell) => said[cell] !== expected[cell]).map(
    (cell) => `表中第 ${i + 1} 行 ${CELL_WORDS[cell]} 为“${said[cell]}”,应为“${expected[cell]}”`,
  )
}

const CELL_WORDS: Record<Cell, string> = {
  office: '单位',
  late: '逾期件数',
  longest: '最长',
  red: '红色',
  told: '已通知到',
}
