import { setTimeout as sleep } from 'node:timers/promises'
import { createPool, type Pool, rows, type Sql, ts } from '../src/db/pool.ts'
import { type ScopeContext, ScopedReads } from '../src/db/row-scope.ts'
import { dayOf, instantAt } from '../src/domain/time/days.ts'
import { officeCounts } from '../src/services/obligations/office-counts.ts'
import { searchObligations } from '../src/services/obligations/search.ts'
import { type Compared, inTurn, type Sides } from './in-turn.ts'
import { LISTS } from './scale-lists.ts'
import { numberAfter, report, secondsOf, withParts } from './support.ts'
import { fillCounties } from './twenty-counties.ts'

const NOW = instantAt('2022-09-01', '09:00')
const LIMIT = 51

type Place = 'town' | 'county' | 'twenty counties'
type Case = { name: string; place: Place; goal: number | null } & Compared
type Where = { scope: ScopeContext; condition: string; values: unknown[] }

/**
 * Lists and counts of a ledger of 1,000,000 obligations (`--rows N`), as the API asks for them: a transaction of its own,
 * under row-level security, against the bare prepared statement of the owner for the same rows. `--times N` a case and round, `--rounds N`.
 */
export async function bench(args: string[]): Promise<void> {
  const obligations = numberAfter(args, '--rows') ?? 1_000_000
  const times = numberAfter(args, '--times') ?? 200
  const rounds = numberAfter(args, '--rounds') ?? 3
  await withParts({ begin: 'offices' }, async ({ pool, engine, databaseUrl }) => {
    await engine.stop()
    const fillSeconds = await secondsOf(() => fillCounties(pool, { obligations, now: NOW }))
    await settle(pool)
    const api = createPool(databaseUrl, { role: 'duban_api', max: 1 })
    const owner = await pool.connect()
    // A bare prepared statement is planned once; left alone, PostgreSQL plans some of them anew each time.
    await owner.query('set plan_cache_mode = force_generic_plan')
    const measured = []
    for (const one of await casesOf(api, owner, pool)) measured.push(await measure(one, { times, rounds }))
    owner.release(true)
    await api.end()
    report('scale', {
      obligations,
      fillSeconds,
      times,
      rounds,
      measured,
      goals: 'p99 ≤ 2.5 × town, ≤ 1.5 × county',
    })
  })
}

/** @throws Error when nothing or something else was read */
async function measure(
  { name, place, goal, product, floor, rested }: Case,
  often: { times: number; rounds: number },
) {
  const found = await product()
  await rested()
  if (found.length === 0) throw new Error(`${name}, ${place}: no row was compared`)
  if (found.join() !== (await floor()).join())
    throw new Error(`${name}, ${place}: the floor found something else`)
  const { p50, p99, slowest } = await inTurn({ product, floor, rested }, often)
  const ratio = (of: Sides<number>) => Number((of.product / of.floor).toFixed(2))
  return {
    ...{
      name,
      place,
      rows: found.length,
      p50,
      p99,
      p50Ratio: ratio(p50),
      p99Ratio: ratio(p99),
      goal,
      slowest,
    },
  }
}

/** What filling left behind goes to the disk now, and the server's own work ends, so that none of it falls into a measurement. */
async function settle(pool: Pool): Promise<void> {
  await pool.query('vacuum analyze')
  await pool.query('checkpoint')
  const working = `select from pg_stat_activity where backend_type = 'autovacuum worker'`
  while ((await rows(pool, working)).length > 0) await sleep(1_000)
}

async function casesOf(api: Pool, owner: Sql, pool: Pool): Promise<Case[]> {
  const places = await placesOf(pool)
  const lists = Object.entries(places).flatMap(([place, where]) =>
    LISTS.map((list) => listCase(list, place as Place, { where, api, owner })),
  )
  return [...lists, countsCase(places.county, api, owner)]
}

const GOALS: Record<Place, number | null> = { town: 2.5, county: 1.5, 'twenty counties': null }

function listCase(
  { name, search, sort, bare, order }: (typeof LISTS)[number],
  place: Place,
  { where, api, owner }: { where: Where; api: Pool; owner: Sql },
): Case {
  const page = { sort, after: null, limit: LIMIT, now: NOW }
  const office = place === 'town' ? where.scope.offices[0] : undefined
  const first = `select * from obligations o where $1::timestamptz is not null and ${where.condition} and ${bare}
    order by ${order} limit ${LIMIT}`
  // Of several counties no index has one order: the first of each make the page, here as in the product.
  const pages =
    place === 'twenty counties'
      ? `select o.* from unnest($2::text[]) as c (code), lateral (${first}) o order by ${order} limit ${LIMIT}`
      : first
  const text = `select o.*, s.encrypted, s.key_id from (${pages}) o left join subjects s on s.obligation = o.id
    order by ${order}`
  return {
    ...{ name, place, goal: GOALS[place] },
    ...inRequest(api, where.scope, async (sql) => {
      const found = await searchObligations(sql, { ...search, office }, page, where.scope)
      return found.map((o) => o.id)
    }),
    floor: async () => (await rows<{ id: string }>(owner, text, [ts(NOW), ...where.values])).map((o) => o.id),
  }
}

function countsCase({ scope }: Where, api: Pool, owner: Sql): Case {
  const [county = ''] = scope.counties
  const counts = async (sql: Sql) =>
    (await officeCounts(sql, { county, offices: scope.offices }, NOW, dayOf(NOW))).map((c) =>
      JSON.stringify(c),
    )
  return {
    ...{ name: 'counts of the overview', place: 'county', goal: GOALS.county },
    ...inRequest(api, scope, counts),
    floor: () => counts(owner),
  }
}

/** As a request of the API asks: nobody waits for the word that its transaction is over (src/api/plugins/scope.ts). */
function inRequest(api: Pool, scope: ScopeContext, ask: (sql: Sql) => Promise<string[]>) {
  let over: Promise<void> = Promise.resolve()
  return {
    async product(): Promise<string[]> {
      const db = new ScopedReads(api, scope)
      try {
        return await ask(db)
      } finally {
        over = db.endForGood()
      }
    },
    rested: () => over,
  }
}

async function placesOf(pool: Pool): Promise<Record<Place, Where>> {
  const offices = await rows<{ code: string; county: string; kind: string }>(
    pool,
    `select code, county, kind from bench_offices order by code`,
  )
  const counties = [...new Set(offices.map((o) => o.county))]
  const [county = ''] = counties.slice(3)
  const theirs = offices.filter((o) => o.county === county).map((o) => o.code)
  const town = offices.find((o) => o.county === county && o.kind === 'town')?.code ?? ''
  const who = { person: 'bench', audit: false }
  return {
    town: {
      scope: { ...who, offices: [town], counties: [county] },
      condition: 'o.office = $2',
      values: [town],
    },
    county: {
      scope: { ...who, offices: theirs, counties: [county] },
      condition: 'o.county = $2',
      values: [county],
    },
    'twenty counties': {
      scope: { ...who, offices: offices.map((o) => o.code), counties },
      condition: 'o.county = c.code',
      values: [counties],
    },
  }
}
