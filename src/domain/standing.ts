import type { Calendar } from './calendar.ts'
import { type Day, dayOf, type Instant } from './days.ts'
import type { State } from './words.ts'

/** Where a clock stands. Late means `now ≥ dueAt` while open; overdue working days are those begun after the due day. */
export type ClockStanding = { remainingWorkingDays: number; overdue: boolean; overdueWorkingDays: number }

export function standingOf(
  due: { dueOn: Day; dueAt: Instant },
  calendar: Calendar,
  now: Instant,
): ClockStanding {
  const today = dayOf(now)
  const overdue = now >= due.dueAt
  return {
    remainingWorkingDays: overdue ? 0 : calendar.between(today, due.dueOn),
    overdue,
    overdueWorkingDays: overdue ? calendar.between(due.dueOn, today) : 0,
  }
}

/** The state of the clock, apart from how grave the matter is: a shape and a word, never colour alone (UI). */
export type ClockFace = { code: ClockCode; shape: string; words: string }
export type ClockCode =
  'not-due' | 'due-soon' | 'due-today' | 'overdue' | 'done' | 'done-late' | 'suspended' | 'cancelled'

/** From so many working days on, the clock turns amber. */
export const SOON_WORKING_DAYS = 3

/** What the clock of an item shows: `◔ 剩 2 日`, `▲ 逾期 3 日`. `everLate` marks what is done for good (迟办). */
export function clockFace(
  item: { state: State; dueOn: Day; dueAt: Instant; everLate: boolean },
  calendar: Calendar,
  now: Instant,
): ClockFace {
  if (item.state === 'accepted')
    return item.everLate
      ? { code: 'done-late', shape: '✓', words: '迟办' }
      : { code: 'done', shape: '✓', words: '已办结' }
  if (item.state === 'cancelled') return { code: 'cancelled', shape: '–', words: '已撤销' }
  if (item.state === 'suspended') return { code: 'suspended', shape: '∥', words: '暂停' }
  return runningFace(item, standingOf(item, calendar, now), calendar, dayOf(now))
}

function runningFace(
  { dueOn }: { dueOn: Day },
  at: ClockStanding,
  calendar: Calendar,
  today: Day,
): ClockFace {
  const { overdue, overdueWorkingDays: late, remainingWorkingDays: left } = at
  if (overdue) return { code: 'overdue', shape: '▲', words: late > 0 ? `逾期 ${late} 日` : '已逾期' }
  if (today === dueOn) return { code: 'due-today', shape: '◔', words: '今日到期' }
  if (left > SOON_WORKING_DAYS) return { code: 'not-due', shape: '○', words: '未到期' }
  if (left > 0) return { code: 'due-soon', shape: '◔', words: `剩 ${left} 日` }
  // Due on a day off that is still to come: the last working day is today or has passed.
  return calendar.isWorking(today)
    ? { code: 'due-today', shape: '◔', words: '须今日办完' }
    : { code: 'due-soon', shape: '◔', words: '假日到期' }
}
