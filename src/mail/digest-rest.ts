import { isPerforming } from '../domain/obligation/turn-clocks.ts'
import { isBeside } from '../domain/obligation/vocabulary.ts'
import { ROWS } from './digest-entry-view.ts'
import { answersBeside, lateBesideOfColleague, ownReviews, theirReviews } from './digest-colleague.ts'
import { offersUrl, ownUrl, overdueUrl, requestsUrl, reviewUrl } from './digest-links.ts'
import { byUrgency, distinctDeadlines, things, type Urgent } from './digest-order.ts'
import { isMine, isPressed, onlyPresses, ownOfficesOf, partsOf } from './digest-parts.ts'
import type { AskedItem, DigestEntry, DigestInput, HeldWork, LateItem } from './digest-types.ts'

/** Of what stands in no line of this round this much is listed, also beside many lines. */
const AT_LEAST = 3

/** What stands in no line of the round: one late thing, or what one deadline holds. */
export type RestWork = LateItem | AskedItem | HeldWork
export type RestPart = 'do' | 'press' | 'remind' | 'do-second' | 'stand-by'

/** `count` is of all of it, `more` of what is not shown; `mixed`: some of that is reviewed and some performed. */
export type Rest = { shown: RestWork[]; count: number; more: number; mixed: boolean }
export const NOTHING: Rest = { shown: [], count: 0, more: 0, mixed: false }

/**
 * What is the reader's to do, to press or to remind of, beside the lines of this round: what is late, what falls due today or soon,
 * what waits for their review or answer, and what an earlier mail asked them to press. What a colleague begins with stands apart.
 */
export function restsOf(input: DigestInput): Record<RestPart, Rest> {
  const { items, more } = input.late
  const soon = soonBeside(input)
  const answers = answersBeside(input)
  const moreTheirs = lateBesideOfColleague(input).more
  const soonLeft = soonLeftUnread(input, soon)
  const of = (part: RestPart, works: readonly RestWork[], unread: number) =>
    restOf(part, works, unread, input)
  const mine = (works: readonly RestWork[]) => works.filter(isMine)
  const theirs = (works: readonly RestWork[]) => works.filter((work) => !isMine(work))
  if (onlyPresses(input)) {
    const pressed = [...items, ...answers]
    return {
      ...{ do: NOTHING, 'do-second': NOTHING },
      press: of('press', mine(pressed), more - moreTheirs),
      remind: of('remind', mine(soon), soonLeft),
      'stand-by': of('stand-by', theirs(pressed), moreTheirs),
    }
  }
  const reviews = beside(input.held.review, input)
  const all = [...items, ...soon, ...answers, ...reviews]
  const unread = reviewsLeft(input, reviews)
  return {
    do: of('do', mine(all), more - moreTheirs + soonLeft + unread.own),
    press: of('press', input.asked.items, input.asked.more),
    ...{ remind: NOTHING, 'stand-by': NOTHING },
    'do-second': of('do-second', theirs(all), moreTheirs + unread.theirs),
  }
}

/** Answers, and reviews of others, are all shown, so that what is not shown has one list. */
function restOf(part: RestPart, works: readonly RestWork[], unread: number, input: DigestInput): Rest {
  const lines = distinctDeadlines(partsOf(input)[part]).length
  const sorted = [...works].sort((a, b) => byUrgency(urgencyOf(a), urgencyOf(b)))
  const others = sorted.filter(({ stage }) => (part === 'press' ? isPerforming(stage) : !isBeside(stage)))
  const left = new Set(others.slice(Math.max(AT_LEAST, ROWS - lines)))
  const shown = sorted.filter((work) => !left.has(work))
  const count = countOf(works) + unread
  const mixed = new Set(others.map(({ stage }) => stage === 'review')).size > 1
  return { shown, count, more: count - countOf(shown), mixed }
}

export function urgencyOf(work: RestWork): Urgent {
  return { due: work, level: work.level, count: 1 }
}

/** How much waits for review, for the reader's own and for a colleague's, beside the lines: only the first of it was read. */
function reviewsLeft(input: DigestInput, read: readonly HeldWork[]): { own: number; theirs: number } {
  const parts = partsOf(input)
  const isReview = (e: DigestEntry) => e.stage === 'review' && e.due !== null
  const own = parts.do.filter(isReview)
  const told = new Set(own.map((e) => e.deadline))
  const theirs = parts['do-second'].filter((e) => isReview(e) && !told.has(e.deadline))
  const left = (waiting: number, lines: readonly DigestEntry[], works: readonly HeldWork[]) =>
    Math.max(0, waiting - things(lines) - countOf(works))
  return {
    own: left(ownReviews(input)?.waiting ?? 0, own, read.filter(isMine)),
    theirs: left(
      theirReviews(input).waiting,
      theirs,
      read.filter((work) => !isMine(work)),
    ),
  }
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
  if (work.stage === 'extension') return requestsUrl(input)
  if (work.stage === 'hand-over') return offersUrl(input)
  return work.stage === 'review' ? reviewUrl(input) : ownUrl(input, { standing: 'to-perform' })
}

export function countOf(works: readonly RestWork[]): number {
  return works.reduce((sum, work) => sum + ('item' in work ? work.count : 1), 0)
}
