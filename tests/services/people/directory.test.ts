import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { identityOf } from '../../../src/services/people/identity.ts'
import { allRoleHoldings } from '../../../src/services/people/offices.ts'
import { directoryAround } from '../../../src/services/people/directory.ts'
import { rolesOn } from '../../../src/domain/people/absence.ts'
import { makeDirectory } from '../../../src/domain/escalation/directory.ts'
import { createTestDatabase, type TestDatabase } from '../../support/database.ts'
import { rolePools } from '../../support/scoped.ts'

const TODAY = '2022-06-13'
const TOWN = 'sn.ak.zy.maoba'
const PEOPLE = ['pe_a', 'pe_b', 'pe_c', 'pe_d', 'pe_e']
let database: TestDatabase
let pools: ReturnType<typeof rolePools>

beforeAll(async () => {
  database = await createTestDatabase('county')
  pools = rolePools(database)
  for (const id of PEOPLE) {
    await database.pool.query('insert into people (id, name, email) values ($1, $1, $1)', [id])
    await database.pool.query(
      `insert into person_roles (person, office, role) values ($1, $2, 'town-officer')`,
      [id, TOWN],
    )
  }
})
afterAll(async () => {
  await pools.end()
  await database.drop()
})

const from = fc.constantFrom(null, '2022-06-12', TODAY, '2022-06-14')
const until = fc.constantFrom(null, '2022-06-12', TODAY, '2022-06-14')
const state = fc.record({
  active: fc.boolean(),
  absence: fc.tuple(from, until).filter(([f, u]) => u === null || (f !== null && f <= u)),
  substitute: fc.option(fc.constantFrom(...PEOPLE)),
  validFrom: from,
  validUntil: until,
})

test('the gate and the rule give the same rights for random absences, terms and substitutes', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(state, { minLength: 5, maxLength: 5 }), async (states) => {
      for (const [i, s] of states.entries()) await enter(PEOPLE[i]!, s)
      const holdings = await allRoleHoldings(database.pool)
      const { colleagues } = makeDirectory([], holdings)
      for (const id of PEOPLE.filter((one) => colleagues.get(one)?.active)) {
        const identity = await identityOf(pools.gate, id, TODAY)
        const ruled = rolesOn(id, holdings, colleagues, TODAY)
        const said = (h: { office: string; role: string; onBehalfOf: string | null }) =>
          `${h.office} ${h.role} ${h.onBehalfOf}`
        expect(identity?.heldRoles.map(said).sort()).toEqual(ruled.map(said).sort())
      }
    }),
    { numRuns: 150 },
  )
})

test("a substitute without a role around the office is in the ladder's directory, with their own substitutes", async () => {
  await database.pool.query(
    `update people set active = true, absent_from = null, absent_until = null, substitute = null`,
  )
  await database.pool.query(`update person_roles set valid_from = null, valid_until = null`)
  await database.pool.query(`update person_roles set office = 'sn.ak.zy.donghe' where person = any($1)`, [
    PEOPLE.slice(1),
  ])
  await database.pool.query(`update people set absent_from = $1, substitute = 'pe_b' where id = 'pe_a'`, [
    TODAY,
  ])
  await database.pool.query(`update people set absent_from = $1, substitute = 'pe_c' where id = 'pe_b'`, [
    TODAY,
  ])
  const { colleagues } = await directoryAround(pools.worker, TOWN)
  expect(colleagues.get('pe_b')).toMatchObject({ absentFrom: TODAY, substitute: 'pe_c' })
  expect(colleagues.get('pe_c')).toMatchObject({ active: true, absentFrom: null })
})

type State = typeof state extends fc.Arbitrary<infer T> ? T : never

async function enter(
  id: string,
  { active, absence, substitute, validFrom, validUntil }: State,
): Promise<void> {
  await database.pool.query(
    'update people set active = $2, absent_from = $3, absent_until = $4, substitute = nullif($5, id) where id = $1',
    [id, active, ...absence, substitute],
  )
  await database.pool.query('update person_roles set valid_from = $2, valid_until = $3 where person = $1', [
    id,
    validFrom,
    validUntil,
  ])
}
