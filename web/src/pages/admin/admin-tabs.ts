import { hasPermission, type PermissionCode } from '../../session/may.ts'
import type { Me } from '../../session/use-me.ts'

/** The rooms of the administration, and what each needs. */
const TABS = [
  { name: 'admin', word: 'system', may: null },
  { name: 'beginning', word: 'beginning', may: 'users:manage' },
  { name: 'people', word: 'people', may: 'users:manage' },
  { name: 'absences', word: 'absences', may: 'absences:manage' },
  { name: 'keys', word: 'keys', may: 'keys:manage' },
  { name: 'calendar', word: 'calendar', may: 'calendar:manage' },
  { name: 'policies', word: 'policies', may: 'policies:manage' },
  { name: 'offices', word: 'offices', may: 'directory:read' },
  { name: 'audit', word: 'audit', may: 'audit:read' },
] as const satisfies readonly { name: string; word: string; may: PermissionCode | null }[]

export function tabsOf(me: Me | undefined): readonly (typeof TABS)[number][] {
  return TABS.filter(({ may }) => may === null || hasPermission(me, may))
}
