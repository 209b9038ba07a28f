import { type Ref, watch } from 'vue'

/**
 * The row that the keys stand on follows the item that is open, whichever way it was opened: by Back and Forward too. What the keys
 * themselves open they may have left behind by then: they are not called back to it.
 * @returns to be told of what the keys or a press open, and once the address has it
 */
export function useFollowOpen(open: Readonly<Ref<string | null>>, at: Ref<string | null>) {
  let asked: string | null = null
  watch(
    open,
    (id) => {
      if (id !== null && id !== asked) at.value = id
    },
    // While the address changes: afterwards nobody knows who changed it.
    { flush: 'sync' },
  )
  return async (id: string, going: Promise<unknown>): Promise<void> => {
    asked = id
    await going
    if (asked === id) asked = null
  }
}
