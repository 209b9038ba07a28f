import { afterEach, beforeEach, expect, test } from 'vitest'
import pino from 'pino'
import { firstSteps } from '../../../src/bin/start/first-steps.ts'
import { beginCounty } from '../../../src/bin/start/first-data.ts'
import { makePartsBoard } from '../../../src/bin/start/parts.ts'
import { beginningIn, seedTrialCounty } from '../../../src/bin/start/trial-county.ts'
import { createTimelineActivities } from '../../../src/activities/timeline.ts'
import { rows } from '../../../src/db/pool.ts'
import { hashToken } from '../../../src/services/access/tokens.ts'
import { linkHolder } from '../../../src/services/access/login-links.ts'
import { setPassword } from '../../../src/services/access/credentials.ts'
import { setClock } from '../../../src/services/schedule/clock.ts'
import { instantAt } from '../../../src/domain/time/days.ts'
import { createTestDatabase, type TestDatabase } from '../../support/database.ts'

let database: TestDatabase
beforeEach(async () => {
  database = await createTestDatabase('empty')
  await setClock(database.pool, { mode: 'stepped', businessAt: instantAt('2026-11-29', '10:00') })
})
afterEach(() => database.drop())

const ADMIN = 'zhang@bureau.example.cn'
const found = <T>(text: string) => rows<T>(database.pool, text)
const steps = (email: string | null = ADMIN) => firstSteps(database.pool, 'http://127.0.0.1:8730', email)

/** The county begins as `npm start -- --no-demo` begins it. */
async function beginOwn(): Promise<void> {
  await seedTrialCounty(database.pool, 'campaign')
  const deps = { pool: database.pool, log: pino({ level: 'silent' }), wallNow: () => Date.now() }
  const begun = { begin: 'campaign' as const, board: makePartsBoard(), signal: new AbortController().signal }
  await beginCounty({ ...deps, ...begun, keys: {} as never, letters: {} as never, inboxTransport: null })
  const [campaign] = await found<{ id: string }>('select id from campaigns')
  await createTimelineActivities(deps).tickTimeline(campaign!.id, 1)
}

test('without a demonstration there are offices and the campaign, nobody, and nothing that is late', async () => {
  await beginOwn()
  expect(await found('select 1 from people')).toEqual([])
  expect(await found('select mail_state as state from counties')).toEqual([{ state: 'preparing' }])
  expect(await found(`select distinct state from obligations where due_on < '2026-11-29'`)).toEqual([
    { state: 'accepted' },
  ])
  expect(
    await found(`select count(*) as n from obligations where state = 'open' and due_on < '2026-11-29'`),
  ).toEqual([{ n: 0 }])
  expect(await found(`select actor from audit_events where action = 'campaign.launch'`)).toEqual([
    { actor: 'owner' },
  ])
})

test('a later start puts no sample people and no demonstration into it, and the other way round', async () => {
  expect(await beginningIn(database.pool, 'demo')).toBe('demo')
  await beginOwn()
  expect(await beginningIn(database.pool, 'demo')).toBe('campaign')
  await seedTrialCounty(database.pool, 'demo')
  expect(await found('select 1 from people')).toEqual([])
  await database.pool.query(`update engine_state set name = 'demo', value = 'laid' where name = 'own-county'`)
  expect(await beginningIn(database.pool, 'campaign')).toBe('demo')
})

test('a demonstration has its people, and its mail is open', async () => {
  await seedTrialCounty(database.pool, 'demo')
  expect((await found('select 1 from people')).length).toBeGreaterThan(30)
  expect(await found('select mail_state as state from counties')).toEqual([{ state: 'open' }])
})

test('the first administrator is made once, with a fresh link until there is a password', async () => {
  await seedTrialCounty(database.pool, 'campaign')
  const [first, second] = [await steps(), await steps()]
  expect(first?.administrator).toBe(ADMIN)
  const holder = (url = '') =>
    linkHolder(
      database.pool,
      hashToken(new URLSearchParams(new URL(url).hash.slice(1)).get('token') ?? ''),
      Date.now(),
    )
  const [person] = await found<{ id: string }>('select id from people')
  expect(await holder(first?.link?.url)).toBeNull()
  expect(await holder(second?.link?.url)).toBe(person?.id)
  expect(await found(`select actor from audit_events where action = 'user.add'`)).toEqual([
    { actor: 'owner' },
  ])
  await setPassword(database.pool, person!.id, 'hash', Date.now())
  expect(await steps()).toMatchObject({ administrator: ADMIN, link: null })
  await database.pool.query(`update counties set mail_state = 'open'`)
  expect(await steps()).toBeNull()
})

test('another address moves the administrator until there is a password, and is refused afterwards', async () => {
  await seedTrialCounty(database.pool, 'campaign')
  expect((await steps(null))?.administrator).toBe('admin@duban.example')
  expect((await steps())?.administrator).toBe(ADMIN)
  expect((await steps(null))?.administrator).toBe(ADMIN)
  const people = await found<{ id: string; email: string }>('select id, email from people')
  expect(people.map(({ email }) => email)).toEqual([ADMIN])
  expect(await found(`select detail from audit_events where action = 'user.contact'`)).toEqual([
    { detail: { fields: ['email'] } },
  ])
  await setPassword(database.pool, people[0]!.id, 'hash', Date.now())
  expect(await steps(ADMIN.toUpperCase())).toMatchObject({ administrator: ADMIN, link: null })
  await expect(steps('li@bureau.example.cn')).rejects.toThrow(`管理员 ${ADMIN} 已设了密码`)
  expect(await found('select email from people')).toEqual([{ email: ADMIN }])
})
