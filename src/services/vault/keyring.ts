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
export function makeWrappedKey(
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

/** The keys in force. `refresh` reads them again; a failed refresh keeps the keys there are. */
export type RefreshableKeyring = Keyring & { refresh(): Promise<void> }
/** The keyring before the first load. */
const NO_KEYS: Keyring = {
  ...{ keyId: '', indexKeyId: '', legacyId: '', data: new Map(), index: new Map() },
  contentKey: Buffer.alloc(0),
}

/**
 * Reads the keys in force, and makes the first ones where the pool may. Each refresh changes the returned object in place.
 * @throws WrongMasterKey
 */
export async function openKeyring(
  pool: Pool,
  master: MasterKey,
  wallNow: () => Instant = Date.now,
): Promise<RefreshableKeyring> {
  if (await mayAddKeys(pool)) await makeFirstKeys(pool, master, wallNow())
  let loading: Promise<void> | null = null
  const refresh = () =>
    (loading ??= loadKeyring(pool, master)
      .then((fresh) => takeOn(keyring, fresh))
      .finally(() => (loading = null)))
  const keyring: RefreshableKeyring = { ...NO_KEYS, refresh }
  await refresh()
  return keyring
}

/** Keys that are gone stay for one more period: a value read a moment ago may still name one. */
function takeOn(keyring: RefreshableKeyring, fresh: Keyring): void {
  const before = { data: latest.get(keyring)?.data ?? [], index: latest.get(keyring)?.index ?? [] }
  latest.set(keyring, fresh)
  Object.assign(keyring, fresh, {
    data: new Map([...before.data, ...fresh.data]),
    index: new Map([...before.index, ...fresh.index]),
  })
}
const latest = new WeakMap<RefreshableKeyring, Keyring>()

async function makeFirstKeys(pool: Pool, master: MasterKey, wallNow: Instant): Promise<void> {
  await inTransaction(pool, async (tx) => {
    await lockFirstKeys(tx)
    const known = await storedKeys(tx)
    const masterKey = masterInForce(master, known)
    for (const purpose of PURPOSES)
      if (!known.some((k) => k.purpose === purpose))
        await addKey(tx, { ...makeWrappedKey(masterKey, purpose), state: 'active' }, wallNow)
  })
}
