import { type ComputedRef, computed } from 'vue'
import { type Me, useMe } from './use-me.ts'

export type PermissionCode = Me['permissions'][number]['code']

export function hasPermission(me: Me | undefined, code: PermissionCode): boolean {
  return me?.permissions.some((p) => p.code === code) ?? false
}

/** Whether I may do this somewhere; the API decides about each thing itself. */
export function useMay(code: PermissionCode): ComputedRef<boolean> {
  const { data: me } = useMe()
  return computed(() => hasPermission(me.value, code))
}
