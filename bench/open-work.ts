import { inTransaction, type Pool, rows, type Sql } from '../src/db/pool.ts'
import { addDays, type Day, endOfDay } from '../src/domain/time/days.ts'
import { dueFromWorkingDays } from '../src/domain/time/limits.ts'
import { readCalendar } from '../src/services/schedule/calendar.ts'
import { dropIndexes } from './twenty-counties.ts'

const LIMITS = { red: 3, orange: 5, yellow: 10 } as const
/** Work that began within so many days before the last one. */
const DAYS = 60

/**
 * So many open warnings of one county, behind the deadlines they would have: a tenth are red and watched one by one. One in a hundred
 * has an extension. Rows are laid by set.
 */
export async function fillOpenWork(
  pool: Pool,
  { county, open, lastDay }: { county: string; open: number; lastDay: Day },
): Promise<void> {
  await inTransaction(pool, async (tx) => {
    await tx.query('set local session_replication_role = replica')
    await layLimits(tx, county, lastDay)
    const indexes = await dropIndexes(tx, ['obligations', 'assignments', 'deadlines'])
    await tx.query(laid(county, open))
    for (const text of [OBLIGATIONS, DEADLINES]) await tx.query(text, [county])
    for (const text of [ASSIGNMENTS, EXTENSIONS]) await tx.query(text)
    for (const index of indexes) await tx.query(index)
  })
  await pool.query('vacuum analyze obligations, assignments, deadlines, extensions')
}

/** `bench_limits`: the due day of each level for each day of beginning, by the product's own calendar. */
async function layLimits(tx: Sql, county: string, lastDay: Day): Promise<void> {
  const calendar = await readCalendar(tx, county)
  const all = Object.entries(LIMITS).flatMap(([level, workingDays]) =>
    Array.from({ length: DAYS }, (_, i) => {
      const start = addDays(lastDay, -i)
      const { dueOn } = dueFromWorkingDays(start, workingDays, calendar)
      return { level, workingDays, i, start, dueOn, dueAt: new Date(endOfDay(dueOn)) }
    }),
  )
  await tx.query(
    'create table bench_limits (level text, days int, i int, start_on date, due_on date, due_at timestamptz)',
  )
  await rows(
    tx,
    'insert into bench_limits select * from unnest($1::text[], $2::int[], $3::int[], $4::date[], $5::date[], $6::timestamptz[])',
    [
      all.map(({ level }) => level),
      all.map(({ workingDays }) => workingDays),
      all.map(({ i }) => i),
      all.map(({ start }) => start),
      all.map(({ dueOn }) => dueOn),
      all.map(({ dueAt }) => dueAt),
    ],
  )
}

/** A table takes no parameters as it is made. */
const laid = (county: string, open: number) => `
  create table bench_open as
  with town as (select row_number() over (order by code) - 1 as n, count(*) over () as all_of, code from offices
                 where parent = '${county}' and kind = 'town'),
  drawn as (select i, case i % 10 when 0 then 'red' when 1 then 'orange' when 2 then 'orange' when 3 then 'orange' else 'yellow' end as level,
                   (i / 10) % ${DAYS} as day, i % (select max(all_of) from town) as town from generate_series(1, ${open}) i)
  select 'ob_' || lpad(d.i::text, 22, '0') as obligation, 'as_' || lpad(d.i::text, 22, '0') as assignment, t.code as office, d.level,
         l.days, l.start_on, l.due_on, l.due_at,
         'dl_' || case when d.level = 'red' then d.i::text else t.code || d.level || l.due_on end as deadline
    from drawn d join town t on t.n = d.town join bench_limits l on l.level = d.level and l.i = d.day`

const OBLIGATIONS = `
  insert into obligations (id, county, key, external_id, kind, state, title, office, reviewer, level, start_on, issued_at, due_at, due_on,
    provisional, policy, created_at, stage, holder_office, holder_due_at, holder_due_on)
  select obligation, $1, obligation, obligation, 'warning', 'open', '因病预警核查', office, $1, level, start_on, start_on, due_at, due_on,
         false, (select id from policies where county = $1), start_on, 'perform', office, due_at, due_on
    from bench_open`

const DEADLINES = `
  insert into deadlines (id, key, county, office, due_at, due_on, rule, kind, level, stage, label, policy, started_at)
  select deadline, deadline, $1, min(office), min(due_at), min(due_on), 'warning-' || min(level), 'warning', min(level), 'perform', '预警核查',
         (select id from policies where county = $1), min(start_on)
    from bench_open group by deadline`

const ASSIGNMENTS = `
  insert into assignments (id, obligation, stage, office, deadline, start_on, started_at, due_at, due_on, working_days, provisional)
  select assignment, obligation, 'perform', office, deadline, start_on, start_on, due_at, due_on, days, false from bench_open`

const EXTENSIONS = `
  insert into extensions (id, obligation, origin, state, working_days, granted_days, asked_by, asked_at, on_last_day, office, roles,
    answered_by, answered_at)
  select 'ex_' || obligation, obligation, assignment, 'refused', 2, null, 'bench', start_on, false, office, '[]', 'bench', start_on
    from bench_open where right(obligation, 2) = '07'`
