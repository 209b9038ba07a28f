import { useQuery } from '@tanstack/vue-query'
import type { ComputedRef } from 'vue'
import { api, bodyFrom } from '../../api/client.ts'
import type { ListQuery } from '../obligations/asked.ts'

/**
 * What stands before and after an item in the list whose filters the address has, as it was when the item was opened. Work done on
 * it moves it in the list or takes it off: the next one is still the next, so its key is none of the work's (api/read-anew.ts).
 */
export function useNeighbours(id: ComputedRef<string>, query: ComputedRef<ListQuery>) {
  return useQuery({
    queryKey: ['neighbours', id, query],
    staleTime: Infinity,
    gcTime: 0,
    queryFn: () =>
      bodyFrom(
        api.GET('/v1/obligations/{id}/neighbours', {
          params: { path: { id: id.value }, query: query.value },
        }),
      ),
  })
}
