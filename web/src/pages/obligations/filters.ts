import { type ComputedRef, computed } from 'vue'
import { type LocationQuery, useRoute, useRouter } from 'vue-router'
import type { ListQuery } from './use-obligations.ts'

/** What the page opens with: what is one's own turn, and what is late. */
export const FIRST_STANDING = 'pressing'
/** Parts of the address that are the page's own, not filters. */
const OWN = new Set(['open'])

export type FilterName = Exclude<keyof ListQuery, 'cursor' | 'limit'>

/** The filters in the address, so that a link shows the same rows. */
export function useFilters(): {
  query: ComputedRef<ListQuery>
  change: (name: FilterName, value: string) => void
  clear: () => void
} {
  const route = useRoute()
  const router = useRouter()
  return {
    query: computed(() => asked(route.query)),
    change: (name, value) => {
      const { [name]: _before, open: _open, ...rest } = route.query
      void router.replace({ query: value === '' ? rest : { ...rest, [name]: value } })
    },
    clear: () => void router.replace({ query: {} }),
  }
}

/** What mail programs and messengers add to an address that is passed on; it asks nothing. */
const ADDED_ON_THE_WAY = /^(from|isappinstalled|utm_\w+|nsukey|scene|clicktime|enterid)$/

/**
 * The question of an address. What it does not know, or names twice, is passed on too: the API says in words what is wrong.
 * A list of one mail is everything that mail is about, whatever has become of it.
 */
export function asked(query: LocationQuery): ListQuery {
  const given = Object.entries(query).filter(
    ([name, value]) => !OWN.has(name) && !ADDED_ON_THE_WAY.test(name) && value !== '' && value !== null,
  )
  // By the day that is shown: of whoever has the turn.
  const filters: ListQuery = { sort: 'holderDueAt', ...Object.fromEntries(given) }
  if (filters.standing !== undefined || filters.mail !== undefined) return filters
  return { ...filters, standing: FIRST_STANDING }
}
