import { afterAll, beforeAll, expect, test } from 'vitest'
import { inTransaction, rows } from '../../../src/db/pool.ts'
import { addRefused, keepRefused, refusedRowsOf } from '../../../src/services/imports/refused-rows.ts'
import { readSampleOffices, seedCounty } from '../../../src/services/people/seed.ts'
import { createTestDatabase, type TestDatabase } from '../../support/database.ts'
import { givenFile } from '../../support/files.ts'
import { keys } from '../../support/worker-deps.ts'

const FILE = 'im_refused'
const HEAD = { header: ['姓名'], names: { name: '姓名' }, at: { name: 0 } }
const rowsOf = (numbers: readonly number[]) => numbers.map((row) => ({ row, cells: [`户主${row}`] }))

let database: TestDatabase
beforeAll(async () => {
  database = await createTestDatabase()
  await inTransaction(database.pool, async (tx) => seedCounty(tx, await readSampleOffices(), 0))
  await givenFile(database.pool, FILE, 1, { from: '2022-06-06', to: '2022-06-06' })
  for (const part of [[3, 5], [10, 14, 15], [20, 29], [40]])
    await keepRefused(database.pool, keys, FILE, { head: HEAD, rows: rowsOf(part) })
})
afterAll(() => database.drop())

const parts = () =>
  rows<{ first: number; last: number; bytes: string }>(
    database.pool,
    `select first_row as first, last_row as last, encode(encrypted, 'hex') as bytes from import_refused where import = $1 order by 1`,
    [FILE],
  )

test('a part that no added row falls into stays as it was, and the rows are read in the order of the file', async () => {
  const before = await parts()
  const added = [50, 4, 30, 31, 22, 17]
  await addRefused(database.pool, keys, FILE, added, () => ({ head: HEAD, rows: rowsOf(added) }))
  const after = await parts()
  expect(after.map(({ first, last }) => [first, last])).toEqual([
    [3, 5],
    [10, 15],
    [17, 17],
    [20, 29],
    [30, 31],
    [40, 40],
    [50, 50],
  ])
  const kept = after.filter(({ bytes }) => before.some((part) => part.bytes === bytes))
  expect(kept.map(({ first }) => first)).toEqual([10, 40])
  const read = (await refusedRowsOf(database.pool, keys, FILE)).flatMap((part) => part.rows)
  expect(read).toEqual(rowsOf([3, 4, 5, 10, 14, 15, 17, 20, 22, 29, 30, 31, 40, 50]))
})
