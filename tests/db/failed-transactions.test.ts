import type { PoolClient } from 'pg'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { createPool, inTransaction, type Pool, row, rows, type Sql } from '../../src/db/pool.ts'
import { inScope, ScopedReads } from '../../src/db/row-scope.ts'
import { createTestDatabase, type TestDatabase } from '../support/database.ts'

let database: TestDatabase
let pool: Pool
/** Statements that begin like this fail on the server, and the connection lives on. */
let failing: string | null = null
const CONTEXT = { person: 'p1', offices: [], counties: ['sn'], audit: false }
const FAULT = { code: '22012', message: 'division by zero' }

beforeAll(async () => {
  database = await createTestDatabase()
  await database.pool.query('create table trials (n int primary key)')
  pool = createPool(database.url, { max: 1 })
  pool.on('connect', failWhereAsked)
})
beforeEach(async () => {
  failing = null
  await database.pool.query('truncate trials')
})
afterAll(async () => {
  await pool.end()
  await database.drop()
})

function failWhereAsked(client: PoolClient): void {
  const query = client.query.bind(client) as (...given: unknown[]) => unknown
  client.query = ((...given: [unknown]) => {
    const [asked] = given
    const text = typeof asked === 'string' ? asked : (asked as { text: string }).text
    return failing !== null && text.startsWith(failing) ? query('select 1 / 0') : query(...given)
  }) as typeof client.query
}

const add = (tx: Sql, n: number) => rows(tx, 'insert into trials values ($1)', [n])
const kept = () => rows<{ n: number }>(database.pool, 'select n from trials order by n')
const backend = (sql: Sql) => row<{ pid: number }>(sql, 'select pg_backend_pid() as pid')

async function isClean(): Promise<void> {
  failing = null
  await inTransaction(pool, (tx) => add(tx, 100))
  expect(await kept()).toEqual([{ n: 100 }])
}

test('where a transaction does not begin, nothing is written or seen, and its connection is thrown away', async () => {
  const before = await backend(pool)
  const seen: unknown[] = []
  failing = 'begin'
  const written = inTransaction(pool, async (tx) => {
    await Promise.all([add(tx, 1), add(tx, 2)])
    seen.push('written')
  })
  await expect(written).rejects.toMatchObject(FAULT)
  const read = inTransaction(pool, async (tx) => {
    seen.push(await row(tx, 'select 1 as n'))
    await add(tx, 3)
  })
  await expect(read).rejects.toMatchObject(FAULT)
  const reads = new ScopedReads(pool, CONTEXT)
  await expect(reads.together(() => backend(reads))).rejects.toMatchObject(FAULT)
  // Also where nobody looks at what was answered.
  await expect(inTransaction(pool, () => Promise.resolve())).rejects.toMatchObject(FAULT)
  expect([seen, await kept()]).toEqual([[], []])
  await isClean()
  expect(await backend(pool)).not.toEqual(before)
})

test('where a context cannot be set, nothing is written or seen, and the fault is told', async () => {
  failing = "select set_config('duban.person'"
  const written = inScope(pool, CONTEXT, (tx) => add(tx, 1))
  await expect(written).rejects.toMatchObject(FAULT)
  const reads = new ScopedReads(pool, CONTEXT)
  await expect(reads.together(() => backend(reads))).rejects.toMatchObject(FAULT)
  expect(await kept()).toEqual([])
  await isClean()
})

test('where one of several statements fails, all do, by the first cause whoever is heard first', async () => {
  const fail = (tx: Sql) => tx.query('select 1 / 0')
  const second = inTransaction(pool, (tx) => Promise.all([add(tx, 1), fail(tx), add(tx, 2)]))
  await expect(second).rejects.toMatchObject(FAULT)
  const unheard = inTransaction(pool, async (tx) => {
    fail(tx).catch(() => undefined)
    await add(tx, 3)
  })
  await expect(unheard).rejects.toMatchObject(FAULT)
  expect(await kept()).toEqual([])
  await isClean()
})

test('a transaction that failed and swallowed it is not taken for done', async () => {
  const swallowed = inTransaction(pool, async (tx) => {
    await add(tx, 1)
    await tx.query('select 1 / 0').catch(() => undefined)
  })
  await expect(swallowed).rejects.toMatchObject(FAULT)
  const mended = inTransaction(pool, async (tx) => {
    await tx.query('savepoint item')
    await tx.query('select 1 / 0').catch(() => undefined)
    await tx.query('rollback to savepoint item')
    await add(tx, 100)
  })
  await mended
  expect(await kept()).toEqual([{ n: 100 }])
})

test('what goes on after the end writes nothing', async () => {
  let late: Promise<unknown> | undefined
  let goOn = (): void => undefined
  const ended = new Promise<void>((resolve) => (goOn = resolve))
  const failed = inTransaction(pool, async (tx) => {
    late = ended.then(() => add(tx, 1))
    await tx.query('select 1 / 0')
  })
  await expect(failed).rejects.toMatchObject(FAULT)
  goOn()
  await expect(late).rejects.toThrow('the transaction is over')
  expect(await kept()).toEqual([])
  await isClean()
})

test('reads that are over open nothing, but for what is read together', async () => {
  const reads = new ScopedReads(pool, CONTEXT)
  await backend(reads)
  await reads.end()
  await backend(reads)
  await reads.endForGood()
  await expect(backend(reads)).rejects.toThrow('the reads are over')
  expect(await reads.together(() => row(reads, 'select 1 as n'))).toEqual({ n: 1 })
  await expect(backend(reads)).rejects.toThrow('the reads are over')
  expect(pool.idleCount).toBe(pool.totalCount)
})
