import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { inTransaction, row, rows } from '../../../src/db/pool.ts'
import { beijingText, instantAt } from '../../../src/domain/time/days.ts'
import { notify, type Telling } from '../../../src/services/notifications/notify.ts'
import { COUNTY, createCounty, TOWN } from '../../support/county.ts'
import type { TestDatabase } from '../../support/database.ts'
import { personWith } from '../../support/scoped.ts'

const NOW = instantAt('2022-06-06', '09:00')
let database: TestDatabase
let telling: Telling

beforeAll(async () => {
  database = await createCounty(NOW)
  const person = await personWith(database.pool, 'town-officer', TOWN)
  const people = [{ person, kind: 'correction' as const, audience: null, detail: '更正' }]
  telling = { county: COUNTY, cause: 'test', deadline: null, urgent: false, people }
})
beforeEach(async () => {
  await database.pool.query('truncate notifications, not_reached, pokes, rounds cascade')
  await database.pool.query(`update people set quiet_days = '{}'`)
})
afterAll(() => database.drop())

const tell = (more: Partial<Telling>, now = NOW) =>
  inTransaction(database.pool, (tx) => notify(tx, { ...telling, ...more }, now))
async function told() {
  const found = await rows<{ at: number; urgent: boolean }>(
    database.pool,
    'select round_at as at, urgent from notifications order by id',
  )
  return found.map(({ at, urgent }) => `${beijingText(at)}${urgent ? ' urgent' : ''}`)
}
const pokes = () => rows(database.pool, 'select kind, subject from pokes')

test('a line that can wait goes with the next morning’s round, and the courier is told', async () => {
  await tell({})
  expect(await told()).toEqual(['2022-06-07 08:30'])
  expect(await pokes()).toEqual([{ kind: 'courier', subject: COUNTY }])
})

test.each([
  ['before the office opens', '2022-06-06 07:00', '2022-06-06 08:30'],
  ['as the morning’s round leaves', '2022-06-06 08:30', '2022-06-06 08:30'],
  ['in the afternoon', '2022-06-06 14:00', '2022-06-07 08:30'],
  ['on a Friday', '2022-06-10 09:00', '2022-06-13 08:30'],
  ['before a holiday', '2022-09-30 09:00', '2022-10-08 08:30'],
])('what can wait and comes %s leaves with the first round of a working day', async (_when, at, round) => {
  await tell({}, instantAt(at.slice(0, 10), at.slice(11)))
  expect(await told()).toEqual([round])
})

const withQuietDays = (days: string) =>
  database.pool.query('update people set quiet_days = $1 where id = $2', [days, telling.people[0]?.person])

test.each([
  ['one day', '{2}', '2022-06-06 09:00', '2022-06-08 08:30'],
  ['days that follow each other', '{2,3,4}', '2022-06-06 09:00', '2022-06-10 08:30'],
  ['days on both sides of a week’s end', '{1,5}', '2022-06-09 09:00', '2022-06-14 08:30'],
  ['all working days but one', '{0,1,2,3,5,6}', '2022-06-09 09:00', '2022-06-16 08:30'],
  ['days beside a holiday', '{6}', '2022-09-30 09:00', '2022-10-09 08:30'],
  ['other days alone', '{3}', '2022-06-06 09:00', '2022-06-07 08:30'],
  ['today, before the office opens', '{1}', '2022-06-06 07:00', '2022-06-07 08:30'],
])('what can wait goes with the first morning that is not quiet: %s', async (_what, days, at, round) => {
  await withQuietDays(days)
  await tell({}, instantAt(at.slice(0, 10), at.slice(11)))
  expect(await told()).toEqual([round])
})

test('a quiet day delays nobody else, and a round that has left is not gone back to', async () => {
  await withQuietDays('{2}')
  const head = await personWith(database.pool, 'town-head', TOWN)
  const [line] = telling.people
  await database.pool.query(
    `insert into rounds (id, county, at, urgent, composed_at) values ('ro_1', $1, $2, false, $2)`,
    [COUNTY, new Date(instantAt('2022-06-08', '08:30'))],
  )
  await tell({ people: [line!, { ...line!, person: head }] })
  const rounds = await rows<{ person: string; at: number }>(
    database.pool,
    'select person, round_at as at from notifications order by round_at',
  )
  expect(rounds.map(({ person, at }) => [person, beijingText(at)])).toEqual([
    [head, '2022-06-07 08:30'],
    [line!.person, '2022-06-09 08:30'],
  ])
})

test('neither what is urgent nor what the schedule names a time for waits for a quiet day to pass', async () => {
  await withQuietDays('{1,2}')
  await tell({ urgent: true })
  await tell({ notBefore: NOW, cause: 'scheduled' })
  await tell({ roundAt: instantAt('2022-06-07', '08:30'), cause: 'promised' })
  await tell({ onMorning: true, cause: 'put into the past' })
  expect((await told()).sort()).toEqual([
    ...['2022-06-06 09:00 urgent', '2022-06-06 14:30', '2022-06-07 08:30', '2022-06-07 08:30'],
  ])
})

test.each(['{1,2,3,4,5}', '{0,1,2,3,4,5,6}', '{7}', '{-1}', '{NULL}'])(
  'the database refuses quiet days that leave no morning or are none: %s',
  async (days) => {
    await expect(withQuietDays(days)).rejects.toMatchObject({ code: '23514' })
  },
)

test('what came after the morning’s round had left waits for the next morning, not for the afternoon', async () => {
  const morning = instantAt('2022-06-06', '08:30')
  await database.pool.query(
    `insert into rounds (id, county, at, urgent, composed_at) values ('ro_1', $1, $2, false, $2)`,
    [COUNTY, new Date(morning)],
  )
  await tell({}, morning)
  expect(await told()).toEqual(['2022-06-07 08:30'])
})

test('a moment that was missed goes with the next regular round, in the afternoon as well', async () => {
  await tell({ notBefore: instantAt('2022-06-02', '08:30') })
  await tell(
    { notBefore: instantAt('2022-06-02', '08:30'), cause: 'later' },
    instantAt('2022-06-06', '15:00'),
  )
  expect(await told()).toEqual(['2022-06-06 14:30', '2022-06-07 08:30'])
})

test('an urgent line leaves at once in office hours, otherwise when the office opens', async () => {
  await tell({ urgent: true })
  await tell({ urgent: true, cause: 'later' }, instantAt('2022-06-06', '20:00'))
  expect(await told()).toEqual(['2022-06-06 09:00 urgent', '2022-06-07 08:30 urgent'])
})

test('a line comes neither before the instant given nor with a round that has left', async () => {
  const notBefore = instantAt('2022-06-08', '00:00')
  await tell({ notBefore })
  const first = await row<{ at: number }>(database.pool, 'select round_at as at from notifications')
  await database.pool.query(
    `insert into rounds (id, county, at, urgent, composed_at) values ('ro_1', $1, $2, false, $2)`,
    [COUNTY, new Date(first!.at)],
  )
  await tell({ notBefore, cause: 'again' })
  const [one, two] = await told()
  expect(one! >= '2022-06-08').toBe(true)
  expect(two! > one!).toBe(true)
})

test('a promised round is kept', async () => {
  await tell({ roundAt: instantAt('2022-06-09', '08:30') })
  expect(await told()).toEqual(['2022-06-09 08:30'])
})

test('a cause tells a person once', async () => {
  await tell({})
  await tell({})
  expect(await told()).toHaveLength(1)
})

test('who could not be told is listed; with nobody to tell the courier is left alone', async () => {
  const nobody = {
    office: COUNTY,
    role: 'relief-centre',
    person: null,
    reason: 'vacant',
    passedTo: null,
  } as const
  await tell({ people: [], notReached: [nobody] })
  expect(await rows(database.pool, 'select cause, office, role, reason from not_reached')).toEqual([
    { cause: 'test', office: COUNTY, role: 'relief-centre', reason: 'vacant' },
  ])
  expect(await told()).toEqual([])
  expect(await pokes()).toEqual([])
})
