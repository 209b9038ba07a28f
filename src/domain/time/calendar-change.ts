import type { CalendarData, DayOverride } from './calendar.ts'
import type { OfficeDay } from './calendars.ts'
import { addDays, type Day, dayNumber } from './days.ts'

/** What a day becomes: free, worked, or again as published. */
export const DAY_PLAN_LABELS = { off: '放假', work: '上班', reset: '恢复原安排' } as const
export type DayPlan = keyof typeof DAY_PLAN_LABELS

/** Days from one to another, both included, as one line of a change. */
export type DaySpan = { from: Day; to: Day; plan: DayPlan; name: string }
/** Whose days change: those of an office and all below it, or those of each office named alone. */
export type ChangeScope = { below: boolean; offices: readonly string[] }
export type CalendarChange = { scope: ChangeScope; spans: readonly DaySpan[]; source: string }

/** A year is the longest that one line may say. */
export const LONGEST_SPAN = 366
/** So many days of offices a change writes at most: a year of a hundred towns. */
const MOST_OFFICE_DAYS = 36_600

/** Thrown when a change would write more than it may. */
export class ChangeTooLarge extends Error {
  constructor(words: string) {
    super(words)
    this.name = 'ChangeTooLarge'
  }
}

/** @throws ChangeTooLarge */
function mustBeBounded({ scope, spans }: Pick<CalendarChange, 'scope' | 'spans'>): void {
  const long = spans.find((span) => lengthOf(span) > LONGEST_SPAN)
  if (long) throw new ChangeTooLarge(`${long.from} 至 ${long.to} 超过 ${LONGEST_SPAN} 天,请分成几段写。`)
  const days = spans.reduce((sum, span) => sum + lengthOf(span), 0)
  const offices = scope.offices.length
  if (days * offices > MOST_OFFICE_DAYS)
    throw new ChangeTooLarge(
      `${days} 天、${offices} 个单位,一次要写的超过 ${MOST_OFFICE_DAYS} 条,请分几次录入。`,
    )
}

/** The days of an office, and the key by which they are told apart. */
export type OfficeDayKey = Pick<OfficeDay, 'office' | 'below' | 'day'>
export type ChangedDays = { written: OfficeDay[]; removed: OfficeDayKey[] }

/**
 * The days that a change writes and takes away, each once: of a day that is named twice the later line holds.
 * @throws ChangeTooLarge
 */
export function daysOfChange({ scope, spans, source }: CalendarChange): ChangedDays {
  mustBeBounded({ scope, spans })
  const byDay = new Map<Day, DaySpan>()
  for (const span of spans)
    for (let day = span.from; day <= span.to; day = addDays(day, 1)) byDay.set(day, span)
  const all = scope.offices.flatMap((office) =>
    [...byDay].map(([day, { plan, name }]) => ({ office, below: scope.below, day, plan, name })),
  )
  return {
    written: all
      .filter(({ plan }) => plan !== 'reset')
      .map(({ plan, ...day }) => ({ ...day, working: plan === 'work', source })),
    removed: all
      .filter(({ plan }) => plan === 'reset')
      .map(({ office, below, day }) => ({ office, below, day })),
  }
}

/** The days of all offices once a change holds. */
export function changedOfficeDays(
  before: readonly OfficeDay[],
  { written, removed }: ChangedDays,
): OfficeDay[] {
  const gone = new Set([...written, ...removed].map(keyOf))
  return [...before.filter((day) => !gone.has(keyOf(day))), ...written]
}

function keyOf({ office, below, day }: OfficeDayKey): string {
  return `${office}/${below}/${day}`
}

export function lengthOf({ from, to }: Pick<DaySpan, 'from' | 'to'>): number {
  return dayNumber(to) - dayNumber(from) + 1
}

/** A day with the document it comes from; null for what the package and the law say. */
export function sourceOfDay(
  day: Day,
  overrides: readonly DayOverride[],
  officeDays: readonly OfficeDay[],
  data: CalendarData,
): string | null {
  const own = [...officeDays].reverse().find((d) => d.day === day) ?? overrides.find((d) => d.day === day)
  if (own) return own.source
  if (data.holidays[day] !== undefined || data.workdays[day] !== undefined) return '国务院办公厅放假通知'
  return data.statutory[day] === undefined ? null : '全国年节及纪念日放假办法'
}
