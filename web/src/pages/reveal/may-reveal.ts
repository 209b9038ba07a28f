import { computed, type ComputedRef } from 'vue'
import { permissionsOf } from '../../../../src/domain/people/permissions.ts'
import { hasPermission } from '../../session/may.ts'
import { type Me, useMe } from '../../session/use-me.ts'

/** `second-factor`, `sign-in-again`: once that is done. `no`: none of their roles may. */
export type MayReveal = 'yes' | 'second-factor' | 'sign-in-again' | 'no'

/** Whether whoever is signed in may see households in the clear; null until that is known. The API decides about each. */
export function useMayReveal(): ComputedRef<MayReveal | null> {
  const { data: me } = useMe()
  return computed(() => (me.value ? mayReveal(me.value) : null))
}

export function mayReveal(me: Me): MayReveal {
  if (hasPermission(me, 'households:reveal')) return 'yes'
  if (!permissionsOf(me.roles).has('households:reveal')) return 'no'
  return me.signInNeeded ? 'sign-in-again' : 'second-factor'
}
