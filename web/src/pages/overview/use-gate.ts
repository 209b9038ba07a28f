import { useMutation } from '@tanstack/vue-query'
import type { operations } from '../../../generated/api.d.ts'
import { api, bodyFrom } from '../../api/client.ts'
import { readAnew } from '../../api/read-anew.ts'

export type GateDecision = operations['actOnCampaign']['requestBody']['content']['application/json']

/** Lets a phase close over what is left of it, or closes the campaign; refused, it names each that is left. */
export function useDecideGate() {
  return useMutation({
    mutationFn: ({ campaign, decision }: { campaign: string; decision: GateDecision }) =>
      bodyFrom(
        api.POST('/v1/campaigns/{id}/actions', { params: { path: { id: campaign } }, body: decision }),
      ),
    onSettled: () => readAnew(),
  })
}
