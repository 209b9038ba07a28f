import type { Office } from '../people/offices.ts'

/**
 * Who reviews: the bureau what its centres do, the centre that supervises everything else in the county, the bureau's own
 * work included: above the county nobody could, and in a village nobody may.
 */
export function reviewerOf(office: Office, offices: readonly Office[]): string {
  const centre = offices.find((o) => o.kind === 'county-centre' && o.duties.includes('supervision'))
  if (office.kind !== 'county-centre' && centre) return centre.code
  return office.parent ?? office.code
}
