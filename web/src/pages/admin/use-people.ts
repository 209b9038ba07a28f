import { useMutation, useQuery } from '@tanstack/vue-query'
import type { Ref } from 'vue'
import type { operations } from '../../../generated/api.d.ts'
import { api, bodyFrom } from '../../api/client.ts'
import { queryClient } from '../../api/query.ts'

const askUsers = () => bodyFrom(api.GET('/v1/users'))
const askPeople = () => bodyFrom(api.GET('/v1/people'))
const askUser = (id: string) => bodyFrom(api.GET('/v1/users/{id}', { params: { path: { id } } }))

export type User = Awaited<ReturnType<typeof askUsers>>['items'][number]
export type Colleague = Awaited<ReturnType<typeof askPeople>>['items'][number]
export type Role = User['roles'][number]['role']
export type NewUser = operations['createUser']['requestBody']['content']['application/json']
export type UserAction = operations['actOnUser']['requestBody']['content']['application/json']

const people = () => queryClient.invalidateQueries({ queryKey: ['users'] })

export function useUsers() {
  return useQuery({ queryKey: ['users'], queryFn: askUsers })
}

/** The colleagues of the county, with their absences. */
export function usePeople() {
  return useQuery({ queryKey: ['people'], queryFn: askPeople })
}

export function useUser(id: Ref<string>) {
  return useQuery({ queryKey: ['users', id] as const, queryFn: () => askUser(id.value) })
}

export function useInvite() {
  return useMutation({
    mutationFn: (body: NewUser) => bodyFrom(api.POST('/v1/users', { body })),
    onSuccess: people,
  })
}

/** Acts on an account as it was seen: what somebody else changed meanwhile is refused (412), and read again. */
export function useUserAction(user: () => Pick<User, 'id' | 'version'>) {
  return useMutation({
    mutationFn: (body: UserAction) => {
      const { id, version } = user()
      return bodyFrom(
        api.POST('/v1/users/{id}/actions', {
          params: { path: { id } },
          headers: { 'If-Match': `"${version}"` },
          body,
        }),
      )
    },
    onSettled: people,
  })
}

export function useTestMail(id: Ref<string>) {
  return useMutation({
    mutationFn: () => bodyFrom(api.POST('/v1/people/{id}/test-mail', { params: { path: { id: id.value } } })),
  })
}
