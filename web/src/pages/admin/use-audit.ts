import { useInfiniteQuery } from '@tanstack/vue-query'
import { type ComputedRef, computed } from 'vue'
import { useRoute, useRouter } from 'vue-router'
import type { operations } from '../../../generated/api.d.ts'
import { api, bodyFrom } from '../../api/client.ts'

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
  const route = useRoute()
  const router = useRouter()
  const query = computed(() => {
    const given = NAMES.flatMap((name) => {
      const value = route.query[name]
      return typeof value === 'string' && value !== '' ? [[name, value] as const] : []
    })
    return Object.fromEntries(given) as AuditQuery
  })
  const change = (name: AuditFilter, value: string): void => {
    const { [name]: _before, ...rest } = query.value
    void router.replace({ query: value === '' ? rest : { ...rest, [name]: value } })
  }
  return { query, change }
}
