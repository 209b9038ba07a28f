import type { operations } from '../../../generated/api.d.ts'

export type ListQuery = NonNullable<operations['listObligations']['parameters']['query']>
/** What stands behind the question mark of an address; a name that stands there twice has several values. */
export type QueryInAddress = Readonly<Record<string, string | null | undefined | readonly (string | null)[]>>

/** What the page opens with: what is one's own turn, and what is late. */
export const FIRST_STANDING = 'pressing'
/** Parts of the address that are the page's own, not filters. */
const OWN = new Set(['open', 'problemOrigin', 'problemType'])
const PAGE_ROWS = 50

/** What mail programs and messengers add to an address that is passed on; it asks nothing. */
const ADDED_ON_THE_WAY = /^(from|isappinstalled|utm_\w+|nsukey|scene|clicktime|enterid)$/

/**
 * The question of an address. What it does not know, or names twice, is passed on too: the API says in words what is wrong.
 * A list of one mail is everything that mail is about, and of one import everything it registered, whatever has become of it.
 */
export function asked(query: QueryInAddress): ListQuery {
  const given = Object.entries(query).filter(
    ([name, value]) => !OWN.has(name) && !ADDED_ON_THE_WAY.test(name) && value !== '' && value !== null,
  )
  // By the day that is shown: of whoever has the turn.
  const filters: ListQuery = { sort: 'holderDueAt', ...Object.fromEntries(given) }
  const { standing, mail, import: file } = filters
  if ([standing, mail, file].some((given) => given !== undefined)) return filters
  return { ...filters, standing: FIRST_STANDING }
}

/** One page of the rows of these filters. @param cursor '' for the first */
export function pageAsked(filters: ListQuery, cursor: string): ListQuery {
  return { ...filters, limit: PAGE_ROWS, ...(cursor && { cursor }) }
}
