import { isPerforming } from '../domain/obligation/turn-clocks.ts'
import { ROWS } from './digest-entry-view.ts'
import { ownUrl, reviewUrl } from './digest-links.ts'
import { distinctDeadlines, things } from './digest-order.ts'
import { partsOf } from './digest-parts.ts'
import type { DigestEntry, DigestInput, HeldWork, LateItem } from './digest-types.ts'

/** Of what stands in no line of this round this much is listed, also beside many lines. */
const AT_LEAST = 3

/** What stands in no line of the round: one late thing, or what one deadline holds. */
export type RestWork = LateItem | HeldWork

/**
 * What is the reader's to do, or to press, beside the lines of this round: what is late, what falls due today or soon, and what
 * waits for their review.
 * `count` is of all of it, `more` of what is not shown.
 */
export type Rest = { part: 'do' | 'press'; shown: RestWork[]; count: number; more: number }

export function restOf(input: DigestInput): Rest {
  const part = onlyPresses(input) ? 'press' : 'do'
  const waiting = part === 'do' ? waitingBeside(input) : []
  const { items, more } = input.late
  const lines = partsOf(input)[part]
  const shown = [...items, ...waiting].slice(0, Math.max(AT_LEAST, ROWS - distinctDeadlines(lines).length))
  // Only the first of what waits was read.
  const waits =
    part === 'do' ? Math.max(countOf(waiting), waitingOf(input) - things(lines.filter(isWaiting))) : 0
  const count = items.length + more + waits
  return { part, shown, count, more: count - countOf(shown) }
}

function waitingOf({ standing: { own, review }, reviewers }: DigestInput): number {
  return (own ? own.dueToday + own.dueSoon : 0) + (reviewers.first === null ? (review?.waiting ?? 0) : 0)
}

function isWaiting({ due, stage }: Pick<DigestEntry, 'due' | 'stage'>): boolean {
  return stage === 'review' || (isPerforming(stage) && isPressing(due?.clock.code))
}

function isPressing(code: string | undefined): boolean {
  return code === 'due-today' || code === 'due-soon'
}

/** Whoever heads a town presses its officer; whoever is both does it. */
export function onlyPresses({ recipient: { roles } }: Pick<DigestInput, 'recipient'>): boolean {
  return roles.includes('town-head') && !roles.includes('town-officer')
}

/** No line is about it. Reviews that a colleague begins with are not the reader's to do. */
function waitingBeside({ held, sections, reviewers }: DigestInput): HeldWork[] {
  const told = new Set(sections.map((e) => e.deadline))
  const pressing = held.perform.filter(({ clock }) => isPressing(clock.code))
  const reviews = reviewers.first === null ? held.review : []
  return [...pressing, ...reviews].filter(({ deadline }) => !told.has(deadline))
}

/** Where several of them stand. */
export function listOfRest({ stage }: RestWork, input: DigestInput): string {
  return stage === 'review' ? reviewUrl(input) : ownUrl(input, { standing: 'to-perform' })
}

function countOf(works: readonly RestWork[]): number {
  return works.reduce((sum, work) => sum + ('count' in work ? work.count : 1), 0)
}
