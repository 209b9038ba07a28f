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
  type Json,
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

function browser({ headers }: Answer<unknown>): Asking {
  const [cookie = ''] = String(headers['set-cookie']).split(';')
  return { token: null, headers: { cookie, 'sec-fetch-site': 'same-origin' } }
}
const signIn = () => api.post<ProblemBody>('/v1/session', { email, password: PASSWORD }, { token: null })
const confirm = (code: string, how: Asking) => api.post<ProblemBody>('/v1/me/totp/confirm', { code }, how)

it('where everybody needs one, a first sign-in leads to setting it up, and then to the work', async () => {
  const { id } = await foundWarning(api)
  const first = browser(await signIn())
  expect((await api.get('/v1/me', first)).body).toMatchObject({ mustSetUpSecondFactor: true })
  const refused = await api.get<ProblemBody>(`/v1/obligations/${id}`, first)
  expect(refused.body).toMatchObject({ status: 403, type: 'urn:duban:problem:second-factor-needed' })
  expect(refused.body.detail).toContain('/app/account')

  const begun = await api.post<{ secret: string; uri: string }>('/v1/me/totp', { password: PASSWORD }, first)
  const { secret, uri } = begun.body
  expect(uri).toContain('otpauth://totp/')
  const setting = browser(begun)
  const off = new TOTP({ secret }).generate({ timestamp: Date.now() - 600_000 })
  const wrong = await confirm(off, setting)
  expect(wrong.status).toBe(422)
  expect(wrong.body.detail).toMatch(/动态口令不对.*北京时间 \d{4}-\d\d-\d\d \d\d:\d\d:\d\d,不一致/)
  // Whoever finds the browser open at this point is not shown the secret.
  expect(wrong.text).not.toContain(secret)
  const code = new TOTP({ secret }).generate()
  const confirmed = await confirm(code, setting)
  expect(confirmed.status).toBe(204)
  const here = browser(confirmed)
  // Sent a second time: it is on, and nothing is to be deleted in the app.
  expect((await confirm(code, here)).body).toMatchObject({
    status: 409,
    detail: expect.stringContaining('已经开启'),
  })
  expect((await api.get<Json>('/v1/me', here)).body).toMatchObject({ mustSetUpSecondFactor: false })
  expect((await api.get(`/v1/obligations/${id}`, here)).status).toBe(200)

  const back = await signIn()
  expect([back.status, back.body.detail]).toEqual([401, expect.stringContaining('请再填写动态口令')])
})

it('an API key cannot show a second factor', async () => {
  expect((await api.get('/v1/offices')).status).toBe(200)
})
