import { useMutation, useQuery } from '@tanstack/vue-query'
import type { operations } from '../../../generated/api.d.ts'
import { api, bodyFrom } from '../../api/client.ts'
import { queryClient } from '../../api/query.ts'

const askKeys = () => bodyFrom(api.GET('/v1/api-keys'))
export type ApiKey = Awaited<ReturnType<typeof askKeys>>['items'][number]
export type NewKey = operations['createApiKey']['requestBody']['content']['application/json']
export type KeyPermission = NewKey['permissions'][number]

/** What a program that reads may be allowed; the API refuses more. */
export const KEY_PERMISSIONS = [
  'obligations:read',
  'deadlines:read',
  'mails:read',
  'campaigns:read',
  'imports:read',
  'directory:read',
  'calendar:read',
  'policies:read',
] as const satisfies readonly KeyPermission[]

const again = () => queryClient.invalidateQueries({ queryKey: ['api-keys'] })

export function useKeys() {
  return useQuery({ queryKey: ['api-keys'], queryFn: askKeys })
}

/** The answer holds the key itself, so it is forgotten with the page. */
export function useMakeKey() {
  return useMutation({
    mutationFn: (body: NewKey) => bodyFrom(api.POST('/v1/api-keys', { body })),
    onSuccess: again,
    gcTime: 0,
  })
}

export function useRevokeKey() {
  return useMutation({
    mutationFn: (id: string) => api.DELETE('/v1/api-keys/{id}', { params: { path: { id } } }),
    onSuccess: again,
  })
}
