import { type Day, weekday } from '../domain/days.ts'
import type { DigestEntry } from './digest.ts'
import { dayWords } from './digest-lines.ts'

/** Where an entry stands on `today`; also the order of a digest. */
export type Standing = 'late' | 'today' | 'soon' | 'later'

export const STANDING_LABELS = {
  late: '已逾期',
  today: '今日到期',
  soon: '3 个工作日内到期',
  later: '此后到期',
} as const satisfies Record<Standing, string>

export function standingOf(entry: DigestEntry, today: Day): Standing {
  if (today > entry.dueOn) return 'late'
  // A fixed day on a weekend: when no working day is left after today, today is the day.
  if (entry.remainingWorkingDays === 0) return 'today'
  return entry.remainingWorkingDays <= 3 ? 'soon' : 'later'
}

/** Shape and word of the clock, never colour alone (UI). */
export function clockWords(entry: DigestEntry, today: Day): string {
  const standing = standingOf(entry, today)
  if (standing === 'late')
    return entry.overdueWorkingDays > 0 ? `▲ 逾期 ${entry.overdueWorkingDays} 日` : '▲ 已逾期'
  if (standing === 'today') return entry.dueOn === today ? '◔ 今日到期' : '◔ 须今日办完'
  return `${standing === 'soon' ? '◔' : '○'} 剩 ${entry.remainingWorkingDays} 日`
}

/** `6月10日 周五` */
export function dueWords(dueOn: Day, businessYear: number): string {
  return `${dayWords(dueOn, businessYear)} 周${'日一二三四五六'[weekday(dueOn)]}`
}

/** Late before due, the longest late first, then what falls due first. */
export function byUrgency(a: DigestEntry, b: DigestEntry): number {
  return (
    b.overdueWorkingDays - a.overdueWorkingDays ||
    (a.dueOn < b.dueOn ? -1 : a.dueOn > b.dueOn ? 1 : 0) ||
    b.count - a.count
  )
}

/**
 * The same deadline may stand there twice (as a reminder and as passed on); sums count it once. Red warnings have a
 * deadline each, alike but for their item, so the first item tells deadlines apart.
 */
export function distinct(entries: readonly DigestEntry[]): DigestEntry[] {
  const key = (e: DigestEntry) => [e.officeName, e.ruleLabel, e.dueOn, e.items[0]?.obligationId].join(' ')
  return [...new Map(entries.map((e) => [key(e), e])).values()]
}

export function total(entries: readonly DigestEntry[]): number {
  return entries.reduce((sum, e) => sum + e.count, 0)
}
