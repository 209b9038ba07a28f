import { TOTP } from 'otpauth'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { hashPassword } from '../../../src/services/access/passwords.ts'
import { setPassword } from '../../../src/services/access/credentials.ts'
import { row } from '../../../src/db/pool.ts'
import { personWith } from '../../support/scoped.ts'
import {
  type Answer,
  type Asking,
  buildTestApp,
  foundWarning,
  type ProblemBody,
  type TestApp,
  TOWN,
} from '../build.ts'

const PASSWORD = '一行白鹭上青天 7'
let api: TestApp
let email: string
beforeAll(async () => {
  api = await buildTestApp(undefined, {
    secondFactor: { everybody: true, administrators: false, revealing: false },
  })
  const person = await personWith(api.pool, 'town-officer', TOWN)
  email = (await row<{ email: string }>(api.pool, 'select email from people where id = $1', [person]))!.email
  await setPassword(api.pool, person, await hashPassword(PASSWORD), Date.now())
})
afterAll(() => api.close())

const NOBODY: Asking = { token: null, headers: { 'sec-fetch-site': 'same-origin' } }
const submit = (url: string, fields: Record<string, string>, { headers }: Asking = NOBODY) =>
  api.ask(
    {
      ...{ method: 'POST', url, payload: new URLSearchParams(fields).toString() },
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
    },
    { token: null, headers: headers ?? {} },
  )
function browser({ headers }: Answer<unknown>): Asking {
  const [cookie = ''] = String(headers['set-cookie']).split(';')
  return { token: null, headers: { cookie, 'sec-fetch-site': 'same-origin' } }
}

it('where everybody needs one, a first sign-in leads to setting it up, and then to the work', async () => {
  const { id } = await foundWarning(api)
  const first = browser(await submit('/sign-in', { email, password: PASSWORD, next: '/' }))
  const home = await api.get('/', first)
  expect([home.status, home.headers['location']]).toEqual([303, '/account'])
  const account = await api.get('/account', first)
  expect(account.text).toContain('请先开启两步验证')
  expect((await api.get<ProblemBody>(`/v1/obligations/${id}`, first)).body).toMatchObject({
    status: 403,
    type: 'urn:duban:problem:second-factor-needed',
  })
  // From a mail: told why, and where to go.
  const obligation = await api.get(`/obligations/${id}`, first)
  expect(obligation.status).toBe(403)
  expect(obligation.text).toContain('href="/account"')

  const begun = await submit('/account/totp', { password: PASSWORD }, first)
  const secret = /\b[A-Z2-7]{32}\b/.exec(begun.text.replace(/\s/g, ''))?.[0] ?? ''
  // Shown as a picture too, drawn into the page: nothing is fetched for it.
  expect(begun.text).toMatch(/<svg\s+class="qr"\s+role="img"[^>]*>\s*<rect [^>]*>\s*<path d="M/)
  expect(begun.text).not.toMatch(/style=|<img|<script/)
  expect(begun.text).toContain(`otpauth://totp/`)
  const setting = browser(begun)
  const off = new TOTP({ secret }).generate({ timestamp: Date.now() - 600_000 })
  const wrong = await submit('/account/totp/confirm', { code: off, secret }, setting)
  expect(wrong.status).toBe(422)
  expect(wrong.text).toContain('动态口令不对')
  expect(wrong.text).toMatch(/北京时间 \d{4}-\d\d-\d\d \d\d:\d\d:\d\d,不一致/)
  // The same secret still, so that the app needs nothing new.
  expect(wrong.text).toContain(`<pre>${secret}</pre>`)
  // Whoever finds the browser open at this point, and was not shown it, is not shown it.
  const guessed = await submit('/account/totp/confirm', { code: off, secret: 'A'.repeat(32) }, setting)
  expect(guessed.status).toBe(422)
  expect(guessed.text).not.toContain(secret)
  const code = new TOTP({ secret }).generate()
  const confirmed = await submit('/account/totp/confirm', { code, secret }, setting)
  expect(confirmed.text).toContain('两步验证已开启')
  expect(confirmed.text).not.toContain('请先开启两步验证')
  const here = browser(confirmed)
  // The answer loaded again sends the form again: it is on, and nothing is to be deleted in the app.
  const again = await submit('/account/totp/confirm', { code, secret }, here)
  expect([again.status, again.text]).toEqual([200, expect.stringContaining('两步验证已经开启。')])
  expect(again.text).not.toContain('没有开启')
  for (const url of ['/', `/obligations/${id}`, `/v1/obligations/${id}`])
    expect([url, (await api.get(url, here)).status]).toEqual([url, 200])

  const back = await submit('/sign-in', { email, password: PASSWORD, next: '/' })
  expect(back.status).toBe(401)
  expect(back.text).toContain('请再填写动态口令')
})

it('an API key cannot show a second factor', async () => {
  expect((await api.get('/v1/offices')).status).toBe(200)
})
