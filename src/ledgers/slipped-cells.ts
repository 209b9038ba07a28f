import type { Field, Layout } from './columns.ts'
import type { WordFinders } from './word-finders.ts'

const TEXTS = ['village', 'detail'] as const satisfies readonly Field[]
const WORDS = ['level', 'cause', 'group', 'source'] as const satisfies readonly Field[]

/**
 * Whether a row that ends early lacks a cell in its middle: then a text holds the word of the column right of it, which is
 * empty. 医保局 under 预警内容 is one. A row whose last cells were left out has nothing out of place.
 */
export function hasSlipped(record: readonly string[], at: Layout['at'], words: WordFinders): boolean {
  return TEXTS.some((text) =>
    WORDS.some((word) => {
      if (at[text] < 0 || at[word] !== at[text] + 1 || (record[at[word]] ?? '') !== '') return false
      return words[word](record[at[text]] ?? '') !== undefined
    }),
  )
}
