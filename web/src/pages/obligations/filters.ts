import { type ComputedRef, computed } from 'vue'
import { useRoute, useRouter } from 'vue-router'
import { asked, type ListQuery } from './asked.ts'
import { everywhere, looksLikeNumber } from './whole-number.ts'

export type FilterName = Exclude<keyof ListQuery, 'cursor' | 'limit'>

/** The filters in the address, so that a link shows the same rows. Each change is a step that the browser's Back takes back. */
export function useFilters(): {
  query: ComputedRef<ListQuery>
  change: (name: FilterName, value: string) => void
  /** A number is looked for in everything, other words among what is listed. */
  find: (text: string) => void
  clear: () => void
} {
  const route = useRoute()
  const router = useRouter()
  const change = (name: FilterName, value: string): void => {
    const { [name]: _before, open: _open, ...others } = route.query
    // A number is one of its mail.
    const { counted: _counted, ...bare } = others
    const rest = name === 'mail' ? bare : others
    void router.push({ query: value === '' ? rest : { ...rest, [name]: value } })
  }
  return {
    query: computed(() => asked(route.query)),
    change,
    find: (text) =>
      looksLikeNumber(text) ? void router.push({ query: everywhere(text) }) : change('q', text),
    clear: () => void router.push({ query: {} }),
  }
}
