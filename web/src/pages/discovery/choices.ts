import {
  CAUSE_LABELS,
  codesOf,
  GROUP_LABELS,
  LEVEL_LABELS,
} from '../../../../src/domain/obligation/vocabulary.ts'

/** What may be chosen of a household; the words are those of the catalogue. */
export const LEVELS = codesOf(LEVEL_LABELS)
export const CAUSES = codesOf(CAUSE_LABELS)
export const GROUPS = codesOf(GROUP_LABELS)
