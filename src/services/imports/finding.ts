import type { ConsistencyCode } from '../../domain/obligation/consistency.ts'
import { keyInCapitals, warningKeysOf } from '../../domain/obligation/warning-key.ts'
import type { Sql } from '../../db/pool.ts'
import type { Keyring } from '../vault/encryption.ts'
import { type KnownWarning, knownWarnings } from './ledger-content.ts'
import type { ImportRow } from './store.ts'

/** Of each source of findings so many are read. */
export const MOST = 5_000

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
  /** Codes of the fields that differ or of the rules that are broken, where one item may differ in several ways. */
  about: string
  /** The file itself puts it right, once it is registered. */
  willRegister?: true
}
export type Asked = { sql: Sql; keys: Keyring; found: ImportRow }

/** The warnings of the county under these keys, by the key in capitals. */
export async function knownByKey(
  sql: Sql,
  { county }: ImportRow,
  keys: readonly string[],
): Promise<ReadonlyMap<string, KnownWarning>> {
  const known = await knownWarnings(sql, keys.flatMap(warningKeysOf))
  return new Map(
    known.filter((one) => one.county === county).map((one) => [keyInCapitals(one.key ?? ''), one]),
  )
}

export function rowKey(row: number): string {
  return `row:${row}`
}

export function mustBeFew<T>(found: T[]): T[] {
  if (found.length > MOST) throw new TooManyFindings()
  return found
}
