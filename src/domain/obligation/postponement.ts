import { approvalOf, type Had } from '../escalation/postponement-rules.ts'
import type { Approving, SuspensionRules } from '../escalation/policy.ts'
import type { Calendar } from '../time/calendar.ts'
import { addDays, type Day } from '../time/days.ts'
import { pausedDays } from '../time/moved-limit.ts'
import type { Approver, Refusal } from './lifecycle.ts'
import { type Level, ROLE_LABELS } from './vocabulary.ts'

/** Pauses or extensions an obligation has had: how often, and how many working days. */
export type HadSoFar = { times: number; workingDays: number }
/** Where approvers sit: the reviewer of the obligation, or the bureau. */
export type ApprovingOffices = { reviewer: string; county: string }

/** Who decides about the next one, so far as can be told before anybody says how long; `why` when it goes beyond the most. */
export function nextApprover(
  rules: Approving,
  { level, had }: { level: Level | null; had: HadSoFar },
  offices: ApprovingOffices,
  words: { what: string; days: number },
): Approver {
  const next: Had = { level, times: had.times + 1, workingDays: had.workingDays + words.days }
  const { roles, beyond } = approvalOf(rules, next)
  const why = beyond ? beyondWords(rules, had, words.what) : null
  // The bureau's centres are reviewed by the bureau itself: only its leader can decide there.
  const byLeader = !roles.includes('relief-centre') || offices.reviewer === offices.county
  return byLeader
    ? { roles: ['bureau-leader'], office: offices.county, why }
    : { roles, office: offices.reviewer, why }
}

function beyondWords({ most, beyond }: Approving, had: HadSoFar, what: string): string {
  const who = beyond.map((role) => ROLE_LABELS[role]).join('或')
  return `这件事已经${what} ${had.times} 次、共 ${had.workingDays} 个工作日,本县规则每件最多 ${most.times} 次、${most.workingDays} 个工作日;再${what}由${who}决定。`
}

const LONGEST_DAYS = 366

/**
 * Whether a pause until that day is refused to somebody: it must end after today, and within the most a policy allows, unless they
 * decide beyond it.
 */
export function suspensionRefusal(
  { until, today, had, mayBeyond }: { until: Day; today: Day; had: HadSoFar; mayBeyond: boolean },
  { most, beyond }: SuspensionRules,
  calendar: Calendar,
): Refusal | null {
  if (until <= today || until > addDays(today, LONGEST_DAYS))
    return badUntil(`最晚暂停到的日期要晚于今天(${today}),并在一年以内。`)
  const days = pausedDays([{ from: today, until }], calendar)
  const left = most.workingDays - had.workingDays
  if (mayBeyond || days <= left) return null
  const who = beyond.map((role) => ROLE_LABELS[role]).join('或')
  const latest = left > 0 ? `最晚可以填 ${calendar.add(today, left)};` : ''
  return {
    refused: 'too-long',
    field: 'until',
    message: `这次暂停 ${days} 个工作日,以前已暂停 ${had.workingDays} 个,超过本县规则每件最多 ${most.workingDays} 个工作日。${latest}再长的由${who}决定。`,
  }
}

function badUntil(message: string): Refusal {
  return { refused: 'bad-day', field: 'until', message }
}

/** An answer grants no more than was asked for. */
export function grantRefusal(granted: number | undefined, asked: number): Refusal | null {
  if (granted === undefined || granted <= asked) return null
  return {
    refused: 'too-long',
    field: 'grantedDays',
    message: `申请的是 ${asked} 个工作日,批准的不能更多;请填 1 到 ${asked}。`,
  }
}
