import { isToCome } from './digest-answers.ts'
import { begunByReader } from './digest-colleague.ts'
import { distinctDeadlines, ofKind } from './digest-order.ts'
import type { DigestEntry, DigestInput } from './digest-types.ts'

/** New work, and what a reminder calls to mind long before its day, that the reader begins with: each deadline once. */
export function newLines({ sections }: Pick<DigestInput, 'sections'>): DigestEntry[] {
  return distinctDeadlines(begunByReader([...ofKind(sections, 'assigned'), ...remindersToCome(sections)]))
}

/** What came back since the letter before, and the reader begins with. */
export function returnedLines({ sections }: Pick<DigestInput, 'sections'>): DigestEntry[] {
  return distinctDeadlines(begunByReader(ofKind(sections, 'returned')))
}

/** What falls due later than the reader has to do something now. */
export function remindersToCome(sections: readonly DigestEntry[]): DigestEntry[] {
  return ofKind(sections, 'reminder').filter(isToCome)
}
