import { useMutation } from '@tanstack/vue-query'
import type { operations } from '../../../generated/api.d.ts'
import { api, bodyFrom } from '../../api/client.ts'
import { readAnew } from '../../api/read-anew.ts'

export type { Phase } from './use-overview.ts'
export type MovedPhase = operations['movePhase']['responses']['200']['content']['application/json']
type Asked = { campaign: string; phase: string; dueOn: string; dryRun: boolean }

/** What another day of a phase moves, or the change itself. */
export function useMovePhase() {
  return useMutation({
    mutationFn: ({ campaign, phase, ...body }: Asked) =>
      bodyFrom(
        api.POST('/v1/campaigns/{id}/phases/{phase}/due-day', {
          params: { path: { id: campaign, phase } },
          body,
        }),
      ),
    onSettled: (_answer, _error, { dryRun }) => (dryRun ? undefined : readAnew()),
  })
}
