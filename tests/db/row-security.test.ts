import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { row, rows } from '../../src/db/pool.ts'
import { inScope, ScopedReads, type ScopeContext } from '../../src/db/row-scope.ts'
import { readSampleOffices } from '../../src/services/people/seed.ts'
import { createTestDatabase, type TestDatabase } from '../support/database.ts'
import { contextFor, personWith, rolePools } from '../support/scoped.ts'
import { givenWarning } from '../support/warnings.ts'

const COUNTY = 'sn.ak.zy'
let database: TestDatabase
let pools: ReturnType<typeof rolePools>

beforeAll(async () => {
  database = await createTestDatabase('county')
  pools = rolePools(database)
  for (const town of ['maoba', 'donghe'])
    await givenWarning(database.pool, { id: `YJ-${town}`, level: 'orange', town })
})
afterAll(async () => {
  await pools.end()
  await database.drop()
})

const TABLES_OF_OBLIGATIONS = ['obligations', 'assignments', 'events', 'deadlines'] as const

async function seen(context: ScopeContext, table: string): Promise<number> {
  const db = new ScopedReads(pools.api, context)
  try {
    return (await row<{ n: number }>(db, `select count(*) as n from ${table}`))?.n ?? -1
  } finally {
    await db.end()
  }
}

async function contextOf(role: string, office: string): Promise<ScopeContext> {
  return contextFor(pools.gate, await personWith(database.pool, role, office))
}

describe('without a context', () => {
  test('the role of the API sees no row of any table that holds something of an office', async () => {
    const tables = await rows<{ name: string }>(
      database.pool,
      `select c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
        where n.nspname = 'public' and c.relkind = 'r' and has_table_privilege('duban_api', c.oid, 'select')`,
    )
    const open = new Set([
      'calendar_overrides',
      'office_days',
      'clock',
      'editions',
      'engine_state',
      'pokes',
      'watches',
      'data_keys',
      'audit_blocks',
      'audit_checkpoints',
      'audit_heads',
    ])
    const withRows = []
    for (const { name } of tables)
      if (!open.has(name) && (await row(pools.api, `select 1 from ${name} limit 1`))) withRows.push(name)
    expect(withRows).toEqual([])
  })

  test('every table is under row-level security', async () => {
    const bare = await rows(
      database.pool,
      `select relname from pg_class c join pg_namespace n on n.oid = c.relnamespace
        where n.nspname = 'public' and relkind = 'r' and not relrowsecurity`,
    )
    expect(bare).toEqual([])
  })
})

describe('each sees their own', () => {
  test.each([
    ['town-officer', `${COUNTY}.maoba`, 1],
    ['town-head', `${COUNTY}.donghe`, 1],
    ['town-officer', `${COUNTY}.gaoqiao`, 0],
    ['bureau-leader', COUNTY, 2],
    ['auditor', COUNTY, 2],
  ])('%s of %s', async (role, office, obligations) => {
    const context = await contextOf(role, office)
    for (const table of TABLES_OF_OBLIGATIONS) expect(await seen(context, table), table).toBe(obligations)
  })

  test('the relief centre sees the whole county, being its parent’s', async () => {
    const centre = (await readSampleOffices()).offices.find((o) => o.duties.includes('supervision'))
    expect(await seen(await contextOf('relief-centre', centre?.code ?? ''), 'obligations')).toBe(2)
  })

  test('the administrator sees no obligation and the whole directory', async () => {
    const admin = await contextOf('administrator', COUNTY)
    for (const table of TABLES_OF_OBLIGATIONS) expect(await seen(admin, table), table).toBe(0)
    expect(await seen(admin, 'people')).toBeGreaterThan(20)
  })

  test('a context does not outlive its transaction', async () => {
    await seen(await contextOf('bureau-leader', COUNTY), 'obligations')
    expect((await row<{ n: number }>(pools.api, 'select count(*) as n from obligations'))?.n).toBe(0)
  })
})

describe('what is offered to another office', () => {
  const offered = `insert into hand_overs (id, county, obligation, title, from_office, to_office, state, offered_by, offered_at)
    select 'ho_x', county, id, title, office, '${COUNTY}.gaoqiao', 'pending', 'pe_x', now() from obligations
     where external_id = 'YJ-maoba'`

  test('is seen there while it waits for its answer, without the files and texts of whoever gave it', async () => {
    const receiver = await contextOf('town-officer', `${COUNTY}.gaoqiao`)
    expect(await seen(receiver, 'obligations')).toBe(0)
    await database.pool.query(offered)
    await database.pool.query(
      `insert into result_texts (obligation, encrypted, key_id) select id, '\\x00', 'dk' from obligations where external_id = 'YJ-maoba'`,
    )
    expect(await seen(receiver, 'obligations')).toBe(1)
    expect(await seen(receiver, 'hand_overs')).toBe(1)
    expect(await seen(receiver, 'result_texts')).toBe(0)
    expect(await seen(await contextOf('town-officer', `${COUNTY}.donghe`), 'hand_overs')).toBe(0)
    const giver = await contextOf('town-officer', `${COUNTY}.maoba`)
    expect([await seen(giver, 'hand_overs'), await seen(giver, 'result_texts')]).toEqual([1, 1])
    await database.pool.query(
      `update hand_overs set state = 'refused', answered_by = 'pe_y', answered_at = now() where id = 'ho_x'`,
    )
    expect(await seen(receiver, 'obligations')).toBe(0)
    expect(await seen(receiver, 'hand_overs')).toBe(1)
    await database.pool.query(`delete from hand_overs; delete from result_texts`)
  })
})

describe('nobody writes beyond their scope', () => {
  test('a town cannot change another town’s obligation, nor add one to it', async () => {
    const context = await contextOf('town-officer', `${COUNTY}.maoba`)
    const changed = await inScope(pools.api, context, (tx) =>
      rows(tx, `update obligations set title = 'x' where external_id = 'YJ-donghe' returning id`),
    )
    expect(changed).toEqual([])
    const move = inScope(pools.api, context, (tx) =>
      tx.query(`update obligations set office = '${COUNTY}.donghe' where external_id = 'YJ-maoba'`),
    )
    await expect(move).rejects.toMatchObject({ code: '42501' })
  })

  test('what was accepted is told to the courier of its own county alone', async () => {
    await database.pool.query(
      `insert into counties (office, hours, contact) select 'sn.ak', hours, contact from counties where office = $1`,
      [COUNTY],
    )
    const context = await contextOf('relief-centre', `${COUNTY}.jiuzhu`)
    const add = (county: string) =>
      inScope(pools.api, context, (tx) =>
        tx.query(`insert into acceptances (county, obligation) select $1, id from obligations limit 1`, [
          county,
        ]),
      )
    await expect(add('sn.ak')).rejects.toMatchObject({ code: '42501' })
    expect((await add(COUNTY)).rowCount).toBe(1)
  })

  test('the reply of a mail server is read in its own county alone', async () => {
    await database.pool.query(
      `insert into mail_holds (county, reason, reply, since, since_wall) values ($1, 'login', '535 no', now(), now())`,
      [COUNTY],
    )
    const held = (counties: string[]) =>
      inScope(pools.api, { person: 'pe', offices: [], counties, audit: false }, (tx) =>
        rows(tx, 'select county, reply from duban_mail_holds()'),
      )
    expect(await held(['sn.ak'])).toEqual([{ county: COUNTY, reply: null }])
    expect(await held([COUNTY])).toEqual([{ county: COUNTY, reply: '535 no' }])
    expect(await rows(pools.api, 'select reply from duban_mail_holds()')).toEqual([{ reply: null }])
  })

  test.each(['api', 'worker', 'gate'] as const)(
    'the role of the %s can neither change nor delete history or trail',
    async (name) => {
      for (const table of ['events', 'audit_events', 'audit_blocks'])
        for (const statement of [
          `update ${table} set ${table === 'audit_blocks' ? 'count = 0' : "actor = 'x'"}`,
          `delete from ${table}`,
          `truncate ${table}`,
        ])
          await expect(pools[name].query(statement), `${name}: ${statement}`).rejects.toMatchObject({
            code: '42501',
          })
    },
  )

  test('a value that would end its quotes is a value like any other', async () => {
    const person = "x'; set role none; --"
    const db = new ScopedReads(pools.api, { person, offices: [], counties: [], audit: false })
    const found = await row(db, `select current_user as role, current_setting('duban.person') as person`)
    await db.end()
    expect(found).toEqual({ role: 'duban_api', person })
  })

  test('a code that would be two codes opens nothing, and leaves no connection behind', async () => {
    const beyond = { person: 'x', offices: [`${COUNTY}.maoba,${COUNTY}.donghe`], counties: [], audit: false }
    for (let i = 0; i < 30; i++) {
      const db = new ScopedReads(pools.api, beyond)
      await expect(db.query('select 1')).rejects.toThrow('comma')
      await db.end()
    }
    expect(await seen(await contextOf('bureau-leader', COUNTY), 'obligations')).toBeGreaterThan(0)
  })
})
