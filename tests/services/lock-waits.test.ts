import { afterAll, beforeAll, expect, test } from 'vitest'
import { createCourierActivities } from '../../src/activities/courier.ts'
import { enterAbsence, lockPerson } from '../../src/services/people/absences.ts'
import { queueOffboarding } from '../../src/services/people/departures.ts'
import { addNotifications } from '../../src/services/notifications/store.ts'
import { inTransaction, row } from '../../src/db/pool.ts'
import { lockCalendar } from '../../src/services/schedule/calendar.ts'
import { holdOpenWork } from '../../src/services/recounts/apply.ts'
import { subjectOf } from '../../src/services/households/reveals.ts'
import { eraseUnrevealed } from '../../src/services/imports/undo-store.ts'
import { lockUser } from '../../src/services/people/users.ts'
import { instantAt } from '../../src/domain/time/days.ts'
import { COUNTY, createCounty, TOWN } from '../support/county.ts'
import type { TestDatabase } from '../support/database.ts'
import { personWith } from '../support/scoped.ts'
import { givenWarning, when } from '../support/warnings.ts'
import { makeWorkerDeps } from '../support/worker-deps.ts'

const NOW = instantAt('2022-06-06', '09:00')
let database: TestDatabase
let officer: string
let head: string

beforeAll(async () => {
  database = await createCounty(NOW)
  officer = await personWith(database.pool, 'town-officer', TOWN)
  head = await personWith(database.pool, 'town-head', TOWN)
})
afterAll(() => database.drop())

/** Two who do not go on before both have come to the same place. */
function meeting(): () => Promise<void> {
  let arrived = 0
  let meet = () => {}
  const both = new Promise<void>((resolve) => (meet = resolve))
  return () => {
    if (++arrived === 2) meet()
    return both
  }
}

test('two colleagues who name each other as substitute at once do not block each other', async () => {
  const both = meeting()
  const away = (person: string, substitute: string) =>
    inTransaction(database.pool, async (tx) => {
      await lockPerson(tx, person)
      await both()
      return enterAbsence(tx, person, { from: '2022-06-07', until: '2022-06-08', substitute }, person)
    })
  expect(await Promise.all([away(officer, head), away(head, officer)])).toEqual([null, null])
  expect(
    await row(database.pool, 'select count(*) as n from people where substitute = any($1)', [
      [officer, head],
    ]),
  ).toEqual({ n: 2 })
})

test('an administrator who disables somebody and the courier who writes to them do not block each other', async () => {
  const { tickCourier } = createCourierActivities(makeWorkerDeps(database.pool, 'smtp://127.0.0.1:1'))
  const notice = {
    county: COUNTY,
    cause: 'undo/im_x',
    kind: 'correction',
    deadline: null,
    moment: null,
    momentForm: null,
    obligation: null,
    undeliveredTo: null,
    audience: null,
  } as const
  await addNotifications(
    database.pool,
    [{ ...notice, person: officer, detail: '更正', urgent: false, roundAt: NOW }],
    NOW,
  )
  await inTransaction(database.pool, async (tx) => {
    await lockUser(tx, officer)
    let over = false
    const round = tickCourier(COUNTY, 1).finally(() => (over = true))
    while (!over && !(await somebodyWaits())) await new Promise((resolve) => setTimeout(resolve, 20))
    await queueOffboarding(tx, COUNTY, { person: officer, office: null })
    await round
  })
  expect(await row(database.pool, 'select count(*) as n from mails where person = $1', [officer])).toEqual({
    n: 1,
  })
})

test('a reveal during the undoing of an import does not show an erased household', async () => {
  await givenWarning(database.pool, { id: 'YJ-1', level: 'red' })
  const { id } = (await row<{ id: string }>(database.pool, 'select id from obligations'))!
  await database.pool.query(`insert into subjects (obligation, encrypted, key_id) values ($1, 'x', 'k')`, [
    id,
  ])
  let asked: ReturnType<typeof subjectOf> | undefined
  await inTransaction(database.pool, async (undoing) => {
    await undoing.query('select from obligations where id = $1 for update', [id])
    asked = inTransaction(database.pool, (tx) => subjectOf(tx, id))
    while (!(await somebodyWaits())) await new Promise((resolve) => setTimeout(resolve, 20))
    expect(await eraseUnrevealed(undoing, [id])).toBe(1)
  })
  expect(await asked).toBeUndefined()
})

test('a change of days and an acceptance that brings something about do not block each other', async () => {
  await givenWarning(database.pool, { id: 'YJ-2', level: 'yellow' })
  await when(database.pool, 'YJ-2', { action: 'submit', result: { outcome: 'dibao' } })
  let accepted: Promise<void> | undefined
  await inTransaction(database.pool, async (changing) => {
    await lockCalendar(changing)
    accepted = when(database.pool, 'YJ-2', { action: 'accept' })
    while (!(await somebodyWaits())) await new Promise((resolve) => setTimeout(resolve, 20))
    await holdOpenWork(changing, COUNTY)
  })
  await accepted
  const followed = `select count(*)::int as n from obligations where follows_from is not null`
  expect(await row(database.pool, followed)).toEqual({ n: 1 })
})

/** Is there a statement that waits for the lock of another transaction? */
async function somebodyWaits(): Promise<boolean> {
  const waiting = `select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`
  return (await row(database.pool, waiting)) !== undefined
}
