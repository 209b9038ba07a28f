import type { Sql } from './pool.ts'
import { VersionedCache } from './versioned-cache.ts'

/** What hardly ever changes, and is counted by its changes (migrations/0005_editions.sql). */
export type Counted = 'directory' | 'calendar'
type Kept = { cache: VersionedCache<unknown>; editions: Partial<Record<Counted, number>> }

const MOST = 1_000
/** What was read from each database, by each of its roles. */
const caches = new WeakMap<object, VersionedCache<unknown>>()
const seen = new WeakMap<object, Kept>()

/**
 * From here on the transaction takes from memory what others have read of the editions it sees now. It is asked behind the locks that
 * changes wait for, and changes none of it by itself.
 * @param pool whose role sees the same rows in every transaction
 */
export async function keepReads(tx: Sql, pool: object, what: readonly Counted[]): Promise<void> {
  const { rows } = await tx.query<Record<Counted, number>>('select directory, calendar from editions')
  const cache = caches.get(pool) ?? new VersionedCache<unknown>(MOST)
  caches.set(pool, cache)
  seen.set(tx, { cache, editions: Object.fromEntries(what.map((one) => [one, rows[0]?.[one]])) })
}

/** What is remembered of the edition that the transaction has seen, or what is read now. */
export async function readKept<T>(sql: Sql, of: Counted, key: string, read: () => Promise<T>): Promise<T> {
  const kept = seen.get(sql)
  const edition = kept?.editions[of]
  if (kept === undefined || edition === undefined) return read()
  // Who read it first may have failed for reasons of their own.
  return kept.cache.get(`${of} ${key}`, edition, read).catch(read) as Promise<T>
}
