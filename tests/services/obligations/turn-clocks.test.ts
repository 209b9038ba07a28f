import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { searchObligations } from '../../../src/services/obligations/search.ts'
import { lateAt } from '../../../src/services/obligations/late-trend.ts'
import { officesUnder } from '../../../src/services/people/offices.ts'
import { officeCounts } from '../../../src/services/obligations/office-counts.ts'
import { inTransaction, rows, type Sql, ts } from '../../../src/db/pool.ts'
import { addDays, dayOf, endOfDay, type Instant, MS_PER_DAY } from '../../../src/domain/time/days.ts'
import { endOfWeek } from '../../../src/domain/time/weeks.ts'
import { isDueToday } from '../../../src/domain/obligation/clock-status.ts'
import {
  isOverdue,
  isPerforming,
  type TurnSpan,
  wasEverLate,
} from '../../../src/domain/obligation/turn-clocks.ts'
import type { WorkQueue, State } from '../../../src/domain/obligation/vocabulary.ts'
import { createTestDatabase, type TestDatabase } from '../../support/database.ts'
import { givenWarning } from '../../support/warnings.ts'
import { rewriteHolders } from '../../support/holders.ts'

const COUNTY = 'sn.ak.zy'
const OBLIGATIONS = 12
const FIRST_DAY = '2022-06-06'

let database: TestDatabase
let ids: string[]
beforeAll(async () => {
  database = await createTestDatabase('county')
  const { pool } = database
  for (let n = 0; n < OBLIGATIONS; n++) await givenWarning(pool, { id: `YJ-${n}`, level: 'red' })
  ids = (await rows<{ id: string }>(pool, 'select id from obligations order by id')).map((o) => o.id)
})
afterAll(() => database.drop())

type History = { turns: TurnSpan[]; state: State }

/** Around the end of a day within two weeks: before, at and after it, so that the very instant is met often. */
const instant = fc
  .tuple(fc.integer({ min: 0, max: 13 }), fc.constantFrom(-1, 0, 1, -8 * 3_600_000, 9 * 3_600_000))
  .map(([day, beside]): Instant => endOfDay(addDays(FIRST_DAY, day)) + beside)
const turn = fc.record({
  dueAt: fc.integer({ min: 0, max: 13 }).map((day) => endOfDay(addDays(FIRST_DAY, day))),
  endedAt: instant,
})
/** Performing, its review, doing it again, the review of that …; the last is open, or all is over. */
const history = fc
  .tuple(fc.array(turn, { minLength: 1, maxLength: 5 }), fc.constantFrom('open', 'accepted', 'cancelled'))
  .map(([spans, end]): History => {
    const turns = spans.map((span, n) => ({
      ...span,
      stage: n % 2 === 1 ? ('review' as const) : n === 0 ? ('perform' as const) : ('redo' as const),
      endedAt: end === 'open' && n === spans.length - 1 ? null : span.endedAt,
    }))
    const open = turns.at(-1)?.stage ?? 'perform'
    const held = ({ perform: 'open', review: 'submitted', redo: 'returned' } as const)[open]
    return { turns, state: end === 'open' ? held : end === 'accepted' ? 'accepted' : 'cancelled' }
  })
const histories = fc.array(history, { minLength: OBLIGATIONS, maxLength: OBLIGATIONS })

/** The obligations stand as if that had been their history. */
async function lay(tx: Sql, all: History[]): Promise<void> {
  await tx.query(
    'create temp table kept on commit drop as select distinct on (obligation) * from assignments',
  )
  await tx.query('delete from assignments')
  const spans = all.flatMap(({ turns }, n) => turns.map((t) => ({ ...t, obligation: ids[n] })))
  await tx.query(
    `insert into assignments (id, obligation, stage, office, deadline, start_on, started_at, due_at, due_on, provisional, ended_at)
     select 'as_' || n, obligation, t.stage, k.office, k.deadline, k.start_on, t.due_at - interval '60 days', t.due_at, t.due_on, false, t.ended_at
       from unnest($1::text[], $2::text[], $3::timestamptz[], $4::date[], $5::timestamptz[])
            with ordinality t (obligation, stage, due_at, due_on, ended_at, n) join kept k using (obligation)`,
    [
      spans.map((s) => s.obligation),
      spans.map((s) => s.stage),
      spans.map((s) => ts(s.dueAt)),
      spans.map((s) => dayOf(s.dueAt - 1)),
      spans.map((s) => (s.endedAt === null ? null : ts(s.endedAt))),
    ],
  )
  await rewriteHolders(tx)
  await tx.query(
    `update obligations o set state = s.state, closed_at = case when s.state in ('accepted','cancelled') then now() end
       from unnest($1::text[], $2::text[]) s (id, state) where s.id = o.id`,
    [ids, all.map((h) => h.state)],
  )
}

/** What the database says of them at that instant. */
async function asked(tx: Sql, now: Instant) {
  const page = { sort: 'dueAt', after: null, limit: 200, now } as const
  const found = async (overdue?: boolean) => {
    const list = await searchObligations(tx, { overdue }, page, { offices: [COUNTY], counties: [COUNTY] })
    return list.sort((a, b) => (a.id < b.id ? -1 : 1))
  }
  const standing = async (asked: WorkQueue) => {
    const list = await searchObligations(tx, { standing: asked }, page, {
      offices: [COUNTY],
      counties: [COUNTY],
    })
    return list.length
  }
  const offices = (await officesUnder(tx, COUNTY)).map(({ code }) => code)
  const ours = { county: COUNTY, offices }
  const [counts] = await officeCounts(tx, ours, now, dayOf(now))
  const { red, dueToday, dueThisWeek, overdue, overdueRed, oldestDueOn, doneLate, openLate } = counts!
  const trend = await lateAt(tx, ours, [now - 7 * MS_PER_DAY, now])
  return {
    everLate: (await found()).map((o) => o.everLate),
    overdue: (await found(true)).map((o) => o.id),
    notOverdue: (await found(false)).map((o) => o.id),
    counts: { red, dueToday, dueThisWeek, overdue, overdueRed, oldestDueOn, doneLate, openLate },
    lateNow: [...trend.values()].map(([, late]) => late!).filter((late) => late > 0),
    listed: {
      red: await standing('to-perform'),
      dueToday: await standing('due-today'),
      dueThisWeek: await standing('due-this-week'),
      overdue: await standing('overdue'),
      doneLate: await standing('done-late'),
    },
  }
}

/** What the rules say. */
function expected(all: History[], now: Instant): Awaited<ReturnType<typeof asked>> {
  const late = all.map((h) => wasEverLate(h.turns, now))
  const open = all.map((h) => h.turns.find((t) => t.endedAt === null))
  const overdue = open.map((t) => t !== undefined && isOverdue(t, now))
  const held = open.flatMap((t) => (t && isPerforming(t.stage) ? [{ ...t, dueOn: dayOf(t.dueAt - 1) }] : []))
  const overdueDays = held.filter((t) => isOverdue(t, now)).map((t) => t.dueOn)
  const counts = {
    red: held.length,
    dueToday: held.filter((t) => isDueToday(t, now)).length,
    dueThisWeek: held.filter((t) => t.dueOn >= dayOf(now) && t.dueOn <= endOfWeek(dayOf(now))).length,
    overdue: overdueDays.length,
    oldestDueOn: overdueDays.sort()[0] ?? null,
    doneLate: all.filter((h, n) => h.state === 'accepted' && late[n]).length,
  }
  const openLate = all.filter((h, n) => h.turns.at(-1)?.endedAt === null && late[n]).length
  // Some of these histories end after the instant that is asked about.
  const lateNow = all
    .flatMap(({ turns }) => turns)
    .filter((t) =>
      isOverdue({ ...t, endedAt: t.endedAt !== null && t.endedAt <= now ? t.endedAt : null }, now),
    ).length
  const { oldestDueOn: _, ...listed } = counts
  return {
    everLate: late,
    overdue: ids.filter((_, n) => overdue[n]),
    notOverdue: ids.filter((_, n) => !overdue[n]),
    // All of them are red.
    counts: { ...counts, overdueRed: counts.overdue, openLate },
    lateNow: lateNow > 0 ? [lateNow] : [],
    listed,
  }
}

test("the database's overdue, late and due-today agree with the rules for random histories at any time", async () => {
  const property = fc.asyncProperty(histories, instant, async (all, now) => {
    const said = await inTransaction(database.pool, async (tx) => {
      await lay(tx, all)
      return asked(tx, now)
    })
    expect(said).toEqual(expected(all, now))
  })
  await fc.assert(property, { numRuns: 60 })
})
