import { useMutation, useQuery } from '@tanstack/vue-query'
import type { operations } from '../../../generated/api.d.ts'
import { api, bodyFrom } from '../../api/client.ts'
import { queryClient } from '../../api/query.ts'

/** What a change to one's own account is proved with. */
export type Proof = { password: string; code?: string }
type NewAbsence = operations['setMyAbsence']['requestBody']['content']['application/json']

const askSessions = () => bodyFrom(api.GET('/v1/me/sessions'))
const askAbsence = () => bodyFrom(api.GET('/v1/me/absence'))
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
    onSuccess: () => again('sessions', 'me'),
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

/** Enters an absence, or with null ends it. */
export function useSetAbsence() {
  return useMutation({
    mutationFn: async (body: NewAbsence | null) => {
      if (body === null) await api.DELETE('/v1/me/absence')
      else await api.PUT('/v1/me/absence', { body })
    },
    onSuccess: () => again('absence', 'people'),
  })
}
