import { useMutation } from '@tanstack/vue-query'
import type { operations } from '../../../generated/api.d.ts'
import { api, bodyFrom } from '../../api/client.ts'
import { queryClient } from '../../api/query.ts'

export type NewOffice = operations['addOffice']['requestBody']['content']['application/json']
export type OfficeAction = operations['actOnOffice']['requestBody']['content']['application/json']

/** What names offices, or counts them: the directory, one's own scope, the check list of a beginning. */
const CHANGED = ['offices', 'me', 'beginning'] as const

/** Until they are read, what was done is not over: whoever does it again does it to what stands there now. */
function readOfficesAnew(): Promise<unknown> {
  return Promise.all(CHANGED.map((key) => queryClient.invalidateQueries({ queryKey: [key] })))
}

export function useAddOffice() {
  return useMutation({
    mutationFn: (body: NewOffice) => bodyFrom(api.POST('/v1/offices', { body })),
    onSuccess: readOfficesAnew,
  })
}

/** Names an office anew, changes what it does, or removes it. */
export function useOfficeAction(code: () => string) {
  return useMutation({
    mutationFn: (body: OfficeAction) =>
      bodyFrom(api.POST('/v1/offices/{code}/actions', { params: { path: { code: code() } }, body })),
    // Also what was refused: somebody else may have changed it.
    onSettled: readOfficesAnew,
  })
}
