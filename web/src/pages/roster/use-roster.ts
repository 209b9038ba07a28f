import { useInfiniteQuery, useMutation, useQuery } from '@tanstack/vue-query'
import { computed, type Ref } from 'vue'
import type { operations } from '../../../generated/api.d.ts'
import { api, bodyFrom } from '../../api/client.ts'
import { readAnew } from '../../api/read-anew.ts'

type Question = NonNullable<operations['listRoster']['parameters']['query']>
export type RosterAnswer = operations['importRoster']['responses']['200']['content']['application/json']

const PAGE = 50
const askRoster = (query: Question) => bodyFrom(api.GET('/v1/roster', { params: { query } }))
export type RosterPage = Awaited<ReturnType<typeof askRoster>>
export type RosterCount = RosterPage['counts'][number]

/** What the page selects; an empty word selects everything. */
export type Selection = { office: string; group: string; cover: string; reach: string }

export function useRoster(selection: Ref<Selection>) {
  const chosen = computed(
    () => Object.fromEntries(Object.entries(selection.value).filter(([, code]) => code)) as Question,
  )
  return useInfiniteQuery({
    queryKey: ['roster', 'list', chosen],
    queryFn: ({ pageParam }) =>
      askRoster({ ...chosen.value, limit: PAGE, ...(pageParam !== '' && { cursor: pageParam }) }),
    initialPageParam: '',
    getNextPageParam: ({ nextCursor }) => nextCursor ?? undefined,
  })
}

const askVillages = (office: string) =>
  bodyFrom(api.GET('/v1/roster/villages', { params: { query: office === '' ? {} : { office } } }))
export type VillageCount = Awaited<ReturnType<typeof askVillages>>['items'][number]

/** The roster by village, of one town or of all; asked once somebody wants to see it. */
export function useVillages(office: Ref<string>, wanted: Ref<boolean>) {
  return useQuery({
    queryKey: ['roster', 'villages', office],
    queryFn: () => askVillages(office.value),
    enabled: wanted,
  })
}

export function useUndoFile() {
  return useMutation({
    mutationFn: (id: string) =>
      bodyFrom(api.POST('/v1/roster/imports/{id}/undo', { params: { path: { id } } })),
    onSettled: () => readAnew(),
  })
}
