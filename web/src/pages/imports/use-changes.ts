import { useInfiniteQuery, useMutation } from '@tanstack/vue-query'
import { api, bodyFrom } from '../../api/client.ts'
import { refreshImport } from './use-import.ts'

const PAGE_ROWS = 50

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
  })
}

export type Decision = { action: 'apply' | 'dismiss' } & ({ rows: number[] } | { all: true })

export function useDecide(id: string) {
  return useMutation({
    mutationFn: (body: Decision) =>
      bodyFrom(api.POST('/v1/imports/{id}/changes/actions', { params: { path: { id } }, body })),
    onSettled: () => refreshImport(id),
  })
}
