import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { row, rows } from '../../../src/db/pool.ts'
import { setPassword } from '../../../src/services/access/credentials.ts'
import { hashPassword } from '../../../src/services/access/passwords.ts'
import { hashToken } from '../../../src/services/access/tokens.ts'
import { readCalendar, type ReadCalendar } from '../../support/icalendar-reader.ts'
import { personWith } from '../../support/scoped.ts'
import { givenWarning } from '../../support/warnings.ts'
import { type Asking, buildTestApp, COUNTY, foundWarning, HOUSEHOLD, type TestApp, TOWN } from '../build.ts'

const NOBODY: Asking = { token: null }
/** These people have no password to show again. */
const PROOF = { password: '-' }
const DONGHE = `${COUNTY}.donghe`
const CENTRE = `${COUNTY}.jiuzhu`
const OLD = '三只白鹅过河去赶集 12'

let api: TestApp
let officer: string
let asOfficer: Asking
let administrator: Asking
beforeAll(async () => {
  api = await buildTestApp({ day: '2022-06-06' })
  officer = await personWith(api.pool, 'town-officer', TOWN)
  asOfficer = await api.sessionOf(officer)
  administrator = await api.signedIn('administrator', COUNTY)
  for (const town of ['maoba', 'donghe'])
    await givenWarning(api.pool, { id: `YJ-${town}`, level: 'orange', town })
})
beforeEach(async () => {
  await api.pool.query('delete from calendar_feeds')
  await api.pool.query('update people set absent_from = null, absent_until = null, substitute = null')
})
afterAll(() => api.close())

async function addressFor(how: Asking, proof: object = PROOF): Promise<string> {
  const { status, body, text } = await api.post<{ url: string }>('/v1/me/calendar-feed', proof, how)
  expect(status, text).toBe(200)
  return new URL(body.url).pathname
}
const read = (path: string, headers: Record<string, string> = {}) => api.get(path, { ...NOBODY, headers })
async function calendarOf(how: Asking): Promise<ReadCalendar> {
  const { status, text } = await read(await addressFor(how))
  expect(status, text).toBe(200)
  return readCalendar(text)
}
/** Of somebody whom the administrator can lock out. */
async function somebodysFeed(role: 'town-officer' | 'town-head') {
  const person = await personWith(api.pool, role, `${COUNTY}.haoping`)
  await setPassword(api.pool, person, await hashPassword(OLD), Date.now())
  const path = await addressFor(await api.sessionOf(person), { password: OLD })
  expect((await read(path)).status).toBe(200)
  return { person, path }
}
async function administer(person: string, body: object) {
  const { status, text } = await api.post(`/v1/users/${person}/actions`, body, administrator)
  expect(status, text).toBe(200)
}
const summaries = ({ events }: ReadCalendar) => events.map((event) => event.get('SUMMARY') ?? '')
const idOf = async (externalId: string) =>
  (await row<{ id: string }>(api.pool, 'select id from obligations where external_id = $1', [externalId]))!.id
const act = (id: string, body: object, how: Asking) => api.post(`/v1/obligations/${id}/actions`, body, how)

test('what waits for somebody stands on the day it is due, whole days, without anybody signing in', async () => {
  const path = await addressFor(asOfficer)
  expect(path).toMatch(/^\/v1\/calendar-feeds\/[\w-]{43}\/duban\.ics$/)
  const { status, headers, text } = await read(path)
  expect(status).toBe(200)
  expect(headers['content-type']).toBe('text/calendar; charset=utf-8')
  const { properties, events } = readCalendar(text)
  expect(properties.get('X-WR-CALNAME')).toMatch(/^督办 /)
  const dueOn = (await row<{ day: string }>(
    api.pool,
    `select holder_due_on::text as day from obligations where external_id = 'YJ-maoba'`,
  ))!.day
  const mine = events.find((event) => event.get('SUMMARY')?.includes('YJ-maoba'))!
  expect(mine.get('SUMMARY')).toBe('承办:毛坝镇 因病预警核查 YJ-maoba')
  expect(mine.get('DTSTART')).toBe(dueOn.replaceAll('-', ''))
  expect(mine.get('URL')).toBe(`http://127.0.0.1:1/app/obligations/${await idOf('YJ-maoba')}`)
})

test('nothing of a household is in it', async () => {
  const { externalId } = await foundWarning(api, { externalId: 'ZB-1' })
  const { status, text } = await read(await addressFor(asOfficer))
  expect(status).toBe(200)
  const whole = text.replaceAll('\r\n ', '')
  expect(whole).toContain(externalId)
  const { name, idNo, phone, village, detail } = HOUSEHOLD
  for (const secret of [name, idNo, phone, village, detail, name.slice(0, 1)])
    expect(whole).not.toContain(secret)
})

test('nobody reads what another office holds, nor what somebody else is named for', async () => {
  const asDonghe = await api.signedIn('town-officer', DONGHE)
  expect(summaries(await calendarOf(asDonghe)).join()).toContain('YJ-donghe')
  expect(summaries(await calendarOf(asDonghe)).join()).not.toContain('YJ-maoba')
  expect(summaries(await calendarOf(asOfficer)).join()).not.toContain('YJ-donghe')
  const head = await personWith(api.pool, 'town-head', TOWN)
  const asHead = await api.sessionOf(head)
  const id = await idOf('YJ-maoba')
  expect(summaries(await calendarOf(asHead)).join()).toContain('YJ-maoba')
  expect((await act(id, { action: 'take' }, asOfficer)).status).toBe(200)
  expect(summaries(await calendarOf(asOfficer)).join()).toContain('YJ-maoba')
  expect(summaries(await calendarOf(asHead)).join()).not.toContain('YJ-maoba')
  // Whoever stands in for them has it.
  await api.pool.query(
    `update people set absent_from = '2022-06-01', substitute = $2, version = version + 1 where id = $1`,
    [officer, head],
  )
  expect(summaries(await calendarOf(asHead)).join()).toContain('YJ-maoba')
  expect((await act(id, { action: 'put-back' }, asOfficer)).status).toBe(200)
})

test('a review stands in the calendar of whoever reviews, and what nobody of theirs holds in none', async () => {
  expect(summaries(await calendarOf(await api.signedIn('auditor', COUNTY)))).toEqual([])
  expect(summaries(await calendarOf(await api.signedIn('relief-centre', CENTRE)))).toEqual([])
  const handedIn = { action: 'submit', result: { outcome: 'ineligible', note: '收入超过标准' } }
  const { status, text } = await act(
    await idOf('YJ-donghe'),
    handedIn,
    await api.signedIn('town-officer', DONGHE),
  )
  expect(status, text).toBe(200)
  expect(summaries(await calendarOf(await api.signedIn('relief-centre', CENTRE)))).toEqual([
    '复核:洞河镇 因病预警核查 YJ-donghe',
  ])
  expect(summaries(await calendarOf(await api.signedIn('town-officer', DONGHE)))).toEqual([])
})

test('what has not changed is not sent again', async () => {
  const path = await addressFor(asOfficer)
  const { headers } = await read(path)
  const tag = String(headers['etag'])
  expect((await read(path, { 'if-none-match': tag })).status).toBe(304)
  expect((await read(path, { 'if-none-match': `"x", W/${tag}` })).status).toBe(304)
  expect((await read(path, { 'if-none-match': '"x"' })).status).toBe(200)
  await foundWarning(api, { externalId: 'ZB-2' })
  expect((await read(path, { 'if-none-match': tag })).status).toBe(200)
})

test('an address leads nowhere once it was renewed or removed, or the account was closed', async () => {
  const first = await addressFor(asOfficer)
  const second = await addressFor(asOfficer)
  expect([(await read(first)).status, (await read(second)).status]).toEqual([404, 200])
  const remove = () => api.ask({ method: 'DELETE', url: '/v1/me/calendar-feed' }, asOfficer)
  expect((await remove()).status).toBe(204)
  expect((await read(second)).status).toBe(404)
  expect((await remove()).status).toBe(404)
  expect((await read('/v1/calendar-feeds/x/duban.ics')).status).toBe(404)
  const { person, path } = await somebodysFeed('town-officer')
  await administer(person, { action: 'disable' })
  expect((await read(path)).status).toBe(404)
  await administer(person, { action: 'enable' })
  expect((await read(path)).status).toBe(404)
})

test('the feed of a lost telephone ends with the second factor it showed', async () => {
  const { person, path } = await somebodysFeed('town-head')
  await api.pool.query(
    `update credentials set totp_encrypted = 'x', totp_key_id = 'k', totp_confirmed_wall = now() where person = $1`,
    [person],
  )
  expect((await read(path)).status).toBe(200)
  await administer(person, { action: 'drop-second-factor' })
  expect((await read(path)).status).toBe(404)
})

test('two addresses asked for at once are both given, and one of them leads somewhere', async () => {
  const paths = await Promise.all([1, 2, 3, 4].map(() => addressFor(asOfficer)))
  const answers = await Promise.all(paths.map(async (path) => (await read(path)).status))
  expect(answers.sort()).toEqual([200, 404, 404, 404])
})

test('it asks for the password again, and a new password ends it', async () => {
  const person = await personWith(api.pool, 'town-head', DONGHE)
  const asHead = await api.sessionOf(person)
  await setPassword(api.pool, person, await hashPassword(OLD), Date.now())
  expect((await api.post('/v1/me/calendar-feed', { password: 'wrong' }, asHead)).status).toBe(422)
  const path = await addressFor(asHead, { password: OLD })
  expect((await read(path)).status).toBe(200)
  const next = { current: OLD, next: '四只白鹅过河去看戏 34' }
  expect((await api.post('/v1/me/password', next, asHead)).status).toBe(204)
  expect((await read(path)).status).toBe(404)
})

test('the page learns since when and when it was last read, and the trail who made and ended it', async () => {
  const asked = async () => (await api.get('/v1/me/calendar-feed', asOfficer)).body
  expect(await asked()).toEqual({ createdAt: null, usedAt: null })
  const path = await addressFor(asOfficer)
  expect(await asked()).toMatchObject({ createdAt: expect.any(String), usedAt: null })
  await read(path)
  expect(await asked()).toMatchObject({ usedAt: expect.any(String) })
  await addressFor(asOfficer)
  await api.ask({ method: 'DELETE', url: '/v1/me/calendar-feed' }, asOfficer)
  const trail = await rows<{ action: string }>(
    api.pool,
    `select action from audit_events where actor = $1 and subject = $1 and action like 'feed.%' order by id desc limit 3`,
    [officer],
  )
  expect(trail.map(({ action }) => action)).toEqual(['feed.remove', 'feed.renew', 'feed.add'])
})

test('the secret is kept nowhere in the clear, and no key makes one', async () => {
  const path = await addressFor(asOfficer)
  await read(path)
  await read(`${path}x`)
  const secret = path.split('/')[3]!
  const kept = await row<{ all: string }>(
    api.pool,
    `select string_agg(f::text, ' ') as all from calendar_feeds f`,
  )
  const bytes = Buffer.from(secret, 'base64url')
  for (const form of [
    secret,
    bytes.toString('hex'),
    Buffer.from(secret).toString('hex'),
    bytes.toString('base64'),
  ])
    expect(kept?.all).not.toContain(form)
  expect(kept?.all).toContain(hashToken(secret).toString('hex'))
  expect(api.log.join('')).not.toContain(secret)
  expect((await api.post('/v1/me/calendar-feed', PROOF)).status).toBe(403)
})

test('whoever asks too often waits', async () => {
  const path = await addressFor(asOfficer)
  const answers = []
  for (let i = 0; i < 21; i += 1) answers.push((await read(path)).status)
  expect(answers.slice(0, 20)).toEqual(Array(20).fill(200))
  expect(answers[20]).toBe(429)
})
