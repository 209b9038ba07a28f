/** What of a chosen row says for what it waits. */
export type Waiting = {
  acknowledgedAt: string | null
  holder: { assignment: string; office: { code: string } } | null
}

/** For whoever reviews, what a review ends with; for whoever performs, that they have it. */
const OF_REVIEW: readonly string[] = ['accept', 'return']
const OF_RECEIPT: readonly string[] = ['acknowledge']

/**
 * What all that is chosen waits for, as actions with buttons of their own; whatever else can be done is chosen from a list.
 * @param mine codes of the offices one acts for
 */
export function awaitedOf(chosen: readonly Waiting[], mine: readonly string[]): readonly string[] {
  const waits = (as: string, fits: (row: Waiting) => boolean = () => true) =>
    chosen.length > 0 &&
    chosen.every((row) => row.holder?.assignment === as && mine.includes(row.holder.office.code) && fits(row))
  if (waits('review')) return OF_REVIEW
  return waits('perform', ({ acknowledgedAt }) => acknowledgedAt === null) ? OF_RECEIPT : []
}
