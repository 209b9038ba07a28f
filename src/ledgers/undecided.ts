import { ROW_RULES } from './row-error.ts'

/** The column of ours in a file of refused rows that says what is wrong with each. */
export const PROBLEM_COLUMN = '问题'

/** How the words begin for a row whose number stood twice in its file with other content. */
const REPEATED = ROW_RULES.repeated.slice(0, ROW_RULES.repeated.indexOf(':') + 1)

/** The column of ours that says where a row stood, and what it says besides of such a row: the other column may be deleted. */
export const ROW_COLUMN = '原文件行号'
const MARK = '重复'

/** `3`, or `3 重复` where nobody has decided yet which of two rows is right. */
export function rowCell(row: number, problems: readonly { message: string }[]): string {
  return problems.some(({ message }) => message.startsWith(REPEATED)) ? `${row} ${MARK}` : String(row)
}

/**
 * Finds rows of a file of refused rows that were refused beside another of the same number: nobody has said yet which of the two is
 * right, and a file that is imported again without the other would not tell.
 */
export function undecidedFinder(header: readonly string[]): (cells: readonly string[]) => boolean {
  const at = (column: string) => header.findIndex((name) => name.trim() === column)
  const [problem, row] = [at(PROBLEM_COLUMN), at(ROW_COLUMN)]
  return (cells) => (cells[problem] ?? '').includes(REPEATED) || (cells[row] ?? '').includes(MARK)
}
