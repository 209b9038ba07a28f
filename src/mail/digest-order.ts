import type { DigestEntry } from './digest-types.ts'

/** Late before due, the longest late first, then what falls due first; what is done comes last. */
export function byUrgency(a: DigestEntry, b: DigestEntry): number {
  const [late, otherLate] = [a.due?.overdueWorkingDays ?? 0, b.due?.overdueWorkingDays ?? 0]
  const [dueOn, otherDueOn] = [a.due?.dueOn ?? '9999', b.due?.dueOn ?? '9999']
  return otherLate - late || (dueOn < otherDueOn ? -1 : dueOn > otherDueOn ? 1 : 0) || b.count - a.count
}

/** The same deadline may stand there twice, as an escalation and as passed on; sums count it once. */
export function distinctDeadlines(entries: readonly DigestEntry[]): DigestEntry[] {
  return [...new Map(entries.map((e) => [e.deadline, e])).values()]
}

export function total(entries: readonly DigestEntry[]): number {
  return entries.reduce((sum, e) => sum + e.count, 0)
}
