import type { Sql } from './pool.ts'

/** What hardly ever changes, and is counted by its changes (migrations/0005_editions.sql). */
export type Counted = 'directory' | 'calendar'
type Memory = Map<string, { edition: number; value: unknown }>
type Kept = { memory: Memory; editions: Partial<Record<Counted, number>> }

const MOST = 1_000
/** What was read from each database, by each of its roles. */
const memories = new WeakMap<object, Memory>()
const seen = new WeakMap<object, Kept>()

/**
 * From here on the transaction takes from memory what others have read of the editions it sees now. It is asked behind the locks that
 * changes wait for, by what changes nothing of the directory; what changes days forgets them (`forgetKept`).
 * @param pool whose role sees the same rows in every transaction
 */
export async function keepReads(tx: Sql, pool: object, what: readonly Counted[]): Promise<void> {
  const { rows } = await tx.query<Record<Counted, number>>('select directory, calendar from editions')
  const memory = memories.get(pool) ?? new Map<string, never>()
  memories.set(pool, memory)
  seen.set(tx, { memory, editions: Object.fromEntries(what.map((one) => [one, rows[0]?.[one]])) })
}

/** From here on the transaction reads this for itself: it has changed it, or waited for others who may have. */
export function forgetKept(tx: Sql, of: Counted): void {
  const kept = seen.get(tx)
  if (kept) delete kept.editions[of]
}

/**
 * What is remembered of the edition that the transaction has seen, or what is read now. Nobody waits for what somebody else is
 * reading: their connection may be gone without a word.
 */
export async function readKept<T>(sql: Sql, of: Counted, key: string, read: () => Promise<T>): Promise<T> {
  const kept = seen.get(sql)
  const edition = kept?.editions[of]
  if (kept === undefined || edition === undefined) return read()
  const name = `${of} ${key}`
  const known = kept.memory.get(name)
  if (known?.edition === edition) return known.value as T
  const value = await read()
  remember(kept.memory, name, { edition, value })
  return value
}

/** The one remembered longest goes where there is no room. */
function remember(memory: Memory, name: string, read: { edition: number; value: unknown }): void {
  if ((memory.get(name)?.edition ?? 0) > read.edition) return
  memory.delete(name)
  memory.set(name, read)
  if (memory.size > MOST) memory.delete(memory.keys().next().value!)
}
