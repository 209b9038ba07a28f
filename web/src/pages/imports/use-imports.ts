import { useInfiniteQuery } from '@tanstack/vue-query'
import { api, bodyFrom } from '../../api/client.ts'

const PAGE_ROWS = 30

function askPage(cursor: string) {
  return bodyFrom(
    api.GET('/v1/imports', { params: { query: { limit: PAGE_ROWS, ...(cursor && { cursor }) } } }),
  )
}
type ListPage = Awaited<ReturnType<typeof askPage>>
export type ListedImport = ListPage['items'][number]

/** All imports, the newest first. */
export function useImports() {
  return useInfiniteQuery({
    queryKey: ['imports'],
    queryFn: ({ pageParam }) => askPage(pageParam),
    initialPageParam: '',
    getNextPageParam: (last: ListPage) => last.nextCursor,
  })
}
