import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { inTransaction, row, rows } from '../../../src/db/pool.ts'
import { beijingText, instantAt } from '../../../src/domain/time/days.ts'
import { addWeeklyStanding, nextStandingRound } from '../../../src/services/notifications/weekly-standing.ts'
import { county } from '../../../src/services/people/offices.ts'
import { setClock } from '../../../src/services/schedule/clock.ts'
import { addPolicy, currentPolicy } from '../../../src/services/schedule/policies.ts'
import { COUNTY, createCounty } from '../../support/county.ts'
import type { TestDatabase } from '../../support/database.ts'
import { givenWarning, when } from '../../support/warnings.ts'

const at = (text: string) => instantAt(text.slice(0, 10), text.slice(11))
const READERS = ['duban@bureau', 'head@maoba', 'jiuzhu@bureau', 'leader@bureau']
let database: TestDatabase

/** An orange warning of maoba that has been late since 28 May. */
beforeAll(async () => {
  database = await createCounty(at('2022-06-06 09:00'))
  await givenWarning(database.pool, { id: 'YJ1', level: 'orange', issuedOn: '2022-05-20', silent: true })
})
beforeEach(() => database.pool.query('truncate notifications, pokes'))
afterAll(() => database.drop())

const decided = (day: string | null) =>
  database.pool.query('update counties set standing_on = $2 where office = $1', [COUNTY, day])
const decide = (now: string) =>
  inTransaction(database.pool, async (tx) => addWeeklyStanding(tx, await county(tx, COUNTY), at(now)))
async function told(): Promise<string[]> {
  const found = await rows<{ email: string; kind: string; at: number }>(
    database.pool,
    `select p.email, n.kind, n.round_at as at from notifications n join people p on p.id = n.person order by p.email`,
  )
  return found.map((n) => `${n.email.split('.')[0]} ${n.kind} ${beijingText(n.at)}`)
}
const inRound = (round: string) => READERS.map((who) => `${who} standing ${round}`)
const lastDecided = async () =>
  (await row<{ on: string }>(
    database.pool,
    'select standing_on::text as "on" from counties where office = $1',
    [COUNTY],
  ))!.on

describe('on the first working day of a week', () => {
  test('those whom the policy names and for whom something is late are told, in the morning’s round', async () => {
    await decided('2022-06-06')
    await decide('2022-06-13 08:30')
    expect(await told()).toEqual(inRound('2022-06-13 08:30'))
    // Each county tells of itself: whoever reads of two is told twice.
    expect(await rows(database.pool, 'select distinct cause from notifications')).toEqual([
      { cause: `standing/${COUNTY}/2022-06-13` },
    ])
    expect(await lastDecided()).toBe('2022-06-13')
  })

  test('nobody is told before that round, and nobody twice in a week', async () => {
    await decided('2022-06-06')
    await decide('2022-06-13 08:29')
    expect(await told()).toEqual([])
    for (const now of ['2022-06-13 08:30', '2022-06-13 14:30', '2022-06-15 09:00', '2022-06-17 18:00'])
      await decide(now)
    expect(await told()).toHaveLength(READERS.length)
  })

  test('that is Tuesday where Monday is a holiday', async () => {
    await decided('2022-09-05')
    await decide('2022-09-12 10:00')
    expect(await told()).toEqual([])
    await decide('2022-09-13 08:30')
    expect(await told()).toEqual(inRound('2022-09-13 08:30'))
  })

  test('that is a Saturday where the week of a holiday has no other working day', async () => {
    await decided('2022-09-26')
    await decide('2022-10-05 10:00')
    expect(await told()).toEqual([])
    await decide('2022-10-08 08:30')
    expect(await told()).toEqual(inRound('2022-10-08 08:30'))
  })
})

test('after an outage of two weeks it is told once, with the next morning’s round', async () => {
  await decided('2022-06-13')
  await decide('2022-06-29 10:00')
  await decide('2022-06-29 14:30')
  expect(await told()).toEqual(inRound('2022-06-30 08:30'))
  expect(await lastDecided()).toBe('2022-06-27')
})

test('a county that has just begun has had no week yet', async () => {
  await decided(null)
  await decide('2022-06-15 10:00')
  expect(await told()).toEqual([])
  expect(await lastDecided()).toBe('2022-06-13')
  await decide('2022-06-20 08:30')
  expect(await told()).toEqual(inRound('2022-06-20 08:30'))
})

describe('nobody is told', () => {
  test('in a week in which nothing is late, which counts as decided', async () => {
    await givenWarning(database.pool, { id: 'YJ2', level: 'yellow' })
    await when(database.pool, 'YJ1', { action: 'submit', result: { outcome: 'dibao' } })
    await decided('2022-05-30')
    await decide('2022-06-06 09:00')
    expect(await told()).toEqual([])
    expect(await lastDecided()).toBe('2022-06-06')
    await setClock(database.pool, { mode: 'stepped', businessAt: at('2022-06-07 09:00') })
    await when(database.pool, 'YJ1', { action: 'return', reason: '材料不全' })
  })

  test('where the policy names nobody', async () => {
    const { rules } = await currentPolicy(database.pool, COUNTY)
    const silent = { name: '不告知', example: false, rules, standing: null, deferral: null }
    await addPolicy(database.pool, COUNTY, silent, 0)
    await decided('2022-06-06')
    await decide('2022-06-20 08:30')
    expect(await told()).toEqual([])
  })
})

test.each([
  ['2022-06-13 08:29', '2022-06-13 08:30'],
  ['2022-06-13 08:30', '2022-06-20 08:30'],
  ['2022-09-09 10:00', '2022-09-13 08:30'],
  ['2022-09-30 10:00', '2022-10-08 08:30'],
])('seen from %s, the next week is told of at %s', async (now, next) => {
  const round = await inTransaction(database.pool, async (tx) =>
    nextStandingRound(tx, await county(tx, COUNTY), at(now)),
  )
  expect(beijingText(round)).toBe(next)
})
