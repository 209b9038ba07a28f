import type { KindDefinition, LedgerRow } from '../kinds/kind.ts'
import { csvLine } from './csv-write.ts'

/** The ledger 台账 of one kind, as a file a spreadsheet opens in Chinese: UTF-8 with BOM, one line an obligation. */
export function kindLedger({ ledger }: KindDefinition, rows: Iterable<LedgerRow>): string {
  const lines = Array.from(rows, (row) => csvLine(ledger.map((column) => column.value(row) ?? '')))
  return `\uFEFF${csvLine(ledger.map(({ head }) => head))}${lines.join('')}`
}
