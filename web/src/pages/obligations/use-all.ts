import { type Ref, ref, watch } from 'vue'
import type { ListQuery } from './asked.ts'

/**
 * Whether all that the list would show is chosen, not only the rows that were read. Any other choice ends it: whoever unticks
 * a row does not mean that row. At once, so that nothing is sent in between.
 */
export function useAll(ids: () => readonly string[], query: () => ListQuery): Ref<boolean> {
  const all = ref(false)
  watch(
    () => JSON.stringify([ids(), query()]),
    () => (all.value = false),
    { flush: 'sync' },
  )
  return all
}
