import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { applyStaged } from '../../src/services/imports/apply.ts'
import { validateUpload } from '../../src/services/imports/validate.ts'
import { buildApp } from '../../src/api/app.ts'
import { enrolTotp } from '../../src/services/access/credentials.ts'
import { storedKeys } from '../../src/services/vault/key-store.ts'
import { type LiveKeyring, liveKeyring } from '../../src/engine/live-keyring.ts'
import { loadKeyring } from '../../src/services/vault/keyring.ts'
import { createPool, rows } from '../../src/db/pool.ts'
import { rotateKeys } from '../../src/services/key-rotation/data-keys.ts'
import { ENCRYPTED_PLACES, usesOf } from '../../src/services/key-rotation/store.ts'
import { totpContext } from '../../src/services/vault/encryption-context.ts'
import {
  type Keyring,
  lookUpIndexes,
  makeKeyring,
  decryptBytes,
  decryptPerson,
  encryptBytes,
} from '../../src/services/vault/encryption.ts'
import {
  type Asking,
  asking,
  buildTestApp,
  type Item,
  type Json,
  type Page,
  type TestApp,
  TOWN,
} from '../api/build.ts'
import { apiDeps } from '../support/api-deps.ts'
import { givenHouseholds, householdOf, valuesIn } from '../support/households.ts'
import { addTestKey, personWith, rolePools } from '../support/scoped.ts'
import { log } from '../support/worker-deps.ts'
import { canary, canaryCsv } from './canaries.ts'

const MASTER = Buffer.alloc(32, 7)
/** Twice as fast as in earnest, like the waiting of the rotation. */
const RELOAD_MS = 1_000
const ALREADY_THERE = 1_500
const NOTE = '已上门核实,家里有人住院'

/** Keys that are made after what uses them. */
const late: { keys: Keyring } = { keys: makeKeyring(MASTER) }
const first: Keyring = {
  get keyId() {
    return late.keys.keyId
  },
  get indexKeyId() {
    return late.keys.indexKeyId
  },
  get data() {
    return late.keys.data
  },
  get index() {
    return late.keys.index
  },
  legacyId: late.keys.legacyId,
  contentKey: late.keys.contentKey,
}

let one: TestApp
/** Another process of the API on the same database, with a keyring of its own. */
let two: ReturnType<typeof asking>
let rings: LiveKeyring[]
let officer: Asking
const stops: (() => Promise<unknown>)[] = []

beforeAll(async () => {
  one = await buildTestApp({ day: '2022-06-06' }, { keys: first, revealLimit: 100_000 })
  const url = await urlOf(one)
  rings = await Promise.all([1, 2, 3].map(() => liveKeyring(one.pool, MASTER, { everyMs: RELOAD_MS })))
  late.keys = rings[0]!
  const pools = rolePools({ url })
  const app = await buildApp({
    ...apiDeps(),
    ...{ keys: rings[1]!, pool: pools.api, gate: pools.gate, log, revealLimit: 100_000 },
  })
  two = asking(app)
  officer = await one.signedIn('town-officer', TOWN)
  stops.push(
    () => Promise.all(rings.map((r) => r.stop())),
    () => app.close(),
    () => pools.end(),
    () => one.close(),
  )
}, 120_000)
afterAll(async () => {
  for (const stop of stops) await stop()
})

async function urlOf({ pool }: TestApp): Promise<string> {
  return String((pool as unknown as { options: { connectionString: string } }).options.connectionString)
}

/** What went through, and what did not. */
const done: Record<string, number> = {}
const failed: string[] = []
let going = true
const LOADS = ['register', 'reveal', 'lookUp', 'list', 'import', 'enrol']

/** Does one thing over and over, until the keys have been rotated. */
async function keepOn(what: string, act: (n: number) => Promise<unknown>): Promise<void> {
  for (let n = 0; going; n++) {
    await act(n).then(
      () => (done[what] = (done[what] ?? 0) + 1),
      (error: Error) => failed.push(`${what}: ${error.message}`),
    )
    await sleep(1)
  }
}

function mustBe<T>(answer: { status: number; body: T; text: string }, status: number): T {
  if (answer.status !== status) throw new Error(`HTTP ${answer.status} ${answer.text}`)
  return answer.body
}

const processes = () => [one, two]
const either = (n: number) => processes()[n % 2]!

/** Found by one process, handed in to the other, shown by the first. */
async function register(n: number): Promise<void> {
  const person = householdOf(50_000 + n)
  const body = { kind: 'warning', office: TOWN, level: 'yellow', externalId: `L-${n}`, person }
  const { id } = mustBe(await either(n).post<Item>('/v1/obligations', body, officer), 201)
  const act = (action: object) => either(n + 1).post<Json>(`/v1/obligations/${id}/actions`, action, officer)
  mustBe(await act({ action: 'acknowledge' }), 200)
  mustBe(await act({ action: 'submit', result: { outcome: 'other-assistance', note: NOTE } }), 200)
  const history = mustBe(await either(n).get<Page<Json>>(`/v1/obligations/${id}/history`, officer), 200)
  expect(history.items.at(-1)).toMatchObject({ text: NOTE })
}

async function reveal(ids: string[], n: number): Promise<void> {
  const at = (n * 7) % ids.length
  const url = `/v1/obligations/${ids[at]}/reveal`
  const answer = await either(n).post<Json>(url, { reason: '上门核实前确认' }, officer)
  const { looksLeft, ...household } = mustBe(answer, 200)
  expect(household).toEqual(householdOf(at + 1))
  expect(looksLeft).toBeGreaterThan(0)
}

async function lookUp(ids: string[], n: number): Promise<void> {
  const at = (n * 11) % ids.length
  const { phone } = householdOf(at + 1)
  const found = mustBe(await either(n).post<Page<Item>>('/v1/obligations/lookup', { phone }, officer), 200)
  expect(found.items.map((i) => i.id)).toContain(ids[at])
}

async function list(n: number): Promise<void> {
  const { items } = mustBe(await either(n).get<Page<Item>>('/v1/obligations?limit=50', officer), 200)
  for (const item of items)
    expect(item.subject).toMatchObject({ name: expect.stringContaining('*') as string })
}

/** A ledger comes in through one process, and a worker with keys of its own looks through and registers it. */
async function importLedger(n: number): Promise<void> {
  const rowsOf = 30
  const file = canaryCsv(rowsOf, ['毛坝镇'], '2022-05-31').replaceAll('CANARY-', `I${n}-`)
  const parts = [{ field: 'file', filename: 'a.csv', content: file }]
  const { id } = mustBe(await either(n).upload<{ id: string }>('/v1/imports', parts), 202)
  const deps = { pool: workers, keys: rings[2]!, log, wallNow: () => Date.now() }
  await validateUpload(deps, id, () => undefined)
  await applyStaged(deps, id, () => undefined)
  const { registered, state } = mustBe(await either(n).get<Json>(`/v1/imports/${id}`), 200)
  expect({ registered, state }).toEqual({ registered: rowsOf, state: 'applied' })
}
let workers: ReturnType<typeof createPool>

async function enrol(people: string[], n: number): Promise<void> {
  const keys = rings[n % 2]!
  const person = people[n % people.length] ?? ''
  const totpEncrypted = encryptBytes(keys, totpContext(person), Buffer.from(`secret ${n}`))
  await enrolTotp(one.pool, person, { totpEncrypted, totpKeyId: keys.keyId }, Date.now())
}

test(
  'keys rotate under load without a failed request, and nothing is left under an old key',
  { timeout: 300_000 },
  async () => {
    workers = createPool(await urlOf(one), { role: 'duban_worker' })
    stops.unshift(() => workers.end())
    // From before there were keys, and from today.
    const old = await givenHouseholds(one.pool, makeKeyring(MASTER), { from: 1, count: 500 })
    const young = await givenHouseholds(one.pool, rings[0]!, { from: 501, count: ALREADY_THERE - 500 })
    const ids = [...old, ...young]
    const people = [
      await personWith(one.pool, 'town-officer', TOWN),
      await personWith(one.pool, 'town-head', TOWN),
    ]
    await addTestKey(one.pool, 'of-the-load')
    const load = [
      keepOn('register', register),
      keepOn('reveal', (n) => reveal(ids, n)),
      keepOn('lookUp', (n) => lookUp(ids, n)),
      keepOn('list', list),
      keepOn('import', importLedger),
      keepOn('enrol', (n) => enrol(people, n)),
    ]
    const destroyed: string[] = []
    let swept = 0
    for (const purpose of ['data', 'index', 'data', 'index'] as const) {
      const rotated = await rotateKeys({ pool: one.pool, masterKey: MASTER, purpose, reloadMs: RELOAD_MS })
      destroyed.push(...rotated.destroyed)
      await everyKindWent(4)
      swept += rotated.values
    }
    going = false
    await Promise.all(load)
    expect(failed).toEqual([])
    for (const what of LOADS) expect(done[what], what).toBeGreaterThan(10)
    expect(destroyed).toHaveLength(4)
    expect(swept).toBeGreaterThan(4 * ALREADY_THERE)
    await nothingUnderAnOldKey()
    await everythingOpens(ids)
  },
)

/** Waits until each kind of load went through so many times more, however busy the machine is: no rotation hurries past one. */
async function everyKindWent(times: number): Promise<void> {
  const before = { ...done }
  const slow = () => LOADS.filter((what) => (done[what] ?? 0) < (before[what] ?? 0) + times)
  await expect.poll(slow, { timeout: 60_000, interval: 100 }).toEqual([])
}

async function nothingUnderAnOldKey(): Promise<void> {
  const stored = await storedKeys(one.pool)
  for (const purpose of ['data', 'index'] as const) {
    const active = stored.find((k) => k.purpose === purpose && k.state === 'active')?.id
    const uses = await usesOf(one.pool, purpose)
    expect(uses.length).toBeGreaterThan(0)
    expect(uses.filter((u) => u.keyId !== active)).toEqual([])
    const old = stored.filter((k) => k.purpose === purpose && k.id !== active)
    expect(old.map((k) => [k.state, k.wrapped.length])).toEqual([
      ['retired', 0],
      ['retired', 0],
    ])
  }
  const uses = await usesOf(one.pool, 'data')
  expect(uses.map((u) => u.table).sort()).toEqual(['credentials', 'events', 'reveals', 'subjects'])
}

async function everythingOpens(ids: string[]): Promise<void> {
  const keys = await loadKeyring(one.pool, MASTER)
  for (const place of ENCRYPTED_PLACES)
    for (const { where, encrypted, keyId } of await valuesIn(one.pool, place))
      decryptBytes(keys, where, encrypted, keyId)
  const subjects = await rows<{ id: string; encrypted: Buffer; keyId: string; phone: Buffer }>(
    one.pool,
    'select obligation as id, encrypted, key_id as "keyId", phone_index as phone from subjects',
  )
  const byId = new Map(subjects.map((s) => [s.id, s]))
  for (const [n, id] of ids.entries()) {
    const { encrypted, keyId, phone } = byId.get(id)!
    expect(decryptPerson(keys, id, encrypted, keyId)).toEqual(householdOf(n + 1))
    expect(lookUpIndexes(keys, 'phone', householdOf(n + 1).phone).some((h) => h.equals(phone))).toBe(true)
  }
  const imported = subjects.filter(
    (s) => decryptPerson(keys, s.id, s.encrypted, s.keyId).name === canary(0).name,
  )
  expect(imported).toHaveLength(done.import ?? 0)
}
