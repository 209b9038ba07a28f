import { useQuery } from '@tanstack/vue-query'
import { computed, type Ref, ref } from 'vue'
import { useRoute } from 'vue-router'
import { api, bodyFrom } from '../../api/client.ts'
import { useMe } from '../../session/use-me.ts'
import { campaignsToShow, newestFirst, shownCampaign } from './shown-campaign.ts'

const askHome = () => bodyFrom(api.GET('/v1/home'))
const askOverview = () => bodyFrom(api.GET('/v1/overview'))
const askBurnDown = (campaign: string) =>
  bodyFrom(api.GET('/v1/burn-down', { params: { query: { campaign } } }))
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

export const useHome = (enabled: Ref<boolean> = ref(true)) =>
  useQuery({ queryKey: ['home'], queryFn: askHome, enabled, ...again })
export const useOverview = () => useQuery({ queryKey: ['overview'], queryFn: askOverview, ...again })
export const useMailFates = () => useQuery({ queryKey: ['mail-fates'], queryFn: askMailFates, ...again })
export const useStandingCheck = () =>
  useQuery({ queryKey: ['standing-check'], queryFn: askStandingCheck, ...again })

/** The campaign that is looked at, and between which one may choose; `latest` is the newest. The choice stands in the address. */
function useCampaign() {
  const route = useRoute()
  const { data: me } = useMe()
  const campaigns = useQuery({ queryKey: ['campaigns'], queryFn: askCampaigns, ...again })
  const all = computed(() => campaigns.data.value?.items ?? [])
  const shown = computed(() =>
    me.value ? shownCampaign(all.value, me.value.clock.today, route.query.campaign) : undefined,
  )
  const choices = computed(() => campaignsToShow(all.value, shown.value))
  const latest = computed(() => newestFirst(all.value)[0])
  const id = computed(() => shown.value?.id ?? '')
  return { campaigns, shown, choices, latest, id }
}

/** How the campaign that is looked at burns down; nothing before the first was launched. */
export function useBurnDown() {
  const { id } = useCampaign()
  return useQuery({
    ...{ queryKey: ['burn-down', id], queryFn: () => askBurnDown(id.value) },
    ...{ enabled: isKnown(id), ...again },
  })
}

const isKnown = (id: Ref<string>) => computed(() => id.value !== '')

/** The phases of the campaign that is looked at; none before the first was launched. */
export function useYear() {
  const { id, ...campaign } = useCampaign()
  const timeline = useQuery({
    queryKey: ['timeline', id],
    queryFn: () => askTimeline(id.value),
    enabled: isKnown(id),
    ...again,
  })
  return { ...campaign, timeline }
}
