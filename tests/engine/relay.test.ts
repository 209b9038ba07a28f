import type { Client } from '@temporalio/client'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { relayOnce } from '../../src/engine/relay.ts'
import { countPokes } from '../../src/services/watching/pokes.ts'
import { createTestDatabase, type TestDatabase } from '../support/database.ts'

/** As many as one pass takes. */
const BATCH = 1_000
let database: TestDatabase
beforeAll(async () => {
  database = await createTestDatabase()
})
afterAll(() => database.drop())

test('a pass that left some says so, and the next one carries them', async () => {
  const { pool } = database
  await pool.query(
    `insert into pokes (kind, subject) select 'deadline', 'dl_' || n from generate_series(1, ${BATCH + 1}) n`,
  )
  const reached: string[] = []
  const signalWithStart = async (_type: string, { args }: { args: [string] }) => void reached.push(args[0])
  const client = { workflow: { signalWithStart } } as unknown as Client
  expect(await relayOnce({ pool, client })).toBe(true)
  expect([reached.length, await countPokes(pool)]).toEqual([BATCH, 1])
  expect(await relayOnce({ pool, client })).toBe(false)
  expect([reached[BATCH], await countPokes(pool)]).toEqual([`dl_${BATCH + 1}`, 0])
})
