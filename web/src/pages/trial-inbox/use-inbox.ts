import { useInfiniteQuery, useQuery } from '@tanstack/vue-query'
import type { Ref } from 'vue'
import { api, bodyFrom } from '../../api/client.ts'

const askInbox = (before: string | undefined) =>
  bodyFrom(api.GET('/v1/trial-inbox', { params: { query: before ? { before } : {} } }))
const askInboxMail = (id: string) => bodyFrom(api.GET('/v1/trial-inbox/{id}', { params: { path: { id } } }))

export type InboxEntry = Awaited<ReturnType<typeof askInbox>>['items'][number]

/** The trial inbox, the newest first. It is there in a trial on one's own machine only. */
export function useInbox() {
  return useInfiniteQuery({
    queryKey: ['inbox'],
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam }) => askInbox(pageParam),
    getNextPageParam: (page) => page.nextBefore ?? undefined,
  })
}

export function useInboxMail(id: Ref<string>) {
  return useQuery({ queryKey: ['inbox-mail', id] as const, queryFn: () => askInboxMail(id.value) })
}
