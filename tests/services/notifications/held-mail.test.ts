import { afterAll, beforeAll, expect, test } from 'vitest'
import { inTransaction, row } from '../../../src/db/pool.ts'
import { instantAt } from '../../../src/domain/time/days.ts'
import { currentHolds, holdMails, liftHold } from '../../../src/services/notifications/mail-holds.ts'
import { addMailOrder, processMailOrders } from '../../../src/services/notifications/mail-orders.ts'
import { addRound } from '../../../src/services/notifications/outbox.ts'
import { nextTelling, readWhatWaits } from '../../../src/services/notifications/what-waits.ts'
import { county } from '../../../src/services/people/offices.ts'
import { readCalendar } from '../../../src/services/schedule/calendar.ts'
import { COUNTY, createCounty, TOWN } from '../../support/county.ts'
import type { TestDatabase } from '../../support/database.ts'
import { personWith, rolePools } from '../../support/scoped.ts'
import { givenWarning } from '../../support/warnings.ts'

const NOW = instantAt('2022-06-06', '09:00')
const TIME = { now: NOW, wallNow: 1_000 }
let database: TestDatabase
let pools: ReturnType<typeof rolePools>

beforeAll(async () => {
  database = await createCounty(NOW)
  pools = rolePools(database)
  const person = await personWith(database.pool, 'town-officer', TOWN)
  const words = {
    subject: 's',
    text: 't',
    html: 'h',
    headers: {},
    lateCount: null,
    threadId: '<t@duban.example>',
  }
  await addRound(
    pools.worker,
    { county: COUNTY, at: NOW, urgent: false, archived: false },
    [{ id: 'ml_1', messageId: '<ml_1@duban.example>', person, toAddress: 'x@y.test', ...words }],
    TIME,
  )
})
afterAll(async () => {
  await pools.end()
  await database.drop()
})

const mail = () =>
  row(
    database.pool,
    `select state, attempts, reply, refusal_about as about, extract(epoch from next_attempt_wall)::int as next from mails`,
  )

test('the role of the workers holds, lifts and does what was ordered', async () => {
  const hold = {
    county: COUNTY,
    reason: 'refused',
    reply: '550 5.7.1 no',
    sinceWall: 1_000,
    untilWall: 9_000,
  } as const
  await inTransaction(pools.worker, (tx) => holdMails(tx, hold, ['ml_1'], TIME))
  expect(await currentHolds(pools.worker)).toEqual([
    { county: COUNTY, reason: 'refused', reply: null, since: NOW, waiting: 1 },
  ])
  expect(await mail()).toEqual({ state: 'queued', attempts: 0, reply: '550 5.7.1 no', about: 'us', next: 9 })

  const retry = { kind: 'retry', messageId: null, reply: null } as const
  await inTransaction(database.pool, (tx) => addMailOrder(tx, COUNTY, retry))
  await inTransaction(pools.worker, async (tx) => processMailOrders(tx, await county(tx, COUNTY), TIME))
  expect(await mail()).toMatchObject({ next: 1 })

  expect(await liftHold(pools.worker, COUNTY, 2_000)).toBe(true)
  expect(await liftHold(pools.worker, COUNTY, 2_000)).toBe(false)
  expect(await currentHolds(pools.api)).toEqual([])
})

test('a hold that somebody must lift keeps its reason while the server is down as well; another refusal replaces it', async () => {
  const hold = {
    county: COUNTY,
    reason: 'sender',
    reply: '553 no',
    sinceWall: 1_000,
    untilWall: 9_000,
  } as const
  const held = async (more: Partial<Parameters<typeof holdMails>[1]>) => {
    await inTransaction(pools.worker, (tx) => holdMails(tx, { ...hold, ...more }, [], TIME))
    return row(database.pool, 'select reason, reply from mail_holds')
  }
  await held({})
  const down = { reason: 'unreachable', reply: 'connection refused' } as const
  expect(await held(down)).toEqual({ reason: 'sender', reply: '553 no' })
  expect(await held({ reason: 'login', reply: '535 no' })).toEqual({ reason: 'login', reply: '535 no' })
  await liftHold(pools.worker, COUNTY, 2_000)
  expect(await held(down)).toEqual(down)
  expect(await held({ ...down, reply: 'timeout' })).toEqual({ ...down, reply: 'timeout' })
  await liftHold(pools.worker, COUNTY, 2_000)
})

test('a bounce fails no mail that was never tried', async () => {
  const bounce = { kind: 'bounce', messageId: '<ml_1@duban.example>', reply: '5.1.1 no' } as const
  const bounced = async (state: string) => {
    await database.pool.query(`update mails set ${state}, bounced_at = null`)
    await inTransaction(database.pool, (tx) => addMailOrder(tx, COUNTY, bounce))
    await inTransaction(pools.worker, async (tx) => processMailOrders(tx, await county(tx, COUNTY), TIME))
    return mail()
  }
  expect(await bounced(`state = 'queued', attempts = 0`)).toMatchObject({ state: 'queued' })
  for (const tried of [`attempts = 1`, `attempts = 0, maybe_delivered = true`])
    expect(await bounced(`state = 'queued', ${tried}`)).toMatchObject({ state: 'failed', about: 'reader' })
})

/** Somebody asks to send the mail anew, of which one line is mailed unless it is said otherwise. */
async function resent(state: string, line = 'mailed', time = TIME) {
  await database.pool.query('update mails set state = $1', [state])
  await database.pool.query(`update notifications set state = $1, mail = 'ml_1'`, [line])
  const resend = { kind: 'resend', messageId: '<ml_1@duban.example>', reply: null } as const
  await inTransaction(database.pool, (tx) => addMailOrder(tx, COUNTY, resend))
  return inTransaction(pools.worker, async (tx) => processMailOrders(tx, await county(tx, COUNTY), time))
}

test('a mail that did not arrive is composed anew: its lines go back to the queue, and it is told as replaced', async () => {
  await database.pool.query(
    `insert into notifications (id, county, person, cause, kind, urgent, round_at, state, mail, created_at)
     select 'nt_1', county, person, 'test/1', 'copied', false, composed_at, 'mailed', id, composed_at from mails`,
  )
  expect(await resent('accepted')).toEqual([])
  expect(await resent('failed')).toEqual([{ mail: 'ml_1', lines: ['nt_1'] }])
  expect(await mail()).toMatchObject({ state: 'superseded' })
  expect(await row(database.pool, 'select state, mail from notifications')).toEqual({
    state: 'queued',
    mail: null,
  })
})

test('nothing is sent anew of what was passed on, to somebody disabled, or to whoever has no role for it any more', async () => {
  const { pool } = database
  const lines = () =>
    row(pool, 'select m.state as mail, n.state as line from mails m join notifications n on n.mail = m.id')
  expect(await resent('failed', 'moot')).toEqual([])
  expect(await lines()).toEqual({ mail: 'failed', line: 'moot' })

  await pool.query('update people set active = false where id = (select person from mails)')
  expect(await resent('failed')).toEqual([])
  expect(await lines()).toEqual({ mail: 'failed', line: 'mailed' })
  await pool.query('update people set active = true')

  await givenWarning(pool, { id: 'YJ1', level: 'orange', town: 'donghe' })
  await pool.query('update notifications set deadline = (select id from deadlines)')
  expect(await resent('failed')).toEqual([])
  await pool.query(`update person_roles set office = $1 where person = (select person from mails)`, [
    `${COUNTY}.donghe`,
  ])
  expect(await resent('failed')).toEqual([{ mail: 'ml_1', lines: ['nt_1'] }])
})

test('what is to be sent anew waits for the office to open, and the courier wakes for it', async () => {
  const night = instantAt('2022-06-06', '20:00')
  const atNight = { now: night, wallNow: 1_000 }
  const home = await county(database.pool, COUNTY)
  const when = { now: night, hours: home.hours, calendar: await readCalendar(database.pool, null) }
  expect(nextTelling(await readWhatWaits(pools.worker, COUNTY), when)).toBeNull()
  expect(await resent('failed', 'mailed', atNight)).toEqual([])
  expect(await mail()).toMatchObject({ state: 'failed' })
  expect(nextTelling(await readWhatWaits(pools.worker, COUNTY), when)).toBe(instantAt('2022-06-07', '08:30'))
  const morning = { now: instantAt('2022-06-07', '08:30'), wallNow: 1_000 }
  const again = await inTransaction(pools.worker, (tx) => processMailOrders(tx, home, morning))
  expect(again).toEqual([{ mail: 'ml_1', lines: ['nt_1'] }])
  expect(nextTelling(await readWhatWaits(pools.worker, COUNTY), when)).toBeNull()
})
