import { afterAll, beforeAll, expect, test } from 'vitest'
import { createDeadlineActivities } from '../../../src/activities/deadline.ts'
import { inTransaction, row, rows } from '../../../src/db/pool.ts'
import { instantAt } from '../../../src/domain/time/days.ts'
import { resumeWhenOver } from '../../../src/services/obligations/resume-when-over.ts'
import { setClock } from '../../../src/services/schedule/clock.ts'
import { actorWith, COUNTY, heldRole } from '../../support/actors.ts'
import { createCounty } from '../../support/county.ts'
import type { TestDatabase } from '../../support/database.ts'
import { givenWarning, when } from '../../support/warnings.ts'
import { makeWorkerDeps } from '../../support/worker-deps.ts'

const LEADER = actorWith(heldRole('bureau-leader', COUNTY))
const OVER = instantAt('2022-06-09', '00:00')
let database: TestDatabase
beforeAll(async () => {
  database = await createCounty(instantAt('2022-06-06', '10:00'))
})
afterAll(() => database.drop())

const paused = async () =>
  (await rows(database.pool, `select id from obligations where state = 'suspended'`)).length
const wakeOf = (deadline: string) =>
  row(
    database.pool,
    `select wake_at = $2 as now, done from watches where kind = 'deadline' and subject = $1`,
    [deadline, new Date(OVER)],
  )

test('pauses that end together are resumed fifty at a time, and the deadline wakes at once for the rest', async () => {
  const until = '2022-06-08'
  for (let n = 0; n < 52; n++) {
    await givenWarning(database.pool, { id: `RW${n}`, level: 'yellow' })
    await when(
      database.pool,
      `RW${n}`,
      { action: 'suspend', reasonCode: 'disaster', reason: '汛情', until },
      LEADER,
    )
  }
  const deadlines = await rows<{ id: string }>(
    database.pool,
    `select distinct deadline as id from assignments where stage = 'pause'`,
  )
  expect(deadlines).toHaveLength(1)
  const { id } = deadlines[0]!
  await setClock(database.pool, { mode: 'stepped', businessAt: OVER })
  const { tickDeadline } = createDeadlineActivities(makeWorkerDeps(database.pool, 'smtp://127.0.0.1:9'))
  await tickDeadline(id, 0)
  expect([await paused(), await wakeOf(id)]).toEqual([2, { now: true, done: false }])
  await tickDeadline(id, 0)
  expect([await paused(), await wakeOf(id)]).toMatchObject([0, { done: true }])
  expect(await inTransaction(database.pool, (tx) => resumeWhenOver(tx, id, OVER))).toBe(false)
})
