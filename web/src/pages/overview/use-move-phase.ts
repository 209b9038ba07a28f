import { useMutation } from '@tanstack/vue-query'
import type { operations } from '../../../generated/api.d.ts'
import { api, bodyFrom } from '../../api/client.ts'
import { readAnew } from '../../api/read-anew.ts'

export type { Phase } from './use-overview.ts'
export type MovedPhase = operations['movePhase']['responses']['200']['content']['application/json']
/** `version`: of the campaign as it was when the change was tried out; nothing is overwritten by trying. */
type Asked = { campaign: string; phase: string; dueOn: string } & (
  { dryRun: true } | { dryRun: false; version: number }
)

/** What another day of a phase moves, or the change itself: refused (412) where the campaign was changed since it was tried out. */
export function useMovePhase() {
  return useMutation({
    mutationFn: ({ campaign, phase, dueOn, ...how }: Asked) =>
      bodyFrom(
        api.POST('/v1/campaigns/{id}/phases/{phase}/due-day', {
          params: { path: { id: campaign, phase } },
          headers: how.dryRun ? {} : { 'If-Match': `"${how.version}"` },
          body: { dueOn, dryRun: how.dryRun },
        }),
      ),
    onSettled: (_answer, _error, { dryRun }) => (dryRun ? undefined : readAnew()),
  })
}
