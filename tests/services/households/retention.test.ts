import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { readCampaignTemplate } from '../../../src/services/campaigns/template.ts'
import { startCampaign } from '../../../src/services/campaigns/store.ts'
import { type LiveKeyring, liveKeyring } from '../../../src/engine/live-keyring.ts'
import { historyOf } from '../../../src/services/obligations/history.ts'
import { obligationById } from '../../../src/services/obligations/search.ts'
import { inTransaction, row, rows } from '../../../src/db/pool.ts'
import { rotateKeys } from '../../../src/services/key-rotation/data-keys.ts'
import { anonymiseClosed, countDue, type Retired } from '../../../src/services/households/retention.ts'
import { revealReasonContext } from '../../../src/services/vault/encryption-context.ts'
import { lookUpIndexes, decryptBytes, decryptPerson } from '../../../src/services/vault/encryption.ts'
import { instantAt } from '../../../src/domain/time/days.ts'
import { addAttachment } from '../../../src/services/attachments/store.ts'
import { pdfOf } from '../../support/evidence.ts'
import { when } from '../../support/warnings.ts'
import { seal, verify } from '../../support/audit.ts'
import { COUNTY, createCounty } from '../../support/county.ts'
import type { TestDatabase } from '../../support/database.ts'
import {
  givenHouseholds,
  givenPapers,
  givenReveal,
  givenRoster,
  givenScreened,
  givenUpload,
  householdOf,
  submitted,
} from '../../support/households.ts'

const MASTER = Buffer.alloc(32, 7)
const START = instantAt('2022-06-06', '09:00')
const CLOSED = instantAt('2022-12-31', '18:00')
const AFTER = instantAt('2023-01-01', '00:00')
const NOTHING: Retired = { households: 0, texts: 0, reasons: 0, papers: 0, uploads: 0, runs: 0 }

let database: TestDatabase
let keys: LiveKeyring
let campaign: string
beforeEach(async () => {
  database = await createCounty(START)
  const { pool } = database
  const template = await readCampaignTemplate('safety-net-2022')
  campaign = await inTransaction(pool, (tx) =>
    startCampaign(tx, { county: COUNTY, year: 2022, template }, START),
  )
  keys = await liveKeyring(pool, MASTER)
})
afterEach(async () => {
  await keys.stop()
  await database.drop()
})

/** Handed in with a note and accepted. */
async function done(n: number): Promise<string> {
  const [id = ''] = await givenHouseholds(database.pool, keys, { from: n })
  // Nothing follows from this outcome, so each household stands once.
  await submitted(database.pool, keys, id, `${householdOf(n).name}家里有人住院`, 'already-covered')
  await when(database.pool, `HH-${n}`, { action: 'accept', note: '属实' })
  return id
}

async function closeCampaign(): Promise<void> {
  await database.pool.query(`update campaigns set state = 'closed', closed_at = $2 where id = $1`, [
    campaign,
    new Date(CLOSED),
  ])
}

const anonymise = (batch?: number) =>
  anonymiseClosed({
    pool: database.pool,
    masterKey: MASTER,
    before: AFTER,
    wallNow: Date.now(),
    ...(batch ? { batch } : {}),
  })

async function personOf(obligation: string) {
  const found = await row<{ encrypted: Buffer; keyId: string }>(
    database.pool,
    'select encrypted, key_id as "keyId" from subjects where obligation = $1',
    [obligation],
  )
  return found && decryptPerson(keys, obligation, found.encrypted, found.keyId)
}

describe("after the campaign's retention", () => {
  test("a household's personal data and all texts about it are erased", async () => {
    const id = await done(1)
    await givenReveal(database.pool, keys, { obligation: id, reason: `核实${householdOf(1).name}` })
    await closeCampaign()
    const steps = () => rows(database.pool, 'select 1 from undo_steps')
    expect(await steps()).not.toEqual([])
    expect(await anonymise()).toEqual({ households: 1, texts: 2, reasons: 1, papers: 0, uploads: 0, runs: 0 })
    expect(await steps()).toEqual([])
    expect(await personOf(id)).toEqual({ name: '', idNo: '', phone: '', village: '', detail: '' })
    expect((await historyOf(database.pool, id)).map((h) => h.encryptedText)).toEqual([null, null, null, null])
    const [reveal] = await rows<{ encrypted: Buffer; keyId: string; at: number }>(
      database.pool,
      'select encrypted_reason as encrypted, key_id as "keyId", at_wall as at from reveals',
    )
    const where = revealReasonContext('pe_test', id, reveal!.at)
    expect(decryptBytes(keys, where, reveal!.encrypted, reveal!.keyId).length).toBe(0)
    const hashes = lookUpIndexes(keys, 'idNo', householdOf(1).idNo)
    expect(await rows(database.pool, 'select 1 from subjects where id_no_index = any($1)', [hashes])).toEqual(
      [],
    )
  })

  test('the obligation, its history and every count stay', async () => {
    const id = await done(1)
    const obligation = async () => {
      const { encrypted: _encrypted, ...rest } = (await obligationById(database.pool, id, START))!
      return rest
    }
    const steps = async () => (await historyOf(database.pool, id)).map((h) => [h.action, h.state, h.detail])
    await closeCampaign()
    const before = [await obligation(), await steps()]
    await anonymise()
    expect([await obligation(), await steps()]).toEqual(before)
  })

  test('a dry run counts the same and changes nothing', async () => {
    const id = await done(1)
    await givenUpload(database.pool, keys, 2)
    await closeCampaign()
    const counted = await countDue(database.pool, AFTER)
    expect(counted).toEqual({ households: 1, texts: 2, reasons: 0, papers: 0, uploads: 0, runs: 0 })
    expect(await personOf(id)).toEqual(householdOf(1))
    expect(await anonymise()).toEqual(counted)
    expect(await anonymise()).toEqual(NOTHING)
  })

  test('what was said of a problem goes, and its files with their names; the same file may come again', async () => {
    const [id, later] = [await done(1), await done(2)]
    await givenPapers(database.pool, keys, id)
    await closeCampaign()
    expect(await countDue(database.pool, AFTER)).toMatchObject({ papers: 1 })
    expect(await anonymise()).toMatchObject({ households: 2, texts: 4, papers: 1 })
    const left = await row(
      database.pool,
      `select (select count(*) from problems where encrypted is not null) as problems,
              (select count(*) from attachments where encrypted is not null) as names,
              (select count(*) from attachment_files where encrypted is not null) as files,
              (select count(*) from attachments) as attachments`,
    )
    expect(left).toEqual({ problems: 0, names: 0, files: 0, attachments: 1 })
    expect(await anonymise()).toEqual(NOTHING)
    await inTransaction(database.pool, (tx) =>
      addAttachment(tx, keys, {
        ...{ obligation: later, county: COUNTY, name: '照片.pdf', type: 'pdf', content: pdfOf(id) },
        ...{ by: 'test', now: START },
      }),
    )
    const kept = await row(
      database.pool,
      'select count(*) as n from attachment_files where encrypted is not null',
    )
    expect(kept).toEqual({ n: 1 })
  })

  test('many households are erased in batches, each with an audit event', async () => {
    for (let n = 1; n <= 5; n++) await done(n)
    await closeCampaign()
    expect((await anonymise(2)).households).toBe(5)
    const trail = await rows<{ detail: { households: number } }>(
      database.pool,
      `select detail from audit_events where action = 'household.anonymise' order by id`,
    )
    expect(trail.map((t) => t.detail.households)).toEqual([2, 2, 1])
    expect(JSON.stringify(trail)).not.toContain('户主')
  })
})

test('the seals of the history survive rotation and anonymising', async () => {
  await done(1)
  expect(await seal(database.pool, 'history')).toBeGreaterThan(0)
  await rotateKeys({ pool: database.pool, masterKey: MASTER, purpose: 'data', reloadMs: 10 })
  await keys.refresh()
  await closeCampaign()
  expect((await anonymise()).texts).toBe(2)
  expect(await verify(database.pool, 'history')).toEqual([])
})

/** A problem about no household: noted, looked into and accepted. */
async function problem(n: number): Promise<string> {
  const id = await done(n)
  await givenPapers(database.pool, keys, id)
  await database.pool.query('delete from subjects where obligation = $1', [id])
  return id
}

describe('an obligation without a household', () => {
  test('loses its texts and reasons with or without papers, and the seals allow it', async () => {
    const [withPapers, without] = [await problem(1), await done(2)]
    await database.pool.query('delete from subjects')
    for (const obligation of [withPapers, without]) await givenReveal(database.pool, keys, { obligation })
    await seal(database.pool, 'history')
    await closeCampaign()
    const counted = await countDue(database.pool, AFTER)
    expect(counted).toEqual({ ...NOTHING, texts: 4, reasons: 2, papers: 1 })
    expect(await anonymise(1)).toEqual(counted)
    expect(await anonymise()).toEqual(NOTHING)
    expect(await verify(database.pool, 'history')).toEqual([])
    for (const obligation of [withPapers, without]) {
      const steps = await historyOf(database.pool, obligation)
      expect(steps.filter((step) => step.encryptedText !== null)).toEqual([])
      expect(steps.at(-1)).toMatchObject({ action: 'erase-texts', actor: 'owner', state: 'accepted' })
    }
  })

  test('loses what was written after it was reopened at the next run; a text that vanishes before is edited', async () => {
    const [id] = [await problem(1), await done(2)]
    await closeCampaign()
    await anonymise()
    for (const number of ['HH-1', 'HH-2']) {
      await when(database.pool, number, { action: 'reopen', reason: '户主1反映有变' })
      await when(database.pool, number, { action: 'cancel', reason: '户主1已去世' })
    }
    await seal(database.pool, 'history')
    expect(await countDue(database.pool, AFTER)).toEqual({ ...NOTHING, texts: 4 })
    const vanish = `with x as (select id, encrypted_text from events where obligation = $1 and encrypted_text is not null)
      update events e set encrypted_text = null from x where e.id = x.id returning x.id, x.encrypted_text`
    const texts = await rows<{ id: number; encrypted_text: Buffer }>(database.pool, vanish, [id])
    expect(await verify(database.pool, 'history')).toMatchObject([{ kind: 'edited' }, { kind: 'edited' }])
    for (const { id: event, encrypted_text } of texts)
      await database.pool.query('update events set encrypted_text = $2 where id = $1', [
        event,
        encrypted_text,
      ])
    expect(await anonymise()).toEqual({ ...NOTHING, texts: 4 })
    expect(await verify(database.pool, 'history')).toEqual([])
  })
})

describe('retention spares', () => {
  test('households of a campaign that is open or closed too recently', async () => {
    await done(1)
    expect(await anonymise()).toEqual(NOTHING)
    await closeCampaign()
    const lately = { pool: database.pool, masterKey: MASTER, before: CLOSED, wallNow: Date.now() }
    expect(await anonymiseClosed(lately)).toEqual(NOTHING)
  })

  test('households with open obligations', async () => {
    const [open = ''] = await givenHouseholds(database.pool, keys, { from: 1 })
    await closeCampaign()
    expect(await anonymise()).toEqual(NOTHING)
    expect(await personOf(open)).toEqual(householdOf(1))
  })
})

describe('an upload that was never registered', () => {
  const uploadsLeft = () =>
    row<{ chunks: number; staged: number }>(
      database.pool,
      'select (select count(*) from import_chunks) as chunks, (select count(*) from import_rows) as staged',
    )

  test('is erased when it cannot be registered any more', async () => {
    const id = await givenUpload(database.pool, keys, 2)
    expect(await anonymise()).toEqual(NOTHING)
    await database.pool.query(`update imports set state = 'cancelled' where id = $1`, [id])
    expect(await anonymise()).toEqual({ ...NOTHING, uploads: 1 })
    expect(await uploadsLeft()).toEqual({ chunks: 0, staged: 0 })
  })

  test.each(['validated', 'mapping-needed'])('is erased at the age of a campaign, if %s', async (state) => {
    const id = await givenUpload(database.pool, keys, 2)
    await database.pool.query('update imports set state = $2 where id = $1', [id, state])
    const early = { pool: database.pool, masterKey: MASTER, before: START - 1, wallNow: Date.now() }
    expect(await anonymiseClosed(early)).toEqual(NOTHING)
    expect(await anonymise()).toEqual({ ...NOTHING, uploads: 1 })
    const left = await row<{ state: string }>(
      database.pool,
      'select state from imports where findings_encrypted is null',
    )
    expect(left?.state).toBe('cancelled')
  })
})

test('a household of a screening and the words of a result go with their campaign; day and finding stay', async () => {
  const { pool } = database
  const id = await done(1)
  await givenScreened(pool, keys, id, 2)
  const left = () =>
    rows<{ finding: string; emptied: boolean; index: Buffer | null }>(
      pool,
      'select finding, anonymised_wall is not null as emptied, id_no_index as index from screening_entries',
    )
  const before = await anonymise()
  expect([before.households, (await left())[0]?.emptied]).toEqual([0, false])
  await closeCampaign()
  expect(await countDue(pool, AFTER)).toMatchObject({ households: 2 })
  expect(await anonymise()).toMatchObject({ households: 2 })
  expect(await left()).toEqual([{ finding: 'ineligible', emptied: true, index: null }])
  expect(await rows(pool, 'select 1 from result_texts')).toEqual([])
  expect(await anonymise()).toEqual(NOTHING)
})

test('a household of the roster goes once no campaign of its county is open or younger; group and cover stay', async () => {
  const { pool } = database
  await givenRoster(pool, keys, 3)
  // What stood before the file is of no use any more.
  expect(await anonymise()).toEqual({ ...NOTHING, uploads: 1 })
  await closeCampaign()
  expect(await countDue(pool, AFTER)).toEqual({ ...NOTHING, households: 1 })
  expect(await anonymise()).toEqual({ ...NOTHING, households: 1 })
  const left = await rows<{ cover: string; index: Buffer | null; before: Buffer | null }>(
    pool,
    `select h.cover, h.id_no_index as index, c.encrypted as before from roster_households h
       join roster_changes c on c.household = h.id`,
  )
  expect(left).toEqual([{ cover: 'dibao', index: null, before: null }])
  expect(await anonymise()).toEqual(NOTHING)
})

test('a household that was taken off the roster goes, whatever campaigns there are', async () => {
  const { pool } = database
  await givenRoster(pool, keys, 3)
  const off = `update roster_households set removed_at = $1, changed_at = $1 returning id`
  const [{ id } = { id: '' }] = await rows<{ id: string }>(pool, off, [new Date(START)])
  const lately = { pool, masterKey: MASTER, before: START, wallNow: Date.now() }
  expect(await anonymiseClosed(lately)).toEqual(NOTHING)
  expect(await countDue(pool, AFTER)).toEqual({ ...NOTHING, households: 1, uploads: 1 })
  expect(await anonymise()).toEqual({ ...NOTHING, households: 1, uploads: 1 })
  const left = 'select anonymised_wall is not null as gone from roster_households where id = $1'
  expect(await row(pool, left, [id])).toEqual({ gone: true })
})

test('how households stood before a file goes once it is taken back, and the trail says so', async () => {
  const { pool } = database
  await givenRoster(pool, keys, 3)
  const early = { pool, masterKey: MASTER, before: START - 1, wallNow: Date.now() }
  expect(await anonymiseClosed(early)).toEqual(NOTHING)
  await pool.query(
    `update roster_imports set state = 'undone', undone_by = 'pe_test', undone_at = created_at`,
  )
  expect(await anonymiseClosed(early)).toEqual({ ...NOTHING, uploads: 1 })
  expect(await rows(pool, 'select from roster_changes where encrypted is not null')).toEqual([])
  const trail = `select detail ->> 'uploads' as uploads from audit_events where action = 'upload.drop'`
  expect(await rows(pool, trail)).toEqual([{ uploads: '1' }])
})

test('a file that somebody uploads again at this moment keeps its content', async () => {
  const { pool } = database
  const [old, young] = [await done(1), await done(2)]
  await givenPapers(pool, keys, old)
  await closeCampaign()
  await pool.query(`update obligations set state = 'open', closed_at = null where id = $1`, [young])
  let erasing: Promise<Retired> | undefined
  await inTransaction(pool, async (tx) => {
    const file = { name: '再次.pdf', type: 'pdf', content: pdfOf(old), by: 'test', now: START } as const
    await addAttachment(tx, keys, { ...file, obligation: young, county: COUNTY })
    erasing = anonymise()
    const waiting = `select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`
    while ((await rows(pool, waiting)).length === 0) await new Promise((resolve) => setTimeout(resolve, 20))
  })
  expect(await erasing).toMatchObject({ papers: 1 })
  const kept = await row(
    pool,
    `select f.encrypted is not null as whole from attachments a join attachment_files f on f.county = a.county and f.digest = a.digest
      where a.obligation = $1`,
    [young],
  )
  expect(kept).toEqual({ whole: true })
})

test('runs of many at once go ninety days after their end, whatever became of their obligations; one at work stays', async () => {
  const { pool } = database
  const id = await done(1)
  const given = (run: string, state: string, endedAt: string | null) =>
    pool.query(
      `insert into bulk_runs (id, actor, actor_kind, permissions, roles, action, total, state, asked_at, asked_wall, ended_at)
       values ($1, 'pe_me', 'person', '[]', '[]', 'acknowledge', 1, $2, '2022-01-04 09:00+08', now(), $3)`,
      [run, state, endedAt],
    )
  await given('br_old', 'done', '2022-03-07 09:00+08')
  await given('br_kept', 'undone', '2022-03-08 09:00+08')
  await given('br_work', 'running', null)
  await pool.query(`insert into bulk_items (run, seq, obligation, version) values ('br_old', 0, $1, 1)`, [id])
  await pool.query(
    `update bulk_runs set request_key = 'k', request_hash = 'h', asked_wall = '2000-01-01' where id = 'br_kept'`,
  )
  expect(await countDue(pool, AFTER)).toMatchObject({ runs: 1 })
  expect(await anonymise()).toMatchObject({ runs: 1 })
  expect(await rows(pool, 'select id, request_hash as hash from bulk_runs order by 1')).toEqual([
    { id: 'br_kept', hash: null },
    { id: 'br_work', hash: null },
  ])
  expect(await rows(pool, 'select from bulk_items')).toEqual([])
  expect(
    await rows(
      pool,
      `select detail ->> 'runs' as runs, detail ->> 'before' as before from audit_events where action = 'bulk-run.drop'`,
    ),
  ).toEqual([{ runs: '1', before: '2022-03-07T16:00:00.000Z' }])
})
