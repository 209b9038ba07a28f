import { isPerforming } from '../domain/obligation/turn-clocks.ts'
import { BESIDE_STAGES, isBeside, type Stage } from '../domain/obligation/vocabulary.ts'
import { ROWS } from './digest-entry-view.ts'
import {
  answersBeside,
  heldByColleague,
  lateBesideOfColleague,
  ownReviews,
  theirReviews,
} from './digest-colleague.ts'
import { countedUrl, offersUrl, ownLateUrl, performUrl, requestsUrl, reviewUrl } from './digest-links.ts'
import { byUrgency, countOf, distinctDeadlines, things, type Urgent, withPlaces } from './digest-order.ts'
import { isMine, isPressed, onlyPresses, ownOfficesOf, partsOf } from './digest-parts.ts'
import type { AskedItem, DigestEntry, DigestInput, HeldWork, LateItem } from './digest-types.ts'

/** Of what stands in no line of this round this much is listed, also beside many lines. */
const AT_LEAST = 3

/** What stands in no line of the round: one late thing, or what one deadline holds. */
export type RestWork = LateItem | AskedItem | HeldWork
export type RestPart = 'do' | 'press' | 'remind' | 'do-second' | 'stand-by'

/** So many more that are not shown, and a list of the app that holds them. `fresh`: new among them, where that is known. `what` names what is no work: `复核`, `移交`. */
export type Left = { count: number; fresh: number; what: string; url: string }
/** `count` is of all of it, `left` of what is not shown. */
export type Rest = { shown: RestWork[]; count: number; left: Left[] }
export const NOTHING: Rest = { shown: [], count: 0, left: [] }

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
      remind: of('remind', mine(soon), soonLeft.own),
      'stand-by': of('stand-by', theirs(pressed), moreTheirs),
    }
  }
  const reviews = beside(input.held.review, input)
  const all = [...items, ...soon, ...answers, ...reviews]
  const unread = reviewsLeft(input, reviews)
  return {
    do: of('do', mine(all), more - moreTheirs + soonLeft.own + unread.own),
    press: of('press', input.asked.items, input.asked.more),
    ...{ remind: NOTHING, 'stand-by': NOTHING },
    'do-second': of('do-second', theirs(all), moreTheirs + soonLeft.theirs + unread.theirs),
  }
}

/** Of each list of the app the first are shown and the others counted; what was not read is in the first of the lists unless it was asked before. */
function restOf(part: RestPart, works: readonly RestWork[], unread: number, input: DigestInput): Rest {
  const lines = distinctDeadlines(partsOf(input)[part])
  const sorted = [...works].sort((a, b) => byUrgency(urgencyOf(a), urgencyOf(b)))
  const wholes = listsOf(part, sorted, input)
  const room = Math.max(AT_LEAST, ROWS - lines.length)
  const parts = wholes.map(({ works }) => withPlaces(works, Math.max(room, beforeLines(part, works, lines))))
  const apart = wholes.slice(1).reduce((sum, whole) => sum + whole.unread, 0)
  const left = wholes.map(({ what, url, works, unread: known }, n) => {
    const more = n === 0 ? Math.max(0, unread - apart) : known
    const hidden = works.filter((work) => !parts[n]!.includes(work))
    const unasked = hidden.filter((work) => !isAskedAgain(work))
    const fresh = countOf(unasked) - againIn(unasked) + (n === 0 ? freshUnread(works, more, input) : 0)
    return { ...{ what, url, fresh }, count: countOf(hidden) + more }
  })
  return {
    shown: sorted.filter((work) => parts.some((shown) => shown.includes(work))),
    count: countOf(works) + unread,
    left: left.filter(({ count }) => count > 0),
  }
}

/**
 * As many as come before a line of this round have a place, so that nothing that is late or due is hidden behind what falls due later.
 * What is pressed is parted into new and told again instead.
 */
function beforeLines(part: RestPart, works: readonly RestWork[], lines: readonly DigestEntry[]): number {
  const [last] = [...lines].sort(byUrgency).slice(-1)
  if (!last || part === 'press' || part === 'stand-by') return 0
  return Math.min(ROWS, works.filter((work) => byUrgency(urgencyOf(work), { ...last, count: 1 }) < 0).length)
}

/** What the town of a head was late with since the last letter, of what was not read. */
function freshUnread(read: readonly RestWork[], unread: number, input: DigestInput): number {
  return onlyPresses(input) ? Math.max(0, unread - Math.max(0, input.lateAgain - againIn(read))) : 0
}

/** Whoever oversees the county was asked all of it before. */
function isAskedAgain(work: RestWork): boolean {
  return 'askedOn' in work
}

function againIn(works: readonly RestWork[]): number {
  return works.reduce((sum, { again }) => sum + again, 0)
}

type ListOfRest = { what: string; url: string; works: RestWork[]; unread: number }

/** What is performed, with the reader's own reviews; then what has a list of its own: answers, and late reviews of others. */
function listsOf(part: RestPart, works: readonly RestWork[], input: DigestInput): ListOfRest[] {
  const isAsked = part === 'press' && !onlyPresses(input)
  const of = (stages: readonly Stage[]) => works.filter(({ stage }) => stages.includes(stage))
  const beside = (what: string, stages: readonly Stage[], url: string, all = 0): ListOfRest => {
    const found = of(stages)
    return { what, url, works: found, unread: Math.max(0, all - countOf(found)) }
  }
  const apart = isAsked
    ? [
        beside('复核', ['review'], askedUrl('review', input), input.asked.reviews),
        beside('延期申请或移交', BESIDE_STAGES, askedUrl('extension', input), input.asked.answers),
      ]
    : [beside('延期申请', ['extension'], requestsUrl(input)), beside('移交', ['hand-over'], offersUrl(input))]
  const others = works.filter((work) => !apart.some((list) => list.works.includes(work)))
  return [{ what: '', url: workUrl(part, others, input), works: others, unread: 0 }, ...apart]
}

function workUrl(part: RestPart, works: readonly RestWork[], input: DigestInput): string {
  if (part === 'press' || part === 'stand-by')
    return onlyPresses(input) ? ownLateUrl(input) : askedUrl('perform', input)
  // Reviews and work together are in no narrower list.
  if (new Set(works.map(({ stage }) => stage === 'review')).size > 1) return countedUrl(input, 'held')
  const [first] = works
  return first ? listOfRest(first, input) : performUrl(input)
}

/** Whoever oversees the county holds none of it: what of it was asked of them. */
function askedUrl(stage: Stage, input: DigestInput): string {
  if (stage === 'review') return countedUrl(input, 'asked.review')
  return countedUrl(input, isBeside(stage) ? 'asked.beside' : 'asked.perform')
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
function soonLeftUnread(input: DigestInput, read: readonly HeldWork[]): { own: number; theirs: number } {
  const { own } = input.standing
  const offices = ownOfficesOf(input)
  const isOwn = (e: DigestEntry) => !isPressed(e) || offices.includes(e.officeName)
  const inLines = things(input.sections.filter((e) => isOwn(e) && isPerforming(e.stage) && isPressing(e)))
  const ofColleague = heldByColleague(input, 'due-today') + heldByColleague(input, 'due-soon')
  const theirs = Math.max(0, ofColleague - countOf(read.filter((work) => !isMine(work))))
  const all = own ? own.dueToday + own.dueSoon : 0
  return { own: Math.max(0, all - inLines - countOf(read) - theirs), theirs }
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
  if ('askedOn' in work) return askedUrl(work.stage, input)
  if (work.stage === 'extension') return requestsUrl(input)
  if (work.stage === 'hand-over') return offersUrl(input)
  return work.stage === 'review' ? reviewUrl(input) : performUrl(input)
}
