import { afterAll, beforeAll, expect, test } from 'vitest'
import { applyStaged } from '../../../src/services/imports/apply.ts'
import { validateUpload } from '../../../src/services/imports/validate.ts'
import { inTransaction, row, rows } from '../../../src/db/pool.ts'
import { lookUpIndexes, decryptPerson } from '../../../src/services/vault/encryption.ts'
import { readSampleOffices, seedCounty } from '../../../src/services/people/seed.ts'
import { createTestDatabase, type TestDatabase } from '../../support/database.ts'
import { givenFile } from '../../support/files.ts'
import { keys, log } from '../../support/worker-deps.ts'

const ROWS = 1_200
const ONE_DAY = { from: '2022-06-06', to: '2022-06-06' } as const

let database: TestDatabase
let text: string
beforeAll(async () => {
  database = await createTestDatabase()
  await inTransaction(database.pool, async (tx) => seedCounty(tx, await readSampleOffices(), 0))
  text = await givenFile(database.pool, 'im_batches', ROWS, ONE_DAY)
  const deps = { pool: database.pool, keys, log, wallNow: () => Date.now() }
  await validateUpload(deps, 'im_batches', () => undefined)
  await applyStaged(deps, 'im_batches', () => undefined)
})
afterAll(() => database.drop())

test('a file of several batches joins and pokes each deadline once', async () => {
  const found = await rows<{ joins: number; pokes: number }>(
    database.pool,
    `select d.joins, (select count(*) from pokes p where p.kind = 'deadline' and p.subject = d.id) as pokes from deadlines d`,
  )
  expect(found.length).toBeGreaterThan(30)
  expect(new Set(found.map(({ joins, pokes }) => `${joins} ${pokes}`))).toEqual(new Set(['1 1']))
})

test('every row of every batch belongs to the deadline of its office and day', async () => {
  const behind = await row<{ n: number }>(
    database.pool,
    `select count(*) as n from assignments a join obligations o on o.id = a.obligation
       join deadlines d on d.id = a.deadline and d.office = o.office and d.due_at = o.due_at
        and (d.obligation = o.id) is not distinct from (case when o.level = 'red' then true end)`,
  )
  expect(behind?.n).toBe(ROWS)
})

test('each household is encrypted as its row says, and found by its number', async () => {
  const lines = text.trim().split(/\r?\n/).slice(1)
  for (const line of [lines[0]!, lines[ROWS / 2]!, lines[ROWS - 1]!]) {
    const [externalId, , , , , name, idNo] = line.split(',')
    const found = await row<{ id: string; encrypted: Buffer; key: string }>(
      database.pool,
      `select o.id, s.encrypted, s.key_id as key from subjects s join obligations o on o.id = s.obligation
        where o.external_id = $1 and s.id_no_index = any($2)`,
      [externalId, lookUpIndexes(keys, 'idNo', idNo!)],
    )
    expect(decryptPerson(keys, found!.id, found!.encrypted, found!.key)).toMatchObject({ name, idNo })
  }
})
