import { type Day, weekdayWord } from '../domain/time/days.ts'
import { type RunningCode, SOON_WORKING_DAYS } from '../domain/obligation/clock-status.ts'
import type { DigestEntry } from './digest-types.ts'
import { dayWords } from './digest-lines.ts'

/** Headings over the entries of a digest, in their order: what the clock of an entry shows (src/domain/obligation/clock-status.ts). */
export const DIGEST_HEADINGS = {
  overdue: '已逾期',
  'due-today': '今日到期',
  'due-soon': `${SOON_WORKING_DAYS} 个工作日内到期`,
  'not-due': '此后到期',
} as const satisfies Record<RunningCode, string>

export function standing(entries: readonly DigestEntry[], code: RunningCode): DigestEntry[] {
  return entries.filter((e) => e.clock.code === code)
}

/** `6月10日 周五` */
export function dueWords(dueOn: Day, businessYear: number): string {
  return `${dayWords(dueOn, businessYear)} ${weekdayWord(dueOn)}`
}

/** Late before due, the longest late first, then what falls due first. */
export function byUrgency(a: DigestEntry, b: DigestEntry): number {
  return (
    b.overdueWorkingDays - a.overdueWorkingDays ||
    (a.dueOn < b.dueOn ? -1 : a.dueOn > b.dueOn ? 1 : 0) ||
    b.count - a.count
  )
}

/** The same deadline may stand there twice, as a reminder and as passed on; sums count it once. */
export function distinct(entries: readonly DigestEntry[]): DigestEntry[] {
  return [...new Map(entries.map((e) => [e.deadline, e])).values()]
}

export function total(entries: readonly DigestEntry[]): number {
  return entries.reduce((sum, e) => sum + e.count, 0)
}
