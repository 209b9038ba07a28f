import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { inTransaction, rows } from '../../../src/db/pool.ts'
import { beijingText, instantAt } from '../../../src/domain/time/days.ts'
import { tellDecisions } from '../../../src/services/notifications/tell-decisions.ts'
import { nextTelling, readWhatWaits } from '../../../src/services/notifications/what-waits.ts'
import { county } from '../../../src/services/people/offices.ts'
import { readCalendar } from '../../../src/services/schedule/calendar.ts'
import { setClock } from '../../../src/services/schedule/clock.ts'
import { actorWith, CENTRE, heldRole } from '../../support/actors.ts'
import { COUNTY, createCounty } from '../../support/county.ts'
import type { TestDatabase } from '../../support/database.ts'
import { givenWarning, when } from '../../support/warnings.ts'

const NOW = instantAt('2022-06-06', '10:00')
const MORNING = instantAt('2022-06-07', '08:30')
const centre = actorWith(heldRole('relief-centre', CENTRE))
const PAUSE = { action: 'suspend', reasonCode: 'disaster', reason: '道路冲毁', until: '2022-06-17' } as const
let database: TestDatabase
let given = 0

beforeAll(async () => {
  database = await createCounty(NOW)
})
beforeEach(async () => {
  await database.pool.query('truncate notifications, decisions, pokes')
  await setClock(database.pool, { mode: 'stepped', businessAt: NOW })
})
afterAll(() => database.drop())

async function paused(): Promise<string> {
  const id = `YJ${(given += 1)}`
  await givenWarning(database.pool, { id, level: 'orange' })
  await when(database.pool, id, PAUSE, centre)
  return id
}
async function told(now = MORNING): Promise<string[]> {
  const { pool } = database
  await inTransaction(pool, async (tx) => tellDecisions(tx, await county(tx, COUNTY), now))
  const lines = await rows<{ detail: string; at: number }>(
    pool,
    'select detail, round_at as at from notifications order by id',
  )
  return lines.map(({ detail, at }) => `${beijingText(at)} ${detail.slice(0, detail.indexOf(','))}`)
}

test('a pause is told in the next morning’s round, for which the courier wakes', async () => {
  const id = await paused()
  expect(await told(NOW)).toEqual([])
  const { hours } = await county(database.pool, COUNTY)
  const at = { now: NOW, hours, calendar: await readCalendar(database.pool, null) }
  expect(nextTelling(await readWhatWaits(database.pool, COUNTY), at)).toBe(MORNING)
  expect(await told()).toEqual([`2022-06-07 08:30 ${id} 已暂停`])
  expect(nextTelling(await readWhatWaits(database.pool, COUNTY), at)).toBeNull()
  expect(await told(MORNING + 1)).toHaveLength(1)
})

test('of what was paused and resumed on one day the last decision is told', async () => {
  const id = await paused()
  expect(await told(NOW)).toEqual([])
  await when(database.pool, id, { action: 'resume' }, centre)
  expect(await told()).toEqual([`2022-06-07 08:30 ${id} 已恢复办理`])
})

test('what was paused and cancelled on one day is told to nobody', async () => {
  const id = await paused()
  await when(database.pool, id, { action: 'cancel', reason: '重复登记' }, centre)
  expect(await told()).toEqual([])
})
