import type { OfficeKind, Role } from '../obligation/vocabulary.ts'

/** The kinds of office that fit a role. A town's officer entered at the county would see all of it. */
export const ROLE_OFFICES: Record<Role, readonly OfficeKind[]> = {
  'bureau-leader': ['county-bureau'],
  'relief-centre': ['county-centre'],
  'verification-centre': ['county-centre'],
  'town-head': ['town'],
  'town-officer': ['town', 'village'],
  auditor: ['county-bureau', 'city', 'province'],
  administrator: ['county-bureau'],
}
