import { type ComputedRef, computed } from 'vue'
import { useAddress } from '../../parts/use-address.ts'
import type { MailQuery } from './use-mails.ts'

const NAMES = ['state', 'office', 'from', 'to', 'person'] as const
export type MailFilter = (typeof NAMES)[number]

/** The filters in the address, so that a link shows the same mails. */
export function useMailFilters(): {
  query: ComputedRef<MailQuery>
  change: (name: MailFilter, value: string) => void
  clear: () => void
} {
  const { asked, ask, clear } = useAddress(NAMES)
  return {
    query: computed(() => asked.value as MailQuery),
    change: (name, value) => ask({ [name]: value }),
    clear,
  }
}
