import { afterAll, beforeAll, expect, it } from 'vitest'
import { rows } from '../../../src/db/pool.ts'
import {
  type Asking,
  buildTestApp,
  COUNTY,
  type Json,
  type Page,
  type ProblemBody,
  type TestApp,
} from '../build.ts'

let api: TestApp
let administrator: Asking
let leader: Asking
beforeAll(async () => {
  api = await buildTestApp()
  administrator = await api.signedIn('administrator', COUNTY)
  leader = await api.signedIn('bureau-leader', COUNTY)
})
afterAll(() => api.close())

const PREPARING = '准备中:邮件尚未开放'
const prepare = () => api.pool.query(`update counties set mail_state = 'preparing'`)
const open = (how: Asking) => api.post<ProblemBody>(`/v1/counties/${COUNTY}/mail/open`, {}, how)
const sending = async () => {
  const { status, body } = await api.get<{ parts: Json[] }>('/readyz')
  return [status, body.parts.filter(({ name }) => name === 'sending')]
}

it('a county that prepares says so to everybody of it and in /readyz, which is ready all the same', async () => {
  const before = await sending()
  expect(before[1]).toEqual([])
  await prepare()
  expect(await sending()).toEqual([
    before[0],
    [{ name: 'sending', mode: 'held', state: 'ready', detail: `${PREPARING}(1 个县)` }],
  ])
  expect((await api.get<Page<Json>>('/v1/counties')).body.items).toMatchObject([
    { office: COUNTY, mailState: 'preparing' },
  ])
  const told = async (how: Asking) => (await api.get<{ counties: Json[] }>('/v1/me', how)).body.counties
  expect(await told(administrator)).toMatchObject([{ mailState: 'preparing', mayOpenMail: true }])
  expect(await told(leader)).toMatchObject([{ mailState: 'preparing', mayOpenMail: false }])
})

it('an administrator alone opens it, once, and the courier is told', async () => {
  await prepare()
  expect((await open(leader)).status).toBe(403)
  const opened = await open(administrator)
  expect([opened.status, opened.body]).toMatchObject([200, { office: COUNTY, mailState: 'opening' }])
  const again = await open(administrator)
  expect([again.status, again.body.type]).toEqual([409, 'urn:duban:problem:mail-open'])
  expect(await rows(api.pool, `select kind from pokes where subject = $1`, [COUNTY])).toEqual([
    { kind: 'courier' },
  ])
  const trail = await rows(api.pool, `select outcome from audit_events where action = 'county.open-mail'`)
  expect(trail).toEqual([{ outcome: 'done' }])
})
