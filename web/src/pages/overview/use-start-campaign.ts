import { useMutation } from '@tanstack/vue-query'
import type { operations } from '../../../generated/api.d.ts'
import { api, bodyFrom } from '../../api/client.ts'
import { readAnew } from '../../api/read-anew.ts'
import type { NewCampaign } from './begin-choices.ts'

export type CampaignPreview = operations['previewCampaign']['responses']['200']['content']['application/json']

/** What starting would register, and whom the first round would reach; nothing is written. */
export const usePreviewCampaign = () =>
  useMutation({ mutationFn: (body: NewCampaign) => bodyFrom(api.POST('/v1/campaigns/preview', { body })) })

export function useStartCampaign() {
  return useMutation({
    mutationFn: (body: NewCampaign) => bodyFrom(api.POST('/v1/campaigns', { body })),
    onSuccess: () => readAnew(),
  })
}
