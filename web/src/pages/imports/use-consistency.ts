import { useMutation, useQuery } from '@tanstack/vue-query'
import type { operations } from '../../../generated/api.d.ts'
import { api, bodyFrom } from '../../api/client.ts'
import { queryClient } from '../../api/query.ts'
import { readAnew } from '../../api/read-anew.ts'

const ask = (id: string) => bodyFrom(api.GET('/v1/imports/{id}/consistency', { params: { path: { id } } }))
export type Consistency = Awaited<ReturnType<typeof ask>>
type Raised = operations['raiseConsistencyProblems']['requestBody']['content']['application/json']

/**
 * Where a checked file and the ledger differ.
 * @param version changes with the import's version, so that it is asked anew
 */
export function useConsistency(id: string, version: () => number) {
  return useQuery({ queryKey: ['import-consistency', id, version], queryFn: () => ask(id) })
}

/** Makes findings problems of the offices whose they are. */
export function useRaiseProblems(id: string) {
  return useMutation({
    mutationFn: (body: Raised) =>
      bodyFrom(api.POST('/v1/imports/{id}/consistency/problems', { params: { path: { id } }, body })),
    onSettled: () => {
      void queryClient.invalidateQueries({ queryKey: ['import-consistency', id] })
      readAnew()
    },
  })
}
