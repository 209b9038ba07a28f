import type { Instant } from '../../domain/time/days.ts'

/**
 * Where a sealed value stands: authenticated with it and not kept in it, so that it opens nowhere else. Rotation puts the same
 * together from the columns of a row (rotation-store.ts).
 */
export type Where = `${string}:${string}`

/** A household of an obligation: in the ledger, and before that in staging, where the obligation has its id already. */
export const householdOf = (obligation: string): Where => `subjects:${obligation}`

/** A piece of an upload. */
export const pieceOf = (importId: string, seq: number): Where => `import_chunks:${importId}:${seq}`

/** Words of one's own with a step of a matter: steps have no id yet while they are sealed. */
export const wordsOf = (obligation: string, action: string, at: Instant): Where =>
  `events:${obligation}:${action}:${at}`

/** Why somebody looked at a household. */
export const reasonOf = (person: string, obligation: string, atWall: Instant): Where =>
  `reveals:${person}:${obligation}:${atWall}`

/** The seed of somebody's second factor. */
export const seedOf = (person: string): Where => `credentials:${person}`
