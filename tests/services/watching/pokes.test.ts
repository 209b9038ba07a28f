import { afterAll, beforeAll, expect, test } from 'vitest'
import { pendingPokes } from '../../../src/services/watching/pokes.ts'
import { createTestDatabase, type TestDatabase } from '../../support/database.ts'

let database: TestDatabase
beforeAll(async () => {
  database = await createTestDatabase('county')
})
afterAll(() => database.drop())

test('what a later release pokes is passed over, and holds nothing up that comes after it', async () => {
  await database.pool.query('truncate pokes')
  await database.pool.query(
    `insert into pokes (kind, subject) values ('of-a-later-release', 'x'), ('deadline', 'dl_1'), ('bulk', 'br_1')`,
  )
  const waiting = async (besides: Parameters<typeof pendingPokes>[2] = []) =>
    (await pendingPokes(database.pool, 1, besides)).map(({ kind, subject }) => `${kind}:${subject}`)
  expect(await waiting()).toEqual(['deadline:dl_1'])
  expect(await waiting(['deadline'])).toEqual(['bulk:br_1'])
})
