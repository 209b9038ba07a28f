import type { Actor } from '../../domain/people/permissions.ts'
import type { Role } from '../../domain/obligation/vocabulary.ts'

/**
 * Sections of the first page: 我要办的, 逾期的, 各单位, the timeline, mails, the audit trail, accounts, the running
 * system.
 */
export type Section = 'held' | 'late' | 'offices' | 'timeline' | 'mails' | 'trail' | 'accounts' | 'parts'

/** What each role sees, in order: officers first their own work, leaders what is late, auditors the trail. */
const SECTIONS_OF_ROLE: Record<Role, readonly Section[]> = {
  'town-officer': ['held', 'timeline', 'offices', 'mails'],
  'verification-centre': ['held', 'timeline', 'offices', 'mails'],
  'town-head': ['offices', 'late', 'timeline', 'mails'],
  'relief-centre': ['offices', 'held', 'timeline', 'mails'],
  'bureau-leader': ['timeline', 'offices', 'late', 'held', 'mails'],
  auditor: ['trail', 'timeline', 'offices', 'mails'],
  administrator: ['accounts', 'parts'],
}

/** The sections for somebody's usable roles, each once. */
export function sectionsFor({ usableRoles }: Pick<Actor, 'usableRoles'>): Section[] {
  const roles = new Set(usableRoles.map(({ role }) => role))
  const theirs = Object.entries(SECTIONS_OF_ROLE).filter(([role]) => roles.has(role as Role))
  return [...new Set(theirs.flatMap(([, sections]) => sections))]
}
