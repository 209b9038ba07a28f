import { afterEach, beforeEach, expect, test } from 'vitest'
import { makeInlineEngine } from '../../../src/demo/inline-engine.ts'
import type { ActionInput } from '../../../src/domain/obligation/lifecycle.ts'
import { type Day, instantAt } from '../../../src/domain/time/days.ts'
import { inTransaction, row } from '../../../src/db/pool.ts'
import { runAction } from '../../../src/services/obligations/act.ts'
import { changeCalendar } from '../../../src/services/recounts/change-calendar.ts'
import { now as businessNow } from '../../../src/services/schedule/clock.ts'
import { actorWith, COUNTY, heldRole, TOWN } from '../../support/actors.ts'
import { createCounty } from '../../support/county.ts'
import type { TestDatabase } from '../../support/database.ts'
import { givenWarnings } from '../../support/warnings.ts'
import { keys, makeWorkerDeps } from '../../support/worker-deps.ts'

const OTHER = `${COUNTY}.donghe`
const officerOf = (office: string) => ({ ...actorWith(heldRole('town-officer', office)), id: `pe_${office}` })

let database: TestDatabase
let id: string
beforeEach(async () => {
  database = await createCounty(instantAt('2022-08-15', '09:00'))
  const [given = ''] = await givenWarnings(database.pool, [{ id: 'YJ', level: 'orange' }])
  id = given
  const deps = makeWorkerDeps(database.pool, 'smtp://127.0.0.1:9')
  const engine = makeInlineEngine({ ...deps, letters: { ...deps.letters, archive: true } })
  // Due on Monday the 22nd: a day late as the other town takes it.
  await engine.advanceTo(instantAt('2022-08-23', '10:00'))
  await act({ action: 'offer-hand-over', toOffice: OTHER, reason: '户籍在洞河镇' }, TOWN)
  await act({ action: 'accept-hand-over' }, OTHER)
})
afterEach(() => database.drop())

async function act(action: ActionInput, office: string): Promise<void> {
  const answer = await inTransaction(database.pool, async (tx) =>
    runAction(tx, { obligation: id, action, actor: officerOf(office), now: await businessNow(tx), keys }),
  )
  expect(answer).toMatchObject({ done: true })
}
const dayOff = (day: Day, office: string, below: boolean) =>
  inTransaction(database.pool, async (tx) =>
    changeCalendar(
      tx,
      {
        scope: { below, offices: [office] },
        spans: [{ from: day, to: day, plan: 'off', name: '汛情' }],
        source: '县防指通知',
      },
      { county: COUNTY, actor: 'pe_me', now: await businessNow(tx) },
    ),
  )
const standing = () =>
  row(
    database.pool,
    'select ended_late as late, holder_due_on as "dueOn", holder_office as office from obligations where id = $1',
    [id],
  )

test('a day off that gives both towns more time excuses what was late in the first hands', async () => {
  expect(await standing()).toEqual({ late: true, dueOn: '2022-08-22', office: OTHER })
  await dayOff('2022-08-18', COUNTY, true)
  expect(await standing()).toEqual({ late: false, dueOn: '2022-08-23', office: OTHER })
})

test('a day off of the second town alone excuses nothing of the first one', async () => {
  await dayOff('2022-08-18', OTHER, false)
  expect(await standing()).toEqual({ late: true, dueOn: '2022-08-23', office: OTHER })
})

test('a turn that has ended stays late, whatever the next one gains', async () => {
  await act({ action: 'submit', result: { outcome: 'ineligible' } }, OTHER)
  await inTransaction(database.pool, async (tx) =>
    runAction(tx, {
      obligation: id,
      action: { action: 'return', reason: '请补充' },
      actor: { ...actorWith(heldRole('relief-centre', `${COUNTY}.jiuzhu`)), id: 'pe_centre' },
      now: await businessNow(tx),
      keys,
    }),
  )
  await dayOff('2022-08-24', COUNTY, true)
  expect(await standing()).toMatchObject({ late: true, office: OTHER })
})
