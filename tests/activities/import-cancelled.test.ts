import { afterAll, beforeAll, expect, test } from 'vitest'
import { applyStaged } from '../../src/activities/import-apply.ts'
import { createImportStepActivities } from '../../src/activities/import.ts'
import { undoRegistered } from '../../src/activities/import-undo.ts'
import { validateUpload } from '../../src/activities/import-validate.ts'
import { startCampaign } from '../../src/db/campaign-store.ts'
import { readCampaignTemplate } from '../../src/db/campaign-template.ts'
import { setClock } from '../../src/db/clock-store.ts'
import { addChunk } from '../../src/db/import-staging-store.ts'
import { addImport, importById } from '../../src/db/import-store.ts'
import { inTransaction, row } from '../../src/db/pool.ts'
import { pieceOf } from '../../src/db/sealed-places.ts'
import { sealBytes } from '../../src/db/sealing.ts'
import { readSampleOffices, seedCounty } from '../../src/db/seed.ts'
import { instantAt } from '../../src/domain/days.ts'
import { sampleWarnings } from '../../src/ledgers/sample-warnings.ts'
import { createTestDatabase, type TestDatabase } from '../support/database.ts'
import { keys, log } from '../support/worker-deps.ts'

let database: TestDatabase
beforeAll(async () => {
  database = await createTestDatabase()
  await inTransaction(database.pool, async (tx) => seedCounty(tx, await readSampleOffices(), 0))
})
afterAll(() => database.drop())

async function givenUpload(id: string, rows: number): Promise<void> {
  const towns = (await readSampleOffices()).offices.filter((o) => o.kind === 'town').map((o) => o.name)
  const file = Buffer.from(
    [...sampleWarnings({ rows, seed: 1, from: '2022-05-01', to: '2022-08-31', towns })].join(''),
  )
  await inTransaction(database.pool, async (tx) => {
    const upload = {
      id,
      county: 'sn.ak.zy',
      filename: 'x.csv',
      bytes: file.length,
      dryRun: false,
      silent: false,
    }
    await addImport(tx, { ...upload, actor: 'test' }, 0)
    await addChunk(tx, id, 0, { sealed: sealBytes(keys, pieceOf(id, 0), file), keyId: keys.keyId })
  })
}

const left = async (id: string) =>
  (
    await row<{ n: number }>(
      database.pool,
      `select (select count(*) from import_chunks where import = $1) + (select count(*) from import_rows where import = $1) as n`,
      [id],
    )
  )?.n

test('cancelled while its file is read, an import stays cancelled and nothing of the file is left', async () => {
  await givenUpload('im_reading', 20_000)
  const deps = { pool: database.pool, keys, log, wallNow: () => Date.now() }
  let cancelled: Promise<unknown> | undefined
  await validateUpload(deps, 'im_reading', () => {
    cancelled ??= database.pool.query(`update imports set state = 'cancelled' where id = 'im_reading'`)
  })
  await cancelled
  expect((await importById(database.pool, 'im_reading'))?.state).toBe('cancelled')
  expect(await left('im_reading')).toBe(0)
})

test('cancelled before anybody read it, its upload goes too', async () => {
  await givenUpload('im_waiting', 10)
  await database.pool.query(`update imports set state = 'cancelled' where id = 'im_waiting'`)
  const deps = { pool: database.pool, log, wallNow: () => Date.now() }
  expect(await createImportStepActivities(deps).nextImportStep('im_waiting', 0)).toBe('done')
  expect(await left('im_waiting')).toBe(0)
})

test('taken back, an import lets a phase close that waited for its warnings alone', async () => {
  const now = instantAt('2022-10-10', '09:00')
  await setClock(database.pool, { mode: 'stepped', businessAt: now })
  const template = await readCampaignTemplate('safety-net-2022')
  const campaign = await inTransaction(database.pool, (tx) =>
    startCampaign(tx, { county: 'sn.ak.zy', year: 2022, template }, instantAt('2022-05-20', '09:00')),
  )
  await database.pool.query('update phases set opened_at = opens_on where campaign = $1', [campaign])
  await givenUpload('im_undone', 20)
  const deps = { pool: database.pool, keys, log, wallNow: () => Date.now() }
  await validateUpload(deps, 'im_undone', () => undefined)
  await applyStaged(deps, 'im_undone', () => undefined)
  await database.pool.query('delete from pokes')
  await database.pool.query(`update imports set state = 'undoing' where id = 'im_undone'`)
  await undoRegistered(deps, 'im_undone')
  expect((await importById(database.pool, 'im_undone'))?.undone?.cancelled).toBeGreaterThan(10)
  const poked = await row<{ n: number }>(
    database.pool,
    `select count(*) as n from pokes where kind = 'timeline' and subject = $1`,
    [campaign],
  )
  expect(poked?.n).toBe(1)
})

test('two attempts side by side never mix their rows: whoever was overtaken stops, and nothing is lost', async () => {
  await givenUpload('im_twice', 6_000)
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
