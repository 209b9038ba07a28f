import { useInfiniteQuery } from '@tanstack/vue-query'
import { api, bodyFrom } from '../../api/client.ts'

const askHandOvers = (cursor: string | undefined) =>
  bodyFrom(
    api.GET('/v1/obligations/hand-overs', { params: { query: cursor === undefined ? {} : { cursor } } }),
  )
export type HandOver = Awaited<ReturnType<typeof askHandOvers>>['items'][number]

/** The newest first. */
export function useHandOvers() {
  return useInfiniteQuery({
    queryKey: ['obligations', 'hand-overs'],
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam }) => askHandOvers(pageParam),
    getNextPageParam: (page) => page.nextCursor ?? undefined,
  })
}
