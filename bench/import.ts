import { Readable } from 'node:stream'
import { setTimeout as sleep } from 'node:timers/promises'
import { parse } from 'csv-parse'
import { parse as parseAll } from 'csv-parse/sync'
import { XlsxStreamWriter } from 'hucre/xlsx'
import { applyStaged } from '../src/services/imports/apply.ts'
import { validateUpload } from '../src/services/imports/validate.ts'
import { clearFacts } from '../src/db/truncate.ts'
import { newId } from '../src/db/ids.ts'
import { addChunk } from '../src/services/imports/staging.ts'
import { addImport, importById, updateImport } from '../src/services/imports/store.ts'
import { inTransaction, type Pool } from '../src/db/pool.ts'
import { chunkContext } from '../src/services/vault/encryption-context.ts'
import { makeKeyring, encryptBytes } from '../src/services/vault/encryption.ts'
import { readSampleOffices, seedCounty } from '../src/services/people/seed.ts'
import { sampleWarnings } from '../src/demo/sample-warnings.ts'
import pino from 'pino'
import { collectGarbage } from './garbage.ts'
import { median, report, secondsOf, withParts } from './support.ts'

const COUNTY = 'sn.ak.zy'
/** `--rounds=1` to profile. */
const roundsIn = (args: string[]) => Number(args.find((arg) => arg.startsWith('--rounds='))?.slice(9) ?? 5)
const keys = makeKeyring(Buffer.alloc(32, 1))
const quiet = () => undefined

/** 100,000 rows through decode, check, deduplicate, encrypt, register and arm, against csv-parse and a bare insert. */
export async function bench(args: string[]): Promise<void> {
  const rows = Number(args.find((arg) => !arg.startsWith('--')) ?? 100_000)
  const rounds = roundsIn(args)
  if (args.includes('--xlsx')) return benchWorkbook(rows, rounds)
  await withParts({ begin: 'offices' }, async ({ pool, engine }) => {
    // Only the import itself is measured: nothing else may work on the database.
    await engine.stop()
    const file = await makeFile(rows)
    const product: number[] = []
    const floor: number[] = []
    const growth: number[] = []
    for (let round = 0; round < rounds; round++) {
      await begin(pool)
      floor.push(await secondsOf(() => bareInsert(pool, file)))
      await begin(pool)
      const memory = await watchMemory()
      product.push(await secondsOf(() => importWhole(pool, file)))
      growth.push(memory.stop())
    }
    report('import', {
      rows,
      productSeconds: product,
      floorSeconds: floor,
      ratio: median(product) / median(floor),
      goal: 2.6,
      memoryGrowthMb: growth,
      memoryGoalMb: 150,
    })
  })
}

/** The same table as a workbook against itself as text, in turn. */
async function benchWorkbook(rows: number, rounds: number): Promise<void> {
  await withParts({ begin: 'offices' }, async ({ pool, engine }) => {
    await engine.stop()
    const files = { csv: await makeFile(rows), xlsx: await makeWorkbook(rows) }
    const seconds = { csv: [] as number[], xlsx: [] as number[] }
    const growth = { csv: [] as number[], xlsx: [] as number[] }
    for (let round = 0; round < rounds; round++)
      for (const kind of ['csv', 'xlsx'] as const) {
        await begin(pool)
        const memory = await watchMemory()
        seconds[kind].push(await secondsOf(() => importWhole(pool, files[kind])))
        growth[kind].push(memory.stop())
      }
    report('import-xlsx', {
      rows,
      xlsxSeconds: seconds.xlsx,
      csvSeconds: seconds.csv,
      ratio: median(seconds.xlsx) / median(seconds.csv),
      goal: 1.3,
      memoryGrowthMb: growth.xlsx,
      csvMemoryGrowthMb: growth.csv,
      memoryGoalMb: 150,
    })
  })
}

/** As a spreadsheet writes it: each text once, in a table that all cells share. */
async function makeWorkbook(rows: number): Promise<Buffer> {
  const writer = new XlsxStreamWriter({ name: '预警' })
  for (const cells of parseAll(await makeFile(rows), { bom: true })) writer.addRow(cells)
  return Buffer.from(await writer.finish())
}

async function makeFile(rows: number): Promise<Buffer> {
  const towns = (await readSampleOffices()).offices.filter((o) => o.kind === 'town').map((o) => o.name)
  const pieces = [...sampleWarnings({ rows, seed: 1, from: '2022-05-01', to: '2022-08-31', towns })]
  return Buffer.from(pieces.join(''))
}

async function begin(pool: Pool): Promise<void> {
  await clearFacts(pool)
  await inTransaction(pool, async (tx) => seedCounty(tx, await readSampleOffices(), Date.now()))
}

async function importWhole(pool: Pool, file: Buffer): Promise<void> {
  const id = newId('im')
  const deps = { pool, keys, log: pino({ level: 'silent' }), wallNow: () => Date.now() }
  const upload = {
    id,
    county: COUNTY,
    filename: 'bench.csv',
    bytes: file.length,
    dryRun: false,
    silent: false,
  }
  await inTransaction(pool, async (tx) => {
    await addImport(tx, { ...upload, actor: 'bench' }, Date.now())
    for (let at = 0, seq = 0; at < file.length; at += 262_144, seq++)
      await addChunk(tx, id, seq, {
        encrypted: encryptBytes(keys, chunkContext(id, seq), file.subarray(at, at + 262_144)),
        keyId: keys.keyId,
      })
  })
  await validateUpload(deps, id, quiet)
  await updateImport(pool, id, { state: 'applying' })
  await applyStaged(deps, id, quiet)
  const done = await importById(pool, id)
  if (done?.state !== 'applied' || done.refused > 0 || done.registered === 0)
    throw new Error(
      `the import ended as ${done?.state}, ${done?.registered} registered, ${done?.refused} refused`,
    )
}

/** The floor: the same rows into the same tables, each with its holder, unchecked and unencrypted, one deadline for all. */
async function bareInsert(pool: Pool, file: Buffer): Promise<void> {
  const policy = (await pool.query<{ id: string }>('select id from policies')).rows[0]?.id
  const due = new Date('2022-09-30T16:00:00Z').toISOString()
  await pool.query(
    `insert into deadlines (id, key, county, office, due_at, due_on, rule, kind, level, stage, label, policy, started_at)
     values ('dl_bench', 'bench', $1, $1, $2, '2022-09-30', 'warning-yellow', 'warning', 'yellow', 'perform', '黄色预警核查', $3, now())`,
    [COUNTY, due, policy],
  )
  let batch: string[][] = []
  for await (const record of Readable.from([file]).pipe(parse({ from_line: 2 }))) {
    batch.push(record as string[])
    if (batch.length < 5_000) continue
    await insertBare(pool, batch, policy)
    batch = []
  }
  await insertBare(pool, batch, policy)
}

async function insertBare(pool: Pool, batch: string[][], policy: string | undefined): Promise<void> {
  const ids = batch.map(() => newId('ob'))
  await pool.query(
    `insert into obligations (id, county, key, external_id, kind, title, office, reviewer, level, start_on, issued_at, due_at,
       due_on, provisional, policy, created_at, stage, holder_office, holder_due_at, holder_due_on)
     select id, $1, ext, ext, 'warning', '预警核查', $1, $1, 'yellow', '2022-06-01', now(), now(), '2022-09-30', false, $4, now(),
            'perform', $1, now(), '2022-09-30'
       from unnest($2::text[], $3::text[]) as r(id, ext)`,
    [COUNTY, ids, batch.map((r) => r[0]), policy],
  )
  await pool.query(
    `insert into subjects (obligation, encrypted, key_id) select *, 'none' from unnest($1::text[], $2::bytea[])`,
    [ids, batch.map((r) => Buffer.from(r.slice(5).join()))],
  )
  await pool.query(
    `insert into assignments (id, obligation, stage, office, deadline, start_on, started_at, due_at, due_on, provisional)
     select aid, oid, 'perform', $1, 'dl_bench', '2022-06-01', now(), now(), '2022-09-30', false
       from unnest($2::text[], $3::text[]) as r(aid, oid)`,
    [COUNTY, batch.map(() => newId('as')), ids],
  )
}

/** Growth of resident memory in MB, sampled while something runs. Garbage of what ran before is no room for it. */
export async function watchMemory() {
  collectGarbage()
  // V8 gives memory back a little later than it collects.
  await sleep(1_000)
  const before = process.memoryUsage().rss
  let peak = before
  const timer = setInterval(() => (peak = Math.max(peak, process.memoryUsage().rss)), 20)
  return {
    stop() {
      clearInterval(timer)
      return Math.round((peak - before) / 1024 ** 2)
    },
  }
}
