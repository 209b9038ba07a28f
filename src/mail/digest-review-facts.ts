import { dayOf } from '../domain/time/days.ts'
import { countOf, dayAhead } from './digest-soon.ts'
import type { DigestInput } from './digest-types.ts'
import { flat } from './flat.ts'

/**
 * What of the reviews the reader does first, and the rest of them: `请今天复核 2 件` and `另 5 件最早明天(9月27日 周二)到期`. Of what a
 * colleague begins with `待赵主任复核 7 件(1 件已逾期)`.
 */
export function reviewWords(input: DigestInput): string[] {
  const { review } = input.standing
  if (!review || review.waiting === 0) return []
  const { waiting, late } = review
  const { first } = input.reviewers
  const today = dueToday(input)
  if (first !== null) return [theirs(flat(first), waiting, late, today)]
  if (late > 0) {
    const left = waiting - late
    const begun = `请${left > 0 ? '先' : ''}复核逾期 ${late} 件`
    return left > 0 ? [begun, `另待复核 ${left} 件${today > 0 ? `(${today} 件今天到期)` : ''}`] : [begun]
  }
  if (today > 0) return [`请今天复核 ${today} 件`, ...left(input, waiting - today)]
  return [`请复核 ${waiting} 件`, ...firstDay(input, waiting)]
}

function theirs(name: string, waiting: number, late: number, today: number): string {
  const parts = [...(late > 0 ? [`${late} 件已逾期`] : []), ...(today > 0 ? [`${today} 件今天到期`] : [])]
  return `待${name}复核 ${waiting} 件${parts.length > 0 ? `(${parts.join('、')})` : ''}`
}

/** What is not due today, with the first of its days where that was read. */
function left(input: DigestInput, count: number): string[] {
  if (count <= 0) return []
  const next = input.held.review.find(({ dueOn }) => dueOn > dayOf(input.now))
  return [
    next ? `另 ${count} 件最早${dayAfter(input, next.dueOn, next.provisional)}到期` : `另待复核 ${count} 件`,
  ]
}

function firstDay(input: DigestInput, waiting: number): string[] {
  const { oldestDueOn, provisional } = input.standing.review!
  if (oldestDueOn === null) return []
  return waiting === 1
    ? [`${dayAhead(input, oldestDueOn, provisional)}到期`]
    : [`最早${dayAfter(input, oldestDueOn, provisional)}到期`]
}

/** A blank stands before a number, none before a word. */
function dayAfter(input: DigestInput, day: string, provisional: boolean): string {
  const words = dayAhead(input, day, provisional)
  return /^\d/.test(words) ? ` ${words}` : words
}

/** How many are due today: what waits is read first due first. */
function dueToday({ held, now, standing: { review } }: DigestInput): number {
  const today = countOf(held.review.filter(({ dueOn }) => dueOn === dayOf(now)))
  return Math.min(today, review!.waiting - review!.late)
}
