import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import {
  obligationById,
  type ObligationSearch,
  searchObligations,
  type Sort,
} from '../../../src/services/obligations/search.ts'
import { relatedObligations } from '../../../src/services/households/find-related.ts'
import { listDeadlines } from '../../../src/services/deadlines/queries.ts'
import { inTransaction, type Pool, rows, type Sql } from '../../../src/db/pool.ts'
import { type ScopeContext, ScopedReads } from '../../../src/db/row-scope.ts'
import { setClock } from '../../../src/services/schedule/clock.ts'
import { readSampleOffices, seedCounty } from '../../../src/services/people/seed.ts'
import { instantAt } from '../../../src/domain/time/days.ts'
import { createTestDatabase, type TestDatabase } from '../../support/database.ts'
import { contextFor, personWith, rolePools } from '../../support/scoped.ts'
import { rewriteHolders } from '../../support/holders.ts'
import { keys } from '../../support/stack.ts'
import { givenWarning } from '../../support/warnings.ts'

const COUNTY = 'sn.ak.zy'
const OTHER = 'sn.ak.lx'
const TOWN = `${COUNTY}.maoba`
const CENTRE = `${COUNTY}.jiuzhu`
const NOW = instantAt('2022-06-06', '09:00')
/** Most of what is open is overdue. */
const LATER = instantAt('2022-07-31', '09:00')
let database: TestDatabase
let pools: ReturnType<typeof rolePools>

/**
 * One warning copied twenty thousand times over two counties: enough that reading all of them would be dearer than an index.
 * Of ten obligations seven are done, one is under review; behind each of a thousand deadlines stand some that are open.
 */
beforeAll(async () => {
  database = await createTestDatabase()
  pools = rolePools(database)
  const { pool } = database
  await inTransaction(pool, async (tx) => seedCounty(tx, await readSampleOffices(), NOW))
  await setClock(pool, { mode: 'stepped', businessAt: NOW })
  await givenWarning(pool, { id: 'YJ-1', level: 'yellow' })
  await pool.query(
    `insert into offices (code, parent, kind, name) values ('${OTHER}', 'sn.ak', 'county', '邻县')`,
  )
  await pool.query(
    `insert into offices (code, parent, kind, name)
     select '${OTHER}.t' || n, '${OTHER}', 'town', '邻县第' || n || '镇' from generate_series(1, 17) n`,
  )
  await pool.query(
    `with town as (select array_agg(code) as codes from offices where kind = 'town')
     insert into obligations (id, county, key, external_id, kind, title, office, reviewer, level, start_on, issued_at, due_at, due_on,
       provisional, policy, created_at, state, closed_at)
     select 'ob_' || n, regexp_replace(codes[1 + n % 34], '\\.[^.]*$', ''), 'k' || n, 'X' || n, o.kind, o.title, codes[1 + n % 34],
       o.reviewer, o.level, o.start_on, o.issued_at + n * interval '1 second', o.due_at + n * interval '1 minute', o.due_on, false,
       o.policy, o.created_at, case when n % 10 < 7 then 'accepted' when n % 10 = 7 then 'submitted' else 'open' end,
       case when n % 10 < 7 then now() end
     from obligations o, town, generate_series(1, 20000) n`,
  )
  await pool.query(
    `insert into deadlines (id, key, county, office, due_at, due_on, rule, kind, level, stage, label, policy, started_at)
     select 'dl_' || n, 'dl_' || n, county, office, due_at + n * interval '1 minute', due_on, rule, kind, level, stage, label, policy, started_at
       from deadlines, generate_series(0, 2999) n`,
  )
  await pool.query(
    `insert into assignments (id, obligation, stage, office, deadline, start_on, started_at, due_at, due_on, provisional)
     select 'as_' || o.id, o.id, case o.state when 'submitted' then 'review' else 'perform' end,
            case o.state when 'submitted' then o.reviewer else o.office end, 'dl_' || substr(o.id, 4)::int % 1000, o.start_on,
            o.issued_at, o.due_at, o.due_on, false
       from obligations o where o.external_id <> 'YJ-1' and o.state <> 'accepted'`,
  )
  await rewriteHolders(pool)
  await pool.query(
    `insert into subjects (obligation, encrypted, key_id) select id, repeat('x', 120)::bytea, 'k' from obligations`,
  )
  await layCampaign(pool)
  await layMails(pool)
  await pool.query('vacuum analyze')
})
afterAll(async () => {
  await pools.end()
  await database.drop()
})

/** What one county has belongs to its year, in four phases. */
async function layCampaign(pool: Pool): Promise<void> {
  await pool.query(
    `insert into campaigns (id, county, year, title, template, created_at) values ('ca_1', '${COUNTY}', 2022, '行动', 'x', now())`,
  )
  await pool.query(
    `insert into phases (campaign, ordinal, code, title, clause, opens_on, due_on, items, gate)
     select 'ca_1', n, code, code, '', '2022-01-01', '2022-12-31', '[]', '{}'
       from unnest(array['launch','screening','verification','zero-out']) with ordinality p (code, n)`,
  )
  await pool.query(
    `update obligations set campaign = 'ca_1',
       phase = (array['launch','screening','verification','zero-out'])[1 + substr(id, 4)::int % 4]
      where county = '${COUNTY}' and external_id <> 'YJ-1'`,
  )
}

/** Two thousand mails of ten lines, one line a deadline. Their texts and rounds are not laid. */
async function layMails(pool: Pool): Promise<void> {
  const reader = await personWith(pool, 'town-officer', TOWN)
  await inTransaction(pool, async (tx) => {
    await tx.query('set local session_replication_role = replica')
    await tx.query(
      `insert into notifications (id, county, cause, person, kind, deadline, urgent, round_at, state, mail, created_at)
       select 'no_' || n, '${COUNTY}', 'c' || n, $1, 'reminder', 'dl_' || n % 1000, false, now(), 'mailed', 'ma_' || n / 10, now()
         from generate_series(0, 19999) n`,
      [reader],
    )
  })
}

type Plan = {
  'Node Type': string
  'Relation Name'?: string
  'Index Name'?: string
  'Actual Rows'?: number
  'Actual Loops'?: number
  'Rows Removed by Filter'?: number
  Plans?: Plan[]
}
type Ask = (sql: Sql, context: ScopeContext) => Promise<unknown>

/** The plans of the very statements `ask` asks, under the policies of that context. @throws Error when it asked nothing */
async function plansOf(context: ScopeContext, ask: Ask): Promise<Plan[]> {
  const db = new ScopedReads(pools.api, context)
  try {
    return await explained(db, (sql) => ask(sql, context))
  } finally {
    await db.end()
  }
}

async function explained(db: Sql, ask: (sql: Sql) => Promise<unknown>): Promise<Plan[]> {
  const plans: Plan[] = []
  const explaining = {
    async query(asked: string | { text: string; values: unknown[] }) {
      // What says how lists are planned is said here.
      if (typeof asked === 'string') return { rows: [] }
      const { text, values } = asked
      // Lists are prepared and planned without a look at what is asked for: so they are planned here.
      await db.query(`set local plan_cache_mode = force_generic_plan; prepare asked as ${text}`)
      const given = values.map(literal).join(', ')
      const found = await db.query(`explain (analyze, format json) execute asked(${given})`)
      await db.query('deallocate asked')
      plans.push((found.rows[0] as { 'QUERY PLAN': [{ Plan: Plan }] })['QUERY PLAN'][0].Plan)
      return { rows: [] }
    },
  } as unknown as Sql
  await ask(explaining)
  if (plans.length === 0) throw new Error('nothing was asked')
  return plans.flatMap(nodes)
}

async function asOf(role: string, office: string): Promise<ScopeContext> {
  return contextFor(pools.gate, await personWith(database.pool, role, office))
}

/** Whoever reads both counties. */
async function asProvince(): Promise<ScopeContext> {
  const offices = await rows<{ code: string }>(database.pool, 'select code from offices')
  return { person: 'p', offices: offices.map((o) => o.code), counties: [COUNTY, OTHER], audit: false }
}

function literal(value: unknown): string {
  if (value === null) return 'null'
  if (value instanceof Date) return pg.escapeLiteral(value.toISOString())
  return pg.escapeLiteral(Array.isArray(value) ? `{${value.join(',')}}` : String(value))
}

function nodes(plan: Plan): Plan[] {
  return [plan, ...(plan.Plans ?? []).flatMap(nodes)]
}

const LARGE = ['obligations', 'assignments', 'subjects', 'deadlines']

/** Large tables read from end to end; the handful of offices is none. */
function wholeReads(plans: Plan[]): string[] {
  const whole = plans.filter((n) => n['Node Type'] === 'Seq Scan' && LARGE.includes(n['Relation Name'] ?? ''))
  return whole.map((n) => n['Relation Name'] ?? '')
}

/** How many rows of a table were looked at, those thrown away included. */
function rowsRead(plans: Plan[], table: string): number {
  const read = plans.filter((n) => n['Relation Name'] === table)
  const each = (n: Plan) =>
    ((n['Actual Rows'] ?? 0) + (n['Rows Removed by Filter'] ?? 0)) * (n['Actual Loops'] ?? 1)
  return read.reduce((sum, n) => sum + each(n), 0)
}

const indexes = (plans: Plan[]) => plans.flatMap((n) => n['Index Name'] ?? [])

const LIMIT = 51
const page = (sort: Sort) => ({ sort, after: null, limit: LIMIT, now: NOW })

/** What is asked, sorted by what, and the index whose order is that of the list: of a county, and of a town. */
const LISTS: [what: string, search: ObligationSearch, sort: Sort, county: string, town: string][] = [
  ['everything', {}, 'dueAt', 'by_due', 'by_office_due'],
  ['everything', {}, '-dueAt', 'by_due', 'by_office_due'],
  ['everything', {}, 'issuedAt', 'by_issue', 'by_office_issue'],
  ['everything', {}, '-issuedAt', 'by_issue', 'by_office_issue'],
  ['what is overdue', { overdue: true }, 'dueAt', 'performing_by_due', 'performing_by_office_due'],
  ['overdue', { standing: 'overdue' }, 'holderDueAt', 'open_by_holder_due', 'open_by_office_holder_due'],
  ['to perform', { standing: 'to-perform' }, 'dueAt', 'performing_by_due', 'performing_by_office_due'],
  ['in review', { standing: 'in-review' }, 'dueAt', 'in_review_by_due', 'in_review_by_office_due'],
  ['in review', { standing: 'in-review' }, 'holderDueAt', 'open_by_holder_due', 'open_by_office_holder_due'],
  // What pages show first.
  ['pressing', { standing: 'pressing' }, 'holderDueAt', 'open_by_holder_due', 'open_by_office_holder_due'],
]

test.each(LISTS)('%s, %j sorted by %s, is read off an index', async (_what, search, sort, county, town) => {
  const late = { ...page(sort), now: LATER }
  const ofTown = await plansOf(await asOf('town-officer', TOWN), (sql, scope) =>
    searchObligations(sql, { ...search, office: TOWN }, late, scope),
  )
  expect(indexes(ofTown)).toContain(`obligations_${town}`)
  const ofCounty = await plansOf(await asOf('bureau-leader', COUNTY), (sql, scope) =>
    searchObligations(sql, search, late, scope),
  )
  expect(indexes(ofCounty)).toContain(`obligations_${county}`)
  const ofBoth = await plansOf(await asProvince(), (sql, scope) =>
    searchObligations(sql, search, late, scope),
  )
  expect(indexes(ofBoth)).toContain(`obligations_${county}`)
  for (const plans of [ofTown, ofCounty, ofBoth]) {
    expect(wholeReads(plans)).toEqual([])
    expect(rowsRead(plans, 'obligations')).toBeGreaterThanOrEqual(LIMIT)
    // Two reads of a page for two counties, each row seen again under the policy of its household.
    expect(rowsRead(plans, 'obligations')).toBeLessThan(10 * LIMIT)
  }
})

/** Their order stands in no index: what the filters leave is read by the queue's own, and nothing that is done. */
test.each<[string, ObligationSearch]>([
  ['pressing', { standing: 'pressing' }],
  ['overdue', { standing: 'overdue' }],
  ['to perform', { standing: 'to-perform' }],
  ['in review', { standing: 'in-review' }],
])('%s sorted by level, state or holder reads what is open alone', async (_what, search) => {
  const asked = `select count(*)::int as n from obligations where stage is not null and office = $1`
  const [open] = await rows<{ n: number }>(database.pool, asked, [TOWN])
  for (const sort of ['level', '-state', 'holder'] as const) {
    const plans = await plansOf(await asOf('town-officer', TOWN), (sql, scope) =>
      searchObligations(sql, { ...search, office: TOWN }, { ...page(sort), now: LATER }, scope),
    )
    expect(wholeReads(plans)).toEqual([])
    expect(rowsRead(plans, 'obligations')).toBeGreaterThan(0)
    // The page's rows are seen again under the policy of their households.
    expect(rowsRead(plans, 'obligations')).toBeLessThanOrEqual((open?.n ?? 0) + 2 * LIMIT)
    expect(rowsRead(plans, 'subjects')).toBeLessThanOrEqual(LIMIT)
  }
})

/** What the overview and the mails lead to. */
test.each<[string, ObligationSearch, string]>([
  ['of a phase', { campaign: 'ca_1', phase: 'screening', standing: 'all' }, 'obligations_by_phase'],
  [
    'of a phase, what is left',
    { campaign: 'ca_1', phase: 'screening', standing: 'unfinished' },
    'obligations_by_phase',
  ],
  ['of a mail', { mail: 'ma_7' }, 'notifications_by_mail'],
])('the list %s is read off an index', async (_what, search, index) => {
  for (const [role, office] of [
    ['town-officer', TOWN],
    ['bureau-leader', COUNTY],
  ] as const) {
    const own = role === 'town-officer' ? { ...search, office: TOWN } : search
    const plans = await plansOf(await asOf(role, office), (sql, scope) =>
      searchObligations(sql, own, page('holderDueAt'), scope),
    )
    expect(wholeReads(plans)).toEqual([])
    expect(indexes(plans)).toContain(index)
  }
})

test.each([
  ['town-officer', TOWN],
  ['relief-centre', CENTRE],
  ['bureau-leader', COUNTY],
])('%s finds one number by an index', async (role, office) => {
  const plans = await plansOf(await asOf(role, office), (sql, scope) =>
    searchObligations(sql, { externalId: 'X77' }, page('dueAt'), scope),
  )
  expect(wholeReads(plans)).toEqual([])
  expect(indexes(plans)).toContain('obligations_by_external_id')
})

test('a town finds what it holds by its own open obligations, not by reading every one', async () => {
  const held = [TOWN]
  const plans = await plansOf(await asOf('town-officer', TOWN), (sql, scope) =>
    searchObligations(sql, { standing: 'held' }, page('holderDueAt'), { ...scope, held }),
  )
  expect(wholeReads(plans)).toEqual([])
  expect(indexes(plans)).toContain('obligations_held_by_due')
  expect(rowsRead(plans, 'obligations')).toBeLessThan(10 * LIMIT)
})

test('deadlines are listed without reading every one, nor every assignment', async () => {
  const plans = await plansOf(await asOf('relief-centre', CENTRE), (sql) =>
    listDeadlines(sql, { open: true }, { after: null, limit: LIMIT }),
  )
  expect(wholeReads(plans)).toEqual([])
  expect(indexes(plans)).toContain('deadlines_by_due')
})

test('a page reads the households of its own rows alone, also where no policy makes others dear', async () => {
  const scope = { offices: [TOWN], counties: [COUNTY] }
  const plans = await inTransaction(database.pool, (tx) =>
    explained(tx, (sql) => searchObligations(sql, {}, page('dueAt'), scope)),
  )
  expect(wholeReads(plans)).toEqual([])
  expect(rowsRead(plans, 'subjects')).toBe(LIMIT)
})

test('one obligation is found and locked by its id', async () => {
  const one = 'ob_77'
  const plans = await plansOf(await asOf('bureau-leader', COUNTY), (sql) => obligationById(sql, one, NOW))
  expect(wholeReads(plans)).toEqual([])
  expect(indexes(plans)).toContain('obligations_pkey')
})

test.each([
  ['town-officer', TOWN],
  ['bureau-leader', COUNTY],
])('%s finds the household of one obligation by indexes', async (role, office) => {
  const plans = await plansOf(await asOf(role, office), (sql) => relatedObligations(sql, keys, 'ob_77', true))
  expect(wholeReads(plans)).toEqual([])
  expect(indexes(plans)).toEqual(expect.arrayContaining(['obligations_by_follows_from', 'subjects_by_id_no']))
  expect(rowsRead(plans, 'obligations')).toBeLessThan(10)
})

test('a plan that reads a whole table is called so, and nothing asked is an error', async () => {
  const context = await asOf('bureau-leader', COUNTY)
  const plans = await plansOf(context, (sql) => rows(sql, 'select * from subjects where key_id = $1', ['k']))
  expect(wholeReads(plans)).toContain('subjects')
  await expect(plansOf(context, () => Promise.resolve())).rejects.toThrow('nothing was asked')
})

test('the sample has its stated size', async () => {
  expect((await rows<{ n: number }>(database.pool, 'select count(*) as n from obligations'))[0]?.n).toBe(
    20_001,
  )
})

test('pages of other lengths are asked for by the same text, and are no longer than asked', async () => {
  const texts = new Set<string>()
  const scope = await asProvince()
  const db = new ScopedReads(pools.api, scope)
  const query = ((asked: { text: string } | string, ...more: unknown[]) => {
    if (typeof asked !== 'string') texts.add(asked.text)
    return (db.query as (...given: unknown[]) => unknown)(asked, ...more)
  }) as Sql['query']
  const lengths: number[] = []
  await db.together(async () => {
    for (const limit of [3, 20, 51]) {
      const found = await searchObligations({ query }, {}, { ...page('dueAt'), limit }, scope)
      lengths.push(found.length)
    }
  })
  expect([lengths, texts.size]).toEqual([[3, 20, 51], 1])
})
