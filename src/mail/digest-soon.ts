import { addDays, type Day, dayOf } from '../domain/time/days.ts'
import { dayWords, dueWords } from './digest-lines.ts'
import { blank, countOf } from './digest-order.ts'
import { SOON } from './digest-standing.ts'
import type { DigestInput } from './digest-types.ts'

/**
 * `明天(6月15日 周三)到期 1 件`: the day itself where all of them are of one day, else the first of their days.
 * @param count how many of what falls due soon
 * @param apart the deadlines that are told elsewhere
 */
export function soonWords(input: DigestInput, count: number, apart: ReadonlySet<string>): string[] {
  const soon = input.held.perform.filter(
    (w) => w.clock.code === 'due-soon' && w.begins === null && !apart.has(w.deadline),
  )
  const days = new Set(soon.map(({ dueOn, provisional }) => dayAhead(input, dueOn, provisional)))
  // What waits is read first due first.
  const [day] = days
  if (days.size === 1 && countOf(soon) === count) return [`${day}到期 ${count} 件`]
  const [first] = soon
  const tomorrow = soon.filter(({ dueOn }) => dueOn === first?.dueOn)
  const isTomorrow = first !== undefined && first.dueOn === addDays(dayOf(input.now), 1)
  if (isTomorrow) return [`明天到期 ${countOf(tomorrow)} 件`, `${SOON}共 ${count} 件`]
  return [`${SOON} ${count} 件`, ...(day === undefined ? [] : [`最早 ${day}`])]
}

/** `今天`, `明天(6月15日 周三)`, or the day itself. */
export function dayAhead({ now }: Pick<DigestInput, 'now'>, day: Day, provisional: boolean): string {
  const today = dayOf(now)
  const words = dueWords(day, Number(today.slice(0, 4)), provisional)
  if (day === today) return '今天'
  return day === addDays(today, 1) ? `明天(${words})` : words
}

/** How a day is said, in full or short. */
export type DayWords = (day: Day, provisional: boolean) => string

/** `今天`, `明天`, or the day, for a subject. */
export function shortDay(input: Pick<DigestInput, 'now'>, day: Day, provisional: boolean): string {
  return day === addDays(dayOf(input.now), 1) && !provisional ? '明天' : subjectDay(input, day, provisional)
}

/** `今天`, or `暂定明年1月10日`: a day that may still move says so, and is short enough for a subject. */
export function subjectDay({ now }: Pick<DigestInput, 'now'>, day: Day, provisional: boolean): string {
  const today = dayOf(now)
  const year = Number(today.slice(0, 4))
  if (day === today) return '今天'
  if (!provisional) return dayWords(day, year)
  const next = Number(day.slice(0, 4)) === year + 1
  return `暂定${next ? `明年${dayWords(day, year + 1)}` : dayWords(day, year)}`
}

/** `6月9日到期` of a single one, `最早 6月9日到期` of several. @param day in words */
export function firstDay(count: number, day: string): string[] {
  return [count === 1 ? `${day}到期` : `最早${blank(day)}到期`]
}
