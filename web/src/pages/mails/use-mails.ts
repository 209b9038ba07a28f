import { useInfiniteQuery, useMutation, useQuery } from '@tanstack/vue-query'
import { type ComputedRef, computed, type Ref } from 'vue'
import type { operations } from '../../../generated/api.d.ts'
import { api, bodyFrom } from '../../api/client.ts'
import { queryClient } from '../../api/query.ts'

export type MailQuery = NonNullable<operations['listMails']['parameters']['query']>

const PER_PAGE = 50

const askMails = (query: MailQuery) =>
  bodyFrom(api.GET('/v1/mails', { params: { query: { ...query, limit: PER_PAGE } } }))
const askMail = (id: string) => bodyFrom(api.GET('/v1/mails/{id}', { params: { path: { id } } }))
const askNotReached = (cursor: string | undefined) =>
  bodyFrom(api.GET('/v1/not-reached', { params: { query: { ...(cursor && { cursor }), limit: PER_PAGE } } }))

export type ListedMail = Awaited<ReturnType<typeof askMails>>['items'][number]
export type Mail = Awaited<ReturnType<typeof askMail>>
export type Why = Mail['why'][number]
export type NotReached = Awaited<ReturnType<typeof askNotReached>>['items'][number]

/** The mails of one selection, the newest first. */
export function useMails(query: ComputedRef<MailQuery>) {
  return useInfiniteQuery({
    queryKey: ['mails', query] as const,
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam }) => askMails({ ...query.value, ...(pageParam && { cursor: pageParam }) }),
    getNextPageParam: (page) => page.nextCursor ?? undefined,
  })
}

export function useMail(id: Ref<string>) {
  return useQuery({ queryKey: ['mail', id] as const, queryFn: () => askMail(id.value) })
}

export function useNotReached() {
  return useInfiniteQuery({
    queryKey: ['not-reached'],
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam }) => askNotReached(pageParam),
    getNextPageParam: (page) => page.nextCursor ?? undefined,
  })
}

/** Asks the server to try at once what it holds of a county. */
export function useRetry() {
  return useMutation({
    mutationFn: (county: string) => bodyFrom(api.POST('/v1/mails/retry', { body: { county } })),
    onSuccess: () =>
      Promise.all(
        ['mails', 'standing-check'].map((key) => queryClient.invalidateQueries({ queryKey: [key] })),
      ),
  })
}

/** Asks the courier to send one mail anew that did not arrive. */
export function useResend() {
  return useMutation({
    mutationFn: (id: string) => bodyFrom(api.POST('/v1/mails/{id}/resend', { params: { path: { id } } })),
    onSuccess: () =>
      Promise.all(
        ['mails', 'mail', 'not-reached'].map((key) => queryClient.invalidateQueries({ queryKey: [key] })),
      ),
  })
}

export function useOpenMail() {
  return useMutation({
    mutationFn: (county: string) =>
      bodyFrom(api.POST('/v1/counties/{id}/mail/open', { params: { path: { id: county } } })),
    onSuccess: () => queryClient.invalidateQueries(),
  })
}

/** The mails before and after one, as far as the list has been read. */
export function useNeighbours<T extends { id: string }>(items: ComputedRef<readonly T[]>, id: Ref<string>) {
  const here = computed(() => items.value.findIndex((m) => m.id === id.value))
  return {
    previous: computed(() => items.value[here.value - 1]?.id ?? null),
    next: computed(() => (here.value < 0 ? null : (items.value[here.value + 1]?.id ?? null))),
  }
}
