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

it('a county that prepares says so on the first page and in /readyz, which is ready all the same', async () => {
  expect((await api.get('/', administrator)).text).not.toContain(PREPARING)
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
  const [theirs, others] = [await api.get('/', administrator), await api.get('/', leader)]
  expect(theirs.text).toContain('action="/mail-opening"')
  expect(others.text).toContain(PREPARING)
  expect(others.text).not.toContain('action="/mail-opening"')
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

it('the button of the first page does the same', async () => {
  await prepare()
  const form = { method: 'POST', url: '/mail-opening', payload: `county=${COUNTY}` } as const
  const headers = { 'content-type': 'application/x-www-form-urlencoded' }
  const refused = await api.ask({ ...form, headers }, leader)
  expect(refused.status).toBe(403)
  const answer = await api.ask({ ...form, headers }, administrator)
  expect([answer.status, answer.headers['location']]).toEqual([303, '/'])
  expect(await rows(api.pool, 'select mail_state as state from counties')).toEqual([{ state: 'opening' }])
})
