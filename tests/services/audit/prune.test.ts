import { afterEach, beforeEach, expect, test } from 'vitest'
import { pruneAudit, TooYoungToPrune, TrailNotWhole } from '../../../src/services/audit/prune.ts'
import { type Pool, row, rows } from '../../../src/db/pool.ts'
import { lastBlocks } from '../../../src/services/audit/chain-rows.ts'
import type { Head } from '../../../src/domain/audit/chain.ts'
import { MS_PER_DAY } from '../../../src/domain/time/days.ts'
import { addEvents, MASTER, seal, verify, WALL } from '../../support/audit.ts'
import { createTestDatabase, type TestDatabase } from '../../support/database.ts'

const NOW = WALL + 400 * MS_PER_DAY
let database: TestDatabase
let pool: Pool
const heads: Head[] = []

/** Four days, a hundred days apart, two blocks of two events on each; the newest of each day is made known. */
beforeEach(async () => {
  database = await createTestDatabase()
  pool = database.pool
  heads.length = 0
  for (const day of [0, 100, 200, 300]) {
    await addEvents(pool, 4)
    await seal(pool, 'audit', { wall: WALL + day * MS_PER_DAY, size: 2 })
    const [newest] = await lastBlocks(pool, 'audit', 1)
    heads.push({ stream: 'audit', number: Number(newest!.number), mac: newest!.mac })
  }
})
afterEach(() => database.drop())

const prune = (days: number) =>
  pruneAudit(pool, MASTER, { before: WALL + days * MS_PER_DAY, wallNow: NOW, actor: 'owner', heads })
const left = async () =>
  (await rows<{ id: number }>(pool, 'select id from audit_events order by id')).map((e) => e.id)

test('pruning removes whole blocks sealed before the day with their events, and the chain holds behind its checkpoint', async () => {
  expect(await prune(150)).toEqual({ blocks: 4, events: 8, through: 4 })
  expect(await left()).toEqual([9, 10, 11, 12, 13, 14, 15, 16, 17])
  expect(await verify(pool, 'audit', heads)).toEqual([])
  await seal(pool, 'audit', { wall: NOW })
  expect(await verify(pool, 'audit', heads)).toEqual([])
})

test('pruning is itself an audit event', async () => {
  await prune(150)
  const entry = await row(pool, "select actor, detail from audit_events where action = 'audit.prune'")
  const before = new Date(WALL + 150 * MS_PER_DAY).toISOString()
  expect(entry).toEqual({ actor: 'owner', detail: { before, blocks: 4, events: 8, through: 4 } })
})

test('after a second pruning the later checkpoint stands', async () => {
  await prune(50)
  expect(await prune(150)).toEqual({ blocks: 2, events: 4, through: 4 })
  expect(await prune(150)).toBeNull()
  expect(await verify(pool, 'audit', heads)).toEqual([])
})

test('nothing younger than 180 days is pruned', async () => {
  await expect(prune(221)).rejects.toBeInstanceOf(TooYoungToPrune)
  expect(await prune(220)).toEqual({ blocks: 6, events: 12, through: 6 })
})

test('the newest block stays, however old', async () => {
  const all = await pruneAudit(pool, MASTER, {
    before: WALL + 1_000 * MS_PER_DAY,
    wallNow: WALL + 2_000 * MS_PER_DAY,
    actor: 'owner',
    heads,
  })
  expect(all).toMatchObject({ through: 7 })
  expect(await verify(pool, 'audit', heads)).toEqual([])
})

test('nothing is pruned from a damaged trail, since that would destroy the evidence', async () => {
  await pool.query('delete from audit_events where id = 3')
  await expect(prune(150)).rejects.toBeInstanceOf(TrailNotWhole)
  expect(await left()).toHaveLength(15)
})

test('a head published before the checkpoint still reveals a rewritten chain', async () => {
  await prune(150)
  const other: Head = { stream: 'audit', number: 4, mac: Buffer.alloc(32) }
  expect(await verify(pool, 'audit', [other])).toMatchObject([{ kind: 'chain-rewritten', block: 4 }])
})

test('deleting blocks by hand is found', async () => {
  await pool.query('delete from audit_events where id <= 4; delete from audit_blocks where number <= 2')
  expect(await verify(pool, 'audit', heads)).toMatchObject([{ kind: 'block-missing', block: 1, through: 2 }])
})
