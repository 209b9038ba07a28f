import { afterAll, beforeAll, expect, test } from 'vitest'
import { queueOffboarding } from '../../../src/services/people/departures.ts'
import { processOffboardings } from '../../../src/services/offboarding/queue.ts'
import { inTransaction, row } from '../../../src/db/pool.ts'
import { inScope } from '../../../src/db/row-scope.ts'
import { closeAccount } from '../../../src/services/access/account-state.ts'
import { grantRole } from '../../../src/services/people/users.ts'
import { instantAt } from '../../../src/domain/time/days.ts'
import { createTestDatabase, type TestDatabase } from '../../support/database.ts'
import { personWith, rolePools } from '../../support/scoped.ts'
import { givenWarning } from '../../support/warnings.ts'
import { nameHolder } from '../../support/holders.ts'

const COUNTY = 'sn.ak.zy'
const TOWN = `${COUNTY}.maoba`
const NOW = instantAt('2022-06-02', '09:00')
let database: TestDatabase
let pools: ReturnType<typeof rolePools>
let officer: string
let admin: string

beforeAll(async () => {
  database = await createTestDatabase('county')
  pools = rolePools(database)
  officer = await personWith(database.pool, 'town-officer', TOWN)
  admin = await personWith(database.pool, 'administrator', COUNTY)
})
afterAll(async () => {
  await pools.end()
  await database.drop()
})

const grant = { office: TOWN, role: 'town-head' as const }
const administering = (counties: string[]) => ({ person: admin, offices: [], counties, audit: false })
const denied = { code: '42501' }

test('outside an administering transaction the gate changes no role and closes no account', async () => {
  await expect(grantRole(pools.gate, officer, grant)).rejects.toMatchObject(denied)
  await closeAccount(pools.gate, officer, 0)
  await expect(
    pools.gate.query(`insert into people (id, name, email) values ('pe_x', 'x', 'x@x.test')`),
  ).rejects.toMatchObject(denied)
  await expect(
    pools.gate.query('insert into departures (county, person) values ($1, $2)', [COUNTY, officer]),
  ).rejects.toMatchObject(denied)
  expect(await row(database.pool, 'select active from people where id = $1', [officer])).toEqual({
    active: true,
  })
})

test('inside one it changes no role of another county, and none of the administrator', async () => {
  const give = (counties: string[], person: string) =>
    inScope(pools.gate, administering(counties), (tx) => grantRole(tx, person, grant))
  await expect(give(['sn.ak.qx'], officer)).rejects.toMatchObject(denied)
  await expect(give([COUNTY], admin)).rejects.toMatchObject(denied)
  await give([COUNTY], officer)
  const taken = await inScope(pools.gate, administering(['sn.ak.qx']), (tx) =>
    tx.query(`delete from person_roles where person = $1 and role = 'town-head'`, [officer]),
  )
  expect(taken.rowCount).toBe(0)
})

const CONTACT = `update people set name = 'x', email = 'x@x.test', phone = '000-00000199', quiet_days = '{3}' where id = $1`

test('the gate changes how somebody is reached in counties of the transaction alone, and never of the administrator', async () => {
  const change = (counties: string[], person: string) =>
    inScope(pools.gate, administering(counties), (tx) => tx.query(CONTACT, [person]))
  expect((await pools.gate.query(CONTACT, [officer])).rowCount).toBe(0)
  expect((await change(['sn.ak.qx'], officer)).rowCount).toBe(0)
  expect((await change([COUNTY], admin)).rowCount).toBe(0)
  expect(await row(database.pool, `select from people where email = 'x@x.test'`)).toBeUndefined()
  const elsewhere = `insert into person_roles (person, office, role) values ($1, 'sn.ak', 'auditor')`
  await database.pool.query(elsewhere, [officer])
  expect((await change([COUNTY], officer)).rowCount).toBe(0)
  await database.pool.query(`delete from person_roles where person = $1 and office = 'sn.ak'`, [officer])
  expect((await change([COUNTY], officer)).rowCount).toBe(1)
})

test('the API changes absences alone, and nobody’s name, address, telephone or quiet days', async () => {
  for (const column of ['name', 'email', 'phone', 'quiet_days'])
    await expect(pools.api.query(`update people set ${column} = ${column}`)).rejects.toMatchObject(denied)
  await expect(pools.gate.query('update people set absent_from = null')).rejects.toMatchObject(denied)
  await expect(pools.api.query('update people set active = false')).rejects.toMatchObject(denied)
})

test("the worker gives a leaver's assignments back once, but not those of somebody who returned meanwhile", async () => {
  await givenWarning(database.pool, { id: 'YJ1', level: 'orange' })
  const held = () => row(database.pool, 'select person from assignments')
  const settle = () =>
    inTransaction(pools.worker, (tx) => processOffboardings(tx, COUNTY, { now: NOW, wallNow: 0 }))
  await nameHolder(database.pool, officer)
  await inScope(pools.gate, administering([COUNTY]), (tx) =>
    queueOffboarding(tx, COUNTY, { person: officer, office: null }),
  )
  await settle()
  expect(await held()).toEqual({ person: officer })
  await inScope(pools.gate, administering([COUNTY]), async (tx) => {
    await closeAccount(tx, officer, 0)
    await queueOffboarding(tx, COUNTY, { person: officer, office: null })
  })
  await settle()
  expect(await held()).toEqual({ person: null })
  expect(await row(database.pool, 'select 1 from departures')).toBeUndefined()
})
