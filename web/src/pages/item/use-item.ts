import { useQuery } from '@tanstack/vue-query'
import { api, bodyFrom } from '../../api/client.ts'

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

export function useReceipt(id: string) {
  return useQuery({ queryKey: ['obligation', id, 'receipt'], queryFn: () => askReceipt(id) })
}

export function useStory(id: string) {
  return useQuery({ queryKey: ['obligation', id, 'story'], queryFn: () => askStory(id) })
}
