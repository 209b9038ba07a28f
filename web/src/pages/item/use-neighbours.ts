import { useQuery } from '@tanstack/vue-query'
import type { ComputedRef } from 'vue'
import { api, bodyFrom } from '../../api/client.ts'
import type { ListQuery } from '../obligations/asked.ts'

/** What stands before and after an item in the list whose filters the address has. Read anew with the list. */
export function useNeighbours(id: ComputedRef<string>, query: ComputedRef<ListQuery>) {
  return useQuery({
    queryKey: ['obligations', 'neighbours', id, query],
    queryFn: () =>
      bodyFrom(
        api.GET('/v1/obligations/{id}/neighbours', {
          params: { path: { id: id.value }, query: query.value },
        }),
      ),
  })
}
