import type { Instant } from '../../domain/time/days.ts'

/**
 * The encryption context: where an encrypted value stands. It is authenticated with the value but not stored in
 * it, so the value cannot be decrypted elsewhere. Key rotation builds the same from a row's columns
 * (key-rotation/store.ts).
 */
export type Where = `${string}:${string}`

/** The household of an obligation. Staged rows use it too, since the obligation has its id already. */
export const householdOf = (obligation: string): Where => `subjects:${obligation}`

/** A piece of an uploaded file. */
export const chunkContext = (importId: string, seq: number): Where => `import_chunks:${importId}:${seq}`

/** A household before and after, of a row that came again changed. */
export const changeContext = (importId: string, row: number): Where => `import_changes:${importId}:${row}`

/** Why warnings are withdrawn: what is said of all of them is stored with each. */
export const withdrawalContext = (importId: string): Where => `import_withdrawals:${importId}`

/** Refused rows of a file, from this one on. */
export const refusedRowsContext = (importId: string, firstRow: number): Where =>
  `import_refused:${importId}:${firstRow}`

/** A free text in an obligation's history. Events have no id yet when their text is encrypted. */
export const historyTextContext = (obligation: string, action: string, at: Instant): Where =>
  `events:${obligation}:${action}:${at}`

/** What was handed in with an obligation in words of one's own. */
export const resultTextsContext = (obligation: string): Where => `result_texts:${obligation}`

/** A household of a screening, with who went there. */
export const screeningEntryContext = (entry: string): Where => `screening_entries:${entry}`

/** The reason for a reveal. */
export const revealReasonContext = (person: string, obligation: string, atWall: Instant): Where =>
  `reveals:${person}:${obligation}:${atWall}`

/** The seed of somebody's second factor. */
export const totpContext = (person: string): Where => `credentials:${person}`

/** What was found in an uploaded file and not understood. */
export const findingsContext = (importId: string): Where => `imports:${importId}`

/** What somebody said of a problem. */
export const problemContext = (obligation: string): Where => `problems:${obligation}`

/** The name of a file on an obligation. */
export const attachmentContext = (id: string): Where => `attachments:${id}`

/** What is in a file, which a county keeps once. */
export const attachmentFileContext = (county: string, digest: string): Where =>
  `attachment_files:${county}:${digest}`

/** A household of the roster. */
export const rosterContext = (household: string): Where => `roster_households:${household}`

/** How a household of the roster stood before a file changed it. */
export const rosterChangeContext = (importId: string, household: string): Where =>
  `roster_changes:${importId}:${household}`

/** What somebody wrote for many obligations at once. */
export const bulkRunContext = (run: string): Where => `bulk_runs:${run}`
