import { afterAll, beforeAll, expect, test } from 'vitest'
import { row } from '../../../src/db/pool.ts'
import { instantAt } from '../../../src/domain/time/days.ts'
import { setClock } from '../../../src/services/schedule/clock.ts'
import { createCounty } from '../../support/county.ts'
import type { TestDatabase } from '../../support/database.ts'
import { givenWarning, when } from '../../support/warnings.ts'

const LATER = instantAt('2022-06-10', '10:00')
let database: TestDatabase
beforeAll(async () => {
  database = await createCounty(instantAt('2022-06-06', '10:00'))
})
afterAll(() => database.drop())

/** Behind which deadline a warning was first, and how that one stands. */
const deadlineOf = (id: string) =>
  row(
    database.pool,
    `select d.joins, d.silent_until = $2 as silent from assignments a join obligations o on o.id = a.obligation
       join deadlines d on d.id = a.deadline where o.external_id = $1 order by a.id limit 1`,
    [id, new Date(LATER)],
  )
const joinSilently = async (id: string, issuedOn: string) => {
  await setClock(database.pool, { mode: 'stepped', businessAt: LATER })
  await givenWarning(database.pool, { id, level: 'yellow', issuedOn, silent: true })
}
const begin = async (id: string, issuedOn: string) => {
  await setClock(database.pool, { mode: 'stepped', businessAt: instantAt('2022-06-06', '10:00') })
  await givenWarning(database.pool, { id, level: 'yellow', issuedOn })
}

test('who joins in silence behind a deadline that everybody has left hears nothing of what lay before', async () => {
  await begin('SJ1', '2022-06-06')
  await when(database.pool, 'SJ1', { action: 'cancel', reason: '误报' })
  await joinSilently('SJ2', '2022-06-06')
  expect(await deadlineOf('SJ2')).toEqual({ joins: 0, silent: true })
})

test('a deadline that somebody is still behind stays as loud as it was', async () => {
  await begin('SJ3', '2022-06-02')
  await joinSilently('SJ4', '2022-06-02')
  expect(await deadlineOf('SJ4')).toEqual({ joins: 1, silent: null })
})

test('what has fired stays fired, and what nobody was there for is told to nobody who joins in silence', async () => {
  await begin('SJ5', '2022-06-01')
  await when(database.pool, 'SJ5', { action: 'cancel', reason: '误报' })
  await database.pool.query(
    `insert into firings (deadline, moment, moment_form, at, fired_at, joins, open_count, notified_count)
       select a.deadline, 'assigned', '{"series":"assigned"}', $1, $1, 1, 1, 1 from assignments a
         join obligations o on o.id = a.obligation where o.external_id = 'SJ5'`,
    [new Date(LATER)],
  )
  await joinSilently('SJ6', '2022-06-01')
  expect(await deadlineOf('SJ6')).toEqual({ joins: 1, silent: true })
})
