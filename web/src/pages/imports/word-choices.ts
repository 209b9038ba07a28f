import type { WordField } from '../../../../src/ledgers/word-fields.ts'

export type { WordField }

/** The meaning chosen for each word of each field; '' while none is. */
export type WordAnswers = Record<string, Record<string, string>>

/** Words by their fields, in the order in which they came. */
export function wordsByField<W extends { field: WordField }>(words: readonly W[]): [WordField, W[]][] {
  const fields = [...new Set(words.map(({ field }) => field))]
  return fields.map((field) => [field, words.filter((word) => word.field === field)])
}

/** What was answered, as the API takes it; undefined for nothing. */
export function wordsSaid(answers: WordAnswers): WordAnswers | undefined {
  const said = Object.entries(answers)
    .map(
      ([field, words]) =>
        [field, Object.fromEntries(Object.entries(words).filter(([, m]) => m !== ''))] as const,
    )
    .filter(([, words]) => Object.keys(words).length > 0)
  return said.length > 0 ? Object.fromEntries(said) : undefined
}
