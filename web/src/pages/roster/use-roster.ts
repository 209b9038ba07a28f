import { useInfiniteQuery, useMutation, useQuery } from '@tanstack/vue-query'
import { computed, type Ref } from 'vue'
import type { operations } from '../../../generated/api.d.ts'
import { api, bodyFrom } from '../../api/client.ts'
import { Problem } from '../../api/problem.ts'
import { readAnew } from '../../api/read-anew.ts'
import { changedBody, newBody, type RosterHousehold, type WrittenHousehold } from './household-body.ts'

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

/** The files that were registered, the latest first; asked once somebody wants to see them. */
export function useFiles(wanted: Ref<boolean>) {
  return useQuery({
    queryKey: ['roster', 'files'],
    queryFn: () => bodyFrom(api.GET('/v1/roster/imports')),
    enabled: wanted,
  })
}

const asRead = ({ id, version }: Pick<RosterHousehold, 'id' | 'version'>) => ({
  params: { path: { id } },
  headers: { 'If-Match': `"${version}"` },
})

/** Enters a household, or changes one as it was read: what somebody else changed meanwhile is refused (412). */
export function useSaveHousehold() {
  return useMutation({
    mutationFn: async ({
      household,
      written,
    }: {
      household: RosterHousehold | null
      written: WrittenHousehold
    }) => {
      if (household === null) await api.POST('/v1/roster', { body: newBody(written) })
      else await api.PUT('/v1/roster/{id}', { ...asRead(household), body: changedBody(written) })
    },
    // Of a person nothing is kept.
    gcTime: 0,
    onSettled: () => readAnew(),
  })
}

/** A household as it stands on the roster now, null once it was taken off; asked while `wanted`. */
export function useHouseholdNow(id: string, wanted: Ref<boolean>) {
  return useQuery({
    queryKey: ['roster', 'household', id],
    queryFn: () =>
      bodyFrom(api.GET('/v1/roster/{id}', { params: { path: { id } } })).catch((error: unknown) => {
        if (error instanceof Problem && error.status === 404) return null
        throw error
      }),
    enabled: wanted,
    // Of an earlier conflict nothing is shown.
    gcTime: 0,
  })
}

/** Takes a household off the roster as it was read. */
export function useRemoveHousehold() {
  return useMutation({
    mutationFn: (household: RosterHousehold) => bodyFrom(api.DELETE('/v1/roster/{id}', asRead(household))),
    onSettled: () => readAnew(),
  })
}

export function useUndoFile() {
  return useMutation({
    mutationFn: (id: string) =>
      bodyFrom(api.POST('/v1/roster/imports/{id}/undo', { params: { path: { id } } })),
    onSettled: () => readAnew(),
  })
}
