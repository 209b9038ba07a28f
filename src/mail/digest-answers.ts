import { isBeside, type Stage } from '../domain/obligation/vocabulary.ts'
import { answersBeside, begunByReader } from './digest-colleague.ts'
import { countFact, distinctDeadlines, things } from './digest-order.ts'
import { isLate, isMine, isPressed, onlyPresses } from './digest-parts.ts'
import { countOf } from './digest-soon.ts'
import type { DigestEntry, DigestInput } from './digest-types.ts'

type Lines = Pick<DigestInput, 'sections' | 'answers' | 'recipient'>

export function requestFacts(input: Lines): string[] {
  return answerFact('延期申请', 'extension', input)
}

export function offerFacts(input: Lines): string[] {
  return answerFact('移交', 'hand-over', input)
}

/** A pause ends by itself on its day; until then it is looked at. */
export function pauseFacts({ sections }: Pick<Lines, 'sections'>): string[] {
  return countFact('请核对暂停', things(ofStage(sections, 'pause')))
}

/** What a reminder calls to mind long before its day. Answers and pauses have numbers of their own. */
export function isToCome({ due, stage }: Pick<DigestEntry, 'due' | 'stage'>): boolean {
  return due?.clock.code === 'not-due' && !isBeside(stage) && stage !== 'pause'
}

/** `请答复延期申请 3 件(1 件已逾期)` */
function answerFact(what: string, stage: Stage, input: Lines): string[] {
  const lines = distinctDeadlines(ofStage(input.sections, stage))
  const works = answersBeside(input).filter((work) => work.stage === stage && isMine(work))
  const count = things(lines) + countOf(works)
  const late = things(lines.filter(isLate)) + countOf(works.filter((work) => isLate({ due: work })))
  const verb = onlyPresses(input) ? '请督促答复' : '请答复'
  const length = late === 0 ? '' : late === count ? '(已逾期)' : `(${late} 件已逾期)`
  return countFact(`${verb}${what}`, count).map((words) => `${words}${length}`)
}

/** What the reader is to see to at this stage, new, due or late. */
function ofStage(sections: readonly DigestEntry[], stage: Stage): DigestEntry[] {
  return begunByReader(sections).filter((e) => e.stage === stage && !isPressed(e) && e.due !== null)
}
