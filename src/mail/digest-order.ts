import type { LineKind } from '../domain/escalation/notification-kind.ts'
import type { Day } from '../domain/time/days.ts'
import type { DigestEntry, HeldWork, LateItem } from './digest-types.ts'

export type Urgent = Pick<DigestEntry, 'due' | 'level' | 'count'>

/**
 * What is late, red ones before others and the longest first, then what is due today, then the first to fall due, a red one before
 * others of its day. What is done comes last. The same for whoever begins with it and whoever stands by.
 */
export function byUrgency(a: Urgent, b: Urgent): number {
  const [late, otherLate] = [a.due?.overdueWorkingDays ?? 0, b.due?.overdueWorkingDays ?? 0]
  const [dueOn, otherDueOn] = [a.due?.dueOn ?? '9999', b.due?.dueOn ?? '9999']
  return (
    rankOf(a) - rankOf(b) ||
    (rankOf(a) === LATE ? redFirst(a, b) : 0) ||
    otherLate - late ||
    (dueOn < otherDueOn ? -1 : dueOn > otherDueOn ? 1 : 0) ||
    redFirst(a, b) ||
    b.count - a.count
  )
}

const LATE = 0

function rankOf({ due }: Urgent): number {
  if (due?.clock.code === 'overdue') return LATE
  return due?.clock.code === 'due-today' ? 1 : 2
}

/** Red ones first, then those that were due first. */
export function latestLast(a: LateItem, b: LateItem): number {
  return redFirst(a, b) || (a.dueOn < b.dueOn ? -1 : a.dueOn > b.dueOn ? 1 : 0)
}

export function redFirst(a: { level: DigestEntry['level'] }, b: { level: DigestEntry['level'] }): number {
  return Number(b.level === 'red') - Number(a.level === 'red')
}

/**
 * The most urgent for which there is room, in their order: what is new and what was told before get half of it each, and what one does
 * not need is the other's, so that neither crowds out the other.
 */
export function withPlaces<Work extends Told>(sorted: readonly Work[], room: number): Work[] {
  const fresh = sorted.filter(isNew)
  const again = sorted.filter((work) => !isNew(work))
  const places = Math.max(Math.ceil(room / 2), room - again.length)
  const shown = new Set([...fresh.slice(0, places), ...again.slice(0, room - Math.min(places, fresh.length))])
  return sorted.filter((work) => shown.has(work))
}

type Told = { again: number; count?: number; askedOn?: Day }

/** Is some of it told for the first time? What an earlier letter asked is not. */
export function isNew({ count = 1, again, askedOn }: Told): boolean {
  return askedOn === undefined && count > again
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

/** How many things these works are: a late one is itself, what waits is all that its deadline holds. */
export function countOf(works: readonly (LateItem | HeldWork)[]): number {
  return works.reduce((sum, work) => sum + ('item' in work ? work.count : 1), 0)
}

/** A blank stands before a number, none before a word. */
export function blank(words: string): string {
  return /^\d/.test(words) ? ` ${words}` : words
}

export function ofKind(sections: readonly DigestEntry[], kind: LineKind): DigestEntry[] {
  return sections.filter((e) => e.kind === kind)
}
