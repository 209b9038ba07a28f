import { type ComputedRef, computed } from 'vue'
import { useMe } from './use-me.ts'

/** Business time as the server has it, in milliseconds since 1970: a demonstration's clock is not that of the device. */
export function useNow(): ComputedRef<number> {
  const { data: me, dataUpdatedAt } = useMe()
  return computed(() => {
    const told = me.value && 'clock' in me.value ? (me.value.clock as { now: string }).now : undefined
    return told === undefined ? dataUpdatedAt.value : Date.parse(told)
  })
}
