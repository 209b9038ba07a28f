import { nearTown } from '../../../../src/ledgers/near-town.ts'
import type { WordField } from '../../../../src/ledgers/word-meanings.ts'

export type { WordField }

type Meaning = { code: string; name: string }

/** The town that a word differs from by its kind alone: chosen already, and confirmed with all the others. */
export function nearMeaning(
  { field, word }: { field: WordField; word: string },
  choices: Partial<Record<WordField, Meaning[]>> = {},
): Meaning | undefined {
  return field === 'town' ? nearTown(word, choices.town ?? []) : undefined
}

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
