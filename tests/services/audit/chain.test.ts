import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { addAuditEvent } from '../../../src/services/audit/trail.ts'
import { createPool, inTransaction, type Pool, rows } from '../../../src/db/pool.ts'
import { insertBlock } from '../../../src/services/audit/chain.ts'
import { sealedEvents } from '../../../src/services/audit/chain-rows.ts'
import { readSampleOffices, seedCounty } from '../../../src/services/people/seed.ts'
import { type Frame, GENESIS, sealBlock, unpackEntries } from '../../../src/domain/audit/chain.ts'
import { instantAt } from '../../../src/domain/time/days.ts'
import { addEvents, KEYS, seal, trailEvent, verify, WALL } from '../../support/audit.ts'
import { createTestDatabase, type TestDatabase } from '../../support/database.ts'
import { givenWarning } from '../../support/warnings.ts'

let database: TestDatabase
let pool: Pool
beforeEach(async () => {
  database = await createTestDatabase()
  pool = database.pool
})
afterEach(() => database.drop())

async function listed(): Promise<number[][]> {
  const blocks = await rows<{ entries: Buffer }>(pool, 'select entries from audit_blocks order by number')
  return blocks.map((b) => unpackEntries(b.entries).entries.map((e) => e.id))
}

/** The first block, as another server sealed it. */
async function blockFromElsewhere(ids: number[], frame: Frame): Promise<void> {
  const events = await sealedEvents(pool, 'audit', 'e.id = any($1) order by e.id', [ids])
  const block = sealBlock(
    KEYS[0].key,
    'audit',
    { number: 0, mac: GENESIS },
    { events, frame, sealedWall: WALL },
  )
  await inTransaction(pool, (tx) => insertBlock(tx, 'audit', block))
}

/** A transaction that has added an event and goes on. */
async function openTransaction() {
  const client = await pool.connect()
  await client.query('begin')
  await addAuditEvent(client, trailEvent())
  return {
    async end(how: 'commit' | 'rollback' = 'commit') {
      await client.query(how)
      client.release()
    },
  }
}

describe('sealing', () => {
  test('takes events in order of id, block by block, and none twice', async () => {
    await addEvents(pool, 7)
    expect(await seal(pool, 'audit', { size: 3 })).toBe(7)
    expect(await seal(pool, 'audit', { size: 3 })).toBe(0)
    await addEvents(pool, 1)
    await seal(pool, 'audit')
    expect(await listed()).toEqual([[1, 2, 3], [4, 5, 6], [7], [8]])
    expect(await verify(pool, 'audit')).toEqual([])
  })

  test('puts an id that is committed after a higher one into a later block', async () => {
    const slow = await openTransaction()
    await addEvents(pool, 2)
    // Nobody below the slow one is left: nothing can be sealed yet.
    expect(await seal(pool, 'audit', { after: null })).toBe(0)
    await slow.end()
    expect(await seal(pool, 'audit')).toBe(3)
    expect(await listed()).toEqual([[1, 2, 3]])
  })

  test('leaves a late transaction with a lower id to the next block', async () => {
    const early = await pool.connect()
    await early.query('begin')
    const { rows: began } = await early.query<{ xid: string }>('select pg_current_xact_id()::text as xid')
    const late = await openTransaction()
    await addAuditEvent(early, trailEvent())
    await early.query('commit')
    early.release()
    await seal(pool, 'audit', { after: began[0]!.xid })
    await late.end()
    await seal(pool, 'audit')
    expect(await listed()).toEqual([[2], [1]])
    expect(await verify(pool, 'audit')).toEqual([])
  })

  test('leaves gaps for ids of rolled-back transactions', async () => {
    const gone = await openTransaction()
    await addEvents(pool, 1)
    await gone.end('rollback')
    await seal(pool, 'audit')
    expect(await listed()).toEqual([[2]])
    expect(await verify(pool, 'audit')).toEqual([])
  })

  test('loses and doubles nothing with many writers, slow ones among them, and several sealers', async () => {
    const many = createPool(database.url, { max: 16 })
    let writing = true
    const writers = Array.from({ length: 10 }, async (_, w) => {
      for (let n = 0; n < 30; n++)
        await inTransaction(many, async (tx) => {
          await addEvents(tx, 1 + ((w + n) % 3))
          if ((w * 7 + n) % 4 === 0) await new Promise((resolve) => setTimeout(resolve, (w * n) % 12))
          await addEvents(tx, 1)
          if ((w + n) % 9 === 0) throw new Error('changed its mind')
        }).catch((error: Error) => expect(error.message).toBe('changed its mind'))
    })
    const sealers = [1, 2].map(async () => {
      while (writing) await seal(many, 'audit', { size: 10, after: null })
    })
    await Promise.all(writers)
    writing = false
    await Promise.all(sealers)
    await seal(many, 'audit')
    await many.end()
    const ids = (await listed()).flat()
    const stored = await rows<{ id: number }>(pool, 'select id from audit_events order by id')
    expect(ids.toSorted((a, b) => a - b)).toEqual(stored.map((s) => s.id))
    expect(await verify(pool, 'audit')).toEqual([])
  })

  test('ignores an id that the sequence never gave, which would shut out all later ones', async () => {
    await addEvents(pool, 2)
    await pool.query(
      "insert into audit_events (id, at_wall, actor, action, outcome) values (999999, now(), 'x', 'y', 'done')",
    )
    await seal(pool, 'audit')
    await addEvents(pool, 1)
    await seal(pool, 'audit')
    expect(await listed()).toEqual([[1, 2], [3]])
    expect(await verify(pool, 'audit')).toMatchObject([{ kind: 'inserted', id: 999999 }])
  })

  test('continues in a database that moved to a server with lower transaction numbers', async () => {
    await addEvents(pool, 3)
    await pool.query("update audit_events set tx = case when id < 3 then '5000000' else '5000009' end::xid8")
    await blockFromElsewhere([1, 2], { horizon: 5_000_005, bound: 5_000_005, highest: 2 })
    await addEvents(pool, 1)
    expect(await verify(pool, 'audit')).toEqual([])
    await seal(pool, 'audit')
    await addEvents(pool, 1)
    await seal(pool, 'audit')
    expect(await listed()).toEqual([[1, 2], [3, 4], [5]])
    expect(await verify(pool, 'audit')).toEqual([])
    await pool.query(
      "update audit_events set tx = '2' where id = 5; update audit_events set id = 6 where id = 5",
    )
    expect((await verify(pool, 'audit')).map((f) => [f.kind, f.id])).toEqual([
      ['deleted', 5],
      ['inserted', 6],
    ])
  })
})

describe('the sealed history of obligations', () => {
  beforeEach(async () => {
    await inTransaction(pool, async (tx) =>
      seedCounty(tx, await readSampleOffices(), instantAt('2022-06-06', '09:00')),
    )
    await givenWarning(pool, { id: 'YJ-1', level: 'orange' })
    await pool.query("update events set encrypted_text = '\\x01', key_id = 'one'")
    await seal(pool, 'history')
  })

  test('allows its texts to be encrypted under another key, but not to vanish', async () => {
    await pool.query("update events set encrypted_text = '\\x0203', key_id = 'two'")
    expect(await verify(pool, 'history')).toEqual([])
    await pool.query('update events set encrypted_text = null')
    expect(await verify(pool, 'history')).toMatchObject([{ kind: 'edited', stream: 'history', since: WALL }])
  })

  test('allows texts to vanish for a household past its retention', async () => {
    await pool.query('update events set encrypted_text = null, key_id = null')
    await pool.query(
      "insert into subjects (obligation, encrypted, key_id, anonymised_wall) select id, '\\x00', 'one', now() from obligations",
    )
    expect(await verify(pool, 'history')).toEqual([])
    await pool.query("update events set actor = 'somebody else'")
    expect(await verify(pool, 'history')).toMatchObject([{ kind: 'edited' }])
  })
})
