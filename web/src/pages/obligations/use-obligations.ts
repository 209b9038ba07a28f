import { useInfiniteQuery, useQuery } from '@tanstack/vue-query'
import { computed, type ComputedRef, type Ref, ref, watch } from 'vue'
import { api, bodyFrom } from '../../api/client.ts'
import { FOLLOWS_MS } from '../../parts/follows.ts'
import { type ListQuery, pageAsked } from './asked.ts'

type ListPage = Awaited<ReturnType<typeof askPage>>
export type ListedObligation = ListPage['items'][number]

export function askPage(query: ListQuery, cursor: string) {
  return bodyFrom(api.GET('/v1/obligations', { params: { query: pageAsked(query, cursor) } }))
}

/**
 * The rows of a list, page after page. What was read stays while the next filter is asked. @param stays whether they stay as they are
 * meanwhile (`useListNews`); otherwise they follow what others do, the more pages the more seldom
 */
export function useObligations(query: ComputedRef<ListQuery>, stays: Readonly<Ref<boolean>>) {
  const pages = ref(1)
  const list = useInfiniteQuery({
    queryKey: ['obligations', query],
    queryFn: ({ pageParam }) => askPage(query.value, pageParam),
    initialPageParam: '',
    getNextPageParam: (last: ListPage) => last.nextCursor,
    placeholderData: (before) => before,
    refetchInterval: computed(() => !stays.value && FOLLOWS_MS * pages.value),
    refetchOnWindowFocus: () => !stays.value,
  })
  watch(list.data, (now) => (pages.value = now?.pages.length ?? 1))
  return list
}

/** How long a list is that is read page by page; asked only where it has more than one. */
export function useTotal(
  query: ComputedRef<ListQuery>,
  hasMore: Ref<boolean>,
  stays: Readonly<Ref<boolean>>,
) {
  const asked = computed(() => {
    const { sort: _sort, cursor: _cursor, limit: _limit, ...filters } = query.value
    return filters
  })
  return useQuery({
    queryKey: ['obligations', 'count', asked],
    queryFn: () => bodyFrom(api.GET('/v1/obligations/count', { params: { query: asked.value } })),
    enabled: hasMore,
    refetchInterval: computed(() => !stays.value && FOLLOWS_MS),
    refetchOnWindowFocus: () => !stays.value,
  })
}
