import { BESIDE_STAGES, type BesideStage, isBeside, type Stage } from '../domain/obligation/vocabulary.ts'
import { answersBeside, begunByReader } from './digest-colleague.ts'
import { countFact, countOf, distinctDeadlines, things } from './digest-order.ts'
import { isLate, isMine, isOwnAnswer, isPressed, onlyPresses } from './digest-parts.ts'
import { type DayWords, firstDay, shortDay } from './digest-soon.ts'
import type { DigestEntry, DigestInput } from './digest-types.ts'

type Lines = Pick<DigestInput, 'sections' | 'answers' | 'recipient' | 'standing' | 'now'>
/** What is asked about the answers of one kind. `isLate`: one of them at least, so that it stands with the late work. */
export type AnswerFact = { stage: BesideStage; words: string; isLate: boolean }

const ANSWERED: Record<BesideStage, string> = { extension: '延期申请', 'hand-over': '移交' }

/** Requests for more time, then offers. @param day how a day is said; left out, as a subject has room for it */
export function answerFacts(
  input: Lines,
  day: DayWords = (on, provisional) => shortDay(input, on, provisional),
): AnswerFact[] {
  return BESIDE_STAGES.flatMap((stage) => answerFact(stage, input, day))
}

/** A pause ends by itself on its day; until then it is looked at. */
export function pauseFacts({ sections }: Pick<Lines, 'sections'>): string[] {
  const pauses = begunByReader(sections).filter((e) => e.stage === 'pause' && !isPressed(e) && e.due !== null)
  return countFact('请核对暂停', things(pauses))
}

/** What a reminder calls to mind long before its day. Answers and pauses have numbers of their own. */
export function isToCome({ due, stage }: Pick<DigestEntry, 'due' | 'stage'>): boolean {
  return due?.clock.code === 'not-due' && !isBeside(stage) && stage !== 'pause'
}

/** `请答复延期申请 3 件(1 件已逾期)`; while none is late, the first day with it. */
function answerFact(stage: BesideStage, input: Lines, day: DayWords): AnswerFact[] {
  const lines = distinctDeadlines(linesOf(stage, input))
  const works = answersBeside(input).filter((work) => work.stage === stage && isMine(work))
  const count = things(lines) + countOf(works)
  const late = things(lines.filter(isLate)) + countOf(works.filter((work) => isLate({ due: work })))
  const verb = onlyPresses(input) ? '请督促答复' : '请答复'
  const length = late === 0 ? '' : late === count ? '(已逾期)' : `(${late} 件已逾期)`
  if (count === 0) return []
  const dues = [...lines.flatMap(({ due }) => due ?? []), ...works]
  const [first] = dues.sort((a, b) => (a.dueOn < b.dueOn ? -1 : a.dueOn > b.dueOn ? 1 : 0))
  const days = first && late === 0 ? firstDay(count, day(first.dueOn, first.provisional)) : []
  // One fact, so that no day stands behind a subject without what it is of.
  const words = [`${verb}${ANSWERED[stage]} ${count} 件${length}`, ...days].join(',')
  return [{ stage, words, isLate: late > 0 }]
}

/** The answers that the reader is to give, new, due or late; a head presses what is late of the own town. */
function linesOf(stage: Stage, input: Lines): DigestEntry[] {
  const isTheirs = (e: DigestEntry) => !isPressed(e) || isOwnAnswer(e, input)
  return begunByReader(input.sections).filter((e) => e.stage === stage && isTheirs(e) && e.due !== null)
}
