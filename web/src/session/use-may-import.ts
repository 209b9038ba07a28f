import { computed } from 'vue'
import { useMe } from './use-me.ts'

/** Whether the person may import files; undefined while nothing is known of them. */
export function useMayImport() {
  const { data: me } = useMe()
  return computed(() => me.value?.permissions.some(({ code }) => code === 'imports:manage'))
}
