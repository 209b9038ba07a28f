import { CONTENT_LABELS } from '../../domain/obligation/changes.ts'
import { codeOfChange, type ConsistencyCode } from '../../domain/obligation/consistency.ts'
import { isClosed } from '../../domain/obligation/vocabulary.ts'
import { keyInCapitals, warningKey, warningKeysOf } from '../../domain/obligation/warning-key.ts'
import type { Sql } from '../../db/pool.ts'
import {
  importChanges,
  importErrors,
  importRows,
  importWithdrawals,
  obligations,
} from '../../db/schema/index.ts'
import { allOf, columns, type RowsOf, selectRows } from '../../db/select-columns.ts'
import { REMARK } from '../../ledgers/remark.ts'
import { ROW_RULES } from '../../ledgers/row-error.ts'
import { CLOSED } from '../obligations/closed-states.ts'
import type { Keyring } from '../vault/encryption.ts'
import { type KnownWarning, knownWarnings } from './ledger-content.ts'
import { refusedRowsOf } from './refused-rows.ts'
import type { ImportRow } from './store.ts'

/** Of each source of findings so many are read. */
const MOST = 5_000

/** Thrown where a file differs so much that it is no copy of the ledger: it was never registered. */
export class TooManyFindings extends Error {
  override readonly name = 'TooManyFindings'
  readonly most = MOST
}

/** One thing that differs. `key` names it within its import; nothing personal stands here. */
export type Finding = {
  key: string
  code: ConsistencyCode
  row: number | null
  externalId: string | null
  obligation: string | null
  /** Null where the ledger does not have it, and the row names no town. */
  office: string | null
  what: string
}
type Asked = { sql: Sql; keys: Keyring; found: ImportRow }

/**
 * What a checked file of the platform and the ledger say differently (R11): rows that came to nothing, rows that changed, rows that the
 * ledger does not have, and what the platform does not have any more. The checking itself was done field by field as the file
 * was read (compare-rows.ts). In the order of the file.
 * @throws TooManyFindings, UnknownKey, DecryptionFailed
 */
export async function findingsOf(sql: Sql, keys: Keyring, found: ImportRow): Promise<Finding[]> {
  const asked = { sql, keys, found }
  const all = [
    ...(await refusedRows(asked)),
    ...(await changedRows(asked)),
    ...(await unknownRows(asked)),
    ...(await goneRows(asked)),
  ]
  return all.sort((a, b) => (a.row ?? Infinity) - (b.row ?? Infinity) || (a.key < b.key ? -1 : 1))
}

const CHANGED = allOf(
  columns(importChanges, 'c', ['row', 'externalId', 'obligation', 'fields']),
  columns(obligations, 'o', ['office']),
)

async function changedRows({ sql, found }: Asked): Promise<Finding[]> {
  const changed = `from import_changes c join obligations o on o.id = c.obligation
    where c.import = $1 and c.state <> 'dismissed' and c.content_hash is distinct from o.content_hash
    order by c."row" limit ${MOST + 1}`
  const those = mustBeFew(await selectRows(sql, CHANGED, changed, [found.id]))
  return those.map(({ row, externalId, obligation, fields, office }) => ({
    ...{ key: rowKey(row), code: codeOfChange(fields), row, externalId, obligation, office },
    what: `平台和台账的${fields.map(({ field }) => CONTENT_LABELS[field]).join('、')}不同`,
  }))
}

const UNKNOWN = columns(importRows, 'r', ['row', 'externalId', 'office'])

/** What another file registered since this one was checked is not unknown any more. */
async function unknownRows({ sql, found }: Asked): Promise<Finding[]> {
  const staged = `from import_rows r where r.import = $1 order by r."row" limit ${MOST + 1}`
  const those = mustBeFew(await selectRows(sql, UNKNOWN, staged, [found.id]))
  const known = await knownByKey(
    sql,
    found,
    those.map(({ externalId }) => warningKey(externalId)),
  )
  return those
    .filter(({ externalId }) => !known.has(keyInCapitals(warningKey(externalId))))
    .map(({ row, externalId, office }) => ({
      ...{ key: rowKey(row), code: 'incomplete' as const, row, externalId, obligation: null, office },
      what: '平台有这条预警,台账没有',
    }))
}

const GONE = allOf(
  columns(importWithdrawals, 'w', ['row', 'externalId', 'obligation']),
  columns(obligations, 'o', ['office']),
)

/** What was accepted or cancelled since is in hand no more. */
async function goneRows({ sql, found }: Asked): Promise<Finding[]> {
  const open = `from import_withdrawals w join obligations o on o.id = w.obligation
    where w.import = $1 and o.state not in (${CLOSED}) order by w.external_id limit ${MOST + 1}`
  const proposed = mustBeFew(await selectRows(sql, GONE, open, [found.id]))
  const isListed = found.kind === 'withdrawals'
  const span = `${found.completeFrom ?? ''} 至 ${found.completeUntil ?? ''}`
  return proposed.map(({ obligation, row, externalId, office }) => ({
    ...{ key: `gone:${obligation}`, row, externalId, obligation, office },
    ...(isListed
      ? { code: 'outdated' as const, what: '平台已撤回,台账还在办' }
      : { code: 'untrue' as const, what: `台账在办,平台 ${span} 的完整文件里没有` }),
  }))
}

const FAULT = columns(importErrors, 'e', ['row', 'column', 'rule', 'message'])
type Fault = RowsOf<typeof FAULT>
/** What is no difference, or is told by the change of the row. */
const NO_FINDING = ['duplicate', 'changed', REMARK]
const OVER = 'over-at-source'
/** Sentences of cells that are empty: their rules have the codes of wrong ones. */
const EMPTY: ReadonlySet<string> = new Set(
  (['missing-id', 'missing-date', 'missing-level', 'missing-town', 'missing-name', 'no-number'] as const).map(
    (rule) => ROW_RULES[rule],
  ),
)

async function refusedRows({ sql, keys, found }: Asked): Promise<Finding[]> {
  const faults = `from import_errors e where e.import = $1 and e.rule <> all($2) order by e.seq limit ${MOST + 1}`
  const byRow = new Map<number, Fault[]>()
  for (const fault of mustBeFew(await selectRows(sql, FAULT, faults, [found.id, NO_FINDING])))
    byRow.set(fault.row, [...(byRow.get(fault.row) ?? []), fault])
  const known = await knownBehind({ sql, keys, found }, [...byRow.keys()])
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
    office: known?.town ?? null,
  }
  if (faults.some(({ rule }) => rule === OVER))
    return known && !isClosed(known.state)
      ? [{ ...where, code: 'outdated', what: '平台上已不用办理,台账还在办' }]
      : []
  const isEmpty = faults.every(({ message }) => EMPTY.has(message))
  const what = faults.map(({ column, message }) => `${column}:${message.slice(0, message.indexOf('。') + 1)}`)
  return [{ ...where, code: isEmpty ? 'incomplete' : 'inexact', what: what.join('') }]
}

/** The warnings of the ledger whose numbers stand in refused rows. What else may stand in such a cell is shown to nobody. */
async function knownBehind(
  { sql, keys, found }: Asked,
  rows: readonly number[],
): Promise<ReadonlyMap<number, KnownWarning>> {
  if (rows.length === 0) return new Map()
  const numbers = new Map<number, string>()
  for (const { head, rows: refused } of await refusedRowsOf(sql, keys, found.id, rows))
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

/** The warnings of the county under these keys, by the key in capitals. */
async function knownByKey(
  sql: Sql,
  { county }: ImportRow,
  keys: readonly string[],
): Promise<ReadonlyMap<string, KnownWarning>> {
  const known = await knownWarnings(sql, keys.flatMap(warningKeysOf))
  return new Map(
    known.filter((one) => one.county === county).map((one) => [keyInCapitals(one.key ?? ''), one]),
  )
}

function rowKey(row: number): string {
  return `row:${row}`
}

function mustBeFew<T>(found: T[]): T[] {
  if (found.length > MOST) throw new TooManyFindings()
  return found
}
