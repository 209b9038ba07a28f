import { useMutation, useQuery } from '@tanstack/vue-query'
import { computed, type MaybeRefOrGetter, type Ref, toValue } from 'vue'
import type { operations } from '../../../generated/api.d.ts'
import { api, bodyFrom } from '../../api/client.ts'
import { queryClient } from '../../api/query.ts'

const askPolicies = () => bodyFrom(api.GET('/v1/policies'))
export type PolicyVersion = Awaited<ReturnType<typeof askPolicies>>['items'][number]
export type Difference = { rule: string; changes: string[] }
export type NewPolicy = operations['publishPolicy']['requestBody']['content']['application/json']

const queryOf = (dryRun: boolean) => ({ query: { dryRun: dryRun ? ('true' as const) : ('false' as const) } })
const again = (dryRun: boolean) => (dryRun ? undefined : queryClient.invalidateQueries())

export function usePolicies() {
  return useQuery({ queryKey: ['policies'], queryFn: askPolicies })
}

/** What another version says otherwise than the one in force; asked once it is opened. */
export function useDifferences(id: MaybeRefOrGetter<string>, enabled: MaybeRefOrGetter<boolean>) {
  return useQuery({
    queryKey: ['policies', id, 'differences'],
    enabled,
    queryFn: () =>
      bodyFrom(api.GET('/v1/policies/{id}/differences', { params: { path: { id: toValue(id) } } })),
  })
}

/** What a later version says otherwise than the one that was in force when somebody tried out theirs. */
export function useChangesSince(from: Ref<string | null>, to: () => string | null) {
  const later = computed(to)
  return useQuery({
    queryKey: ['policies', from, 'since', later],
    enabled: computed(() => from.value !== null && later.value !== null),
    queryFn: () =>
      bodyFrom(
        api.GET('/v1/policies/{id}/differences', {
          params: { path: { id: from.value ?? '' }, query: { with: later.value ?? '' } },
        }),
      ),
  })
}

export function usePublish() {
  return useMutation({
    mutationFn: ({ body, dryRun }: { body: NewPolicy; dryRun: boolean }) =>
      bodyFrom(api.POST('/v1/policies', { params: queryOf(dryRun), body })),
    onSuccess: (_answer, { dryRun }) => again(dryRun),
    // Somebody else published meanwhile.
    onError: () => queryClient.invalidateQueries({ queryKey: ['policies'] }),
  })
}

export function useRebase() {
  return useMutation({
    mutationFn: ({ id, dryRun, expectedCount }: { id: string; dryRun: boolean; expectedCount?: number }) =>
      bodyFrom(
        api.POST('/v1/policies/{id}/rebase', {
          params: { path: { id }, ...queryOf(dryRun) },
          body: expectedCount === undefined ? {} : { expectedCount },
        }),
      ),
    onSuccess: (_answer, { dryRun }) => again(dryRun),
  })
}

export function useRestore() {
  return useMutation({
    mutationFn: ({ id, reason }: { id: string; reason: string }) =>
      bodyFrom(
        api.POST('/v1/policies/{id}/restore', {
          params: { path: { id }, ...queryOf(false) },
          body: { reason },
        }),
      ),
    onSuccess: () => again(false),
  })
}
