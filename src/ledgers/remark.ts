/** What was not understood of a row that was registered all the same. */
export type Remark = {
  column: string
  /** A Chinese sentence without the household's data: it is stored in the clear. */
  message: string
}

/** Shared by all rows that have none. */
export const NO_REMARKS: readonly Remark[] = Object.freeze([])

/** The rule under which a remark stands among the problems of an import: its row is registered. */
export const REMARK = 'remark'
