import type { Me } from './use-me.ts'

export type PermissionCode = Me['permissions'][number]['code']

/** Whether they may do this somewhere; the API decides about each thing itself. */
export function hasPermission(me: Me | undefined, code: PermissionCode): boolean {
  return me?.permissions.some((p) => p.code === code) ?? false
}
