import { afterAll, beforeAll, expect, test } from 'vitest'
import { applyStaged } from '../../../src/services/imports/apply.ts'
import { createImportStepActivities } from '../../../src/activities/import.ts'
import { undoRegistered } from '../../../src/services/imports/undo.ts'
import { validateUpload } from '../../../src/services/imports/validate.ts'
import { startCampaign } from '../../../src/services/campaigns/store.ts'
import { readCampaignTemplate } from '../../../src/services/campaigns/template.ts'
import { setClock } from '../../../src/services/schedule/clock.ts'
import { importById } from '../../../src/services/imports/store.ts'
import { inTransaction, row, rows } from '../../../src/db/pool.ts'
import { readSampleOffices, seedCounty } from '../../../src/services/people/seed.ts'
import { instantAt } from '../../../src/domain/time/days.ts'
import { createTestDatabase, type TestDatabase } from '../../support/database.ts'
import { givenFile } from '../../support/files.ts'
import { givenReveal } from '../../support/households.ts'
import { rolePools } from '../../support/scoped.ts'
import { keys, log } from '../../support/worker-deps.ts'

let database: TestDatabase
beforeAll(async () => {
  database = await createTestDatabase()
  await inTransaction(database.pool, async (tx) => seedCounty(tx, await readSampleOffices(), 0))
})
afterAll(() => database.drop())

const left = async (id: string) =>
  (
    await row<{ n: number }>(
      database.pool,
      `select (select count(*) from import_chunks where import = $1) + (select count(*) from import_rows where import = $1) as n`,
      [id],
    )
  )?.n

test('an import cancelled during validation stays cancelled and leaves nothing of its file', async () => {
  await givenFile(database.pool, 'im_reading', 20_000)
  const deps = { pool: database.pool, keys, log, wallNow: () => Date.now() }
  let cancelled: Promise<unknown> | undefined
  await validateUpload(deps, 'im_reading', () => {
    cancelled ??= database.pool.query(`update imports set state = 'cancelled' where id = 'im_reading'`)
  })
  await cancelled
  expect((await importById(database.pool, 'im_reading'))?.state).toBe('cancelled')
  expect(await left('im_reading')).toBe(0)
})

test('an import cancelled before validation loses its upload too', async () => {
  await givenFile(database.pool, 'im_waiting', 10)
  await database.pool.query(`update imports set state = 'cancelled' where id = 'im_waiting'`)
  const deps = { pool: database.pool, log, wallNow: () => Date.now() }
  expect(await createImportStepActivities(deps).nextImportStep('im_waiting', 0)).toBe('done')
  expect(await left('im_waiting')).toBe(0)
})

test('undoing an import lets a phase close that waited for its warnings alone', async () => {
  const now = instantAt('2022-10-10', '09:00')
  await setClock(database.pool, { mode: 'stepped', businessAt: now })
  const template = await readCampaignTemplate('safety-net-2022')
  const campaign = await inTransaction(database.pool, (tx) =>
    startCampaign(tx, { county: 'sn.ak.zy', year: 2022, template }, instantAt('2022-05-20', '09:00')),
  )
  await database.pool.query('update phases set opened_at = opens_on where campaign = $1', [campaign])
  await givenFile(database.pool, 'im_undone', 20)
  const deps = { pool: database.pool, keys, log, wallNow: () => Date.now() }
  await validateUpload(deps, 'im_undone', () => undefined)
  await applyStaged(deps, 'im_undone', () => undefined)
  await database.pool.query('delete from pokes')
  await database.pool.query(`update imports set state = 'undoing' where id = 'im_undone'`)
  await undoRegistered(deps, 'im_undone', () => undefined)
  expect((await importById(database.pool, 'im_undone'))?.undone?.cancelled).toBeGreaterThan(10)
  const poked = await row<{ n: number }>(
    database.pool,
    `select count(*) as n from pokes where kind = 'timeline' and subject = $1`,
    [campaign],
  )
  expect(poked?.n).toBe(1)
})

test('undoing an import erases all households but those somebody worked on or revealed, and sends heartbeats', async () => {
  const pools = rolePools(database)
  const deps = { pool: pools.worker, keys, log, wallNow: () => Date.now() }
  await givenFile(database.pool, 'im_forgotten', 250, { from: '2022-09-01', to: '2022-10-09' })
  await validateUpload(deps, 'im_forgotten', () => undefined)
  await applyStaged(deps, 'im_forgotten', () => undefined)
  const ids = (
    await rows<{ id: string }>(
      database.pool,
      `select id from obligations where import_id = 'im_forgotten' order by id`,
    )
  ).map((o) => o.id)
  const [worked = '', seen = '', ...unseen] = ids
  await database.pool.query('update obligations set acknowledged_at = now() where id = $1', [worked])
  await givenReveal(database.pool, keys, { obligation: seen })
  await database.pool.query(`update imports set state = 'undoing' where id = 'im_forgotten'`)
  const beats: number[] = []
  await undoRegistered(deps, 'im_forgotten', (done) => beats.push(done))
  await pools.end()
  const cancelled = ids.length - 1
  expect(beats).toEqual([0, 0, 100, 200, cancelled])
  expect((await importById(database.pool, 'im_forgotten'))?.undone).toMatchObject({
    ...{ cancelled, forgotten: cancelled - 1 },
    kept: [expect.any(String)],
  })
  const left = await rows<{ id: string }>(
    database.pool,
    'select obligation as id from subjects where obligation = any($1) order by 1',
    [ids],
  )
  expect(left.map((s) => s.id)).toEqual([worked, seen])
  const hashes = await rows(
    database.pool,
    'select from obligations where id = any($1) and content_hash is not null',
    [unseen],
  )
  expect(hashes).toHaveLength(0)
})

test('of two simultaneous attempts the overtaken one stops, so that rows never mix and none is lost', async () => {
  await givenFile(database.pool, 'im_twice', 6_000)
  const deps = { pool: database.pool, keys, log, wallNow: () => Date.now() }
  let second: Promise<void> | undefined
  // In the middle of the file another attempt begins anew, as after a heartbeat that did not get through.
  const first = validateUpload(deps, 'im_twice', () => {
    second ??= validateUpload(deps, 'im_twice', () => undefined)
  })
  await first
  await second
  const found = await importById(database.pool, 'im_twice')
  expect(found).toMatchObject({ state: 'applying', rows: 6_000 })
  const staged = await row<{ n: number }>(
    database.pool,
    `select count(*) as n from import_rows where import = 'im_twice'`,
  )
  expect(staged?.n).toBe(found?.accepted)
  await applyStaged(deps, 'im_twice', () => undefined)
  expect((await importById(database.pool, 'im_twice'))?.registered).toBe(found?.accepted)
})
