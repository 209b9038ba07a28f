import { createPool, type Pool, row, rows } from '../src/db/pool.ts'
import { type ScopeContext, ScopedReads } from '../src/db/row-scope.ts'
import type { CalendarChange } from '../src/domain/time/calendar-change.ts'
import { instantAt } from '../src/domain/time/days.ts'
import { previewCalendarChange } from '../src/services/recounts/change-calendar.ts'
import { watchMemory } from './import.ts'
import { fillOpenWork } from './open-work.ts'
import { median, numberAfter, report, secondsOf, withParts } from './support.ts'

const COUNTY = 'sn.ak.zy'
const LAST_DAY = '2022-08-31'
const NOW = instantAt(LAST_DAY, '09:00')
const ROUNDS = 3

/** Two days off for the whole county: everything that is not over by then moves. */
const CHANGE: CalendarChange = {
  scope: { below: true, offices: [COUNTY] },
  spans: [{ from: '2022-08-24', to: '2022-08-25', plan: 'off', name: '汛情' }],
  source: '县防指通知',
}

/**
 * The effect of a change of the calendar over 1,000,000 open obligations of one county (`--rows N`), as the API asks for it, under
 * row-level security, against one full scan of the obligations by the owner.
 */
export async function bench(args: string[]): Promise<void> {
  const open = numberAfter(args, '--rows') ?? 1_000_000
  await withParts({ begin: 'offices' }, async ({ pool, engine, databaseUrl }) => {
    await engine.stop()
    const fillSeconds = await secondsOf(() => fillOpenWork(pool, { county: COUNTY, open, lastDay: LAST_DAY }))
    const api = createPool(databaseUrl, { role: 'duban_api', max: 2 })
    const scope = await wholeCounty(pool)
    const measured = []
    for (let round = 0; round < ROUNDS; round++) {
      const scan = await secondsOf(() => scanOf(pool))
      const memory = await watchMemory()
      let moved = 0
      const product = await secondsOf(async () => (moved = await dryRun(api, scope)))
      measured.push({
        scan,
        product,
        ratio: Number((product / scan).toFixed(1)),
        memoryMb: memory.stop(),
        moved,
      })
    }
    await api.end()
    const ratio = median(measured.map((one) => one.ratio))
    const memoryMb = Math.max(...measured.map((one) => one.memoryMb))
    report('dry-run', {
      open,
      fillSeconds,
      measured,
      ratio,
      goal: '≤ 30 × one full scan',
      memoryMb,
      memoryGoalMb: 150,
    })
  })
}

async function dryRun(api: Pool, scope: ScopeContext): Promise<number> {
  const db = new ScopedReads(api, scope)
  try {
    const { total } = await previewCalendarChange(db, CHANGE, { county: COUNTY, now: NOW })
    if (total.later === 0) throw new Error('nothing moved, so nothing was measured')
    return total.later
  } finally {
    await db.end()
  }
}

/** Reads every row. */
async function scanOf(pool: Pool): Promise<void> {
  await row(pool, 'select count(title), max(holder_due_at) from obligations')
}

async function wholeCounty(pool: Pool): Promise<ScopeContext> {
  const offices = await rows<{ code: string }>(
    pool,
    `select code from offices where code = $1 or code ^@ ($1 || '.')`,
    [COUNTY],
  )
  return { person: 'bench', audit: false, offices: offices.map(({ code }) => code), counties: [COUNTY] }
}
