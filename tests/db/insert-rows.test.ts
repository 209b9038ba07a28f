import { bigserial, boolean, date, bigint, integer, jsonb, pgTable, text } from 'drizzle-orm/pg-core'
import fc from 'fast-check'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { insertRow, insertRows } from '../../src/db/insert-rows.ts'
import { type Sql, rows } from '../../src/db/pool.ts'
import type { NewRow } from '../../src/db/row-types.ts'
import { bytea, instant } from '../../src/db/schema/columns.ts'
import { columns, selectRows } from '../../src/db/select-columns.ts'
import { createTestDatabase, type TestDatabase } from '../support/database.ts'

/** Every type of column that the schema has, and arrays. */
const trials = pgTable('trials', {
  id: bigserial('id', { mode: 'number' }).primaryKey(),
  key: text('sample_key').unique(),
  dueAt: instant('due_at'),
  dueOn: date('due_on'),
  count: integer('count').notNull().default(7),
  size: bigint('size', { mode: 'number' }),
  late: boolean('late'),
  detail: jsonb('detail').$type<unknown>(),
  encrypted: bytea('encrypted'),
  words: text('words').array(),
})
const CREATE = `create table trials (id bigserial primary key, sample_key text unique, due_at timestamptz(3), due_on date,
  count int not null default 7, size bigint, late bool, detail jsonb, encrypted bytea, words text[])`
const ALL = columns(trials, 's', [
  ...(['key', 'dueAt', 'dueOn', 'count', 'size', 'late', 'detail', 'encrypted', 'words'] as const),
])

let db: TestDatabase
beforeAll(async () => {
  db = await createTestDatabase()
  await db.pool.query(CREATE)
})
beforeEach(() => db.pool.query('truncate trials restart identity'))
afterAll(() => db.drop())

const stored = () => selectRows(db.pool, ALL, 'from trials s order by s.id')
const full = {
  key: 'a "quoted" \\ key, {with} braces',
  dueAt: Date.UTC(2026, 10, 29, 16),
  dueOn: '2026-11-29',
  count: -3,
  size: 2 ** 40,
  late: true,
  detail: { names: ['督办', null], nested: { n: 1 } },
  encrypted: Buffer.from([0, 255, 34, 92]),
  words: ['', 'null', 'a,b', '"', '\\', '{}'],
}
const empty = {
  ...{ key: null, dueAt: null, dueOn: null, size: null, late: null, detail: null, encrypted: null },
  words: null,
}

test('every type of column comes back as it was inserted', async () => {
  await insertRows(db.pool, trials, [full, { ...empty, count: 0 }])
  expect(await stored()).toEqual([full, { ...empty, count: 0 }])
})

test('one row comes back as it was inserted, and a column that is not given has its default', async () => {
  const inserted = await insertRow(db.pool, trials, full, { returning: ['id', 'dueAt'] })
  expect(inserted).toEqual({ id: 1, dueAt: full.dueAt })
  await insertRow(db.pool, trials, { key: undefined, late: false })
  expect(await stored()).toEqual([full, { ...empty, late: false, count: 7 }])
})

test('a constant stands in every row', async () => {
  const { words, encrypted, dueAt, detail } = full
  const constant = { words, encrypted, dueAt, detail }
  await insertRows(db.pool, trials, [{ key: 'one' }, { key: 'two' }], { constant })
  expect(await stored()).toEqual(['one', 'two'].map((key) => ({ ...empty, ...constant, key, count: 7 })))
})

test('a value that only some rows have is null in the others', async () => {
  await insertRows(db.pool, trials, [{ key: 'one' }, { late: true }])
  expect((await stored()).map((s) => [s.key, s.late])).toEqual([
    ['one', null],
    [null, true],
  ])
})

test('of rows in conflict only those inserted are returned', async () => {
  const options = { onConflict: '(sample_key) do nothing', returning: ['key'] } as const
  await insertRow(db.pool, trials, { key: 'one' })
  expect(await insertRows(db.pool, trials, [{ key: 'one' }, { key: 'two' }], options)).toEqual([
    { key: 'two' },
  ])
  expect(await insertRow(db.pool, trials, { key: 'two' }, options)).toBeUndefined()
})

test('no rows send no statement', async () => {
  const silent = { query: () => Promise.reject(new Error('asked')) } as unknown as Sql
  expect(await insertRows(silent, trials, [])).toEqual([])
})

test('a column that the table lacks is refused', async () => {
  const misspelt = [{ key: 'one', dueOm: '2026-11-29' }]
  await expect(insertRows(db.pool, trials, misspelt)).rejects.toThrow('trials has no column dueOm')
})

test('rows without any column of their own are refused, so that none is lost silently', async () => {
  const rows = [{}, {}] as never[]
  await expect(insertRows(db.pool, trials, rows)).rejects.toThrow('have no columns of their own')
})

test('the number of rows and the order of keys do not change the statement', async () => {
  const texts = new Set<string>()
  const recorder = {
    query: ({ text }: { text: string }) => (texts.add(text), Promise.resolve({ rows: [] })),
  } as unknown as Sql
  await insertRows(recorder, trials, [{ key: 'one', late: true }])
  await insertRows(recorder, trials, [
    { late: true, key: 'one' },
    { late: false, key: 'two' },
  ])
  expect([...texts]).toEqual([
    'insert into trials (sample_key, late) select c0, c1 from unnest($1::text[], $2::boolean[]) v(c0, c1)',
  ])
})

const moment = fc.date({ min: new Date('1900-01-01'), max: new Date('2200-01-01'), noInvalidDate: true })
const nothing = <T>(of: fc.Arbitrary<T>) => fc.option(of, { nil: null })
const words = fc.string({ unit: 'grapheme' }).filter((t) => !t.includes('\0'))
const anyRow: fc.Arbitrary<NewRow<typeof trials>> = fc.record({
  dueAt: nothing(moment.map((d) => d.getTime())),
  dueOn: nothing(moment.map((d) => d.toISOString().slice(0, 10))),
  count: fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 }),
  size: nothing(fc.maxSafeInteger()),
  late: nothing(fc.boolean()),
  detail: nothing(fc.dictionary(fc.constantFrom('a', 'b'), fc.oneof(words, fc.integer(), fc.constant(null)))),
  encrypted: nothing(fc.uint8Array().map((bytes) => Buffer.from(bytes))),
  words: nothing(fc.array(words)),
  key: fc.constant(null),
})

test('any rows come back in their order, whether inserted at once or one by one', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(anyRow, { minLength: 1 }), async (given) => {
      await db.pool.query('truncate trials')
      await insertRows(db.pool, trials, given)
      const atOnce = await stored()
      await db.pool.query('truncate trials')
      for (const row of given) await insertRow(db.pool, trials, row)
      expect(atOnce).toEqual(given)
      expect(await stored()).toEqual(given)
    }),
    { numRuns: 25 },
  )
})

test('a prepared insert is kept once on a connection', async () => {
  const client = await db.pool.connect()
  try {
    for (let n = 0; n < 3; n++) await insertRows(client, trials, [{ key: `k${n}`, size: n }])
    const prepared = await rows(
      client,
      `select from pg_prepared_statements where statement like 'insert into trials (sample_key, size)%'`,
    )
    expect(prepared).toHaveLength(1)
  } finally {
    client.release()
  }
})
