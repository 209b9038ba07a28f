import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { row, rows } from '../../../src/db/pool.ts'
import { revealReasonContext } from '../../../src/services/vault/encryption-context.ts'
import { makeKeyring, decryptBytes } from '../../../src/services/vault/encryption.ts'
import { PERMISSIONS, type Permission } from '../../../src/domain/people/permissions.ts'
import {
  type Asking,
  buildTestApp,
  COUNTY,
  foundWarning,
  HOUSEHOLD,
  type Json,
  type Page,
  type ProblemBody,
  type TestApp,
  TOWN,
} from '../build.ts'
import { givenHouseholds } from '../../support/households.ts'
import { addTestKey, personWith } from '../../support/scoped.ts'

const KEYS = makeKeyring(Buffer.alloc(32, 7))
const REASON = '上门核实前确认身份'
const LIMIT = 3
const MINUTE = 60_000
let wall = Date.now()

let api: TestApp
let officer: Asking
let leader: Asking
let elsewhere: Asking
let id: string
let away: string

beforeAll(async () => {
  api = await buildTestApp({ day: '2022-06-06' }, { revealLimit: LIMIT, wallNow: () => wall })
  officer = await api.signedIn('town-officer', TOWN)
  leader = await api.signedIn('bureau-leader', COUNTY)
  elsewhere = await api.signedIn('town-officer', `${COUNTY}.donghe`)
  ;({ id } = await foundWarning(api, { externalId: 'A-1' }))
  ;({ id: away } = await foundWarning(api, { externalId: 'A-2', office: `${COUNTY}.donghe` }))
})
afterAll(() => api.close())

const reveal = (of: string, how: Asking, body: object = { reason: REASON }) =>
  api.post<ProblemBody & typeof HOUSEHOLD & { looksLeft: number }>(`/v1/obligations/${of}/reveal`, body, how)
const lookUp = (body: object, how: Asking) =>
  api.post<Page<Json> & ProblemBody>('/v1/obligations/lookup', body, how)
const trail = () =>
  rows<{ action: string; subject: string | null; outcome: string; detail: Json; actor: string }>(
    api.pool,
    'select actor, action, subject, outcome, detail from audit_events order by id',
  )

describe('revealing a household', () => {
  test('answers with its stored data, and stores the reason encrypted', async () => {
    const answer = await reveal(id, leader)
    expect(answer.status).toBe(200)
    expect(answer.body).toEqual({ ...HOUSEHOLD, looksLeft: LIMIT - 1 })
    expect(answer.headers['cache-control']).toBe('no-store')
    const kept = await row<{ encrypted: Buffer; key: string; person: string; at: number }>(
      api.pool,
      'select encrypted_reason as encrypted, key_id as key, person, at_wall as at from reveals order by id desc limit 1',
    )
    const where = revealReasonContext(kept!.person, id, kept!.at)
    expect(decryptBytes(KEYS, where, kept!.encrypted, kept!.key).toString()).toBe(REASON)
  })

  test("whose row was exchanged with another's shows neither, and says so", async () => {
    const [other = ''] = await givenHouseholds(api.pool, KEYS, { from: 77 })
    const exchange = () =>
      api.pool.query(
        `update subjects s set encrypted = o.encrypted, key_id = o.key_id from subjects o
          where s.obligation in ($1, $2) and o.obligation in ($1, $2) and o.obligation <> s.obligation`,
        [id, other],
      )
    await exchange()
    for (const answer of [
      await reveal(id, officer),
      await api.get<ProblemBody>('/v1/obligations', officer),
    ]) {
      expect([answer.status, answer.body.type]).toEqual([500, 'urn:duban:problem:seal-broken'])
      expect(answer.text).not.toContain('户主')
    }
    await exchange()
    expect((await reveal(id, officer)).body).toEqual({ ...HOUSEHOLD, looksLeft: LIMIT - 1 })
    await api.pool.query('delete from subjects where obligation = $1', [other])
  })

  test('leaves an audit event with person and obligation, without the household or the reason', async () => {
    await reveal(id, leader)
    const last = (await trail()).at(-1)
    expect(last).toMatchObject({ action: 'household.reveal', subject: id, outcome: 'done' })
    const all = JSON.stringify(await trail())
    for (const word of [HOUSEHOLD.name, HOUSEHOLD.idNo, HOUSEHOLD.phone, REASON])
      expect(all).not.toContain(word)
  })

  test("is 404 beyond the actor's scope", async () => {
    const answer = await reveal(id, elsewhere)
    expect(answer.status).toBe(404)
    const { body } = await reveal('ob_never', elsewhere)
    expect({ ...answer.body, requestId: '' }).toEqual({ ...body, requestId: '' })
    expect((await trail()).at(-2)).toMatchObject({ outcome: 'refused', subject: id })
  })

  test.each([
    ['no reason', {}],
    ['too short a reason', { reason: '看看' }],
    ['a reason of spaces', { reason: '          ' }],
    ['too long a reason', { reason: '长'.repeat(501) }],
    ['another field', { reason: REASON, all: true }],
  ])('needs a reason: %s', async (_what, body) => {
    const answer = await reveal(id, officer, body)
    expect(answer.status).toBe(422)
    expect(answer.text).not.toContain('看看')
  })

  test('reaches as far as the role that allows it, not as far as another role reads', async () => {
    const person = await personWith(api.pool, 'town-officer', `${COUNTY}.haoping`)
    await api.pool.query(`insert into person_roles (person, office, role) values ($1, $2, 'auditor')`, [
      person,
      COUNTY,
    ])
    const both = await api.sessionOf(person)
    expect((await api.get(`/v1/obligations/${id}`, both)).status).toBe(200)
    expect((await reveal(id, both)).status).toBe(403)
    expect((await lookUp({ idNo: HOUSEHOLD.idNo }, both)).body.items).toEqual([])
    const { externalId: _mine, ...warning } = {
      externalId: '',
      kind: 'warning',
      level: 'yellow',
      person: HOUSEHOLD,
    }
    const registered = await api.post('/v1/obligations', { ...warning, office: TOWN }, both)
    expect(registered.status).toBe(403)
    await api.pool.query(`delete from person_roles where person = $1 and role = 'auditor'`, [person])
  })

  test('is refused to roles that do no casework', async () => {
    for (const [role, office] of [
      ['auditor', COUNTY],
      ['administrator', COUNTY],
    ] as const)
      expect((await reveal(id, await api.signedIn(role, office))).status).toBe(403)
  })

  test('is never allowed for an API key, whatever it was granted', async () => {
    await addTestKey(api.pool, 'k-all', { permissions: Object.keys(PERMISSIONS) as Permission[] })
    const answer = await reveal(id, { token: 'k-all' })
    expect(answer).toMatchObject({ status: 403, body: { type: 'urn:duban:problem:persons-only' } })
    expect((await lookUp({ idNo: HOUSEHOLD.idNo }, { token: 'k-all' })).status).toBe(403)
  })

  test('is not stored for a repeated request', async () => {
    const again = { ...officer, headers: { ...officer.headers, 'idempotency-key': 'reveal-once-only' } }
    expect((await reveal(id, again)).body).toEqual({ ...HOUSEHOLD, looksLeft: LIMIT - 2 })
    const kept = await row<{ n: number }>(api.pool, 'select count(*) as n from idempotency_keys')
    expect(kept?.n).toBe(0)
  })

  test('leaves nothing personal in the log', async () => {
    await reveal(id, leader)
    await lookUp({ idNo: HOUSEHOLD.idNo }, leader)
    const log = api.log.join('')
    for (const word of [HOUSEHOLD.name, HOUSEHOLD.idNo, HOUSEHOLD.phone, REASON])
      expect(log).not.toContain(word)
  })

  test('past its retention says so', async () => {
    await api.pool.query('update subjects set anonymised_wall = now() where obligation = $1', [away])
    const answer = await reveal(away, elsewhere)
    expect(answer).toMatchObject({ status: 409, body: { type: 'urn:duban:problem:anonymised' } })
    await api.pool.query('update subjects set anonymised_wall = null where obligation = $1', [away])
  })
})

/** A session would not live through a day: what was looked at moves into the past instead. */
const passes = (time: string) => api.pool.query('update reveals set at_wall = at_wall - $1::interval', [time])

describe('the daily limit of reveals', () => {
  test('holds for each person, says how much is left and when it ends, and ends then', async () => {
    const centre = await api.signedIn('relief-centre', `${COUNTY}.jiuzhu`)
    for (let n = 0; n < LIMIT; n++) {
      wall += MINUTE
      expect(await reveal(id, centre)).toMatchObject({ status: 200, body: { looksLeft: LIMIT - 1 - n } })
    }
    const refused = await reveal(id, centre)
    expect(refused).toMatchObject({ status: 429, body: { type: 'urn:duban:problem:reveal-limit' } })
    expect(Number(refused.headers['retry-after'])).toBe(24 * 3600 - (LIMIT - 1) * 60)
    expect((await reveal(away, elsewhere)).status).toBe(200)
    await passes('23 hours 57 minutes')
    expect((await reveal(id, centre)).headers['retry-after']).toBe('60')
    await passes('1 minute')
    expect((await reveal(id, centre)).status).toBe(200)
    expect((await reveal(id, centre)).status).toBe(429)
  })

  test('cannot be evaded by simultaneous requests', async () => {
    const head = await api.signedIn('town-head', TOWN)
    const answers = await Promise.all(Array.from({ length: LIMIT * 3 }, () => reveal(id, head)))
    expect(answers.map((a) => a.status).sort()).toEqual([
      ...Array<number>(LIMIT).fill(200),
      ...Array<number>(LIMIT * 2).fill(429),
    ])
  })
})

describe('looking a number up', () => {
  test('finds the obligations of a household by identity number or telephone, within the scope', async () => {
    const of = async (body: object, how: Asking) =>
      (await lookUp(body, how)).body.items.map((i) => i.id).sort()
    const both = [id, away].sort()
    expect(await of({ idNo: HOUSEHOLD.idNo }, leader)).toEqual(both)
    expect(await of({ phone: HOUSEHOLD.phone }, leader)).toEqual(both)
    expect(await of({ phone: '+86 199-1234-8219' }, officer)).toEqual([id])
    expect(await of({ idNo: HOUSEHOLD.idNo }, officer)).toEqual([id])
    expect(await of({ idNo: '61999919500101217X' }, leader)).toEqual([])
  })

  test('shows the obligation, and nothing of the household', async () => {
    const { body, text } = await lookUp({ idNo: HOUSEHOLD.idNo }, officer)
    expect(body.items[0]).toMatchObject({ externalId: 'A-1', state: 'open', office: { code: TOWN } })
    for (const word of [HOUSEHOLD.name, HOUSEHOLD.idNo, HOUSEHOLD.phone]) expect(text).not.toContain(word)
  })

  test('leaves an audit event without the number', async () => {
    await lookUp({ phone: HOUSEHOLD.phone }, officer)
    expect((await trail()).at(-1)).toMatchObject({
      action: 'household.lookup',
      outcome: 'done',
      detail: { by: 'phone', found: 1 },
    })
    expect(JSON.stringify(await trail())).not.toContain(HOUSEHOLD.phone)
  })

  test.each([{}, { idNo: HOUSEHOLD.idNo, phone: HOUSEHOLD.phone }, { idNo: '1' }, { name: '张' }])(
    'needs exactly one number: %j',
    async (body) => {
      const answer = await lookUp(body, officer)
      expect(answer.status).toBe(422)
      expect(answer.text).not.toContain(HOUSEHOLD.idNo)
    },
  )
})

test('where revealing needs a second factor, the refusal says how to set one up', async () => {
  const strict = await buildTestApp(undefined, {
    secondFactor: { everybody: false, administrators: false, revealing: true },
  })
  try {
    const { id: one } = await foundWarning(strict)
    const how = await strict.signedIn('town-officer', TOWN)
    const answer = await strict.post<ProblemBody>(`/v1/obligations/${one}/reveal`, { reason: REASON }, how)
    expect(answer).toMatchObject({ status: 403, body: { type: 'urn:duban:problem:second-factor-needed' } })
    expect(answer.body.detail).toContain('两步验证')
    await strict.pool.query('update sessions set second_factor_wall = now()')
    const after = await strict.post(`/v1/obligations/${one}/reveal`, { reason: REASON }, how)
    expect(after.status).toBe(200)
  } finally {
    await strict.close()
  }
})
