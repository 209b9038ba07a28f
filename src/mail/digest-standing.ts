import { SOON_WORKING_DAYS } from '../domain/obligation/clock-status.ts'
import type { WaitingStanding } from '../domain/obligation/standing.ts'
import { BESIDE_STAGES, type BesideStage } from '../domain/obligation/vocabulary.ts'
import type { Lateness } from '../domain/obligation/worst-offices.ts'
import { dayWords, dueWords, pastDue } from './digest-lines.ts'
import { countOf } from './digest-order.ts'
import type { DigestStanding, HeldWork } from './digest-types.ts'

/** What the sentences of a digest begin with, for people and for the account that reads what arrived. */
const MARK = '◆'

/** What a sentence counts, so that it can lead to exactly that list. */
export type Counted =
  | BesideStage
  | 'review'
  | 'late'
  | 'due-today'
  | 'due-soon'
  | 'in-hand'
  | 'in-review'
  | 'county-late'
  | 'nothing'
export type StandingSentence = { counted: Counted; words: string }

/**
 * How things stand, a sentence for each number: what waits for the reader's review and answers, what they perform, and the county
 * last, where its table follows. Nothing is left out but what is none; each part says whether anything is late.
 */
export function standingSentences(
  { own, review, county }: DigestStanding,
  answers: readonly HeldWork[],
  year: number,
): StandingSentence[] {
  return [
    ...(review && review.waiting > 0
      ? [{ counted: 'review' as const, words: `待复核 ${waitingWords(review, year)}` }]
      : []),
    ...BESIDE_STAGES.flatMap((stage) => answerSentence(stage, answers, year)),
    ...(own ? ownSentences(own) : []),
    ...(county ? [countySentence(county, year)] : []),
  ].map(({ counted, words }) => ({ counted, words: `${MARK} ${words}` }))
}

const ANSWERS: Record<BesideStage, string> = { extension: '待答复延期申请', 'hand-over': '待答复移交' }

/** What waits for an answer, with its days as a review has them. @param answers first due first */
function answerSentence(stage: BesideStage, answers: readonly HeldWork[], year: number): StandingSentence[] {
  const works = answers.filter((work) => work.stage === stage)
  const [first] = works
  if (!first) return []
  const late = works.filter(({ clock }) => clock.code === 'overdue')
  const waiting = {
    ...{ waiting: countOf(works), late: countOf(late) },
    ...{ oldestDueOn: first.dueOn, provisional: first.provisional },
  }
  return [{ counted: stage, words: `${ANSWERS[stage]} ${waitingWords(waiting, year, '答复')}` }]
}

/** What an officer or a head has in hand, gravest first. */
function ownSentences(own: NonNullable<DigestStanding['own']>): StandingSentence[] {
  const late = own.late.count > 0
  return [
    { counted: late ? 'late' : 'nothing', words: `${own.scope}:${late ? lateWords(own.late) : '没有逾期'}` },
    ...counted('due-today', '今日到期', own.dueToday),
    ...counted('due-soon', SOON, own.dueSoon),
    ...inHandSentence(own),
    ...counted('in-review', '已提交、等待复核', own.inReview),
  ]
}

export const SOON = `${SOON_WORKING_DAYS} 个工作日内到期`

/** All that is theirs to perform, late or not; what was returned is a part of it. Said already, it is not said again. */
function inHandSentence(own: NonNullable<DigestStanding['own']>): StandingSentence[] {
  const { inHand, returned, late, dueToday, dueSoon } = own
  const said = late.count + dueToday + dueSoon
  const part = returned > 0 ? `,其中退回重办 ${returned} 件` : ''
  const whole = said > 0 ? '(含以上)' : ''
  if (inHand === 0 || (inHand === said && returned === 0)) return []
  return [{ counted: 'in-hand', words: `未办结共 ${inHand} 件${whole}${part}` }]
}

/**
 * `逾期 11 件(红色 1 件),最长 20 个工作日`, of a single one `逾期 1 件(红色),已 20 个工作日`; late for less than a working day
 * has no length yet.
 */
export function lateWords(late: Lateness): string {
  return [lateCount(late), ...lateLength(late)].join(',')
}

export function lateCount({ count, red }: Pick<Lateness, 'count' | 'red'>): string {
  return `逾期 ${count} 件${count === 1 && red === 1 ? '(红色)' : redWords(red)}`
}

export function lateLength({ count, longest }: Pick<Lateness, 'count' | 'longest'>): string[] {
  return longest > 0 ? [`${count === 1 ? '已' : '最长'} ${longest} 个工作日`] : []
}

/** `(红色 1 件)`; nothing where none is red. */
function redWords(red: number): string {
  return red > 0 ? `(红色 ${red} 件)` : ''
}

/** `红色 1 件` where all are red, else `4 件(红色 1 件)`. */
export function countWithRed(count: number, red: number): string {
  return red === count && red > 0 ? `红色 ${count} 件` : `${count} 件${redWords(red)}`
}

function countySentence(
  { late, lateBefore }: NonNullable<DigestStanding['county']>,
  year: number,
): StandingSentence {
  const now = late.count > 0 ? lateWords(late) : '没有逾期'
  const before = lateBefore === null ? '' : `;上次(${dayWords(lateBefore.on, year)})为 ${lateBefore.count} 件`
  return { counted: late.count > 0 ? 'county-late' : 'nothing', words: `全县:${now}${before}` }
}

/** One of them is said with its day; of several, the first day and how many are past it. */
function waitingWords(
  { waiting, late, oldestDueOn, provisional }: WaitingStanding,
  year: number,
  done: '办完' | '答复' = '办完',
): string {
  // What is past begins with the oldest of them.
  const words = oldestDueOn === null ? '' : dueWords(oldestDueOn, year, provisional)
  const day = words === '' ? '' : late > 0 ? pastDue(words, done) : `${words}到期`
  if (waiting === 1) return ['1 件', day, late > 0 ? '已逾期' : ''].filter((part) => part !== '').join(',')
  return `${waiting} 件${day === '' ? '' : `,最早${late > 0 ? '的' : ' '}${day}`}${late > 0 ? `,其中逾期 ${late} 件` : ''}`
}

function counted(counting: Counted, label: string, count: number): StandingSentence[] {
  return count > 0 ? [{ counted: counting, words: `${label} ${count} 件` }] : []
}
