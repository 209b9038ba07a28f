import { afterAll, beforeAll, expect, it } from 'vitest'
import { KEY_PERMISSIONS } from '../../../src/contract/api/keys.ts'
import { row } from '../../../src/db/pool.ts'
import { layNeighbours, OTHER_COUNTY } from '../../security/authorization/county.ts'
import { addTestKey, personWith } from '../../support/scoped.ts'
import {
  type Asking,
  buildTestApp,
  COUNTY,
  foundWarning,
  type Item,
  type Json,
  type Page,
  type ProblemBody,
  type TestApp,
  TOWN,
} from '../build.ts'

const RELIEF = `${COUNTY}.jiuzhu`

type Made = Json & { id: string; token: string; prefix: string }

let api: TestApp
let admin: Asking
let wall = Date.UTC(2026, 0, 5)
beforeAll(async () => {
  api = await buildTestApp({ day: '2022-06-06' }, { wallNow: () => wall })
  admin = await api.signedIn('administrator', COUNTY)
})
afterAll(() => api.close())

async function made(more: Json = {}): Promise<Made> {
  const body = {
    name: '局里大屏',
    office: COUNTY,
    permissions: ['obligations:read', 'campaigns:read'],
    ...more,
  }
  const answer = await api.post<Made>('/v1/api-keys', body, admin)
  if (answer.status !== 201) throw new Error(answer.text)
  return answer.body
}
const withKey = ({ token }: Made): Asking => ({ token })

it('a key is shown once, and stored as a hash', async () => {
  const key = await made()
  expect(key.token).toMatch(/^duban_[A-Za-z0-9]{8}_[\w-]{43}$/)
  expect(key.token).toContain(`duban_${key.prefix}_`)
  const { text } = await api.get('/v1/api-keys', admin)
  expect(text).toContain(key.id)
  expect(text).not.toContain(key.token)
  const kept = await row<{ all: string; hash: Buffer }>(
    api.pool,
    `select row_to_json(k)::text as all, secret_hash as hash from api_keys k where id = $1`,
    [key.id],
  )
  expect(kept?.hash).toHaveLength(32)
  // The secret may itself hold an underscore, so it is what follows the prefix.
  expect(kept?.all).not.toContain(key.token.slice(`duban_${key.prefix}_`.length))
})

it('a repeated request with the same Idempotency-Key makes another key, since the first answer was not stored', async () => {
  const body = { name: 'x', office: COUNTY, permissions: ['obligations:read'] }
  const twice = { ...admin, headers: { ...admin.headers, 'idempotency-key': 'the-same-key' } }
  const [one, two] = [
    await api.post<Made>('/v1/api-keys', body, twice),
    await api.post<Made>('/v1/api-keys', body, twice),
  ]
  expect([one.status, two.status]).toEqual([201, 201])
  expect(one.body.token).not.toBe(two.body.token)
})

it('a key sees its office and what lies below, and households only if granted', async () => {
  const elsewhere = await foundWarning(api, { office: `${COUNTY}.hedui` })
  const here = await foundWarning(api)
  const plain = withKey(await made({ office: TOWN }))
  const { body } = await api.get<Page<Item>>('/v1/obligations', plain)
  expect(body.items.map((o) => o.id)).toContain(here.id)
  expect((await api.get(`/v1/obligations/${elsewhere.id}`, plain)).status).toBe(404)
  const personal = withKey(await made({ office: TOWN, personal: true }))
  expect((await api.get(`/v1/obligations/${here.id}`, plain)).text).not.toContain('*某')
  expect((await api.get(`/v1/obligations/${here.id}`, personal)).text).toContain('*某')
})

it('a key does what it was allowed and nothing else', async () => {
  const key = withKey(await made())
  expect((await api.get('/v1/campaigns', key)).status).toBe(200)
  for (const route of ['/v1/mails', '/v1/audit', '/v1/api-keys', '/v1/me/sessions'])
    expect([403, 404]).toContain((await api.get(route, key)).status)
  const { id } = await foundWarning(api)
  const acting = await api.post(`/v1/obligations/${id}/actions`, { action: 'acknowledge' }, key)
  expect(acting.status).toBe(403)
})

it.each([
  [{ permissions: ['households:reveal'] }, '/body/permissions/0'],
  [{ permissions: ['obligations:act'] }, '/body/permissions/0'],
  [{ permissions: [] }, '/body/permissions'],
  [{ permissions: [...KEY_PERMISSIONS, ...KEY_PERMISSIONS] }, '/body/permissions'],
  [{ office: 'sn' }, '/body/office'],
  [{ office: 'sn.ak.elsewhere' }, '/body/office'],
  [{ name: '  ' }, '/body/name'],
  [{ days: 731 }, '/body/days'],
  [{ id: 'ak_mine' }, '/body/id'],
])('%j is refused with a pointer', async (more, pointer) => {
  const body = { name: 'x', office: COUNTY, permissions: ['obligations:read'], ...more }
  const answer = await api.post<ProblemBody>('/v1/api-keys', body, admin)
  expect(answer.status).toBe(422)
  expect(answer.body.errors?.map((e) => e.pointer)).toEqual([pointer])
})

it('a key ends when its days are over', async () => {
  const key = withKey(await made({ days: 1 }))
  expect((await api.get('/v1/campaigns', key)).status).toBe(200)
  wall += 86_400_000
  expect((await api.get('/v1/campaigns', key)).status).toBe(401)
})

it('a key ends at once when it is revoked, only by its own county, and once', async () => {
  const key = await made()
  expect((await api.get('/v1/campaigns', withKey(key))).status).toBe(200)
  const revoke = (how: Asking) => api.ask({ method: 'DELETE', url: `/v1/api-keys/${key.id}` }, how)
  expect((await revoke(await api.signedIn('relief-centre', RELIEF))).status).toBe(403)
  expect((await revoke(admin)).status).toBe(204)
  expect((await revoke(admin)).status).toBe(404)
  expect((await api.get('/v1/campaigns', withKey(key))).status).toBe(401)
})

it('a key shows when it was last used, to the minute', async () => {
  const key = await made()
  const lastUsed = async () =>
    (await api.get<Page<Made & { lastUsedAt: string | null }>>('/v1/api-keys', admin)).body.items.find(
      (k) => k.id === key.id,
    )?.lastUsedAt
  expect(await lastUsed()).toBeNull()
  await api.get('/v1/campaigns', withKey(key))
  const first = new Date(wall).toISOString()
  expect(await lastUsed()).toBe(first)
  wall += 30_000
  await api.get('/v1/campaigns', withKey(key))
  expect(await lastUsed()).toBe(first)
  wall += 31_000
  await api.get('/v1/campaigns', withKey(key))
  expect(await lastUsed()).toBe(new Date(wall).toISOString())
})

it('the audit trail tells who made a key, for what, and who ended it', async () => {
  const key = await made({ personal: true })
  await api.ask({ method: 'DELETE', url: `/v1/api-keys/${key.id}` }, admin)
  const { rows } = await api.pool.query<{ action: string; actor: string; detail: Json }>(
    'select action, actor, detail from audit_events where subject = $1 order by id',
    [key.id],
  )
  expect(rows.map((r) => r.action)).toEqual(['POST /v1/api-keys', 'DELETE /v1/api-keys/:id'])
  expect(rows[0]?.detail).toMatchObject({ office: COUNTY, personal: true })
  expect(rows[0]?.actor).toMatch(/^pe_/)
})

it('an administrator here who only audits elsewhere makes, sees and ends no keys there', async () => {
  await layNeighbours(api.pool)
  const both = await personWith(api.pool, 'administrator', COUNTY)
  await api.pool.query(`insert into person_roles (person, office, role) values ($1, $2, 'auditor')`, [
    both,
    OTHER_COUNTY,
  ])
  await addTestKey(api.pool, 'a-key-of-the-other-county', { office: OTHER_COUNTY })
  const them = await api.sessionOf(both)
  const body = { name: 'x', permissions: ['obligations:read'] }
  for (const office of [OTHER_COUNTY, `${OTHER_COUNTY}.yi`]) {
    const answer = await api.post<ProblemBody>('/v1/api-keys', { ...body, office }, them)
    expect([answer.status, answer.body.type]).toEqual([422, 'urn:duban:problem:unknown-office'])
  }
  expect((await api.post('/v1/api-keys', { ...body, office: COUNTY }, them)).status).toBe(201)
  expect((await api.get('/v1/api-keys', them)).text).not.toContain(OTHER_COUNTY)
  const theirs = { method: 'DELETE', url: '/v1/api-keys/ak_a-key-of-the-other-county' } as const
  expect((await api.ask(theirs, them)).status).toBe(404)
})

it('nobody but the administrator makes a key', async () => {
  const body = { name: 'x', office: COUNTY, permissions: ['obligations:read'] }
  for (const [role, office] of [
    ['relief-centre', RELIEF],
    ['auditor', COUNTY],
    ['town-officer', TOWN],
  ] as const)
    expect((await api.post('/v1/api-keys', body, await api.signedIn(role, office))).status).toBe(403)
})
