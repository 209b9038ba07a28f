import { useMutation, useQuery, useQueryClient } from '@tanstack/vue-query'
import type { operations } from '../../../generated/api.d.ts'
import { api, bodyFrom } from '../../api/client.ts'

export type NewView = operations['addListView']['requestBody']['content']['application/json']

const KEY = ['list-views']
const askViews = () => bodyFrom(api.GET('/v1/list-views'))
export type ListView = Awaited<ReturnType<typeof askViews>>['items'][number]

/** One's own views and those that are shared. */
export const useListViews = () => useQuery({ queryKey: KEY, queryFn: askViews })

export function useKeepView() {
  const client = useQueryClient()
  return useMutation({
    /** @param id of the view whose place it takes; null: a further one */
    mutationFn: ({ id, view: body }: { id: string | null; view: NewView }) =>
      id === null
        ? bodyFrom(api.POST('/v1/list-views', { body }))
        : bodyFrom(api.PUT('/v1/list-views/{id}', { params: { path: { id } }, body })),
    onSettled: () => client.invalidateQueries({ queryKey: KEY }),
  })
}

export function useDropView() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (id: string) => api.DELETE('/v1/list-views/{id}', { params: { path: { id } } }),
    onSettled: () => client.invalidateQueries({ queryKey: KEY }),
  })
}
