import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { rows } from '../../src/db/pool.ts'
import { unreadRows } from '../../src/db/raw-rows.ts'
import { createTestDatabase, type TestDatabase } from '../support/database.ts'

let db: TestDatabase
beforeAll(async () => {
  db = await createTestDatabase()
})
afterAll(() => db.drop())

// The kinds of columns a matter has.
const SELECT = `select text, day, at, yes, bytes, json, n from jsonb_to_recordset($1)
  as given (text text, day date, at timestamptz, yes boolean, bytes bytea, json jsonb, n bigint)`

const instant = fc.date({ min: new Date('1990-01-01'), max: new Date('2090-01-01'), noInvalidDate: true })
const nothing = <T>(of: fc.Arbitrary<T>) => fc.option(of, { nil: null })
const given = fc.record({
  text: nothing(fc.oneof(fc.constant(''), fc.string({ unit: 'grapheme' })).filter((t) => !t.includes('\0'))),
  day: nothing(instant.map((d) => d.toISOString().slice(0, 10))),
  at: nothing(instant.map((d) => d.toISOString())),
  yes: nothing(fc.boolean()),
  bytes: nothing(fc.uint8Array().map((b) => `\\x${Buffer.from(b).toString('hex')}`)),
  json: nothing(fc.record({ outcome: fc.constantFrom('helped', 'no-need') })),
  n: nothing(fc.integer()),
})

test('what is read of a row is what any statement reads of it', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(given), fc.boolean(), async (some, prepared) => {
      const values = [JSON.stringify(some)]
      const unread = await unreadRows(db.pool, SELECT, values, prepared)
      expect(unread.map((one) => one.read())).toEqual(await rows(db.pool, SELECT, values))
    }),
    { numRuns: 100 },
  )
})

test('two rows have the same text when they are the same, and only then', async () => {
  const like = { text: 'a', day: null, at: null, yes: null, bytes: null, json: null, n: null }
  const some = [
    like,
    ...[
      { text: '' },
      { text: null },
      { text: 'a,b' },
      { text: 'null' },
      { yes: false },
      { n: 0 },
      { bytes: '\\x' },
    ],
    like,
  ].map((one) => ({ ...like, ...one }))
  // Nothing beside an empty text is not an empty text beside nothing.
  const pairs = await unreadRows(db.pool, `values (null, ''), ('', null), ('', ''), (null, null)`, [], true)
  expect(new Set(pairs.map(({ text }) => text)).size).toBe(4)
  const texts = (await unreadRows(db.pool, SELECT, [JSON.stringify(some)], true)).map(({ text }) => text)
  expect(new Set(texts).size).toBe(some.length - 1)
  expect(texts.at(-1)).toBe(texts[0])
})
