import { isBeside, type Stage } from '../domain/obligation/vocabulary.ts'
import { begunByReader } from './digest-colleague.ts'
import { countFact, things } from './digest-order.ts'
import { isPressed } from './digest-parts.ts'
import type { DigestEntry } from './digest-types.ts'

export function requestFacts(sections: readonly DigestEntry[]): string[] {
  return countFact('请答复延期申请', things(ofStage(sections, 'extension')))
}

export function offerFacts(sections: readonly DigestEntry[]): string[] {
  return countFact('请答复移交', things(ofStage(sections, 'hand-over')))
}

/** A pause ends by itself on its day; until then it is looked at. */
export function pauseFacts(sections: readonly DigestEntry[]): string[] {
  return countFact('请核对暂停', things(ofStage(sections, 'pause')))
}

/** What a reminder calls to mind long before its day. Answers and pauses have numbers of their own. */
export function isToCome({ due, stage }: Pick<DigestEntry, 'due' | 'stage'>): boolean {
  return due?.clock.code === 'not-due' && !isBeside(stage) && stage !== 'pause'
}

/** What the reader is to see to at this stage, new, due or late. */
function ofStage(sections: readonly DigestEntry[], stage: Stage): DigestEntry[] {
  return begunByReader(sections).filter((e) => e.stage === stage && !isPressed(e) && e.due !== null)
}
