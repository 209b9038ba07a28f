import type { Lateness } from '../domain/obligation/worst-offices.ts'
import type { DigestStanding } from './digest-types.ts'
import { dueWords } from './digest-lines.ts'
import { SOON_WORKING_DAYS } from '../domain/obligation/clock-status.ts'

/** What the sentences of a digest begin with, for people and for the account that reads what arrived. */
const MARK = '◆'

/**
 * How things stand, in one sentence for each part, gravest first; nothing is left out but what is none. The first always
 * says whether anything is late.
 */
export function standingSentences(standing: DigestStanding, year: number): string[] {
  const { own, review, county } = standing
  return [
    ...(county ? [`${MARK} 全县:${countyWords(county)}`] : []),
    ...(review && review.waiting > 0 ? [`${MARK} 待您复核:${reviewWords(review, year)}`] : []),
    ...(own ? [`${MARK} ${own.scope}:${ownFacts(own).join(';')}`] : []),
  ]
}

/** What an officer or a head has in hand, gravest first. */
export function ownFacts(own: NonNullable<DigestStanding['own']>): string[] {
  return [
    own.late.count > 0 ? lateWords(own.late) : '没有逾期',
    ...countWords('今日到期', own.dueToday),
    ...countWords(`${SOON_WORKING_DAYS} 个工作日内到期`, own.dueSoon),
    ...inHandWords(own),
    ...countWords('待上级复核', own.inReview),
  ]
}

/** All that is theirs to perform, late or not; what was returned is a part of it and counts once. */
function inHandWords({ inHand, returned }: NonNullable<DigestStanding['own']>): string[] {
  const part = returned > 0 ? `,其中退回重办 ${returned} 件` : ''
  return inHand > 0 ? [`手头共 ${inHand} 件${part}`] : []
}

/** `逾期 11 件(红色 1 件),最长 20 个工作日`; late for less than a working day has no length yet. */
export function lateWords({ count, red, longest }: Lateness): string {
  const words = `逾期 ${count} 件${red > 0 ? `(红色 ${red} 件)` : ''}`
  return longest > 0 ? `${words},最长 ${longest} 个工作日` : words
}

function countyWords({ late, lateBefore }: NonNullable<DigestStanding['county']>): string {
  const now = late.count > 0 ? lateWords(late) : '没有逾期'
  return lateBefore === null ? now : `${now};上次 ${lateBefore} 件,本次 ${late.count} 件`
}

function reviewWords(review: NonNullable<DigestStanding['review']>, year: number): string {
  const { waiting, late, oldestDueOn, provisional } = review
  const oldest = oldestDueOn === null ? '' : `,最早一件 ${dueWords(oldestDueOn, year, provisional)}到期`
  return `${waiting} 件${oldest}${late > 0 ? `;已过期限 ${late} 件` : ''}`
}

function countWords(label: string, count: number): string[] {
  return count > 0 ? [`${label} ${count} 件`] : []
}
