import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { clearFacts } from '../../src/db/truncate.ts'
import { inTransaction, row } from '../../src/db/pool.ts'
import { VersionedCache } from '../../src/db/versioned-cache.ts'
import { createTestDatabase, type TestDatabase } from '../support/database.ts'

describe('what is remembered', () => {
  const counting = () => {
    let reads = 0
    return async () => ++reads
  }

  test('is read once for each edition', async () => {
    const known = new VersionedCache<number>(10)
    const read = counting()
    expect([await known.get('a', 1, read), await known.get('a', 1, read)]).toEqual([1, 1])
    expect(await known.get('a', 2, read)).toBe(2)
  })

  test('is read once by many who ask at the same time', async () => {
    const known = new VersionedCache<number>(10)
    const read = counting()
    expect(await Promise.all([1, 2, 3].map(() => known.get('a', 1, read)))).toEqual([1, 1, 1])
  })

  test('is not a failure: the next who asks reads again', async () => {
    const known = new VersionedCache<number>(10)
    await expect(known.get('a', 1, () => Promise.reject(new Error('away')))).rejects.toThrow('away')
    expect(await known.get('a', 1, async () => 7)).toBe(7)
  })

  test('is never more than it should be: the one longest unread goes', async () => {
    const known = new VersionedCache<number>(2)
    const read = counting()
    for (const key of ['a', 'b', 'a', 'c', 'a']) await known.get(key, 1, read)
    expect(await known.get('b', 1, read)).toBe(4)
  })
})

describe('editions', () => {
  let database: TestDatabase
  beforeAll(async () => {
    database = await createTestDatabase('county')
  })
  afterAll(() => database.drop())

  const editions = () =>
    row<{ directory: number; calendar: number }>(database.pool, 'select directory, calendar from editions')

  test.each([
    ['offices', `update offices set name = name || '' where kind = 'town'`],
    ['people', 'update people set active = active'],
    ['person_roles', `delete from person_roles where role = 'auditor'`],
    ['counties', 'update counties set contact = contact'],
  ])('a change of %s is a new edition of the directory, and none of the calendar', async (_table, change) => {
    const before = await editions()
    await database.pool.query(change)
    expect(await editions()).toEqual({
      directory: (before?.directory ?? 0) + 1,
      calendar: before?.calendar,
    })
  })

  test('a day of the calendar is a new edition of the calendar alone', async () => {
    const before = await editions()
    await database.pool.query(`insert into calendar_overrides values ('2027-01-04', false, '元旦', '通知')`)
    expect(await editions()).toEqual({ directory: before?.directory, calendar: (before?.calendar ?? 0) + 1 })
  })

  test('what is undone is no edition', async () => {
    const before = await editions()
    const undone = inTransaction(database.pool, async (tx) => {
      await tx.query('update people set active = false')
      throw new Error('undone')
    })
    await expect(undone).rejects.toThrow('undone')
    expect(await editions()).toEqual(before)
  })

  test('a database that was emptied never comes back to an edition it had', async () => {
    const before = await editions()
    await clearFacts(database.pool)
    expect((await editions())?.directory).toBeGreaterThan(before?.directory ?? 0)
  })
})
