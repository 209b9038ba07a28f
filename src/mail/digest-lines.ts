import { LINE_TAGS, type LineKind } from '../domain/escalation/notification-kind.ts'
import { LATE_SHAPE } from '../domain/obligation/clock-status.ts'
import { type Day, weekdayWord } from '../domain/time/days.ts'

/** What one line of a digest says. `dueOn` and `clock` are null for what nobody has to do any more. */
export type DigestLine = {
  kind: LineKind
  officeName: string
  label: string
  count: number
  dueOn: Day | null
  provisional: boolean
  clock: string | null
}
/** Names the only thing of a line: who owes it, its number and cause, or its title. */
export type OnlyOne = { office: string; name: string; cause: string } | null

/**
 * `【提醒】◔ 剩 1 个工作日 6月10日 周五到期 · 毛坝镇 黄色预警核查 3件 → 入户核查并提交核查结论`: for people, and for the account that
 * reads what really arrived. The reader's own office is left out; a single thing is named instead of counted. The year
 * stands only when it is not the business year.
 */
export function formatDigestLine(
  line: DigestLine & { only: OnlyOne; todo: string },
  reader: { year: number; ownOffice: string },
): string {
  const { kind, officeName, label, count, dueOn, provisional, clock, only, todo } = line
  const when = dueOn === null ? '' : `${clockDay(clock ?? '', dueOn, reader.year, provisional)} · `
  const where = officeName === reader.ownOffice ? '' : `${oneWord(officeName)} `
  const what = only
    ? [only.office, only.name, only.cause].filter((part) => part !== '').join(' ')
    : `${count}件`
  return `【${LINE_TAGS[kind]}】${when}${where}${oneWord(label)} ${what}${todo === '' ? '' : ` → ${todo}`}`
}

const TAGS = Object.values(LINE_TAGS).join('|')
const LINE = new RegExp(
  `^【(${TAGS})】(?:(\\S .+?)(?:,本应)? (?:(\\d{4})年)?(\\d{1,2})月(\\d{1,2})日 周.(\\(暂定\\))?(?:到期|办完)? · )?(.+?)(?: → .+)?$`,
  'gm',
)

/**
 * The lines of a digest's text part, in order.
 * @param reader `year`: of the round the mail left in; `offices`: the names a line may begin with
 */
export function parseDigestLines(
  text: string,
  reader: { year: number; ownOffice: string; offices: ReadonlySet<string> },
): DigestLine[] {
  return [...text.replaceAll('\r\n', '\n').matchAll(LINE)].map(
    ([, tag, clock, year, month, day, mark, what = '']) => {
      const words = what.split(' ')
      const officeName = reader.offices.has(words[0] ?? '') ? words.shift()! : reader.ownOffice
      const [label = '', second = ''] = words
      const counted = /^(\d+)件$/.exec(second)
      return {
        kind: kindOf(tag),
        officeName,
        label,
        count: counted ? Number(counted[1]) : 1,
        dueOn: month ? `${year ?? reader.year}-${month.padStart(2, '0')}-${day!.padStart(2, '0')}` : null,
        provisional: mark !== undefined,
        clock: clock ?? null,
      }
    },
  )
}

/** How many lines a digest counts instead of listing them, and of how many things they are. */
export function parseUnlisted(text: string): { lines: number; things: number } {
  const counted = [...text.replaceAll('\r\n', '\n').matchAll(/^ {4}另有 (\d+) 条\((\d+) 件\)/gm)]
  const sum = (part: 1 | 2) => counted.reduce((total, match) => total + Number(match[part]), 0)
  return { lines: sum(1), things: sum(2) }
}

/** `6月10日`, or `2023年1月10日` outside the business year. */
export function dayWords(day: Day, businessYear: number): string {
  const [year, month, date] = day.split('-').map(Number)
  return `${year === businessYear ? '' : `${year}年`}${month}月${date}日`
}

/** `6月10日 周五`, or `6月10日 周五(暂定)` for a day that may still move */
export function dueWords(day: Day, businessYear: number, provisional = false): string {
  return `${dayWords(day, businessYear)} ${weekdayWord(day)}${provisional ? '(暂定)' : ''}`
}

/**
 * A clock with its day: `▲ 逾期 2 个工作日,本应 6月10日 周五办完` once it is past, so that no late day reads as one to come; the bare day behind
 * 今日到期 and 休息日到期; else `6月10日 周五到期`.
 */
export function clockDay(clock: string, day: Day, businessYear: number, provisional: boolean): string {
  const words = dueWords(day, businessYear, provisional)
  if (clock.startsWith(LATE_SHAPE)) return `${clock},${pastDue(words)}`
  return clock.endsWith('到期') ? `${clock} ${words}` : `${clock} ${words}到期`
}

/** @param words the day, as `dueWords` says it; an answer is given, not done */
export function pastDue(words: string, done: '办完' | '答复' = '办完'): string {
  return `本应 ${words}${done}`
}

function kindOf(tag: string | undefined): LineKind {
  const found = (Object.keys(LINE_TAGS) as LineKind[]).find((kind) => LINE_TAGS[kind] === tag)
  if (!found) throw new RangeError(`no digest tag ${tag}`)
  return found
}

/** Blanks part the fields, so no field may hold one. */
function oneWord(text: string): string {
  return text.replace(/\s+/g, '')
}
