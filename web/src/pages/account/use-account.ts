import { useMutation, useQuery } from '@tanstack/vue-query'
import type { operations } from '../../../generated/api.d.ts'
import { api, bodyFrom } from '../../api/client.ts'
import { queryClient } from '../../api/query.ts'

/** What a change to one's own account is proved with. */
export type Proof = { password: string; code?: string }
export type NewAbsence = operations['setMyAbsence']['requestBody']['content']['application/json']

const askSessions = () => bodyFrom(api.GET('/v1/me/sessions'))
const askAbsence = () => bodyFrom(api.GET('/v1/me/absence'))
export type OwnAbsence = Awaited<ReturnType<typeof askAbsence>>
export type Session = Awaited<ReturnType<typeof askSessions>>['items'][number]

const again = (...keys: string[]) =>
  Promise.all(keys.map((key) => queryClient.invalidateQueries({ queryKey: [key] })))

export function useSessions() {
  return useQuery({ queryKey: ['sessions'], queryFn: askSessions })
}

/** Ends one session, or with null all others. */
export function useEndSessions() {
  return useMutation({
    mutationFn: async ({ id, proof }: { id: string | null; proof: Proof }) => {
      if (id === null) await api.DELETE('/v1/me/sessions', { body: proof })
      else await api.DELETE('/v1/me/sessions/{id}', { params: { path: { id } }, body: proof })
    },
    onSettled: () => again('sessions'),
  })
}

export function useChangePassword() {
  return useMutation({
    mutationFn: (body: { current: string; next: string; code?: string }) =>
      api.POST('/v1/me/password', { body }),
    // Whoever changes their password ends the calendar feed, too.
    onSuccess: () => again('sessions', 'me', 'calendar-feed'),
  })
}

/** The secret is kept in memory only, until the code confirms that the telephone has it. */
export function useBeginSecondFactor() {
  return useMutation({
    mutationFn: (body: Proof) => bodyFrom(api.POST('/v1/me/totp', { body })),
    gcTime: 0,
  })
}

export function useConfirmSecondFactor() {
  return useMutation({
    mutationFn: (code: string) => api.POST('/v1/me/totp/confirm', { body: { code } }),
    onSuccess: () => again('sessions', 'me'),
  })
}

export function useRemoveSecondFactor() {
  return useMutation({
    mutationFn: (body: Proof) => api.DELETE('/v1/me/totp', { body }),
    onSuccess: () => again('sessions', 'me'),
  })
}

export function useAbsence() {
  return useQuery({ queryKey: ['absence'], queryFn: askAbsence })
}

/** Whether I have a calendar feed, and when it was read last. */
export function useFeed() {
  return useQuery({ queryKey: ['calendar-feed'], queryFn: () => bodyFrom(api.GET('/v1/me/calendar-feed')) })
}

/** The answer holds the secret address, so it is forgotten with the page. */
export function useMakeFeed() {
  return useMutation({
    mutationFn: (body: Proof) => bodyFrom(api.POST('/v1/me/calendar-feed', { body })),
    onSettled: () => again('calendar-feed'),
    gcTime: 0,
  })
}

export function useRemoveFeed() {
  return useMutation({
    mutationFn: () => api.DELETE('/v1/me/calendar-feed'),
    onSettled: () => again('calendar-feed'),
  })
}

/** Enters an absence, or with null ends it, upon what was seen: what somebody else entered meanwhile is refused (412), and read again. */
export function useSetAbsence() {
  return useMutation({
    mutationFn: async ({ body, version }: { body: NewAbsence | null; version: number }) => {
      const headers = { 'If-Match': `"${version}"` }
      if (body === null) await api.DELETE('/v1/me/absence', { headers })
      else await api.PUT('/v1/me/absence', { headers, body })
    },
    onSettled: () => again('absence', 'people'),
  })
}
