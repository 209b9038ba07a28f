/**
 * What the files of hits of a comparison came to: rows, warnings they raised, and how many of the files may still raise some since
 * nobody has registered or cancelled them. `elsewhere`: how many of these whoever has the comparison cannot settle; `cancelledBy`: the
 * offices that brought such and may cancel them, by name, besides the relief centre.
 */
export type ListedHits = {
  rows: number
  raised: number
  waiting: number
  elsewhere?: number
  cancelledBy?: readonly string[]
}

/** What one file of hits came to; `other`: good rows that raised nothing, since the ledger had their number. */
export type HitsCounts = { rows: number; refused: number; other: number }

/**
 * How many hits stand in files at least, the files in the order in which they came. A refused row that was mended and brought again is
 * one hit, and so is a row of a whole list that comes a second time.
 */
export function rowsListed(files: readonly HitsCounts[]): number {
  let sum = 0
  for (const { rows, refused, other } of files) sum += rows - refused - Math.min(other, sum)
  return Math.max(sum, ...files.map(({ rows }) => rows), 0)
}
