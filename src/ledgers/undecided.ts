import { ROW_RULES } from './row-error.ts'

/** The column of ours in a file of refused rows that says what is wrong with each. */
export const PROBLEM_COLUMN = '问题'

/** How the words begin for a row whose number stood twice in its file with other content. */
const REPEATED = ROW_RULES.repeated.slice(0, ROW_RULES.repeated.indexOf(':') + 1)

/**
 * Finds rows of a file of refused rows that were refused beside another of the same number: nobody has said yet which of the two is
 * right, and a file that is imported again without the other would not tell.
 */
export function undecidedFinder(header: readonly string[]): (cells: readonly string[]) => boolean {
  const at = header.findIndex((name) => name.trim() === PROBLEM_COLUMN)
  return (cells) => (cells[at] ?? '').includes(REPEATED)
}
