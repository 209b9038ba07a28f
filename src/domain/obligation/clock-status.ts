import type { Calendar } from '../time/calendar.ts'
import { type Day, dayOf, type Instant } from '../time/days.ts'
import type { State } from './vocabulary.ts'

/** Late is whoever is not done at the due instant: 24:00 Beijing time of the due day. */
export function isOver(due: { dueAt: Instant }, at: Instant): boolean {
  return at >= due.dueAt
}

export function isDueToday(due: { dueOn: Day }, now: Instant): boolean {
  return dayOf(now) === due.dueOn
}

/** Where a clock stands. Overdue working days are those begun after the due day. */
export type DueStatus = { remainingWorkingDays: number; overdue: boolean; overdueWorkingDays: number }

export function dueStatusOf(
  due: { dueOn: Day; dueAt: Instant },
  calendar: Calendar,
  now: Instant,
): DueStatus {
  const today = dayOf(now)
  const overdue = isOver(due, now)
  return {
    remainingWorkingDays: overdue ? 0 : calendar.between(today, due.dueOn),
    overdue,
    overdueWorkingDays: overdue ? calendar.between(due.dueOn, today) : 0,
  }
}

/** The state of the clock, apart from how grave the obligation is: a shape and a word, never colour alone, which not everybody sees. */
export type ClockStatus = { code: ClockCode; shape: string; words: string }
export type RunningCode = 'not-due' | 'due-soon' | 'due-today' | 'overdue'
/** Every state of the clock, with its general word. */
export const CLOCK_CODES = {
  ...{ 'not-due': '未到期', 'due-soon': '快到期', 'due-today': '今日到期', overdue: '逾期' },
  ...{ 'review-late': '复核已过期限', done: '已办结', 'done-late': '迟办' },
  ...{ suspended: '暂停', cancelled: '已撤销' },
} as const
export type ClockCode = keyof typeof CLOCK_CODES

/** Due on a day off to come, on the last working day before it: it is not due today, and has to be done today all the same. */
export const TO_BE_DONE_TODAY = '须今日办完'

/** The shape of whatever is late, and of nothing else. */
export const LATE_SHAPE = '▲'

/** From so many working days on, the clock turns amber. */
export const SOON_WORKING_DAYS = 3

/**
 * What the clock of an item shows: `◔ 剩 2 个工作日`, `▲ 逾期 3 个工作日`. `everLate` marks what is done for good (迟办).
 * @param item with the due day of whoever has the turn; a late review is not the town's lateness (turn-clocks.ts)
 */
export function clockStatus(
  item: { state: State; dueOn: Day; dueAt: Instant; everLate: boolean },
  calendar: Calendar,
  now: Instant,
): ClockStatus {
  if (item.state === 'accepted')
    return item.everLate
      ? { code: 'done-late', shape: '✓', words: '迟办' }
      : { code: 'done', shape: '✓', words: '已办结' }
  if (item.state === 'cancelled') return { code: 'cancelled', shape: '–', words: '已撤销' }
  if (item.state === 'suspended') return { code: 'suspended', shape: '∥', words: '暂停' }
  if (item.state === 'submitted' && isOver(item, now))
    return { code: 'review-late', shape: '◔', words: '复核已过期限' }
  return runningClockStatus(item, calendar, now)
}

/** The clock status while somebody still has to do something: on the page of an obligation and in a mail about it. */
export function runningClockStatus(
  due: { dueOn: Day; dueAt: Instant },
  calendar: Calendar,
  now: Instant,
): ClockStatus & { code: RunningCode } {
  const { overdue, overdueWorkingDays: late, remainingWorkingDays: left } = dueStatusOf(due, calendar, now)
  if (overdue)
    return { code: 'overdue', shape: LATE_SHAPE, words: late > 0 ? `逾期 ${late} 个工作日` : '已逾期' }
  if (isDueToday(due, now)) return { code: 'due-today', shape: '◔', words: '今日到期' }
  if (left > SOON_WORKING_DAYS) return { code: 'not-due', shape: '○', words: '未到期' }
  if (left > 0) return { code: 'due-soon', shape: '◔', words: `剩 ${left} 个工作日` }
  // Due on a day off that is still to come: the last working day is today or has passed.
  return calendar.isWorking(dayOf(now))
    ? { code: 'due-today', shape: '◔', words: TO_BE_DONE_TODAY }
    : { code: 'due-soon', shape: '◔', words: '休息日到期' }
}
