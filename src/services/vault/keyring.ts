import { randomBytes } from 'node:crypto'
import type { Instant } from '../../domain/time/days.ts'
import { newId } from '../../db/ids.ts'
import {
  addKey,
  type KeyPurpose,
  lockFirstKeys,
  mayAddKeys,
  type StoredKey,
  storedKeys,
} from './key-store.ts'
import { type MasterKey, masterInForce, unwrap, wrap } from './master-key.ts'
import { inTransaction, type Pool, type Sql } from '../../db/pool.ts'
import { type Keyring, makeKeyring } from './encryption.ts'

/** After this long every process knows a new key, unless its database was away. */
export const RELOAD_MS = 2_000
const PURPOSES: readonly KeyPurpose[] = ['data', 'index']

/** Makes a key of 32 random bytes, wrapped by the master key and bound to its id and purpose. */
export function freshKey(
  masterKey: Buffer,
  purpose: KeyPurpose,
): Pick<StoredKey, 'id' | 'purpose' | 'wrapped'> {
  const id = newId(purpose === 'data' ? 'dk' : 'ik')
  return { id, purpose, wrapped: wrap(masterKey, { id, purpose }, randomBytes(32)) }
}

/** Reads the keys from the database. @throws WrongMasterKey */
export async function loadKeyring(sql: Sql, master: MasterKey): Promise<Keyring> {
  const stored = (await storedKeys(sql)).filter((k) => k.wrapped.length > 0)
  const masterKey = masterInForce(master, stored)
  const derived = makeKeyring(masterKey)
  const content = stored.find((k) => k.purpose === 'content')
  const all = (purpose: KeyPurpose) =>
    stored.filter((k) => k.purpose === purpose).map((k) => [k.id, unwrap(masterKey, k)] as const)
  const active = (purpose: KeyPurpose) =>
    stored.find((k) => k.purpose === purpose && k.state === 'active')?.id ?? derived.legacyId
  return {
    ...derived,
    keyId: active('data'),
    indexKeyId: active('index'),
    data: new Map([...derived.data, ...all('data')]),
    index: new Map([...derived.index, ...all('index')]),
    ...(content ? { contentKey: unwrap(masterKey, content) } : {}),
  }
}

export type LiveKeyring = Keyring & { refresh(): Promise<void>; stop(): Promise<void> }
/** The keyring before the first load. */
const NO_KEYS: Keyring = {
  ...{ keyId: '', indexKeyId: '', legacyId: '', data: new Map(), index: new Map() },
  contentKey: Buffer.alloc(0),
}
type Options = { everyMs?: number; wallNow?: () => Instant; onError?: (error: Error) => void }

/**
 * The keys in force, kept up to date while the process runs. A pool that may write keys makes the first ones. A
 * failed reload keeps the old keys; the database refuses values under a key destroyed meanwhile. @param everyMs
 * how often it reloads; a rotation allows for three times RELOAD_MS @throws WrongMasterKey at the start
 */
export async function liveKeyring(
  pool: Pool,
  master: MasterKey,
  options: Options = {},
): Promise<LiveKeyring> {
  const { everyMs = RELOAD_MS, wallNow = Date.now, onError = () => undefined } = options
  if (await mayAddKeys(pool)) await makeFirstKeys(pool, master, wallNow())
  let loading: Promise<void> | null = null
  const refresh = () =>
    (loading ??= loadKeyring(pool, master)
      .then((fresh) => takeOn(live, fresh))
      .finally(() => (loading = null)))
  const timer = setInterval(() => void refresh().catch(onError), everyMs).unref()
  const stop = async () => {
    clearInterval(timer)
    await loading?.catch(onError)
  }
  const live: LiveKeyring = { ...NO_KEYS, refresh, stop }
  await refresh().catch(async (error: Error) => {
    await stop()
    throw error
  })
  return live
}

/** Removed keys stay for one more period, since a value read a moment ago may name one. */
function takeOn(live: LiveKeyring, fresh: Keyring): void {
  const before = { data: latest.get(live)?.data ?? [], index: latest.get(live)?.index ?? [] }
  latest.set(live, fresh)
  Object.assign(live, fresh, {
    data: new Map([...before.data, ...fresh.data]),
    index: new Map([...before.index, ...fresh.index]),
  })
}
const latest = new WeakMap<LiveKeyring, Keyring>()

async function makeFirstKeys(pool: Pool, master: MasterKey, wallNow: Instant): Promise<void> {
  await inTransaction(pool, async (tx) => {
    await lockFirstKeys(tx)
    const known = await storedKeys(tx)
    const masterKey = masterInForce(master, known)
    for (const purpose of PURPOSES)
      if (!known.some((k) => k.purpose === purpose))
        await addKey(tx, { ...freshKey(masterKey, purpose), state: 'active' }, wallNow)
  })
}
