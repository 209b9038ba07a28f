import { useMutation, useQuery, useQueryClient } from '@tanstack/vue-query'
import { api, bodyFrom } from '../../api/client.ts'

const KEY = ['shared-views']

/** What is shared with the offices of one's county, whoever keeps it. */
export function useSharedViews() {
  return useQuery({ queryKey: KEY, queryFn: () => bodyFrom(api.GET('/v1/shared-views')) })
}

export function useDropSharedView() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (id: string) => api.DELETE('/v1/shared-views/{id}', { params: { path: { id } } }),
    onSettled: () => client.invalidateQueries({ queryKey: KEY }),
  })
}
