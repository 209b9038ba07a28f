import {
  outcomesOf,
  PERSONAL_FIELDS,
  type PublicContent,
  type WarningContent,
} from '../../domain/obligation/changes.ts'
import type { ChangeRules } from '../../domain/obligation/change-rules.ts'
import { keyInCapitals, warningKeysOf } from '../../domain/obligation/warning-key.ts'
import { isClosed } from '../../domain/obligation/vocabulary.ts'
import type { Sql } from '../../db/pool.ts'
import type { Keyring, Person } from '../vault/encryption.ts'
import { encryptHouseholds } from './change-values.ts'
import { askedFirst } from './contested.ts'
import { contentKey, dismissedContents, type NewChange } from './changes-store.ts'
import { contentOf, householdsOf, type KnownWarning, knownWarnings } from './ledger-content.ts'

/** A row that wants to be registered. All but its key is read only where the ledger has that key. */
export type Incoming = {
  row: number
  externalId: string
  contentHash: Buffer
  content: () => WarningContent
  /** Whether nobody has said yet that it is right. */
  undecided?: boolean
}
/** How rows of one kind are read. */
type RowReader<Row> = { keyOf: (row: Row) => string; read: (row: Row) => Incoming }
/**
 * What the ledger says to a row: nothing new, or this change; or another county has the number, whose warning is none of this
 * county's business; or its warning is kept as it is, since the file only raises new ones. `known`: what it has.
 */
export type Verdict = { known: KnownWarning } & (
  | { is: 'duplicate'; dismissed: boolean }
  | { is: 'changed'; change: NewChange }
  | { is: 'elsewhere' }
  | { is: 'kept' }
)
export type Comparing = {
  keys: Keyring
  rules: ChangeRules
  importId: string
  county: string
  /** Whether the file may correct nothing. */
  raisesOnly?: boolean
}

/**
 * Compares rows with the ledger. One that the ledger does not know is not in the answer.
 * @returns verdicts by row
 */
export async function compareWithLedger<Row extends { row: number }>(
  sql: Sql,
  comparing: Comparing,
  rows: readonly Row[],
  { keyOf, read }: RowReader<Row>,
): Promise<Map<number, Verdict>> {
  const verdicts = new Map<number, Verdict>()
  const known = await knownWarnings(sql, rows.map(keyOf).flatMap(warningKeysOf))
  if (known.length === 0) return verdicts
  const byKey = new Map(known.map((k) => [keyInCapitals(k.key ?? ''), k]))
  const differing: [Incoming, KnownWarning][] = []
  for (const one of rows) {
    const warning = byKey.get(keyInCapitals(keyOf(one)))
    if (warning === undefined) continue
    if (warning.county !== comparing.county) {
      verdicts.set(one.row, { is: 'elsewhere', known: warning })
      continue
    }
    const incoming = read(one)
    if (warning.contentHash?.equals(incoming.contentHash))
      verdicts.set(one.row, { is: 'duplicate', known: warning, dismissed: false })
    else differing.push([incoming, warning])
  }
  for (const [row, verdict] of await compareContents(sql, comparing, differing)) verdicts.set(row, verdict)
  return verdicts
}

/** Field by field: a hash tells only that something may differ. */
async function compareContents(
  sql: Sql,
  comparing: Comparing,
  differing: readonly [Incoming, KnownWarning][],
): Promise<[number, Verdict][]> {
  if (differing.length === 0) return []
  const ids = differing.map(([, { id }]) => id)
  const households = await householdsOf(sql, comparing.keys, ids)
  const dismissed = await dismissedContents(sql, ids)
  return differing.map(([incoming, known]) => {
    const { contentHash, row } = incoming
    const before = dismissed.has(contentKey({ obligation: known.id, contentHash }))
    const change = before ? null : changeOf(comparing, incoming, known, households.get(known.id))
    if (change === null) return [row, { is: 'duplicate', known, dismissed: before }]
    return [row, comparing.raisesOnly ? { is: 'kept', known } : { is: 'changed', known, change }]
  })
}

/** Null where nothing differs that counts. @param household null: its retention is over, and nobody compares it */
function changeOf(
  { keys, rules, importId }: Comparing,
  { row, externalId, contentHash, content, undecided = false }: Incoming,
  warning: KnownWarning,
  household: Person | null | undefined,
): NewChange | null {
  const before = contentOf(warning, household ?? undefined)
  const given = content()
  const after = household === null ? { ...given, ...personOf(before) } : given
  const outcomes = outcomesOf(before, after, { rules, closed: isClosed(warning.state) })
  const fields = undecided ? askedFirst(outcomes) : outcomes
  if (fields.length === 0) return null
  const households = { before: personOf(before), after: personOf(after) }
  return {
    ...{ row, obligation: warning.id, externalId, fields, contentHash, content: publicOf(after) },
    ...encryptHouseholds(keys, importId, row, households),
  }
}

export function personOf({ name, idNo, phone, village, detail }: WarningContent): Person {
  return { name, idNo, phone, village, detail }
}

function publicOf(content: WarningContent): PublicContent {
  const personal: readonly string[] = PERSONAL_FIELDS
  return Object.fromEntries(
    Object.entries(content).filter(([field]) => !personal.includes(field)),
  ) as PublicContent
}
