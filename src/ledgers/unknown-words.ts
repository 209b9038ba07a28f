/** Fields whose words a county can explain (mapping.ts). */
export type WordField = 'level' | 'cause' | 'group' | 'source' | 'town'
/** A word of a file that nobody knows yet, and in how many rows it stands. */
export type UnknownWord = { field: WordField; word: string; rows: number }

/** A column of free text in the wrong place has as many words as rows. */
const MOST_WORDS = 50
const LONGEST_WORD = 40

/** Counts the words of a file that nobody knows, the first so many of each field. */
export class UnknownWords {
  readonly #words = new Map<WordField, Map<string, number>>()

  see(field: WordField, word: string): void {
    if (word === '' || word.length > LONGEST_WORD || /\d{6}/.test(word)) return
    const words = this.#words.get(field) ?? new Map<string, number>()
    this.#words.set(field, words)
    if (words.size < MOST_WORDS || words.has(word)) words.set(word, (words.get(word) ?? 0) + 1)
  }

  /** Those in most rows first, field by field. */
  list(): UnknownWord[] {
    return [...this.#words].flatMap(([field, words]) =>
      [...words].map(([word, rows]) => ({ field, word, rows })).sort((a, b) => b.rows - a.rows),
    )
  }
}
