import { computed, type ComputedRef, onMounted, ref } from 'vue'

/** As many as the first screen shows: a slow telephone draws fifty in half a second. */
const FIRST_ROWS = 12

let isFirst = true

/** The rows to draw: of the first list after the app has started those of the first screen, and the others a frame later. */
export function useFirstRows<T>(rows: () => readonly T[]): ComputedRef<readonly T[]> {
  const drawn = ref(isFirst ? FIRST_ROWS : Infinity)
  isFirst = false
  onMounted(() => requestAnimationFrame(() => setTimeout(() => (drawn.value = Infinity))))
  return computed(() => rows().slice(0, drawn.value))
}
