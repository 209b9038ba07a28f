import { type Ref, ref, watch } from 'vue'

/** What was decided last, to be told above the next item. */
export type Decided = { id: string; title: string; word: 'accepted' | 'returned' }

/** After these an item is out of one's hands; the words are those of the queue of reviews. */
const WORDS: Readonly<Record<string, Decided['word']>> = { accept: 'accepted', return: 'returned' }

/**
 * What is told above the next item of that which was done with the last: until it is taken back, or a further item opens.
 * @param id the item that is open
 */
export function useToldDecided(id: Ref<string>) {
  const decided = ref<Decided | null>(null)
  watch(id, (now, before) => {
    const last = decided.value?.id
    if (now !== last && before !== last) decided.value = null
  })
  /** @param code what was done @returns whether the next item opens */
  function tell(code: string, last: Omit<Decided, 'word'>): boolean {
    const word = WORDS[code]
    if (word !== undefined) {
      decided.value = { ...last, word }
      return true
    }
    if (decided.value?.id === last.id) decided.value = null
    return false
  }
  return { decided, tell }
}
