import { afterAll, beforeAll, expect, test } from 'vitest'
import { inTransaction, type Pool, row, rows, rowsByKeptPlan, type Sql } from '../../src/db/pool.ts'
import { forgetRead, readOnce } from '../../src/db/transaction-memo.ts'
import { createTestDatabase, type TestDatabase } from '../support/database.ts'

let database: TestDatabase
let pool: Pool
beforeAll(async () => {
  database = await createTestDatabase()
  pool = database.pool
})
afterAll(() => database.drop())

const prepared = (sql: Sql, text: string) =>
  rows<{ uses: number }>(
    sql,
    'select generic_plans + custom_plans as uses from pg_prepared_statements where statement = $1',
    [text],
  )

test('a statement with values is prepared once on its connection, and used again', async () => {
  const text = 'select code from offices where code = $1'
  await inTransaction(pool, async (tx) => {
    for (const code of ['a', 'b', 'c']) await tx.query(text, [code])
    expect(await prepared(tx, text)).toEqual([{ uses: 3 }])
  })
})

test('a list is read by one plan for all values, and what follows is planned as ever', async () => {
  const text = 'select name from offices where code = $1'
  const plans =
    'select generic_plans as kept, custom_plans as anew from pg_prepared_statements where statement = $1'
  await inTransaction(pool, async (tx) => {
    for (const code of ['a', 'b', 'c']) await rowsByKeptPlan(tx, text, [code])
    expect(await rows(tx, plans, [text])).toEqual([{ kept: 3, anew: 0 }])
    expect(await row(tx, 'show plan_cache_mode')).toEqual({ plan_cache_mode: 'auto' })
  })
  const failing = inTransaction(pool, (tx) => rowsByKeptPlan(tx, 'select 1 / $1::int', [0]))
  await expect(failing).rejects.toThrow('division by zero')
})

test('several statements at once, and one without values, go as they are', async () => {
  await pool.query('create table trials (n int); insert into trials values (1)')
  expect(await row(pool, 'select n from trials')).toEqual({ n: 1 })
})

test('a transaction reads once what it remembers, anew once it has forgotten it, and the next one anew as well', async () => {
  let reads = 0
  const read = (sql: Sql) => readOnce(sql, 'nth', () => Promise.resolve((reads += 1)))
  await inTransaction(pool, async (tx) => {
    expect([await read(tx), await read(tx)]).toEqual([1, 1])
    forgetRead(tx, 'nth')
    expect(await read(tx)).toBe(2)
  })
  expect(await inTransaction(pool, read)).toBe(3)
  expect([await read(pool), await read(pool)]).toEqual([4, 5])
})

test('a transaction that failed leaves nothing remembered on its connection', async () => {
  const seen: unknown[] = []
  const fail = inTransaction(pool, async (tx) => {
    seen.push(await readOnce(tx, 'of-one', () => Promise.resolve('before')))
    throw new Error('planned')
  })
  await expect(fail).rejects.toThrow('planned')
  seen.push(await inTransaction(pool, (tx) => readOnce(tx, 'of-one', () => Promise.resolve('after'))))
  expect(seen).toEqual(['before', 'after'])
})
