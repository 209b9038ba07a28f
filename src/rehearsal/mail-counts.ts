import { groupBy } from '../domain/grouping.ts'
import { dayOf } from '../domain/time/days.ts'
import { mondayOf } from '../domain/time/weeks.ts'
import type { Acceptance } from './sink.ts'

/**
 * Grouped by the gravest line of a mail. The subject is the product's own judgement; the lines are what was
 * sent.
 */
export function mailKinds(accepted: readonly Acceptance[]): Record<string, number> {
  const first = (text: string) => GRAVEST_FIRST.find((tag) => text.includes(`\n【${tag}】`)) ?? '其他'
  const mails = [...groupBy(accepted, (m) => m.messageId).values()]
  return countBy(mails.map((same) => first(`\n${same[0]!.text.replaceAll('\r\n', '\n')}`)))
}

const GRAVEST_FIRST = ['督办', '转给您', '逾期', '已上报', '已退回', '提醒', '待复核', '新任务', '已通过']

/** How many mails one person got in one week that brought any: how many such weeks had so many. */
export function perPersonAndWeek(mails: readonly Acceptance[]): Record<string, number> {
  const weeks = groupBy(mails, (mail) => `${mail.to} ${mondayOf(dayOf(mail.acceptedAt))}`)
  return countBy([...weeks.values()].map((week) => String(week.length)))
}

export function countBy(words: readonly string[]): Record<string, number> {
  const counts: Record<string, number> = {}
  for (const word of words) counts[word] = (counts[word] ?? 0) + 1
  return counts
}
