import { REMARK } from '../../ledgers/remark.ts'
import { groupBy } from '../../domain/grouping.ts'
import type { ImportOutcome, ImportSetting } from './import-outcome.ts'

/** As many kinds as fit a screen, and as many rows as a line names. */
const KINDS_PRINTED = 8
const ROWS_NAMED = 10

/** They are registered; what they are about stands with each obligation as 导入备注. A sentence is told once, with its rows. */
export function remarked({ remarked, errors }: ImportOutcome, { asks, again }: ImportSetting): string[] {
  if (remarked === 0) return []
  const listed = errors.filter((e) => e.rule === REMARK)
  const kinds = [
    ...groupBy(listed, ({ column, message }) =>
      message.startsWith(column) ? message : `${column}:${message}`,
    ),
  ]
  const rows = new Set(listed.map(({ row }) => row)).size
  const isCut = kinds.length > KINDS_PRINTED || rows < remarked
  return [
    asks
      ? `带备注登记 ${remarked} 行${again ? '' : '(核查时看事项页的“导入备注”)'}:`
      : `接收的行里,${remarked} 行带备注登记,核查时请留意(事项页的“导入备注”):`,
    ...kinds.slice(0, KINDS_PRINTED).map(([what, those]) => `  ${what}${rowsOf(those)}`),
    ...(listed.length > 0 && isCut ? ['  ……'] : []),
  ]
}

/** `(7 行:第 2、3、4 行)` */
function rowsOf(errors: readonly { row: number }[]): string {
  const rows = [...new Set(errors.map(({ row }) => row))]
  if (rows.length === 1) return `(第 ${rows[0]} 行)`
  const named = rows.slice(0, ROWS_NAMED).join('、')
  return `(${rows.length} 行:第 ${named}${rows.length > ROWS_NAMED ? ' 等' : ''} 行)`
}
