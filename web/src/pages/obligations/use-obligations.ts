import { useInfiniteQuery } from '@tanstack/vue-query'
import type { ComputedRef } from 'vue'
import type { operations } from '../../../generated/api.d.ts'
import { api, bodyFrom } from '../../api/client.ts'

export type ListQuery = NonNullable<operations['listObligations']['parameters']['query']>
type ListPage = Awaited<ReturnType<typeof askPage>>
export type ListedObligation = ListPage['items'][number]

const PAGE_ROWS = 50

function askPage(query: ListQuery, cursor: string) {
  const asked = { ...query, limit: PAGE_ROWS, ...(cursor && { cursor }) }
  return bodyFrom(api.GET('/v1/obligations', { params: { query: asked } }))
}

/** The rows of a list, page after page. What was read stays while the next filter is asked. */
export function useObligations(query: ComputedRef<ListQuery>) {
  return useInfiniteQuery({
    queryKey: ['obligations', query],
    queryFn: ({ pageParam }) => askPage(query.value, pageParam),
    initialPageParam: '',
    getNextPageParam: (last: ListPage) => last.nextCursor,
    placeholderData: (before) => before,
  })
}
