import { type ComputedRef, computed } from 'vue'
import { useRoute, useRouter } from 'vue-router'
import type { MailQuery } from './use-mails.ts'

const NAMES = ['state', 'office', 'from', 'to', 'person'] as const
export type MailFilter = (typeof NAMES)[number]

/** The filters in the address, so that a link shows the same mails. */
export function useMailFilters(): {
  query: ComputedRef<MailQuery>
  change: (name: MailFilter, value: string) => void
  clear: () => void
} {
  const route = useRoute()
  const router = useRouter()
  const query = computed(() => {
    const given = NAMES.flatMap((name) => {
      const value = route.query[name]
      return typeof value === 'string' && value !== '' ? [[name, value] as const] : []
    })
    return Object.fromEntries(given) as MailQuery
  })
  return {
    query,
    change: (name, value) => {
      const { [name]: _before, ...rest } = query.value
      void router.replace({ query: value === '' ? rest : { ...rest, [name]: value } })
    },
    clear: () => void router.replace({ query: {} }),
  }
}
