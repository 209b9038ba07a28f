import { useInfiniteQuery } from '@tanstack/vue-query'
import { api, bodyFrom } from '../../api/client.ts'

const PAGE_ROWS = 100

function askPage(id: string, cursor: string) {
  const query = { limit: PAGE_ROWS, ...(cursor && { cursor }) }
  return bodyFrom(api.GET('/v1/imports/{id}/withdrawals', { params: { path: { id }, query } }))
}
type WithdrawalsPage = Awaited<ReturnType<typeof askPage>>

/**
 * What a file proposes to cancel, and how many in all.
 * @param version changes with the import's version, so that the list is asked anew
 */
export function useWithdrawals(id: string, version: () => number) {
  return useInfiniteQuery({
    queryKey: ['import-withdrawals', id, version],
    queryFn: ({ pageParam }) => askPage(id, pageParam),
    initialPageParam: '',
    getNextPageParam: (last: WithdrawalsPage) => last.nextCursor,
  })
}
