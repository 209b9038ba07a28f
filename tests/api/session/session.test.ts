import { UNATTENDED } from '../../../src/contract/unattended.ts'
import { setTimeout as sleep } from 'node:timers/promises'
import { TOTP } from 'otpauth'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { hashPassword, MOST_WAITING, verifyPassword } from '../../../src/services/access/passwords.ts'
import { setPassword } from '../../../src/services/access/credentials.ts'
import { row } from '../../../src/db/pool.ts'
import { WORKING_DAY_MS } from '../../../src/services/access/trusted-device.ts'
import type { OutgoingMail } from '../../../src/mail/outgoing.ts'
import {
  type Answer,
  type Asking,
  buildTestApp,
  type Json,
  type ProblemBody,
  type TestApp,
  TOWN,
} from '../build.ts'

const OFFICER = 'officer@maoba.ziyang.test'
const ADMIN = 'admin@bureau.ziyang.test'
const AUDITOR = 'auditor@bureau.ziyang.test'
const PASSWORD = '三只白鹅过河去赶集 12'
const OTHER = '两头黄牛上山去吃草 34'
const NOBODY: Asking = { token: null }

type SignedIn = Answer<{ sessionId: string | null; person: string } & ProblemBody>
const mails: OutgoingMail[] = []
const clock = { now: Date.UTC(2026, 4, 6, 1, 30) }
let api: TestApp
let strict: TestApp
beforeAll(async () => {
  const deps = {
    wallNow: () => clock.now,
    transport: {
      send: (mail: OutgoingMail) =>
        Promise.resolve(mails.push(mail)).then(() => ({ kind: 'accepted' as const, reply: '250' })),
    },
  }
  api = await buildTestApp(undefined, deps)
  strict = await buildTestApp(undefined, {
    ...deps,
    secondFactor: { everybody: false, administrators: true, revealing: true },
  })
  const hash = await hashPassword(PASSWORD)
  for (const { pool } of [api, strict])
    for (const email of [OFFICER, ADMIN, AUDITOR])
      await setPassword(pool, await idOf(pool, email), hash, clock.now)
})
afterAll(async () => {
  await api.close()
  await strict.close()
})

async function idOf(pool: TestApp['pool'], email: string): Promise<string> {
  return (await row<{ id: string }>(pool, 'select id from people where email = $1', [email]))!.id
}
const signIn = (email: string, password = PASSWORD, more: Json = {}, on = api): Promise<SignedIn> =>
  on.post('/v1/session', { email, password, ...more }, NOBODY)
const cookieOf = ({ headers }: Answer<unknown>) => String(headers['set-cookie'])
/** What a browser that got this answer asks with. */
function browser(answer: Answer<unknown>): Asking {
  const [cookie = ''] = cookieOf(answer).split(';')
  return { token: null, headers: { cookie, 'sec-fetch-site': 'same-origin' } }
}
const remove = <T = Json>(url: string, how: Asking, payload?: object) =>
  api.ask<T>({ method: 'DELETE', url, ...(payload ? { payload } : {}) }, how)

describe('POST /v1/session', () => {
  test('sets a cookie bound to this host, hidden from scripts, that ends with the browser, and no token in the body', async () => {
    const answer = await signIn(OFFICER)
    expect(answer.status).toBe(200)
    expect(cookieOf(answer)).toMatch(/^__Host-duban=[\w-]{43}; Path=\/; HttpOnly; Secure; SameSite=Lax$/)
    const token = /=([\w-]{43})/.exec(cookieOf(answer))?.[1] ?? ''
    expect(answer.text).not.toContain(token)
    expect(answer.headers['cache-control']).toContain('no-store')
    expect((await api.get('/v1/me', browser(answer))).status).toBe(200)
  })

  test('on a trusted device outlasts the browser and the night, with the rights of daily work', async () => {
    const began = clock.now
    const answer = await signIn(OFFICER, PASSWORD, { trustDevice: true })
    expect(cookieOf(answer)).toMatch(/; Max-Age=2592000; Path=\/; HttpOnly; Secure; SameSite=Lax$/)
    const mine = browser(answer)
    const rights = async () => {
      const { body } = await api.get<{ permissions: { code: string }[] } & Json>('/v1/me', mine)
      return { ...body, codes: body.permissions.map(({ code }) => code) }
    }
    expect(await rights()).toMatchObject({
      signInNeeded: false,
      codes: expect.arrayContaining(['households:reveal', 'obligations:act']),
    })
    clock.now = began + WORKING_DAY_MS
    const aged = await rights()
    expect(aged).toMatchObject({ signInNeeded: true, secondFactorNeeded: false })
    expect(aged.codes).toContain('obligations:act')
    expect(aged.codes).not.toContain('households:reveal')
    const refused = await api.post<ProblemBody>('/v1/obligations/ob_x/reveal', { reason: '入户前核对' }, mine)
    expect([refused.status, refused.body.type]).toEqual([403, 'urn:duban:problem:sign-in-again'])
    expect((await api.get('/v1/obligations', mine)).status).toBe(200)
    const [{ trusted } = {}] = (await api.get<{ items: { trusted?: boolean }[] }>('/v1/me/sessions', mine))
      .body.items
    expect(trusted).toBe(true)
    clock.now = began
  })

  test('a device of somebody of the county keeps nothing but the own account after a working day', async () => {
    const began = clock.now
    const mine = browser(await signIn(AUDITOR, PASSWORD, { trustDevice: true }))
    expect((await api.get('/v1/audit', mine)).status).toBe(200)
    clock.now = began + WORKING_DAY_MS
    expect((await api.get<ProblemBody>('/v1/audit', mine)).body.type).toBe('urn:duban:problem:sign-in-again')
    expect((await api.get('/v1/obligations', mine)).status).toBe(403)
    expect((await api.get('/v1/me', mine)).status).toBe(200)
    const absent = { from: '2022-06-07', until: '2022-06-08', substitute: 'pe_x' }
    expect((await api.ask({ method: 'PUT', url: '/v1/me/absence', payload: absent }, mine)).status).toBe(403)
    clock.now = began
  })

  test('what a page asks by itself, touched by nobody, keeps no session from being idle', async () => {
    const began = clock.now
    const mine = browser(await signIn(OFFICER))
    const newest = 'select seen_wall::text as at from sessions order by id desc limit 1'
    const seen = async () => (await api.pool.query<{ at: string }>(newest)).rows[0]?.at
    const first = await seen()
    clock.now = began + 10 * 60_000
    const alone = { ...mine, headers: { ...mine.headers, [UNATTENDED]: '1' } }
    expect((await api.get('/v1/me', alone)).status).toBe(200)
    expect(await seen()).toBe(first)
    expect((await api.get('/v1/me', mine)).status).toBe(200)
    expect(await seen()).not.toBe(first)
    clock.now = began
  })

  test('a trusted device stays trusted with a new password', async () => {
    const answer = await signIn(OFFICER, PASSWORD, { trustDevice: true })
    const change = { current: PASSWORD, next: OTHER }
    const changed = await api.post('/v1/me/password', change, browser(answer))
    expect(changed.status).toBe(204)
    expect(cookieOf(changed)).toMatch(/; Max-Age=2592000; /)
    await api.post('/v1/me/password', { current: OTHER, next: PASSWORD }, browser(changed))
  })

  test('answers a wrong password and an unknown address the same, to the byte', async () => {
    const [wrong, unknown] = [await signIn(AUDITOR, OTHER), await signIn('nobody@maoba.ziyang.test', OTHER)]
    const without = ({ text, body }: SignedIn) => text.replace(body.requestId, '')
    expect(without(wrong)).toBe(without(unknown))
    expect(wrong.body).toMatchObject({
      status: 401,
      type: 'urn:duban:problem:wrong-credentials',
      detail: '邮箱、密码或动态口令不对。',
    })
    expect(wrong.headers['set-cookie']).toBeUndefined()
  })

  test('tells repeated attempts how long to wait', async () => {
    for (let n = 0; n < 4; n++) await signIn('tried@maoba.ziyang.test', OTHER)
    const answer = await signIn('tried@maoba.ziyang.test')
    expect(answer.status).toBe(429)
    expect(answer.headers['retry-after']).toBe('1')
    expect(answer.body.detail).toBe('尝试次数过多,请在 1 秒后再试;忘记密码可以用邮件重设。')
  })

  test.each([
    [{ email: OFFICER }, 422],
    [{ email: OFFICER, password: '' }, 422],
    [{ email: OFFICER, password: 'x'.repeat(201) }, 422],
    [{ email: OFFICER, password: PASSWORD, code: '12345' }, 422],
    [{ email: OFFICER, password: PASSWORD, person: 'pe_1' }, 422],
    [{ email: 'with\u0000nul@maoba.test', password: PASSWORD }, 422],
    [{ email: OFFICER, password: 'with\u0000nul and more' }, 401],
  ])('%j is refused with %i', async (body, status) => {
    expect((await api.post('/v1/session', body, NOBODY)).status).toBe(status)
  })

  test('refuses a foreign page', async () => {
    const headers = { 'sec-fetch-site': 'cross-site' }
    const answer = await api.post(
      '/v1/session',
      { email: OFFICER, password: PASSWORD },
      { token: null, headers },
    )
    expect(answer.status).toBe(403)
  })

  test('signs nobody in as a sample person without a demonstration', async () => {
    const person = await idOf(api.pool, OFFICER)
    expect((await api.post('/v1/session', { person }, NOBODY)).status).toBe(401)
  })

  test('ends the previous session of this browser', async () => {
    const first = browser(await signIn(OFFICER))
    const again = await api.post('/v1/session', { email: OFFICER, password: PASSWORD }, first)
    expect(again.status).toBe(200)
    expect((await api.get('/v1/me', first)).status).toBe(401)
    expect((await api.get('/v1/me', browser(again))).status).toBe(200)
  })

  test('leaves neither password, token nor address in the log or the trail', async () => {
    const answer = await signIn(OFFICER, PASSWORD)
    await signIn('typo-in-the-wrong-field', OTHER)
    const token = /=([\w-]{43})/.exec(cookieOf(answer))?.[1] ?? ''
    const trail = await row<{ all: string }>(
      api.pool,
      "select string_agg(a::text, '') as all from audit_events a",
    )
    for (const kept of [api.log.join(''), trail?.all ?? '']) {
      expect(kept).not.toContain(token)
      expect(kept).not.toMatch(/白鹅|黄牛|typo-in|ziyang\.test/)
    }
  })
})

test('POST /v1/session with a full queue says at once when to come back, and counts no attempt', async () => {
  const kept = await hashPassword(PASSWORD)
  let going = true
  // Whoever is refused or done comes again: there is always somebody in every place.
  const comesAgain = async () => {
    while (going) await verifyPassword(kept, PASSWORD).catch(() => sleep(1))
  }
  const crowd = Array.from({ length: MOST_WAITING + 20 }, comesAgain)
  // More than are free of a wait, one after another.
  for (let n = 0; n < 5; n++) {
    const busy = await api.post<ProblemBody>('/v1/session', { email: OFFICER, password: 'x' }, NOBODY)
    expect(busy.body.type).toBe('urn:duban:problem:sign-in-busy')
    expect([busy.status, busy.headers['retry-after']]).toEqual([503, '5'])
  }
  going = false
  await Promise.all(crowd)
  const answer = await api.post('/v1/session', { email: OFFICER, password: PASSWORD }, NOBODY)
  expect(answer.status).toBe(200)
}, 60_000)

test('DELETE /v1/session ends the session and removes the cookie', async () => {
  const mine = browser(await signIn(OFFICER))
  const answer = await remove('/v1/session', mine)
  expect(answer.status).toBe(204)
  expect(cookieOf(answer)).toMatch(/^__Host-duban=; .*Expires=Thu, 01 Jan 1970/)
  expect(answer.headers['clear-site-data']).toBe('"cache", "storage"')
  expect((await api.get('/v1/me', mine)).status).toBe(401)
})

test('GET /v1/me tells who somebody is, what they may do, and what they see', async () => {
  const { body } = await api.get('/v1/me', browser(await signIn(OFFICER)))
  expect(body).toMatchObject({
    kind: 'person',
    roles: [
      { office: { code: TOWN, name: '毛坝镇' }, role: 'town-officer', label: '镇经办人', behalf: null },
    ],
    offices: [TOWN],
    secondFactor: false,
    secondFactorNeeded: false,
  })
  expect(body.permissions).toContainEqual({ code: 'obligations:act', label: '承办:签收、提交' })
})

describe('/v1/me/sessions', () => {
  test("lists one's own sessions, marks this one, and ends them", async () => {
    const [mine, other] = [await signIn(AUDITOR), await signIn(AUDITOR)]
    const { body, text } = await api.get<{ items: Json[] }>('/v1/me/sessions', browser(mine))
    const shown = body.items.map((s) => [s.id, s.current])
    expect(shown).toContainEqual([mine.body.sessionId, true])
    expect(shown).toContainEqual([other.body.sessionId, false])
    expect(text).not.toContain('token')
    const end = (here: Asking, password = PASSWORD) =>
      remove(`/v1/me/sessions/${other.body.sessionId}`, here, { password })
    expect(await end(browser(mine), OTHER)).toMatchObject({
      status: 422,
      body: { errors: [{ pointer: '/body/password' }] },
    })
    const ended = await end(browser(mine))
    expect(ended.status).toBe(204)
    for (const out of [other, mine]) expect((await api.get('/v1/me', browser(out))).status).toBe(401)
    expect((await end(browser(ended))).status).toBe(404)
    expect((await api.get('/v1/me', browser(ended))).status).toBe(200)
  })

  test('ends all others at once', async () => {
    const [mine, other] = [await signIn(AUDITOR), await signIn(AUDITOR)]
    const ended = await remove('/v1/me/sessions', browser(mine), { password: PASSWORD })
    expect(ended.status).toBe(204)
    expect((await api.get('/v1/me', browser(other))).status).toBe(401)
    expect((await api.get('/v1/me', browser(ended))).status).toBe(200)
    // There are none left: that is as it should be.
    const again = await remove('/v1/me/sessions', browser(ended), { password: PASSWORD })
    expect([again.status, again.headers['set-cookie']]).toEqual([204, undefined])
  })

  test("does not show somebody else's", async () => {
    const [mine, theirs] = [await signIn(AUDITOR), await signIn(OFFICER)]
    const proof = { password: PASSWORD }
    expect((await remove(`/v1/me/sessions/${theirs.body.sessionId}`, browser(mine), proof)).status).toBe(404)
    expect((await api.get('/v1/me', browser(theirs))).status).toBe(200)
  })

  test('is refused to a key', async () => {
    expect((await api.get('/v1/me/sessions')).status).toBe(403)
  })
})

test('repeated attempts at a proof are told how long to wait, as at a sign-in', async () => {
  const mine = await signIn(AUDITOR)
  const remove = () =>
    api.ask<ProblemBody>(
      { method: 'DELETE', url: '/v1/me/sessions', payload: { password: OTHER } },
      browser(mine),
    )
  const tries = []
  for (let n = 0; n < 5; n++) tries.push(await remove())
  expect(tries.map((t) => t.status)).toEqual([422, 422, 422, 422, 429])
  expect(tries[4]).toMatchObject({
    headers: { 'retry-after': '1' },
    body: { type: 'urn:duban:problem:too-many-attempts', detail: '尝试次数过多,请在 1 秒后再试。' },
  })
  await api.pool.query('delete from throttles')
})

test('POST /v1/me/password gives this browser a new cookie and ends all other sessions', async () => {
  const [mine, other] = [await signIn(AUDITOR), await signIn(AUDITOR)]
  const change = (current: string, next: string) =>
    api.post<ProblemBody>('/v1/me/password', { current, next }, browser(mine))
  expect((await change(OTHER, OTHER)).body).toMatchObject({
    status: 422,
    errors: [{ pointer: '/body/current' }],
  })
  expect((await change(PASSWORD, 'woaini1314')).body).toMatchObject({
    status: 422,
    errors: [{ pointer: '/body/next' }],
  })
  const changed = await change(PASSWORD, OTHER)
  expect(changed.status).toBe(204)
  for (const out of [mine, other]) expect((await api.get('/v1/me', browser(out))).status).toBe(401)
  expect((await api.get('/v1/me', browser(changed))).status).toBe(200)
  expect((await signIn(AUDITOR)).status).toBe(401)
  expect((await signIn(AUDITOR, OTHER)).status).toBe(200)
})

describe('a link by mail', () => {
  const reset = (email: string) => api.post('/v1/password-resets', { email }, NOBODY)
  /** Asks for a link. @returns its token, as soon as it was mailed */
  async function mailed(email: string): Promise<string> {
    const before = mails.length
    const mine = () => mails.slice(before).find((m) => m.to === email)
    await reset(email)
    await expect.poll(mine).toBeDefined()
    return /token=([\w-]{43})/.exec(mine()?.text ?? '')?.[1] ?? ''
  }

  test('is requested with 202 for anybody, and sent if the account exists', async () => {
    const [known, unknown] = [await reset(ADMIN), await reset('nobody@maoba.ziyang.test')]
    expect([known.status, unknown.status]).toEqual([202, 202])
    expect(known.text).toBe(unknown.text)
    await expect.poll(() => mails.map((m) => m.to)).toEqual([ADMIN])
  })

  test('sets a password once and signs in', async () => {
    const token = await mailed(OFFICER)
    const set = (password: string) => api.post<ProblemBody>('/v1/passwords', { token, password }, NOBODY)
    expect((await set('123')).body).toMatchObject({ status: 422, type: 'urn:duban:problem:bad-password' })
    const answer = await set(OTHER)
    expect(answer.status).toBe(200)
    expect((await api.get('/v1/me', browser(answer))).status).toBe(200)
    expect((await set(OTHER)).body).toMatchObject({ status: 410, type: 'urn:duban:problem:bad-link' })
  })

  test('is looked at without using it up; the answer names nobody, and the secret is in no log', async () => {
    const token = await mailed(AUDITOR)
    const look = () => api.post('/v1/password-links', { token }, NOBODY)
    const open = await look()
    expect(open.body).toEqual({
      state: 'open',
      purpose: 'reset',
      until: expect.stringMatching(/Z$/),
      secondFactor: false,
    })
    expect(open.headers['cache-control']).toContain('no-store')
    const body = { token, password: `${OTHER} 5` }
    const sent = await api.post('/v1/passwords', body, NOBODY)
    expect(sent.status).toBe(200)
    expect((await api.get('/v1/me', browser(sent))).status).toBe(200)
    const dead = { purpose: null, until: null, secondFactor: false }
    expect((await look()).body).toEqual({ state: 'used', ...dead })
    const guess = await api.post('/v1/password-links', { token: 'x'.repeat(43) }, NOBODY)
    expect(guess.body).toEqual({ state: 'unknown', ...dead })
    expect(api.log.join('')).not.toContain(token)
  })

  test('is led on from the address that earlier mails carry, and its secret stays in no answer of ours', async () => {
    const old = await api.get('/set-password?token=abc', NOBODY)
    expect([old.status, old.headers['location']]).toEqual([302, '/app/set-password?token=abc'])
    expect(old.headers['referrer-policy']).toBe('same-origin')
    expect(old.headers['cache-control']).toContain('no-store')
  })
})

describe('a second factor', () => {
  async function enrolled(on: TestApp, mine: Asking) {
    const begun = await on.post<{ secret: string }>('/v1/me/totp', { password: PASSWORD }, mine)
    expect(Object.keys(begun.body)).toEqual(['secret', 'uri'])
    const app = new TOTP({ secret: begun.body.secret })
    const code = () => app.generate({ timestamp: clock.now })
    const confirmed = await on.post('/v1/me/totp/confirm', { code: code() }, browser(begun))
    expect(confirmed.status).toBe(204)
    clock.now += 60_000
    return { code, here: browser(confirmed) }
  }

  test('is set up with the password, asked for from then on, and removed with both', async () => {
    const first = browser(await signIn(ADMIN))
    expect((await api.post('/v1/me/totp', { password: OTHER }, first)).status).toBe(422)
    const { code, here: mine } = await enrolled(api, first)
    expect((await api.get('/v1/me', first)).status).toBe(401)
    expect((await api.get('/v1/me', mine)).body).toMatchObject({ secondFactor: true })
    expect((await api.post('/v1/me/totp', { password: PASSWORD }, mine)).status).toBe(409)
    expect((await signIn(ADMIN)).body).toMatchObject({ status: 401, type: 'urn:duban:problem:code-needed' })
    expect((await signIn(ADMIN, PASSWORD, { code: '000000' })).status).toBe(401)
    expect((await signIn(ADMIN, PASSWORD, { code: code() })).status).toBe(200)
    clock.now += 60_000
    expect((await remove('/v1/me/totp', mine, { password: OTHER })).status).toBe(422)
    expect((await remove('/v1/me/totp', mine, { password: PASSWORD })).body).toMatchObject({
      errors: [{ pointer: '/body/code' }],
    })
    expect((await remove('/v1/me/totp', mine, { password: PASSWORD, code: code() })).status).toBe(204)
    expect((await signIn(ADMIN)).status).toBe(200)
  })

  test('that administrators need leaves them nothing but setting it up', async () => {
    const mine = browser(await signIn(ADMIN, PASSWORD, {}, strict))
    expect((await strict.get('/v1/me', mine)).status).toBe(200)
    const keys = () => strict.get<ProblemBody>('/v1/api-keys', mine)
    expect((await keys()).body).toMatchObject({ status: 403, type: 'urn:duban:problem:second-factor-needed' })
    expect((await strict.get('/v1/obligations', mine)).text).toContain('urn:duban:problem:forbidden')
    expect((await strict.get('/v1/me/sessions', mine)).status).toBe(200)
    const { here } = await enrolled(strict, mine)
    expect((await strict.get('/v1/api-keys', here)).status).toBe(200)
    // The next time the password alone does not get as far as that.
    expect((await signIn(ADMIN, PASSWORD, {}, strict)).body).toMatchObject({
      type: 'urn:duban:problem:code-needed',
    })
  })

  test('that administrators need is not asked of anybody else', async () => {
    const mine = browser(await signIn(AUDITOR, PASSWORD, {}, strict))
    expect((await strict.get('/v1/obligations', mine)).status).toBe(200)
    expect((await strict.get('/v1/me', mine)).body).toMatchObject({ secondFactorNeeded: false })
  })
})

test('no answer of the sign-in is stored for a repeated request', async () => {
  const mine = browser(await signIn(ADMIN))
  const headers = { ...mine.headers, 'idempotency-key': 'the-same-key-again' }
  await api.post('/v1/me/totp', { password: PASSWORD }, { token: null, headers })
  expect(await row(api.pool, 'select 1 from idempotency_keys')).toBeUndefined()
})

test('a disabled account is out at the next request', async () => {
  const mine = browser(await api.post('/v1/session', { email: ADMIN, password: PASSWORD }, NOBODY))
  await api.pool.query('update people set active = false where email = $1', [ADMIN])
  expect((await api.get('/v1/me', mine)).status).toBe(401)
})
