import { setTimeout as sleep } from 'node:timers/promises'
import { getTableName } from 'drizzle-orm'
import type { KeyPurpose } from '../vault/key-store.ts'
import { inTransaction, type Pool, type Sql } from '../../db/pool.ts'
import { updateRows } from '../../db/update-rows.ts'
import { countStale, type Found, keyColumns, type Place, placesOf, takeStale } from './store.ts'
import { blindIndexes, type Keyring, decryptBytes, type Person, reencrypt } from '../vault/encryption.ts'

export type SweepStep = { step: 'sweep'; table: string; done: number; total: number }
type SweepOptions = { pool: Pool; purpose: KeyPurpose; onProgress?: (step: SweepStep) => void }

/** Repeats passes over every place until no value uses another key. @returns how many values were done */
export async function sweep(options: SweepOptions, keys: Keyring): Promise<number> {
  const { purpose } = options
  const active = purpose === 'data' ? keys.keyId : keys.indexKeyId
  let done = 0
  for (const place of placesOf(purpose))
    for (;;) {
      const total = await countStale(options.pool, place, purpose, active)
      if (total === 0) break
      const swept = await sweepOnce(options, keys, { place, active, total })
      // The rest is locked by others; let them finish.
      if (swept === 0) await sleep(100)
      done += swept
    }
  return done
}

type Pass = { place: Place; active: string; total: number }

async function sweepOnce(
  options: SweepOptions,
  keys: Keyring,
  { place, active, total }: Pass,
): Promise<number> {
  const { pool, purpose, onProgress } = options
  let done = 0
  for (let after: Found['key'] | null = null; ;) {
    const batch: Found[] = await inTransaction(pool, async (tx) => {
      const taken = await takeStale(tx, place, purpose, active, after)
      if (taken.length > 0) await (purpose === 'data' ? reencryptRows : rehashRows)(tx, keys, place, taken)
      return taken
    })
    const last = batch[batch.length - 1]
    if (!last) return done
    after = last.key
    done += batch.length
    onProgress?.({ step: 'sweep', table: getTableName(place.table), done, total })
  }
}

async function reencryptRows(tx: Sql, keys: Keyring, place: Place, taken: readonly Found[]): Promise<void> {
  const fresh = taken.map((value) => {
    const { encrypted, keyId } = reencrypt(keys, value.where, value)
    return { ...keyColumns(place, value), [place.encrypted]: encrypted, [place.keyId]: keyId }
  })
  await updateRows(tx, place.table, place.pk, fresh)
}

/**
 * Replaces the hash by one under the new key. A look-up asks under every live key (lookUpIndexes), so a rotation
 * needs no second column.
 */
async function rehashRows(tx: Sql, keys: Keyring, place: Place, taken: readonly Found[]): Promise<void> {
  const fresh = taken.map((value) => {
    const person = decryptBytes(keys, value.where, value.encrypted, value.keyId).toString()
    return { ...keyColumns(place, value), ...blindIndexes(keys, JSON.parse(person) as Person) }
  })
  await updateRows(tx, place.table, place.pk, fresh)
}
