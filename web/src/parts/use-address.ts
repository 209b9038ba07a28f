import { computed } from 'vue'
import { useRoute, useRouter } from 'vue-router'

/** What stands in the address of a page under these names, so that a link shows the same. An empty word stands nowhere. */
export function useAddress<Name extends string>(names: readonly Name[]) {
  const route = useRoute()
  const router = useRouter()
  const asked = computed(() => {
    const given = names.flatMap((name) => {
      const value = route.query[name]
      return typeof value === 'string' && value !== '' ? [[name, value] as const] : []
    })
    return Object.fromEntries(given) as Partial<Record<Name, string>>
  })
  const given = (name: Name): string => asked.value[name] ?? ''

  /** What else is asked for stays; what stands there under other names does not. */
  function ask(part: Partial<Record<Name, string>>): void {
    const all = Object.entries<string | undefined>({ ...asked.value, ...part })
    void router.replace({ query: Object.fromEntries(all.filter(([, value]) => value)) })
  }
  const clear = (): void => void router.replace({ query: {} })
  return { asked, given, ask, clear }
}
