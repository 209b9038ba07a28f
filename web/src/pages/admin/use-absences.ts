import { useMutation } from '@tanstack/vue-query'
import { isBarred } from '../../../../src/domain/people/absence.ts'
import type { operations } from '../../../generated/api.d.ts'
import { api } from '../../api/client.ts'
import { queryClient } from '../../api/query.ts'
import type { Colleague } from './use-people.ts'

type NewAbsence = operations['setAbsence']['requestBody']['content']['application/json']
type KeptAbsence = { seen: Pick<Colleague, 'id' | 'version'>; body: NewAbsence | null }

/** Enters somebody's absence, or with null ends it, as it was seen: what somebody else changed meanwhile is refused (412). */
export function useKeepAbsence() {
  return useMutation({
    mutationFn: async ({ seen: { id, version }, body }: KeptAbsence) => {
      const asked = { params: { path: { id } }, headers: { 'If-Match': `"${version}"` } }
      if (body === null) await api.DELETE('/v1/people/{id}/absence', asked)
      else await api.PUT('/v1/people/{id}/absence', { ...asked, body })
    },
    onSettled: () =>
      Promise.all([['people'], ['users']].map((queryKey) => queryClient.invalidateQueries({ queryKey }))),
  })
}

/** Whose absence one may keep: those who are away or will be first. */
export function keptBy(people: readonly Colleague[]): Colleague[] {
  const kept = people.filter(({ mayKeepAbsence }) => mayKeepAbsence)
  return [...kept.filter(({ absence }) => absence), ...kept.filter(({ absence }) => !absence)]
}

/** Who may stand in for somebody when `reader` enters it: never the reader; those of the same office first. */
export function standInsFor(
  { id, roles }: Colleague,
  people: readonly Colleague[],
  reader: string | undefined,
): Colleague[] {
  const rolesOf = (one: Pick<Colleague, 'roles'>) => one.roles.map(({ role }) => role)
  const isNear = (one: Colleague) => one.roles.some(({ office }) => roles.some((r) => r.office === office))
  const able = people.filter(
    (one) => one.active && one.id !== id && one.id !== reader && !isBarred(rolesOf(one), rolesOf({ roles })),
  )
  return [...able.filter(isNear), ...able.filter((one) => !isNear(one))]
}
