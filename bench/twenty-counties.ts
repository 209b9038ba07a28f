import { inTransaction, type Pool, rows, type Sql, ts } from '../src/db/pool.ts'
import type { Instant } from '../src/domain/time/days.ts'

const COUNTIES = 20
const TOWNS = 17

/**
 * A ledger of twenty counties of seventeen towns, by set: of a hundred obligations 75 are done, 5 under review, 3 to do again,
 * 17 to do; what is open falls due within 60 days around `now`. Each has a household, which nobody decrypts here.
 */
export async function fillCounties(
  pool: Pool,
  { obligations, now }: { obligations: number; now: Instant },
): Promise<void> {
  await fill(pool, obligations, now, async (tx) => {
    await addOffices(tx)
    return `insert into subjects (obligation, encrypted, key_id) select id, repeat('x', 160)::bytea, 'k' from obligations`
  })
}

/** The same of the towns of one county, which are there, and without households: a page of them would be decrypted. */
export async function fillCounty(
  pool: Pool,
  { county, obligations, now }: { county: string; obligations: number; now: Instant },
): Promise<void> {
  // A table takes no parameters as it is made.
  const towns = `create table bench_offices as select '${county}' as county, code, kind from offices
    where parent = '${county}' and kind = 'town'`
  await fill(pool, obligations, now, async (tx) => {
    await tx.query(towns)
    return null
  })
}

/** @param lay makes the places, and tells the statement that adds households */
async function fill(
  pool: Pool,
  obligations: number,
  now: Instant,
  lay: (tx: Sql) => Promise<string | null>,
): Promise<void> {
  await inTransaction(pool, async (tx) => {
    const households = await lay(tx)
    // Indexes are built afterwards and foreign keys are not checked: row by row a million take ten minutes.
    await tx.query('set local session_replication_role = replica')
    const indexes = await dropIndexes(tx)
    await tx.query(OBLIGATIONS, [obligations, ts(now)])
    if (households) await tx.query(households)
    for (const index of indexes) await tx.query(index)
  })
  await pool.query('vacuum analyze obligations, subjects')
}

/** `bench_offices`: every county and town, numbered. */
async function addOffices(tx: Sql): Promise<void> {
  await tx.query(
    `create table bench_offices as
     select (c - 1) * ${TOWNS} + t - 1 as n, 'sn.ak.b' || lpad(c::text, 2, '0') as county,
            'sn.ak.b' || lpad(c::text, 2, '0') || case when t = 0 then '' else '.t' || lpad(t::text, 2, '0') end as code,
            case when t = 0 then 'county' else 'town' end as kind
       from generate_series(1, ${COUNTIES}) c, generate_series(0, ${TOWNS}) t`,
  )
  await tx.query(
    `insert into offices (code, parent, kind, name)
     select code, case when kind = 'county' then 'sn.ak' else county end, kind, code from bench_offices order by code`,
  )
}

const OBLIGATIONS = `
  with town as (select row_number() over (order by code) - 1 as n, code, county from bench_offices where kind = 'town'),
  drawn as (
    select i, i % towns as town, (i / towns) % 100 as share,
           date_trunc('day', $2::timestamptz) + ((i::bigint * 7919) % 86400000) * interval '60 milliseconds' as around
      from generate_series(1, $1::int) i, (select count(*)::int as towns from town)),
  staged as (
    select *, case when share < 75 then null when share < 80 then 'review' when share < 83 then 'redo' else 'perform' end as stage,
           case when share < 75 then around - interval '120 days' else around - interval '30 days' end as due
      from drawn)
  insert into obligations (id, county, key, external_id, kind, state, title, office, reviewer, level, start_on, issued_at, due_at,
    due_on, provisional, policy, created_at, closed_at, stage, holder_office, holder_due_at, holder_due_on, ended_late)
  select 'ob_' || lpad(i::text, 22, '0'), county, 'k' || i, 'B-' || i, 'warning',
         case when stage is null then 'accepted' when stage = 'review' then 'submitted' when stage = 'redo' then 'returned' else 'open' end,
         '预警核查', code, county, (array['red','orange','yellow'])[1 + i % 3], due::date - 14, due - interval '14 days', due, due::date,
         false, (select id from policies limit 1), due, case when stage is null then due end,
         stage, case when stage = 'review' then county when stage is not null then code end,
         case when stage is not null then due + case when stage = 'perform' then interval '0' else interval '5 days' end end,
         case when stage is not null then due::date + case when stage = 'perform' then 0 else 5 end end,
         i % 9 = 0
    from staged join town on town.n = staged.town`

/** @returns the statements that make them again */
export async function dropIndexes(
  tx: Sql,
  tables: readonly string[] = ['obligations', 'subjects'],
): Promise<string[]> {
  const found = await rows<{ name: string; made: string }>(
    tx,
    `select indexname as name, indexdef as made from pg_indexes where tablename = any($1)
        and indexdef like 'CREATE INDEX%'`,
    [tables],
  )
  for (const { name } of found) await tx.query(`drop index "${name}"`)
  return found.map(({ made }) => made)
}
