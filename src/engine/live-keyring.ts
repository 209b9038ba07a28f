import type { Pool } from '../db/pool.ts'
import type { Instant } from '../domain/time/days.ts'
import { openKeyring, RELOAD_MS, type RefreshableKeyring } from '../services/vault/keyring.ts'
import type { MasterKey } from '../services/vault/master-key.ts'
import { startLoop } from './loop.ts'

export type LiveKeyring = RefreshableKeyring & { stop(): Promise<void> }
type Options = { everyMs?: number; wallNow?: () => Instant; onError?: (error: Error) => void }

/**
 * The keys in force, kept up to date while the process runs. If a reload fails, the keys there are stay in use: the database
 * refuses a value under a key that was destroyed meanwhile.
 * @param everyMs the pause between two reloads; a rotation allows for three times RELOAD_MS
 * @throws WrongMasterKey at the start
 */
export async function liveKeyring(
  pool: Pool,
  master: MasterKey,
  { everyMs = RELOAD_MS, wallNow = Date.now, onError = () => undefined }: Options = {},
): Promise<LiveKeyring> {
  const keyring = await openKeyring(pool, master, wallNow)
  const loop = startLoop({
    everyMs,
    // A rotation counts on it that every process looks this often.
    mostPauseMs: everyMs,
    pass: keyring.refresh,
    onError: (error) => onError(error as Error),
  })
  return Object.assign(keyring, { stop: loop.stop })
}
