import type { WordField } from './unknown-words.ts'

/** A word that the county explained, and what it stands for by its code. */
export type ExplainedWord = { field: WordField; word: string; code: string }

/** A file with more of them is told by the first so many. */
const MOST_TOLD = 20

/** Collects which words of a file were understood by what the county explained. */
export class ExplainedWords {
  readonly #words = new Map<string, ExplainedWord>()

  see(field: WordField, word: string, code: string): void {
    const key = `${field}\n${word}`
    if (this.#words.size < MOST_TOLD && !this.#words.has(key)) this.#words.set(key, { field, word, code })
  }

  list(): ExplainedWord[] {
    return [...this.#words.values()]
  }
}
