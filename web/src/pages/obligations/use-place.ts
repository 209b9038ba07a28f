import { computed, type Ref, watch } from 'vue'
import { nthNow, type Place } from './row-place.ts'

/**
 * Where somebody stands, reckoned anew with each change of the list. Another question begins at the top: its rows have other places
 * than those of the question before.
 * @param question what is asked, as JSON tells it @param areOfBefore whether the rows are still those of the question before
 */
export function usePlace(
  ids: Ref<readonly string[]>,
  at: Ref<string | null>,
  question: Ref<unknown>,
  areOfBefore: Ref<boolean>,
): () => Place {
  const asked = computed(() => JSON.stringify(question.value))
  let nth = 0
  let reckonedBy: readonly string[] = []
  watch(
    [ids, at, asked, areOfBefore] as const,
    ([now, id, question, areOld], [, , questionBefore]) => {
      if (question !== questionBefore) [nth, reckonedBy] = [0, []]
      if (areOld) return
      nth = nthNow(now, { id, nth }, reckonedBy)
      reckonedBy = now
    },
    // The question and whose the rows are change together, by watchers of their own.
    { immediate: true, flush: 'post' },
  )
  return () => ({ id: at.value, nth })
}
