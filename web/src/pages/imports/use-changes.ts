import { useInfiniteQuery, useMutation } from '@tanstack/vue-query'
import { api, bodyFrom } from '../../api/client.ts'
import { refreshImport } from './use-import.ts'

const PAGE_ROWS = 50
/** While the worker writes what was decided, the rows are asked for again this often. */
const POLL_MS = 1500

function askPage(id: string, cursor: string) {
  const query = { limit: PAGE_ROWS, ...(cursor && { cursor }) }
  return bodyFrom(api.GET('/v1/imports/{id}/changes', { params: { path: { id }, query } }))
}
type ChangesPage = Awaited<ReturnType<typeof askPage>>
export type Change = ChangesPage['items'][number]

/** Rows whose number the ledger has with other content. */
export function useChanges(id: string) {
  return useInfiniteQuery({
    queryKey: ['import-changes', id],
    queryFn: ({ pageParam }) => askPage(id, pageParam),
    initialPageParam: '',
    getNextPageParam: (last: ChangesPage) => last.nextCursor,
    refetchInterval: ({ state }) => (isWriting(state.data?.pages) ? POLL_MS : false),
  })
}

function isWriting(pages: readonly ChangesPage[] = []): boolean {
  return pages.some(({ items }) => items.some(({ state }) => state === 'applying'))
}

export type Decision = { action: 'apply' | 'dismiss' } & ({ rows: number[] } | { all: true })

export function useDecide(id: string) {
  return useMutation({
    mutationFn: (body: Decision) =>
      bodyFrom(api.POST('/v1/imports/{id}/changes/actions', { params: { path: { id } }, body })),
    onSettled: () => refreshImport(id),
  })
}
