import { type Ref, ref, watch } from 'vue'

/**
 * Whether this item was just registered, from a form that led here: told once, of this item alone.
 * @param id the item that the page shows
 */
export function useJustRegistered(id: Ref<string>): Ref<boolean> {
  const state = history.state as { registered?: boolean } | null
  const isNew = ref(state?.registered === true)
  // Taken out it would come back: the router writes what it knew of the step over it.
  if (isNew.value) history.replaceState({ ...state, registered: false }, '')
  watch(id, () => (isNew.value = false))
  return isNew
}
