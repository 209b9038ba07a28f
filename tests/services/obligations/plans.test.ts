import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { searchObligations, type ObligationSearch } from '../../../src/services/obligations/search.ts'
import { listDeadlines } from '../../../src/services/deadlines/queries.ts'
import { inTransaction, rows, type Sql } from '../../../src/db/pool.ts'
import { type ScopeContext, ScopedReads } from '../../../src/db/row-scope.ts'
import { readSampleOffices, seedCounty } from '../../../src/services/people/seed.ts'
import { instantAt } from '../../../src/domain/time/days.ts'
import { createTestDatabase, type TestDatabase } from '../../support/database.ts'
import { contextFor, personWith, rolePools } from '../../support/scoped.ts'
import { givenWarning } from '../../support/warnings.ts'

const COUNTY = 'sn.ak.zy'
const NOW = instantAt('2022-06-06', '09:00')
let database: TestDatabase
let pools: ReturnType<typeof rolePools>

/** One warning copied ten thousand times over all towns: enough that reading all of them would be dearer than an index. */
beforeAll(async () => {
  database = await createTestDatabase()
  pools = rolePools(database)
  const { pool } = database
  await inTransaction(pool, async (tx) => seedCounty(tx, await readSampleOffices(), NOW))
  await givenWarning(pool, { id: 'YJ-1', level: 'yellow' })
  await pool.query(
    `with town as (select array_agg(code) as codes from offices where kind = 'town')
     insert into obligations (id, county, key, external_id, kind, title, office, reviewer, level, start_on, issued_at, due_at, due_on,
       provisional, policy, created_at)
     select 'ob_' || n, o.county, 'k' || n, 'X' || n, o.kind, o.title, codes[1 + n % array_length(codes, 1)], o.reviewer, o.level,
       o.start_on, o.issued_at, o.due_at + n * interval '1 minute', o.due_on, false, o.policy, o.created_at
     from obligations o, town, generate_series(1, 10000) n`,
  )
  await pool.query(
    `insert into assignments (id, obligation, stage, office, deadline, start_on, started_at, due_at, due_on, provisional)
     select 'as_' || o.id, o.id, 'perform', o.office, a.deadline, o.start_on, o.issued_at, o.due_at, o.due_on, false
       from obligations o, (select deadline from assignments limit 1) a where o.id like 'ob\\_%' and o.external_id <> 'YJ-1'`,
  )
  await pool.query(
    `insert into subjects (obligation, sealed, key_id) select id, repeat('x', 120)::bytea, 'k' from obligations`,
  )
  await pool.query('analyze')
})
afterAll(async () => {
  await pools.end()
  await database.drop()
})

type Plan = {
  'Node Type': string
  'Relation Name'?: string
  'Index Name'?: string
  'Actual Rows'?: number
  'Actual Loops'?: number
  Plans?: Plan[]
}

/** The plans of whatever `ask` asks, under the policies of that person. */
async function plansOf(
  role: string,
  office: string,
  ask: (sql: Sql, context: ScopeContext) => Promise<unknown>,
): Promise<Plan[]> {
  const context = await contextFor(pools.gate, await personWith(database.pool, role, office))
  const db = new ScopedReads(pools.api, context)
  const plans: Plan[] = []
  const explaining = {
    async query({ text, values }: { text: string; values: unknown[] }) {
      if (!/from obligations|from deadlines/.test(text)) return db.query(text, values)
      // Lists are prepared, and after some uses planned without a look at what is asked for: so they are planned here.
      await db.query(`set local plan_cache_mode = force_generic_plan; prepare asked as ${text}`)
      const given = values.map(literal).join(', ')
      const found = await db.query(`explain (analyze, format json) execute asked(${given})`)
      await db.query('deallocate asked')
      plans.push((found.rows[0] as { 'QUERY PLAN': [{ Plan: Plan }] })['QUERY PLAN'][0].Plan)
      return { rows: [] }
    },
  } as unknown as Sql
  try {
    await ask(explaining, context)
  } finally {
    await db.end()
  }
  return plans
}

function literal(value: unknown): string {
  if (value === null) return 'null'
  if (value instanceof Date) return pg.escapeLiteral(value.toISOString())
  return pg.escapeLiteral(Array.isArray(value) ? `{${value.join(',')}}` : String(value))
}

function nodes(plan: Plan): Plan[] {
  return [plan, ...(plan.Plans ?? []).flatMap(nodes)]
}

/** Whole tables read from end to end; the handful of offices is no table to speak of. */
function wholeReads(plans: Plan[]): string[] {
  return plans
    .flatMap(nodes)
    .filter(
      (n) =>
        n['Node Type'] === 'Seq Scan' &&
        ['obligations', 'assignments', 'subjects'].includes(n['Relation Name'] ?? ''),
    )
    .map((n) => n['Relation Name'] ?? '')
}

const page = { sort: 'dueAt', after: null, limit: 51, now: NOW } as const
const WHO: [string, string][] = [
  ['town-officer', `${COUNTY}.maoba`],
  ['relief-centre', `${COUNTY}.jiuzhu`],
  ['bureau-leader', COUNTY],
]
const SEARCHES: [string, ObligationSearch][] = [
  ['everything', {}],
  ['one town', { office: `${COUNTY}.maoba` }],
  ['one number', { externalId: 'X77' }],
]

test.each(
  WHO.flatMap(([role, office]) => SEARCHES.map(([what, search]) => [role, what, office, search] as const)),
)('%s lists %s with an index', async (role, _what, office, search) => {
  const plans = await plansOf(role, office, (sql, scope) =>
    searchObligations(sql, role === 'town-officer' ? { office, ...search } : search, page, scope),
  )
  expect(wholeReads(plans)).toEqual([])
  const read = plans.flatMap(nodes).filter((n) => n['Relation Name'] === 'obligations')
  for (const n of read) expect((n['Actual Rows'] ?? 0) * (n['Actual Loops'] ?? 1)).toBeLessThan(2_000)
})

test('a centre finds its own work by its assignments, without reading every obligation', async () => {
  const held = [`${COUNTY}.jiuzhu`]
  const plans = await plansOf('relief-centre', held[0] ?? '', (sql, scope) =>
    searchObligations(sql, { standing: 'held' }, { ...page, sort: 'holderDueAt' }, { ...scope, held }),
  )
  const read = plans.flatMap(nodes)
  expect(read.map((n) => n['Index Name'])).toContain('assignments_open_by_office')
})

test('deadlines are listed without reading every obligation', async () => {
  const plans = await plansOf('relief-centre', `${COUNTY}.jiuzhu`, (sql) =>
    listDeadlines(sql, { open: true }, { after: null, limit: 51 }),
  )
  expect(plans.length).toBe(1)
})

test('the sample has its stated size', async () => {
  expect((await rows<{ n: number }>(database.pool, 'select count(*) as n from obligations'))[0]?.n).toBe(
    10_001,
  )
})
