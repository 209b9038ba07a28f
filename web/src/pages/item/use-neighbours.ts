import { useQuery } from '@tanstack/vue-query'
import type { ComputedRef } from 'vue'
import type { operations } from '../../../generated/api.d.ts'
import { api, bodyFrom } from '../../api/client.ts'
import type { ListQuery } from '../obligations/asked.ts'

type ProblemQuery = NonNullable<operations['getProblemNeighbours']['parameters']['query']>

/**
 * What stands before and after an item in the list whose filters the address has, as it was when the item was opened. Work done on
 * it moves it in the list or takes it off: the next one is still the next, so its key is none of the work's (api/read-anew.ts).
 * @param problems what of the list of problems is selected, where the item was opened from there; its order is another
 */
export function useNeighbours(
  id: ComputedRef<string>,
  query: ComputedRef<ListQuery>,
  problems: ComputedRef<ProblemQuery | null>,
) {
  return useQuery({
    queryKey: ['neighbours', id, query, problems],
    staleTime: Infinity,
    gcTime: 0,
    queryFn: () => {
      const path = { id: id.value }
      return bodyFrom(
        problems.value
          ? api.GET('/v1/problems/{id}/neighbours', { params: { path, query: problems.value } })
          : api.GET('/v1/obligations/{id}/neighbours', { params: { path, query: query.value } }),
      )
    },
  })
}
