import { useQuery } from '@tanstack/vue-query'
import { computed } from 'vue'
import { api, bodyFrom } from '../../api/client.ts'

const askHome = () => bodyFrom(api.GET('/v1/home'))
const askOverview = () => bodyFrom(api.GET('/v1/overview'))
const askBurnDown = () => bodyFrom(api.GET('/v1/burn-down'))
const askMailFates = () => bodyFrom(api.GET('/v1/mail-fates'))
const askStandingCheck = () => bodyFrom(api.GET('/v1/standing-check'))
const askCampaigns = () => bodyFrom(api.GET('/v1/campaigns'))
const askTimeline = (id: string) =>
  bodyFrom(api.GET('/v1/campaigns/{id}/timeline', { params: { path: { id } } }))

export type Home = Awaited<ReturnType<typeof askHome>>
export type Overview = Awaited<ReturnType<typeof askOverview>>
export type OfficeLine = Overview['items'][number]
export type Phase = Awaited<ReturnType<typeof askTimeline>>['phases'][number]

/** A page left open on a wall stays true. */
const AGAIN_MS = 60_000
const again = { refetchInterval: AGAIN_MS }

export const useHome = () => useQuery({ queryKey: ['home'], queryFn: askHome, ...again })
export const useOverview = () => useQuery({ queryKey: ['overview'], queryFn: askOverview, ...again })
export const useBurnDown = () => useQuery({ queryKey: ['burn-down'], queryFn: askBurnDown, ...again })
export const useMailFates = () => useQuery({ queryKey: ['mail-fates'], queryFn: askMailFates, ...again })
export const useStandingCheck = () =>
  useQuery({ queryKey: ['standing-check'], queryFn: askStandingCheck, ...again })

/** The phases of the latest campaign; none before the first was launched. */
export function useYear() {
  const campaigns = useQuery({ queryKey: ['campaigns'], queryFn: askCampaigns, ...again })
  const latest = computed(() => [...(campaigns.data.value?.items ?? [])].sort((a, b) => b.year - a.year)[0])
  const id = computed(() => latest.value?.id ?? '')
  const timeline = useQuery({
    queryKey: ['timeline', id],
    queryFn: () => askTimeline(id.value),
    enabled: computed(() => id.value !== ''),
    ...again,
  })
  return { campaigns, latest, timeline }
}
