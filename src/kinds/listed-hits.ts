/**
 * What the files of hits of a comparison came to: rows, warnings they raised, and how many of the files may still raise some since
 * nobody has registered or cancelled them.
 */
export type ListedHits = { rows: number; raised: number; waiting: number }
