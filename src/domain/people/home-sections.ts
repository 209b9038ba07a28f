import type { Role } from '../obligation/vocabulary.ts'
import type { Actor } from './permissions.ts'

/**
 * Sections of the first page: 我要办的, 逾期的, 各单位, the timeline, mails, the audit trail, accounts, the running
 * system.
 */
export const SECTION_LABELS = {
  held: '我要办的',
  late: '逾期的',
  offices: '各单位',
  timeline: '阶段',
  mails: '最近的邮件',
  trail: '审计记录',
  accounts: '人员账号',
  parts: '系统',
} as const
export type Section = keyof typeof SECTION_LABELS

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
