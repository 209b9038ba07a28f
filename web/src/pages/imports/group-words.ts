/** The ledger has the number with other content: told among the changes, not among what is to be mended. */
const NOT_TO_MEND = new Set(['changed', 'duplicate'])
/** Registered all the same (ledgers/remark.ts). */
const REMARK = 'remark'

export type ErrorGroup = { rule: string; column: string; rows: number; message: string }

/**
 * `姓名为空` of `姓名为空:请补上…`: the sentence up to where it says more, with its column in front where it lacks. What one row
 * quotes is not what the others have.
 */
export function groupWords({ column, message, rows }: Omit<ErrorGroup, 'rule'>): string {
  const [first = ''] = message.split(/[。;:(]/)
  const what = rows > 1 ? first.replace(/“[^”]*”/g, '“…”').replace(/^第 [\d、]+ 个字/, '有的字') : first
  return what.includes(column) ? what : `${column}:${what}`
}

/** Groups and errors apart: what was kept out, and what was registered with a remark. */
export function split<T extends { rule: string }>(list: readonly T[]): { refused: T[]; remarked: T[] } {
  return {
    refused: list.filter(({ rule }) => rule !== REMARK && !NOT_TO_MEND.has(rule)),
    remarked: list.filter(({ rule }) => rule === REMARK),
  }
}
