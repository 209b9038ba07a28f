import { type ComputedRef, computed } from 'vue'
import { useMe } from './use-me.ts'

/** Business time as the server has it, in milliseconds since 1970: a demonstration's clock is not that of the device. */
export function useNow(): ComputedRef<number> {
  const { data: me } = useMe()
  return computed(() => (me.value ? Date.parse(me.value.clock.now) : Date.now()))
}
