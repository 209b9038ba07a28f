import type { Office } from './office-store.ts'

/** Who reviews: the centre that supervises for towns, the bureau itself for its centres (DESIGN, Small decisions). */
export function reviewerOf(office: Office, offices: readonly Office[]): string {
  const centre = offices.find((o) => o.kind === 'county-centre' && o.duties.includes('supervision'))
  if (office.kind === 'town' && centre) return centre.code
  return office.parent ?? office.code
}
