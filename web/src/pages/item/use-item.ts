import { type Query, useQuery, useQueryClient } from '@tanstack/vue-query'
import { computed, type Ref, watch } from 'vue'
import { api, bodyFrom } from '../../api/client.ts'
import { FOLLOWS_MS } from '../../parts/follows.ts'

const path = (id: string) => ({ params: { path: { id } } })
const askItem = (id: string) => bodyFrom(api.GET('/v1/obligations/{id}', path(id)))
const askReceipt = (id: string) => bodyFrom(api.GET('/v1/obligations/{id}/receipt', path(id)))
const askStory = (id: string) => bodyFrom(api.GET('/v1/obligations/{id}/story', path(id)))

export type Item = Awaited<ReturnType<typeof askItem>>
export type Story = Awaited<ReturnType<typeof askStory>>
export type Receipt = Awaited<ReturnType<typeof askReceipt>>

export function useItem(id: string) {
  return useQuery({ queryKey: ['obligation', id], queryFn: () => askItem(id) })
}

/** So near to each other answers come that were asked for together. */
const WITH_IT_MS = 2_000

/**
 * The same, following what others do: once its version is another, all that is shown of it is read anew. @param stays whether it
 * is left as it is meanwhile, since somebody writes or decides
 */
export function useFollowedItem(id: string, stays: Readonly<Ref<boolean>>) {
  const client = useQueryClient()
  const item = useQuery({
    queryKey: ['obligation', id],
    queryFn: () => askItem(id),
    refetchInterval: computed(() => !stays.value && FOLLOWS_MS),
  })
  watch(
    () => item.data.value?.version,
    (now, before) => {
      if (before === undefined || now === before) return
      // What is being read, or was just read with it, is not asked for again: after one's own deed all was.
      const isOlder = ({ queryKey, state }: Query) =>
        queryKey.length > 2 && state.dataUpdatedAt < Date.now() - WITH_IT_MS
      const of = { queryKey: ['obligation', id], predicate: isOlder }
      void client.invalidateQueries(of, { cancelRefetch: false })
    },
  )
  return item
}

export function useReceipt(id: string) {
  return useQuery({ queryKey: ['obligation', id, 'receipt'], queryFn: () => askReceipt(id) })
}

export function useStory(id: string) {
  return useQuery({ queryKey: ['obligation', id, 'story'], queryFn: () => askStory(id) })
}
