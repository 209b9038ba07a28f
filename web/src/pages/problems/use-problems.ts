import { useInfiniteQuery, useMutation, useQuery } from '@tanstack/vue-query'
import { computed, type Ref, ref } from 'vue'
import type { operations } from '../../../generated/api.d.ts'
import { api, bodyFrom } from '../../api/client.ts'
import { readAnew } from '../../api/read-anew.ts'
import type { Answer } from '../../parts/needed.ts'
import { useMe } from '../../session/use-me.ts'
import { useCampaigns } from '../year-plan/use-year-plan.ts'
import { campaignOfNew } from './campaign-of-new.ts'

type Question = NonNullable<operations['listProblems']['parameters']['query']>
export type NewProblem = operations['createProblems']['requestBody']['content']['application/json']
export type FileAnswer = operations['importProblems']['responses']['200']['content']['application/json']

const askProgress = (query: { campaign?: string }) =>
  bodyFrom(api.GET('/v1/problems/burn-down', { params: { query } }))
const askProblems = (query: Question) => bodyFrom(api.GET('/v1/problems', { params: { query } }))
export type Progress = Awaited<ReturnType<typeof askProgress>>
export type ProblemEntry = Awaited<ReturnType<typeof askProblems>>['items'][number]

/** What the page selects; an empty word selects everything. */
export type Selection = { campaign: string; office: string; state: string; origin: string; type: string }

/** @param campaign an id; undefined for the latest @param asks whether it is asked for */
export function useProgress(campaign: Ref<string | undefined>, asks: Ref<boolean> = ref(true)) {
  return useQuery({
    queryKey: ['problems', 'progress', campaign],
    queryFn: () => askProgress(campaign.value === undefined ? {} : { campaign: campaign.value }),
    enabled: asks,
  })
}

/**
 * Where a new problem goes, whichever campaign is looked at, and the last day it may have there. `ground` is what of it has to be
 * known before one is registered without a day of its own. Where the progress that is shown failed, that of its campaign is asked for.
 * @param asked the campaign that is looked at, empty for the latest @param shownAsked its progress; mostly it is the same campaign
 */
export function useGround(asked: Ref<string>, shownAsked: Answer & { data: Ref<Progress | undefined> }) {
  const shown = shownAsked.data
  const { data: me } = useMe()
  const campaigns = useCampaigns()
  const { data: known } = campaigns
  const campaign = computed(() =>
    known.value && me.value ? (campaignOfNew(known.value.items, me.value.clock.today) ?? null) : undefined,
  )
  const id = computed(() => campaign.value?.id)
  /** undefined until it is known */
  const lookedAt = computed(() => asked.value || shown.value?.campaignId)
  const isElsewhere = computed(
    () =>
      campaign.value !== undefined && lookedAt.value !== undefined && lookedAt.value !== (id.value ?? null),
  )
  /** Of its own campaign by name the same would be asked once more. */
  const isLost = computed(
    () => shown.value === undefined && shownAsked.error.value !== null && asked.value !== id.value,
  )
  const asksOwn = computed(() => (isElsewhere.value || isLost.value) && id.value !== undefined)
  const own = useProgress(id, asksOwn)
  const progress = computed(() => (asksOwn.value ? own.data.value : shown.value))
  /** null: any day, undefined until it is known */
  const lastDay = computed(() => {
    if (!campaign.value) return campaign.value
    if (progress.value === undefined) return undefined
    return progress.value.campaignId === id.value ? progress.value.dueOn : null
  })
  /** What the day hangs on: the campaigns, and the progress that is shown, or where that is another or failed its own campaign's. */
  const steps = computed<Answer[]>(() =>
    campaign.value ? [campaigns, asksOwn.value ? own : shownAsked] : [campaigns],
  )
  const failed = computed(() => steps.value.filter(({ error }) => error.value !== null))
  const isPaused = computed(() => steps.value.some(({ fetchStatus }) => fetchStatus?.value === 'paused'))
  const ground: Answer = {
    data: lastDay,
    error: computed(() => failed.value[0]?.error.value ?? null),
    fetchStatus: computed(() => (isPaused.value ? 'paused' : 'idle')),
    refetch: () => failed.value.forEach(({ refetch }) => void refetch()),
  }
  return { campaign, isElsewhere, lastDay, ground }
}

/** So many problems of an office are read beside the task of its whole list. */
const MOST_BESIDE = 20

/**
 * The problems that the task of an office's list is about, those due first ahead.
 * @param campaign null for those of all, undefined until it is known
 */
export function useProblemsOf(office: string, campaign: Ref<string | null | undefined>) {
  return useQuery({
    queryKey: ['problems', 'of', office, campaign],
    queryFn: () =>
      askProblems({ office, limit: MOST_BESIDE, ...(campaign.value && { campaign: campaign.value }) }),
    enabled: computed(() => campaign.value !== undefined),
  })
}

/** The problems that are selected, page after page. */
export function useProblems(selection: Ref<Selection>) {
  const chosen = computed(() =>
    Object.fromEntries(Object.entries(selection.value).filter(([, code]) => code)),
  )
  return useInfiniteQuery({
    queryKey: ['problems', 'list', chosen],
    queryFn: ({ pageParam }) =>
      askProblems({ ...(chosen.value as Question), ...(pageParam === '' ? {} : { cursor: pageParam }) }),
    initialPageParam: '',
    getNextPageParam: ({ nextCursor }) => nextCursor ?? undefined,
  })
}

/**
 * Registers once, however often it is sent: the key stays with the draft, so a lost answer is asked for again.
 * @param onDone runs also when the page was left by then
 */
export function useRegister(onDone: () => void) {
  return useMutation({
    mutationFn: ({ body, key }: { body: NewProblem; key: string }) =>
      bodyFrom(api.POST('/v1/problems', { body, headers: { 'Idempotency-Key': key } })),
    onSuccess: onDone,
    onSettled: () => readAnew(),
  })
}
