import type { FileTable } from '../../ledgers/file-table.ts'

/** A file of a pack before it is written: its name without an ending, what it is, and its sheets. */
export type PackFile = { name: string; what: string; tables: readonly FileTable[] }

/** Lines of all sheets, without their heads and sums. */
export function linesOf({ tables }: Pick<PackFile, 'tables'>): number {
  return tables.reduce((sum, { rows, aside = 0 }) => sum + rows.length - aside, 0)
}
