import type { Role } from '../domain/obligation/vocabulary.ts'

/** Which version of its rules something goes by: the one that the county begins the year with, or that of July. */
export type PolicyVersion = 1 | 2

/** What a version may have otherwise. */
type Otherwise = {
  limit?: number
  before?: number[]
  rungs?: { late: number; role: Role; copies: Role[] }[]
}

const ladder = (head: number, centre: number, leader: number): NonNullable<Otherwise['rungs']> => [
  { late: head, role: 'town-head', copies: [] },
  { late: centre, role: 'relief-centre', copies: ['town-head'] },
  { late: leader, role: 'bureau-leader', copies: ['town-head', 'relief-centre'] },
]

/**
 * What the version of July has otherwise, written by hand a second time: it must not be derived from what is published
 * (policy-work.ts), since a wrong number there would then be expected here.
 */
export const SECOND_POLICY: Readonly<Record<string, Otherwise>> = {
  'warning-orange': { limit: 6 },
  'warning-yellow': { limit: 8, before: [2], rungs: ladder(1, 4, 8) },
  'follow-up': { limit: 12 },
  review: { limit: 4 },
}
