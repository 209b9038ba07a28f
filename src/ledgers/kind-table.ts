import type { KindDefinition, LedgerRow } from '../kinds/kind.ts'
import type { FileTable } from './file-table.ts'

/** The ledger 台账 of one kind, one line an obligation: the columns and widths of its kind. */
export function kindTable({ label, ledger }: KindDefinition, rows: Iterable<LedgerRow>): FileTable {
  return {
    ...{ name: label, heads: [ledger.map(({ head }) => ({ text: head }))] },
    widths: ledger.map(({ width }) => width),
    rows: Array.from(rows, (row) => ledger.map((column) => column.value(row))),
  }
}
