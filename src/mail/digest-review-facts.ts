import type { WaitingStanding } from '../domain/obligation/standing.ts'
import { dayOf } from '../domain/time/days.ts'
import { colleagueFact, ownReviews, theirReviews } from './digest-colleague.ts'
import { blank, countOf } from './digest-order.ts'
import { isMine } from './digest-parts.ts'
import { workWords } from './digest-sharing.ts'
import { dayAhead, type DayWords, firstDay, shortDay } from './digest-soon.ts'
import type { DigestInput, HeldWork } from './digest-types.ts'

/** What of the reviews comes first, and what there is besides. `isLate`: some of them, so that they stand with the late work. */
type Reviews = { first: string[]; besides: string[]; isLate: boolean }

/** For the headline: `请今天复核 3 件(2 件已逾期、1 件今天到期),另 12 件最早明天(7月2日 周六)到期`. */
export function reviewWords(input: DigestInput): string[] {
  const { first, besides } = reviewsOf(input, (day, provisional) => dayAhead(input, day, provisional))
  return [...first, ...besides]
}

/** For the subject, where days are short. */
export function reviewFacts(input: DigestInput): Reviews {
  return reviewsOf(input, (day, provisional) => shortDay(input, day, provisional))
}

function reviewsOf(input: DigestInput, day: DayWords): Reviews {
  const review = ownReviews(input)
  if (review === null) return { first: [], besides: [], isLate: false }
  const { waiting, late } = review
  const today = dueToday(input, review, isMine)
  const now = late + today
  const isLate = late > 0
  if (now === 0) return { first: [`请复核 ${waiting} 件`, ...oldestDay(review, day)], besides: [], isLate }
  const left = waiting - now
  const besides = left > 0 ? [leftWords(input, left, day)] : []
  if (!isLate) return { first: [`请今天复核 ${today} 件`], besides, isLate }
  if (today > 0) return { first: [`请今天复核 ${now} 件(${late} 件已逾期)`], besides, isLate }
  return { first: [`请${left > 0 ? '先' : ''}复核逾期 ${late} 件`], besides, isLate }
}

/** `复核 15 件(2 件已逾期、1 件今天到期)`: what a colleague begins with. */
export function theirReviewWords(input: DigestInput): string[] {
  const { waiting } = theirReviews(input)
  if (waiting === 0) return []
  return [workWords('复核', waiting, theirReviewParts(input))]
}

/** What colleagues begin with besides late work: what has something late first. */
export function colleaguesFacts(input: DigestInput): string[] {
  const reviews = theirReviewWords(input).map((words) => `同事先${words}`)
  const { words, isLate } = colleagueFact(input)
  return isLate && theirReviews(input).late === 0 ? [...words, ...reviews] : [...reviews, ...words]
}

/** How much of them is late, and how much due today. */
export function theirReviewParts(input: DigestInput): string[] {
  const { waiting, late } = theirReviews(input)
  const today = dueToday(input, { waiting, late }, (work) => !isMine(work))
  const part = (count: number, what: string) =>
    count === 0 ? [] : [count === waiting ? what : `${count} 件${what}`]
  return [...part(late, '已逾期'), ...part(today, '今天到期')]
}

/** What is due later, with the first of its days where that was read. */
function leftWords(input: DigestInput, count: number, day: DayWords): string {
  const next = input.held.review.find((work) => isMine(work) && work.dueOn > dayOf(input.now))
  return next ? `另 ${count} 件最早${blank(day(next.dueOn, next.provisional))}到期` : `另待复核 ${count} 件`
}

function oldestDay({ oldestDueOn, provisional, waiting }: WaitingStanding, day: DayWords): string[] {
  return oldestDueOn === null ? [] : firstDay(waiting, day(oldestDueOn, provisional))
}

/** How many of these are due today: what waits is read first due first. */
function dueToday(
  { held, now }: DigestInput,
  { waiting, late }: Pick<WaitingStanding, 'waiting' | 'late'>,
  isOne: (work: HeldWork) => boolean,
): number {
  const today = countOf(held.review.filter((work) => isOne(work) && work.dueOn === dayOf(now)))
  return Math.min(today, waiting - late)
}
