import { useMutation, useQuery } from '@tanstack/vue-query'
import type { operations } from '../../../generated/api.d.ts'
import { api, bodyFrom } from '../../api/client.ts'
import { readAnew } from '../../api/read-anew.ts'

export type NewYear = operations['startCampaign']['requestBody']['content']['application/json']
export type YearPreview = operations['previewCampaign']['responses']['200']['content']['application/json']

const askCampaigns = () => bodyFrom(api.GET('/v1/campaigns'))

export const useCampaigns = () => useQuery({ queryKey: ['campaigns'], queryFn: askCampaigns })

/** The text to begin one's own plan from: that of a year, or the one that ships. */
export async function planText(campaign: string | undefined): Promise<string> {
  const asked =
    campaign === undefined
      ? api.GET('/v1/campaigns/template')
      : api.GET('/v1/campaigns/{id}/template', { params: { path: { id: campaign } } })
  return (await bodyFrom<{ text: string }>(asked)).text
}

/** What a year would begin with; nothing is written. */
export const usePreview = () =>
  useMutation({ mutationFn: (body: NewYear) => bodyFrom(api.POST('/v1/campaigns/preview', { body })) })

export const useLaunch = () =>
  useMutation({
    mutationFn: (body: NewYear) => bodyFrom(api.POST('/v1/campaigns', { body })),
    onSettled: () => readAnew(),
  })
