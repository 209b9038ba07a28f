import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { inTransaction, type Pool, row, rows, type Sql } from '../../../src/db/pool.ts'
import type { ActionInput } from '../../../src/domain/obligation/lifecycle.ts'
import { systemActor } from '../../../src/domain/obligation/system-actor.ts'
import { type Instant, instantAt } from '../../../src/domain/time/days.ts'
import { cancelUntouched, lockUntouched } from '../../../src/services/imports/undo-store.ts'
import { runAction } from '../../../src/services/obligations/act.ts'
import { unassignPerson } from '../../../src/services/offboarding/offboard.ts'
import { readSampleOffices, seedCounty } from '../../../src/services/people/seed.ts'
import { setClock } from '../../../src/services/schedule/clock.ts'
import { createTestDatabase, type TestDatabase } from '../../support/database.ts'
import { nameHolder, wrongHolders } from '../../support/holders.ts'
import { personWith } from '../../support/scoped.ts'
import { keys } from '../../support/stack.ts'
import { givenWarning } from '../../support/warnings.ts'

const TOWN = 'sn.ak.zy.maoba'
const START = instantAt('2022-06-06', '09:00')
const DAY = 24 * 3_600_000

let database: TestDatabase
let pool: Pool
let officer: string
beforeAll(async () => {
  database = await createTestDatabase()
  pool = database.pool
  await setClock(pool, { mode: 'stepped', businessAt: START })
  await inTransaction(pool, async (tx) => seedCounty(tx, await readSampleOffices(), START))
  officer = await personWith(pool, 'town-officer', TOWN)
})
afterAll(() => database.drop())

const ACTIONS: ActionInput[] = [
  { action: 'acknowledge' },
  { action: 'submit', result: { outcome: 'dibao' } },
  { action: 'accept' },
  { action: 'return', reason: '请补充' },
  { action: 'cancel', reason: '重复' },
  { action: 'reopen', reason: '又要办' },
]
type Step = { act: ActionInput } | { other: 'name' | 'unassign' | 'undo' }
const step: fc.Arbitrary<Step & { days: number }> = fc
  .tuple(
    fc.oneof(
      { arbitrary: fc.constantFrom(...ACTIONS).map((act) => ({ act })), weight: 5 },
      { arbitrary: fc.constantFrom('name', 'unassign', 'undo').map((other) => ({ other })), weight: 1 },
    ),
    fc.integer({ min: 0, max: 3 }),
  )
  .map(([what, days]) => ({ ...what, days }))

let runs = 0
async function take(tx: Sql, id: string, what: Step, now: Instant): Promise<void> {
  if ('act' in what) {
    await runAction(tx, { obligation: id, action: what.act, actor: systemActor(officer), now, keys })
    return
  }
  if (what.other === 'name') await nameHolder(tx, officer)
  if (what.other === 'unassign') await unassignPerson(tx, officer, null)
  if (what.other === 'undo') {
    await tx.query('update obligations set import_id = id where id = $1', [id])
    await cancelUntouched(tx, { obligations: await lockUntouched(tx, id), actor: officer }, now)
  }
}

test('after every action the row carries what the assignments say', async () => {
  const met = new Set<string>()
  const property = fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 12 }), async (steps) => {
    const externalId = `YJ-${++runs}`
    await givenWarning(pool, { id: externalId, level: runs % 2 ? 'red' : 'yellow' })
    const { id } = (await row<{ id: string }>(pool, 'select id from obligations where external_id = $1', [
      externalId,
    ]))!
    let now = START
    for (const what of steps) {
      now += what.days * DAY
      await inTransaction(pool, (tx) => take(tx, id, what, now))
      expect(await wrongHolders(pool)).toEqual([])
      const [at] = await rows<{ stage: string | null; late: boolean; person: string | null }>(
        pool,
        'select stage, ended_late as late, holder_person as person from obligations where id = $1',
        [id],
      )
      met.add(`${at?.stage}${at?.late ? ' late' : ''}${at?.person ? ' named' : ''}`)
    }
  })
  await fc.assert(property, { numRuns: 40, seed: 1 })
  // The sequences reached what they are meant to test.
  for (const reached of ['perform', 'review', 'redo', 'null', 'null late', 'review late', 'perform named'])
    expect(met).toContain(reached)
}, 120_000)

const DIFFERENCES = [
  `stage = 'redo'`,
  `holder_office = 'sn.ak.zy'`,
  `holder_person = 'somebody'`,
  `holder_due_at = holder_due_at + interval '1 second'`,
  'holder_due_on = holder_due_on + 1',
  'stage = null, holder_office = null, holder_due_at = null, holder_due_on = null',
  'ended_late = true',
]

test.each(DIFFERENCES)('a row that differs is found: %s', async (change) => {
  await givenWarning(pool, { id: `YJ-planted-${change.length}`, level: 'red' })
  const client = await pool.connect()
  try {
    await client.query('begin')
    const planted = await rows<{ id: string }>(
      client,
      `update obligations set ${change} where external_id = $1 returning id`,
      [`YJ-planted-${change.length}`],
    )
    expect(planted).toHaveLength(1)
    expect(await wrongHolders(client)).toEqual(planted.map((o) => o.id))
  } finally {
    await client.query('rollback')
    client.release()
  }
})

test('a database with such a row fails its test file', async () => {
  const other = await createTestDatabase()
  await inTransaction(other.pool, async (tx) => seedCounty(tx, await readSampleOffices(), START))
  await setClock(other.pool, { mode: 'stepped', businessAt: START })
  await givenWarning(other.pool, { id: 'YJ-1', level: 'red' })
  await other.pool.query('update obligations set ended_late = true')
  await expect(other.drop()).rejects.toThrow(/obligations differ from their assignments: ob_/)
})
