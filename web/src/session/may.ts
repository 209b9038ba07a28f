import type { Me } from './use-me.ts'

// It stands in signed-in.ts, which the app starts with: here it came to lie in what only pages share, and the app began with two files
// and 20 kB (compressed) more.
export { hasPermission } from './signed-in.ts'
export type PermissionCode = Me['permissions'][number]['code']
