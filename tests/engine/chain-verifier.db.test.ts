import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { askCheck, newestChecks } from '../../src/services/audit/checks.ts'
import { createPool, type Pool } from '../../src/db/pool.ts'
import { startChainVerifier } from '../../src/engine/chain-verifier.ts'
import { MS_PER_DAY } from '../../src/domain/time/days.ts'
import { addEvents, MASTER, quiet, seal, WALL } from '../support/audit.ts'
import { createTestDatabase, type TestDatabase } from '../support/database.ts'

let database: TestDatabase
let worker: Pool
let dir: string
let headsFile: string
let wall = WALL

beforeEach(async () => {
  database = await createTestDatabase('county')
  // As the service has it: a role that owns nothing.
  worker = createPool(database.url, { role: 'duban_worker' })
  dir = await mkdtemp(join(tmpdir(), 'duban-check-'))
  headsFile = join(dir, 'audit-heads.log')
  wall = WALL
})
afterEach(async () => {
  await worker.end()
  await database.drop()
  await rm(dir, { recursive: true })
})

/** One pass of the loop, as if the service had just started. */
async function verifyOnce(): Promise<void> {
  const verifier = startChainVerifier({
    pool: worker,
    masterKey: MASTER,
    log: quiet,
    headsFile,
    wallNow: () => wall,
  })
  await verifier.verifyNow()
  await verifier.stop()
}
const endings = async () => (await newestChecks(worker)).map((c) => [c.askedBy, c.findings?.length ?? null])

test('the chain is checked once a day without being asked for', async () => {
  await addEvents(worker, 3)
  await seal(worker, 'audit')
  await verifyOnce()
  await verifyOnce()
  expect(await endings()).toEqual([[null, 0]])
  wall += MS_PER_DAY
  await verifyOnce()
  expect(await endings()).toEqual([
    [null, 0],
    [null, 0],
  ])
})

test('a check that somebody asked for finds what was changed and what was cut off', async () => {
  await addEvents(worker, 3)
  await seal(worker, 'audit')
  await verifyOnce()
  await database.pool.query(`update audit_events set actor = 'pe_other' where subject = 'ob_2'`)
  await writeFile(headsFile, `2022-06-06 audit 9 ${'a'.repeat(64)}\n`)
  wall += 1_000
  expect(await askCheck(worker, 'pe_auditor', wall)).toBe(true)
  await verifyOnce()
  const [check] = await newestChecks(worker)
  expect(check).toMatchObject({ askedBy: 'pe_auditor', endedWall: wall })
  expect(check?.faultCount).toBe(2)
  expect(check?.findings?.map((f) => f.kind).sort()).toEqual(['cut-off', 'edited'])
})

test('a check by a process whose master key was replaced ends and says so', async () => {
  await addEvents(worker, 1)
  await seal(worker, 'audit')
  await database.pool.query(
    `insert into data_keys (id, purpose, wrapped, state, created_wall)
     values ('tk_other', 'trail', '\\x0102', 'active', now())`,
  )
  await verifyOnce()
  const [check] = await newestChecks(worker)
  expect(check).toMatchObject({ endedWall: wall, findings: [], faultCount: null })
})

test('who asks while a check goes on gets that one', async () => {
  expect(await askCheck(worker, 'pe_1', wall)).toBe(true)
  expect(await askCheck(worker, 'pe_2', wall + 1)).toBe(false)
  expect(await endings()).toEqual([['pe_1', null]])
  await verifyOnce()
  expect(await endings()).toEqual([['pe_1', 0]])
})
