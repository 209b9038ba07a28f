import type { DigestEntry, LateItem } from './digest-types.ts'

type Urgent = Pick<DigestEntry, 'due' | 'level' | 'count'>

/**
 * Late before due: red ones first, then the longest late; of what is not late the first to fall due, a red one before others of
 * its day. What is done comes last.
 */
export function byUrgency(a: Urgent, b: Urgent): number {
  const [late, otherLate] = [a.due?.overdueWorkingDays ?? 0, b.due?.overdueWorkingDays ?? 0]
  const [dueOn, otherDueOn] = [a.due?.dueOn ?? '9999', b.due?.dueOn ?? '9999']
  const isLate = (entry: Urgent) => entry.due?.clock.code === 'overdue'
  if (isLate(a) !== isLate(b)) return isLate(a) ? -1 : 1
  return (
    (isLate(a) ? redFirst(a, b) : 0) ||
    otherLate - late ||
    (dueOn < otherDueOn ? -1 : dueOn > otherDueOn ? 1 : 0) ||
    redFirst(a, b) ||
    b.count - a.count
  )
}

/** Red ones first, then those that were due first. */
export function latestLast(a: LateItem, b: LateItem): number {
  return redFirst(a, b) || (a.dueOn < b.dueOn ? -1 : a.dueOn > b.dueOn ? 1 : 0)
}

export function redFirst(a: { level: DigestEntry['level'] }, b: { level: DigestEntry['level'] }): number {
  return Number(b.level === 'red') - Number(a.level === 'red')
}

/** The same deadline may stand there twice, as an escalation and as passed on; sums count it once. */
export function distinctDeadlines(entries: readonly DigestEntry[]): DigestEntry[] {
  return [...new Map(entries.map((e) => [e.deadline, e])).values()]
}

export function total(entries: readonly DigestEntry[]): number {
  return entries.reduce((sum, e) => sum + e.count, 0)
}

/** `退回重办 3 件`; nothing where there is none. */
export function countFact(label: string, count: number, unit = '件'): string[] {
  return count > 0 ? [`${label} ${count} ${unit}`] : []
}

/** How many things these lines are about. */
export function things(entries: readonly DigestEntry[]): number {
  return total(distinctDeadlines(entries))
}
