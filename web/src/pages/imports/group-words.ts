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
  const [first = ''] = message.split(/[。;:(]|\.(?: |$)/)
  const what = rows > 1 ? first.replace(/“[^”]*”/g, '“…”').replace(/^第 [\d、]+ 个字/, '有的字') : first
  if (what.toLowerCase().includes(column.toLowerCase())) return what
  return `${column}${/\w$/.test(column) ? ': ' : ':'}${what}`
}

/** The problems of a file line by line; those that read the same are one. `about`: what each says in full. */
export function linesOf(
  groups: readonly ErrorGroup[],
  { words, about }: Record<'words' | 'about', (group: ErrorGroup) => string>,
): { words: string; about: string; rows: number }[] {
  const lines = new Map<string, { words: string; about: string; rows: number }>()
  for (const group of groups) {
    const said = words(group)
    const line = lines.get(said) ?? { words: said, about: about(group), rows: 0 }
    lines.set(said, { ...line, rows: line.rows + group.rows })
  }
  return [...lines.values()]
}

/** Groups and errors apart: what was kept out, and what was registered with a remark. */
export function split<T extends { rule: string }>(list: readonly T[]): { refused: T[]; remarked: T[] } {
  return {
    refused: list.filter(({ rule }) => rule !== REMARK && !NOT_TO_MEND.has(rule)),
    remarked: list.filter(({ rule }) => rule === REMARK),
  }
}
