import type { Kind } from '../../domain/obligation/vocabulary.ts'
import type { Result } from '../../kinds/kind.ts'
import { kindOf } from '../../kinds/kinds.ts'
import { mergeTexts, splitTexts } from '../../kinds/result-texts.ts'

/**
 * What was handed in, as a reader sees it. Earlier releases wrote its texts in the clear beside the codes: they are shown to
 * whoever reads notes there, and to nobody else. @param texts null for whoever may not read notes there
 */
export function shownResult(kind: Kind, stored: Result, texts: Result | null): Result {
  return texts === null ? splitTexts(stored, kindOf(kind).texts).codes : mergeTexts(stored, texts)
}
