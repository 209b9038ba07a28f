import { computed, type WritableComputedRef } from 'vue'
import { useAddress } from '../../parts/use-address.ts'
import type { Selection } from './use-problems.ts'

const EVERYTHING: Selection = { campaign: '', office: '', state: '', origin: '', type: '' }

/** What the page selects; it stands in the address, so that a link shows the same, and the menu leads back to everything. */
export function useSelection(): WritableComputedRef<Selection> {
  const { asked, ask } = useAddress(['campaign', 'office', 'state', 'origin', 'type'])
  return computed({ get: () => ({ ...EVERYTHING, ...asked.value }), set: ask })
}
