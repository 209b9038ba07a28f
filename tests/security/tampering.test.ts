import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { addAuditEvent } from '../../src/services/audit/trail.ts'
import { verifyStream } from '../../src/services/audit/verify.ts'
import { row, rows, type Sql } from '../../src/db/pool.ts'
import { lastBlocks } from '../../src/services/audit/chain-rows.ts'
import type { Head, Stream } from '../../src/domain/audit/chain.ts'
import type { Finding } from '../../src/domain/audit/walk.ts'
import { makeRandom } from '../../src/demo/random.ts'
import { KEYS, seal, trailEvent, WALL } from '../support/audit.ts'
import { createTestDatabase, type TestDatabase } from '../support/database.ts'
import { sealedColumns, surveyGround, TAMPERINGS, type Ground, type Touched } from '../support/tampering.ts'
import { givenWarning } from '../support/warnings.ts'

const SEED = Number(process.env.TAMPERING_SEED ?? 4)
const TIMES = 1_000
/** Blocks of 20; the head is made known when twelve are sealed, three more follow. */
const EVENTS = 300
const AT_HEAD = 240
const SIZE = 20

let database: TestDatabase
const heads: Head[] = []
const random = makeRandom(SEED)

beforeAll(async () => {
  database = await createTestDatabase('county')
  const { pool } = database
  for (const id of ['YJ-1', 'YJ-2']) await givenWarning(pool, { id, level: 'orange' })
  await pool.query('delete from events')
  for (let n = 1; n <= EVENTS; n++) {
    await addOne(pool, n)
    if (n % SIZE === 0) await Promise.all([sealAll('audit'), sealAll('history')])
    if (n === AT_HEAD) for (const stream of ['audit', 'history'] as const) await publish(stream)
  }
})
afterAll(() => database.drop())

async function addOne(sql: Sql, n: number): Promise<void> {
  // What was rolled back leaves a gap.
  if (n % 9 === 0) await sql.query("select nextval('audit_events_id_seq'), nextval('events_id_seq')")
  await addAuditEvent(
    sql,
    trailEvent({
      atWall: WALL + n * 1_000,
      behalf: n % 3 === 0 ? 'pe_2' : null,
      address: n % 2 === 0 ? '192.0.2.7' : null,
      subject: `ob_${n}`,
      outcome: n % 5 === 0 ? 'refused' : 'done',
      detail: { n, state: ['open', 'returned'] },
    }),
  )
  await sql.query(
    `insert into events (obligation, at, actor, action, state, detail, encrypted_text, key_id)
     select id, $2, 'pe_1', 'submit', 'submitted', $3, $4, 'one' from obligations order by id offset $1 limit 1`,
    [n % 2, new Date(WALL + n * 1_000), JSON.stringify({ n }), n % 4 === 0 ? Buffer.from([n % 256]) : null],
  )
}

const sealAll = (stream: Stream) => seal(database.pool, stream, { size: SIZE })

async function publish(stream: Stream): Promise<void> {
  const [newest] = await lastBlocks(database.pool, stream, 1)
  heads.push({ stream, number: Number(newest!.number), mac: newest!.mac })
}

/** As the owner of the database, in a transaction that is rolled back afterwards. */
async function within<T>(work: (tx: Sql) => Promise<T>): Promise<T> {
  const client = await database.pool.connect()
  try {
    await client.query('begin')
    return await work(client)
  } finally {
    await client.query('rollback')
    client.release()
  }
}

function names(finding: Finding, touched: Touched): boolean {
  if (finding.id !== undefined) return touched.ids.includes(finding.id)
  const from = finding.block ?? NaN
  return touched.blocks.some((b) => b >= from && b <= (finding.through ?? from))
}

async function grounds(): Promise<Ground[]> {
  return Promise.all(
    (['audit', 'history'] as const).map((stream) =>
      surveyGround(database.pool, stream, AT_HEAD / SIZE, random),
    ),
  )
}

describe('tampering with sealed events as the owner of the database', () => {
  test('begins with an intact trail', async () => {
    for (const { blocks, ids, gaps } of await grounds()) {
      expect([blocks.length, ids.length]).toEqual([EVENTS / SIZE, EVENTS])
      expect(gaps.length).toBeGreaterThan(20)
    }
    expect(heads.map((h) => h.number)).toEqual([12, 12])
  })

  test('tries every column that the seal covers', async () => {
    // The id and the transaction are moved by tamperings of their own; a key's id changes as keys rotate.
    const beside = ['id', 'tx', 'key_id']
    for (const { table, columns } of sealedColumns()) {
      const known = await rows<{ name: string }>(
        database.pool,
        `select column_name as name from information_schema.columns where table_name = $1 and table_schema = 'public'`,
        [table],
      )
      const covered = known.map(({ name }) => name).filter((name) => !beside.includes(name))
      expect(columns.toSorted(), table).toEqual(covered.toSorted())
    }
  })

  test(`is found and located in every one of ${TIMES} random cases (seed ${SEED})`, async () => {
    const both = await grounds()
    const kinds = Object.entries(TAMPERINGS)
    const missed: unknown[] = []
    for (let n = 0; n < TIMES; n++) {
      // Each kind in turn, so that none is left to chance.
      const [kind, tamper] = kinds[n % kinds.length]!
      const ground = random.pick(both)
      await within(async (tx) => {
        const touched = await tamper(tx, ground)
        const findings = await verifyStream(tx, ground.stream, KEYS, heads)
        const located = findings.length > 0 && findings.every((f) => names(f, touched))
        if (!located) missed.push({ kind, stream: ground.stream, touched, findings: findings.slice(0, 5) })
      })
    }
    expect(missed).toEqual([])
  }, 300_000)

  test('is never reported in 100 cases of allowed work', async () => {
    for (let n = 0; n < 100; n++)
      await within(async (tx) => {
        const stream = random.pick(['audit', 'history'] as const)
        if (random.below(2)) await addOne(tx, 1 + random.below(1_000))
        if (random.below(2))
          await tx.query(
            "update events set encrypted_text = '\\x99', key_id = 'two' where encrypted_text is not null",
          )
        const held = random.below(2) ? heads : []
        expect(await verifyStream(tx, stream, KEYS, held)).toEqual([])
      })
  })

  test('is possible for nobody but the owner', async () => {
    for (const role of ['duban_api', 'duban_gate', 'duban_worker'])
      for (const change of [
        'events',
        'audit_events',
        'audit_blocks',
        'audit_checkpoints',
        'audit_heads',
      ].flatMap((table) => [`update ${table} set tx = tx`, `delete from ${table}`, `truncate ${table}`]))
        await within(async (tx) => {
          await tx.query(`set local role ${role}`)
          const statement = /update audit_(blocks|checkpoints|heads)/.test(change)
            ? change.replace('tx = tx', 'mac = mac')
            : change
          await expect(tx.query(statement), `${role}: ${statement}`).rejects.toMatchObject({ code: '42501' })
        })
    expect(await row(database.pool, 'select count(*) as n from audit_events')).toEqual({ n: EVENTS })
  })
})
