import { addDays, type Day, dayOf } from '../domain/time/days.ts'
import { dueWords } from './digest-lines.ts'
import { SOON } from './digest-standing.ts'
import type { DigestInput } from './digest-types.ts'

/**
 * `明天(6月15日 周三)到期 1 件`: the day itself where all of them are of one day, else the first of their days.
 * @param count how many of what falls due soon
 * @param apart the deadlines that are told elsewhere
 */
export function soonWords(input: DigestInput, count: number, apart: ReadonlySet<string>): string[] {
  const soon = input.held.perform.filter((w) => w.clock.code === 'due-soon' && !apart.has(w.deadline))
  const days = new Set(soon.map(({ dueOn, provisional }) => dayAhead(input, dueOn, provisional)))
  // What waits is read first due first.
  const [day] = days
  const all = soon.reduce((sum, work) => sum + work.count, 0)
  if (days.size === 1 && all === count) return [`${day}到期 ${count} 件`]
  return [`${SOON} ${count} 件`, ...(day === undefined ? [] : [`最早 ${day}`])]
}

function dayAhead({ now }: DigestInput, day: Day, provisional: boolean): string {
  const today = dayOf(now)
  const words = dueWords(day, Number(today.slice(0, 4)), provisional)
  return day === addDays(today, 1) ? `明天(${words})` : words
}
