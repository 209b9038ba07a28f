import { isPerforming } from '../domain/obligation/turn-clocks.ts'
import type { WaitingStanding } from '../domain/obligation/standing.ts'
import { beijingText } from '../domain/time/days.ts'
import { begunByReader } from './digest-colleague.ts'
import { distinctDeadlines, things } from './digest-order.ts'
import { isLate, isPressed, ownOfficesOf } from './digest-parts.ts'
import type { DigestEntry, DigestInput } from './digest-types.ts'

/** `补充今天 08:30 的信:`, where the reader has had a letter of this day; what is urgent says so instead. */
export function supplementWords(input: DigestInput): string {
  return isSupplement(input) ? `补充今天 ${beijingText(input.earlier!).slice(11)} 的信:` : ''
}

export function isSupplement({ earlier, urgent, sections, corrections, check }: DigestInput): boolean {
  return earlier !== null && !urgent && sections.length + corrections.length + check.length > 0
}

/**
 * Of a second letter of one day only what is new in it: its numbers count its lines, and what no line is about was in the first one. How
 * things stand is said in full all the same.
 */
export function newsOf(input: DigestInput): DigestInput {
  if (!isSupplement(input)) return input
  const { standing, reviewers, held, answers } = input
  const told = new Set(input.sections.map((e) => e.deadline))
  const isTold = ({ deadline }: { deadline: string }) => told.has(deadline)
  const reviews = distinctDeadlines(input.sections.filter((e) => e.stage === 'review' && !isPressed(e)))
  return {
    ...input,
    standing: {
      own: standing.own && { ...standing.own, ...ownOf(input) },
      review: waitingOf(reviews),
      county: standing.county && { ...standing.county, late: { count: 0, longest: 0, red: 0 } },
    },
    reviewers: {
      ...reviewers,
      own: reviewers.firsts.length === 0 ? null : waitingOf(begunByReader(reviews)),
    },
    late: { items: [], more: 0 },
    lateAgain: 0,
    asked: { items: [], more: 0, red: 0, reviews: 0, answers: 0 },
    held: { review: held.review.filter(isTold), perform: held.perform.filter(isTold) },
    answers: answers.filter(isTold),
    begun: null,
  }
}

/** What these lines count of what is performed in the reader's offices. */
function ownOf(input: DigestInput) {
  const offices = ownOfficesOf(input)
  const isOwn = (e: DigestEntry) => isPerforming(e.stage) && (!isPressed(e) || offices.includes(e.officeName))
  const lines = distinctDeadlines(input.sections.filter((e) => e.due !== null && isOwn(e)))
  const ofCode = (code: string) => lines.filter((e) => e.due?.clock.code === code)
  const late = ofCode('overdue')
  return {
    inHand: things(lines),
    late: {
      count: things(late),
      longest: Math.max(0, ...late.map((e) => e.due?.overdueWorkingDays ?? 0)),
      red: things(late.filter(({ level }) => level === 'red')),
    },
    dueToday: things(ofCode('due-today')),
    dueSoon: things(ofCode('due-soon')),
    returned: things(lines.filter(({ stage }) => stage === 'redo')),
    inReview: 0,
  }
}

function waitingOf(lines: readonly DigestEntry[]): WaitingStanding | null {
  const [oldest] = lines.flatMap(({ due }) => due ?? []).sort((a, b) => (a.dueOn < b.dueOn ? -1 : 1))
  if (!oldest) return null
  const { dueOn: oldestDueOn, provisional } = oldest
  return { waiting: things(lines), late: things(lines.filter(isLate)), oldestDueOn, provisional }
}
