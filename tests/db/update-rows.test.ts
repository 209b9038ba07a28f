import { boolean, bigint, integer, pgTable, text } from 'drizzle-orm/pg-core'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { insertRows } from '../../src/db/insert-rows.ts'
import type { Sql } from '../../src/db/pool.ts'
import { bytea, instant } from '../../src/db/schema/columns.ts'
import { columns, selectRows } from '../../src/db/select-columns.ts'
import { updateRows } from '../../src/db/update-rows.ts'
import { createTestDatabase, type TestDatabase } from '../support/database.ts'

const trials = pgTable('trials', {
  office: text('office').notNull(),
  nth: bigint('nth', { mode: 'number' }).notNull(),
  encrypted: bytea('encrypted'),
  dueAt: instant('due_at'),
  count: integer('count').notNull().default(0),
  late: boolean('late'),
})
const ALL = columns(trials, 's', ['office', 'nth', 'encrypted', 'dueAt', 'count', 'late'])

let db: TestDatabase
beforeAll(async () => {
  db = await createTestDatabase()
  await db.pool
    .query(`create table trials (office text, nth bigint, encrypted bytea, due_at timestamptz(3), count int
    not null default 0, late bool, primary key (office, nth))`)
})
beforeEach(async () => {
  await db.pool.query('truncate trials')
  const places = [
    { office: 'a', nth: 1 },
    { office: 'a', nth: 2 },
    { office: 'b', nth: 1 },
  ]
  await insertRows(db.pool, trials, places, { constant: { late: false } })
})
afterAll(() => db.drop())

const stored = () => selectRows(db.pool, ALL, 'from trials s order by office, nth')
const untouched = { encrypted: null, dueAt: null, count: 0, late: false }

test('each row gets values of its own, and no other row changes', async () => {
  await updateRows(
    db.pool,
    trials,
    ['office', 'nth'],
    [
      { office: 'b', nth: 1, encrypted: Buffer.from([0, 255]), dueAt: Date.UTC(2026, 10, 29) },
      { office: 'a', nth: 2, encrypted: null, dueAt: 0 },
    ],
    { late: true },
  )
  expect(await stored()).toEqual([
    { office: 'a', nth: 1, ...untouched },
    { office: 'a', nth: 2, encrypted: null, dueAt: 0, count: 0, late: true },
    {
      office: 'b',
      nth: 1,
      encrypted: Buffer.from([0, 255]),
      dueAt: Date.UTC(2026, 10, 29),
      count: 0,
      late: true,
    },
  ])
})

test('a key of one column means every row that has it', async () => {
  await updateRows(db.pool, trials, ['office'], [{ office: 'a', count: 4 }])
  expect((await stored()).map((s) => s.count)).toEqual([4, 4, 0])
})

test('no rows send no statement', async () => {
  const silent = { query: () => Promise.reject(new Error('asked')) } as unknown as Sql
  await updateRows(silent, trials, ['office'], [], { late: true })
})

test('rows of nothing but keys have nothing to set, and with a constant they get that', async () => {
  await updateRows(db.pool, trials, ['office', 'nth'], [{ office: 'a', nth: 1 }])
  expect((await stored()).map((s) => s.late)).toEqual([false, false, false])
  await updateRows(db.pool, trials, ['office', 'nth'], [{ office: 'a', nth: 1 }], { late: true })
  expect((await stored()).map((s) => s.late)).toEqual([true, false, false])
})

test('a row that lacks what another sets is refused, so that nothing is written over', async () => {
  const uneven: { office: string; nth: number; count?: number; late?: boolean }[] = [
    { office: 'a', nth: 1, count: 1 },
    { office: 'a', nth: 2, late: true },
  ]
  const update = updateRows(db.pool, trials, ['office', 'nth'], uneven)
  await expect(update).rejects.toThrow('some rows have no trials.count')
  expect((await stored()).map((s) => s.count)).toEqual([0, 0, 0])
})

test('a column that the table lacks is refused', async () => {
  const misspelt = [{ office: 'a', coumt: 1 }]
  await expect(updateRows(db.pool, trials, ['office'], misspelt)).rejects.toThrow(
    'trials has no column coumt',
  )
})

test('the number of rows does not change the statement', async () => {
  const texts = new Set<string>()
  const recorder = {
    query: ({ text }: { text: string }) => (texts.add(text), Promise.resolve({ rows: [] })),
  } as unknown as Sql
  await updateRows(recorder, trials, ['office'], [{ office: 'a', count: 1 }], { late: true })
  await updateRows(
    recorder,
    trials,
    ['office'],
    [
      { office: 'a', count: 1 },
      { count: 2, office: 'b' },
    ],
    { late: false },
  )
  expect([...texts].map((text) => text.replace(/\s+/g, ' '))).toEqual([
    'update trials t set late = $1::boolean, count = v.c1 from unnest($2::text[], $3::integer[]) v(c0, c1) where t.office = v.c0',
  ])
})
