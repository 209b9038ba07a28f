import { isPerforming } from '../domain/obligation/turn-clocks.ts'
import { ROWS } from './digest-entry-view.ts'
import { lateBesideOfColleague } from './digest-colleague.ts'
import { ownUrl, overdueUrl, reviewUrl } from './digest-links.ts'
import { byUrgency, distinctDeadlines, things, type Urgent } from './digest-order.ts'
import { isPressed, onlyPresses, ownOfficesOf, partsOf } from './digest-parts.ts'
import type { AskedItem, DigestEntry, DigestInput, HeldWork, LateItem } from './digest-types.ts'

/** Of what stands in no line of this round this much is listed, also beside many lines. */
const AT_LEAST = 3

/** What stands in no line of the round: one late thing, or what one deadline holds. */
export type RestWork = LateItem | AskedItem | HeldWork
export type RestPart = 'do' | 'press' | 'remind' | 'do-second'

/** `count` is of all of it, `more` of what is not shown; `mixed`: some of it is reviewed and some performed. */
export type Rest = { shown: RestWork[]; count: number; more: number; mixed: boolean }
export const NOTHING: Rest = { shown: [], count: 0, more: 0, mixed: false }

/**
 * What is the reader's to do, to press or to remind of, beside the lines of this round: what is late, what falls due today or soon,
 * what waits for their review, and what an earlier mail asked them to press.
 */
export function restsOf(input: DigestInput): Record<RestPart, Rest> {
  const { items, more } = input.late
  const soon = soonBeside(input)
  if (onlyPresses(input))
    return {
      ...{ do: NOTHING, 'do-second': NOTHING },
      press: restOf('press', items, more, input),
      remind: restOf('remind', soon, soonLeftUnread(input, soon), input),
    }
  const mine = (work: RestWork) => isMine(work)
  const reviews = beside(input.held.review, input)
  const isSecond = input.reviewers.first !== null
  const own = [...items, ...soon].filter(mine)
  const theirs = [...items, ...soon].filter((work) => !mine(work))
  const moreTheirs = lateBesideOfColleague(input).more
  const unread = { reviews: reviewsLeft(input, reviews), soon: soonLeftUnread(input, soon) }
  return {
    do: restOf(
      'do',
      isSecond ? own : [...own, ...reviews],
      more - moreTheirs + unread.soon + (isSecond ? 0 : unread.reviews),
      input,
    ),
    press: restOf('press', input.asked.items, input.asked.more, input),
    remind: NOTHING,
    'do-second': restOf(
      'do-second',
      isSecond ? [...theirs, ...reviews] : theirs,
      moreTheirs + (isSecond ? unread.reviews : 0),
      input,
    ),
  }
}

function restOf(part: RestPart, works: readonly RestWork[], unread: number, input: DigestInput): Rest {
  const lines = distinctDeadlines(partsOf(input)[part]).length
  const sorted = [...works].sort((a, b) => byUrgency(urgencyOf(a), urgencyOf(b)))
  const shown = sorted.slice(0, Math.max(AT_LEAST, ROWS - lines))
  const count = countOf(works) + unread
  const mixed = new Set(works.map(({ stage }) => stage === 'review')).size > 1
  return { shown, count, more: count - countOf(shown), mixed }
}

export function urgencyOf(work: RestWork): Urgent {
  return { due: work, level: work.level, count: 1 }
}

export function isMine({ begins }: Pick<RestWork, 'begins'>): boolean {
  return begins === null
}

/** Only the first of what waits for review was read. */
function reviewsLeft({ standing: { review }, ...input }: DigestInput, read: readonly HeldWork[]) {
  const lines = input.sections.filter((e) => e.stage === 'review' && e.due !== null && !isPressed(e))
  const inLines = things(lines)
  return Math.max(0, (review?.waiting ?? 0) - inLines - countOf(read))
}

/** The same of what falls due soon. */
function soonLeftUnread(input: DigestInput, read: readonly HeldWork[]): number {
  const { own } = input.standing
  const offices = ownOfficesOf(input)
  const isOwn = (e: DigestEntry) => !isPressed(e) || offices.includes(e.officeName)
  const inLines = things(input.sections.filter((e) => isOwn(e) && isPerforming(e.stage) && isPressing(e)))
  return Math.max(0, (own ? own.dueToday + own.dueSoon : 0) - inLines - countOf(read))
}

function isPressing({ due }: Pick<DigestEntry, 'due'>): boolean {
  return due?.clock.code === 'due-today' || due?.clock.code === 'due-soon'
}

/** What falls due today or soon and no line is about. */
function soonBeside(input: DigestInput): HeldWork[] {
  return beside(input.held.perform, input).filter((work) => isPressing({ due: work }))
}

function beside(works: readonly HeldWork[], { sections }: DigestInput): HeldWork[] {
  const told = new Set(sections.map((e) => e.deadline))
  return works.filter(({ deadline }) => !told.has(deadline))
}

/** Where several of them stand. */
export function listOfRest(work: RestWork, input: DigestInput): string {
  if ('askedOn' in work) return overdueUrl(input)
  return work.stage === 'review' ? reviewUrl(input) : ownUrl(input, { standing: 'to-perform' })
}

export function countOf(works: readonly RestWork[]): number {
  return works.reduce((sum, work) => sum + ('item' in work ? work.count : 1), 0)
}
