import { isClosed } from '../../domain/obligation/vocabulary.ts'
import { keyInCapitals, warningKey } from '../../domain/obligation/warning-key.ts'
import { importErrors } from '../../db/schema/index.ts'
import { columns, type RowsOf, selectRows } from '../../db/select-columns.ts'
import { REMARK } from '../../ledgers/remark.ts'
import { ROW_RULES } from '../../ledgers/row-error.ts'
import { type Asked, type Finding, knownByKey, MOST, mustBeFew, rowKey } from './finding.ts'
import type { KnownWarning } from './ledger-content.ts'
import { refusedRowsOf } from './refused-rows.ts'
import { numberKept, WORKED_ON } from './withdrawal-words.ts'

const FAULT = columns(importErrors, 'e', ['row', 'column', 'rule', 'message'])
type Fault = RowsOf<typeof FAULT>
/** What is no difference, or is told by the change of the row. Of what is withdrawn, nobody has to close what is closed or unknown. */
const NO_FINDING = ['duplicate', 'changed', 'closed', 'not-in-ledger', REMARK]
/** Rules of rows that nobody has to work on at the platform. */
const OVER: Readonly<Record<string, string>> = {
  'over-at-source': '平台上已不用办理,台账还在办',
  [WORKED_ON]: '平台已撤回,台账还在办',
}
/** Sentences of cells that are empty: their rules have the codes of wrong ones. */
const EMPTY: ReadonlySet<string> = new Set(
  (['missing-id', 'missing-date', 'missing-level', 'missing-town', 'missing-name', 'no-number'] as const).map(
    (rule) => ROW_RULES[rule],
  ),
)

/** What is wrong with the rows that came to nothing, as far as it is a difference. */
export async function refusedRows({ sql, keys, found }: Asked): Promise<Finding[]> {
  const faults = `from import_errors e where e.import = $1 and e.rule <> all($2) order by e.seq limit ${MOST + 1}`
  const byRow = new Map<number, Fault[]>()
  for (const fault of mustBeFew(await selectRows(sql, FAULT, faults, [found.id, NO_FINDING])))
    byRow.set(fault.row, [...(byRow.get(fault.row) ?? []), fault])
  const known = await knownBehind({ sql, keys, found }, byRow)
  return [...byRow].flatMap(([row, of]) => findingOf(row, of, known.get(row)))
}

/** What is over at the platform is a difference while the ledger has it open; what it does not have, nobody has to close. */
function findingOf(row: number, faults: readonly Fault[], known: KnownWarning | undefined): Finding[] {
  const externalId = known?.key?.replace(warningKey(''), '') ?? null
  const where = {
    key: rowKey(row),
    row,
    externalId,
    obligation: known?.id ?? null,
    office: known?.office ?? null,
  }
  const over = faults.flatMap(({ rule }) => OVER[rule] ?? [])[0]
  if (over !== undefined)
    return known && !isClosed(known.state) ? [{ ...where, code: 'outdated', what: over, about: '' }] : []
  const isEmpty = faults.every(({ rule, message }) => rule === 'missing-id' || EMPTY.has(message))
  const what = faults.map(({ column, message }) => `${column}:${message.slice(0, message.indexOf('。') + 1)}`)
  const about = [...new Set(faults.map(({ rule }) => rule))].sort().join(',')
  return [{ ...where, code: isEmpty ? 'incomplete' : 'inexact', what: what.join(''), about }]
}

/** The warnings of the ledger whose numbers stand in refused rows. What else may stand in such a cell is shown to nobody. */
async function knownBehind(
  { sql, keys, found }: Asked,
  byRow: ReadonlyMap<number, readonly Fault[]>,
): Promise<ReadonlyMap<number, KnownWarning>> {
  if (byRow.size === 0) return new Map()
  // Of a list of withdrawals no row is kept: the sentence has the number of an item of the ledger.
  const numbers = new Map(
    [...byRow].flatMap(([row, faults]) =>
      faults
        .filter(({ rule }) => rule === WORKED_ON)
        .map(({ message }) => [row, warningKey(numberKept(message))] as const),
    ),
  )
  for (const { head, rows: refused } of await refusedRowsOf(sql, keys, found.id, [...byRow.keys()]))
    for (const { row, cells } of refused) {
      const number = head.at.externalId === undefined ? '' : (cells[head.at.externalId] ?? '').trim()
      if (number !== '') numbers.set(row, warningKey(number))
    }
  const byKey = await knownByKey(sql, found, [...numbers.values()])
  return new Map(
    [...numbers].flatMap(([row, key]) => {
      const one = byKey.get(keyInCapitals(key))
      return one ? [[row, one] as const] : []
    }),
  )
}
