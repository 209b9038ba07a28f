import type { Office } from '../people/offices.ts'

/**
 * The supervising centre of the county reviews all work but that of county centres, which their parent reviews. Where there is
 * no such centre, the office's parent does, or the office itself at the top.
 */
export function reviewerOf(office: Office, offices: readonly Office[]): string {
  const centre = offices.find((o) => o.kind === 'county-centre' && o.duties.includes('supervision'))
  if (office.kind !== 'county-centre' && centre) return centre.code
  return office.parent ?? office.code
}
