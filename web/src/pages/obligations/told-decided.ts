import { type Ref, ref, watch } from 'vue'

/** What was decided last, to be told above the next item. */
export type Decided = { id: string; title: string; action: string }

/** After these an item is out of one's hands. */
const DECIDED: readonly string[] = ['accept', 'return']

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
  function tell(code: string, last: Decided): boolean {
    if (DECIDED.includes(code)) {
      decided.value = last
      return true
    }
    if (decided.value?.id === last.id) decided.value = null
    return false
  }
  return { decided, tell }
}
