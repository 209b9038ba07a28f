import type { Me } from './use-me.ts'

export { hasPermission } from './signed-in.ts'
export type PermissionCode = Me['permissions'][number]['code']
