import type { Day } from '../domain/time/days.ts'
import type { ResultIssue } from './kind.ts'

/** What a day is: the word stands in the refusal, which has the code `refused`. */
export type NamedDay = { label: string; on: Day; pointer: string; refused?: 'bad-result' | 'bad-day' }

/**
 * A day on which something was done: not in the future, nor before it can have been.
 * @param since the first day it can be, with the word for it
 */
export function dayIssues(
  { label, on, pointer, refused = 'bad-result' }: NamedDay,
  since: { label: string; on: Day },
  today: Day,
): ResultIssue[] {
  const refuse = (message: string) => [{ refused, pointer, message }]
  if (on > today) return refuse(`${label}的日期 ${on} 晚于今天 ${today},还没有到。请改为实际办理的那一天。`)
  if (on < since.on) return refuse(`${label}的日期 ${on} 早于${since.label} ${since.on}。请核对这两个日期。`)
  return []
}
