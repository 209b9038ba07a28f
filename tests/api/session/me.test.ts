import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { hashPassword } from '../../../src/services/access/passwords.ts'
import { setPassword } from '../../../src/services/access/credentials.ts'
import { personWith } from '../../support/scoped.ts'
import { type Asking, buildTestApp, COUNTY, type Json, type TestApp, TOWN } from '../build.ts'

const NOBODY: Asking = { token: null }
const FROM_OUR_PAGE = { 'sec-fetch-site': 'same-origin' }

let api: TestApp
let demo: TestApp
let officer: Asking
beforeAll(async () => {
  api = await buildTestApp()
  demo = await buildTestApp(undefined, { demo: true, demoSignIn: true })
  officer = await api.signedIn('town-officer', TOWN)
})
afterAll(async () => {
  await api.close()
  await demo.close()
})

describe('GET /v1/me', () => {
  test('has all that the frame of a page shows of whoever signed in', async () => {
    const { body } = await api.get('/v1/me', officer)
    expect(body).toMatchObject({
      kind: 'person',
      mustSetUpSecondFactor: false,
      actingOffices: [{ code: TOWN }],
      sections: ['held', 'timeline', 'offices', 'mails'],
      counties: [{ code: COUNTY, mailState: 'open', mayOpenMail: false }],
      account: { email: 'officer@maoba.ziyang.test', hasPassword: false, secondFactor: false },
      language: 'zh-CN',
      clock: { now: '2022-06-06T01:00:00.000Z', today: '2022-06-06', shown: 'stepped' },
      demo: false,
      trialMail: false,
      openInbox: false,
    })
  })

  test('says whether a password was set', async () => {
    const head = await personWith(api.pool, 'town-head', TOWN)
    await setPassword(api.pool, head, await hashPassword('三只白鹅过河去赶集 12'), Date.now())
    const { body } = await api.get('/v1/me', await api.sessionOf(head))
    expect(body).toMatchObject({ account: { hasPassword: true } })
  })

  test('is not for a key that manages no account', async () => {
    expect((await api.get('/v1/me')).status).toBe(403)
  })

  test('lets the administrator of a county that prepares open its mail', async () => {
    await demo.pool.query(`update counties set mail_state = 'preparing' where office = $1`, [COUNTY])
    const admin = await demo.get('/v1/me', await demo.signedIn('administrator', COUNTY))
    const centre = await demo.get('/v1/me', await demo.signedIn('relief-centre', `${COUNTY}.jiuzhu`))
    expect(admin.body).toMatchObject({ counties: [{ mailState: 'preparing', mayOpenMail: true }] })
    expect(centre.body).toMatchObject({ counties: [{ mailState: 'preparing', mayOpenMail: false }] })
  })

  test('says that a second factor comes first', async () => {
    const rules = { everybody: true, administrators: true, revealing: true }
    const strict = await buildTestApp(undefined, { secondFactor: rules })
    const { body } = await strict.get('/v1/me', await strict.signedIn('town-head', TOWN))
    await strict.close()
    expect(body).toMatchObject({ mustSetUpSecondFactor: true, secondFactorNeeded: true, sections: [] })
  })
})

describe('GET /v1/sign-in', () => {
  test('offers no sample people outside a demonstration', async () => {
    const { body } = await api.get('/v1/sign-in', NOBODY)
    const modes = { demo: false, trialMail: false, openInbox: false }
    expect(body).toEqual({ counties: [expect.stringContaining('县')], samplePeople: [], ...modes })
  })

  test('offers in the demonstration the people whom anybody may sign in as', async () => {
    const { body } = await demo.get<{ samplePeople: { id: string; label: string }[] }>('/v1/sign-in', NOBODY)
    expect(body.samplePeople.map(({ label }) => label)).toContain('镇经办人')
    const [sample] = body.samplePeople
    const how = { ...NOBODY, headers: FROM_OUR_PAGE }
    expect((await demo.post('/v1/session', { person: sample?.id }, how)).status).toBe(200)
  })

  test('a page of another site signs nobody in', async () => {
    const { body } = await demo.get<{ samplePeople: { id: string }[] }>('/v1/sign-in', NOBODY)
    const how = { ...NOBODY, headers: { 'sec-fetch-site': 'cross-site' } }
    const { status } = await demo.post('/v1/session', { person: body.samplePeople[0]?.id }, how)
    expect(status).toBe(403)
  })
})

describe('GET /v1/me/absence', () => {
  test('names the colleagues who may stand in, and what was entered', async () => {
    const before = await api.get<{ colleagues: { id: string }[] }>('/v1/me/absence', officer)
    expect(before.body).toMatchObject({ today: '2022-06-06', absence: null })
    const [substitute] = before.body.colleagues
    const payload = { from: '2022-06-06', substitute: substitute?.id }
    await api.ask({ method: 'PUT', url: '/v1/me/absence', payload }, officer)
    const { body } = await api.get<Json>('/v1/me/absence', officer)
    expect(body).toMatchObject({ absence: { from: '2022-06-06', substitute: { id: substitute?.id } } })
  })

  test('is not for a key', async () => {
    expect((await api.get('/v1/me/absence')).status).toBe(403)
  })
})
