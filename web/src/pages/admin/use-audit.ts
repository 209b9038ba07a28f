import { useInfiniteQuery } from '@tanstack/vue-query'
import { type ComputedRef, computed } from 'vue'
import type { operations } from '../../../generated/api.d.ts'
import { api, bodyFrom } from '../../api/client.ts'
import { useAddress } from '../../parts/use-address.ts'

export type AuditQuery = NonNullable<operations['listAuditEvents']['parameters']['query']>
const PER_PAGE = 50
const NAMES = ['actor', 'subject', 'action', 'outcome', 'from', 'to'] as const
export type AuditFilter = (typeof NAMES)[number]

const askAudit = (query: AuditQuery) =>
  bodyFrom(api.GET('/v1/audit', { params: { query: { ...query, limit: PER_PAGE } } }))
export type AuditEvent = Awaited<ReturnType<typeof askAudit>>['items'][number]

export function useAudit(query: ComputedRef<AuditQuery>) {
  return useInfiniteQuery({
    queryKey: ['audit', query] as const,
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam }) => askAudit({ ...query.value, ...(pageParam && { cursor: pageParam }) }),
    getNextPageParam: (page) => page.nextCursor ?? undefined,
  })
}

/** The filters in the address, so that a link shows the same records. */
export function useAuditFilters() {
  const { asked, ask } = useAddress(NAMES)
  const query = computed(() => asked.value as AuditQuery)
  return { query, change: (name: AuditFilter, value: string): void => ask({ [name]: value }) }
}
