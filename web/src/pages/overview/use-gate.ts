import { useMutation } from '@tanstack/vue-query'
import type { operations } from '../../../generated/api.d.ts'
import { api, bodyFrom } from '../../api/client.ts'
import { readAnew } from '../../api/read-anew.ts'

export type GateDecision = operations['actOnCampaign']['requestBody']['content']['application/json']

/** `version`: of the campaign as it was when the decision was begun. */
type Deciding = { campaign: string; version: number; decision: GateDecision }

/**
 * Lets a phase close over what is left of it, or closes the campaign; refused, it names each that is left, or that somebody else
 * decided meanwhile (412).
 */
export function useDecideGate() {
  return useMutation({
    mutationFn: ({ campaign, version, decision }: Deciding) =>
      bodyFrom(
        api.POST('/v1/campaigns/{id}/actions', {
          params: { path: { id: campaign } },
          headers: { 'If-Match': `"${version}"` },
          body: decision,
        }),
      ),
    onSettled: () => readAnew(),
  })
}
