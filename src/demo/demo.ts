import type { BaseDeps, LetterDeps } from '../services/deps.ts'
import { choosePlan } from '../services/campaigns/chosen-plan.ts'
import { startCampaign } from '../services/campaigns/store.ts'
import { readCountyCalendar } from '../services/schedule/calendar.ts'
import { currentPolicy } from '../services/schedule/policies.ts'
import { setClock } from '../services/schedule/clock.ts'
import { poke } from '../services/watching/pokes.ts'
import { pokeAllWatches } from '../services/watching/standing-check.ts'
import { inTransaction, type Pool } from '../db/pool.ts'
import type { Keyring } from '../services/vault/encryption.ts'
import { NO_CATEGORY, ruleFor } from '../domain/escalation/policy.ts'
import type { Calendar } from '../domain/time/calendar.ts'
import { addDays, type Day, dayOf, instantAt, type Instant } from '../domain/time/days.ts'
import { warning } from '../kinds/warning.ts'
import { clockFrom, lastWorkingMoment } from './demo-clock.ts'
import { makeInlineEngine } from './inline-engine.ts'
import { makeRandom } from './random.ts'
import { layRoster } from './roster.ts'
import { officeWork } from './office-work.ts'
import { demoProblems } from './problems.ts'
import { LEVEL_DUE_TODAY, plannedWarnings, registerWarning } from './warnings.ts'

type DemoDeps = BaseDeps & { keys: Keyring; letters: LetterDeps }

/** The same seed gives the same past on the same day. */
const SEED = 20_220_527
/** Warnings of the last weeks, so that something is due, late and done today. */
const WARNING_DAYS = 40
const WARNINGS = 120

export type DemoOptions = {
  /** Hears the share done, 0–1. */
  onProgress?: (share: number) => void
  signal?: AbortSignal
  warnings?: number
}

/**
 * Makes a county with a past by the product's own actions at earlier times; its mails are archived, not sent.
 * It ends on the last working day, and the clock goes on from there.
 */
export async function layDemo(
  deps: DemoDeps,
  county: string,
  wallNow: Instant,
  { onProgress, signal, warnings: warningCount = WARNINGS }: DemoOptions = {},
): Promise<void> {
  const calendar = await readCountyCalendar(deps.pool, county)
  const engine = makeInlineEngine({ ...deps, letters: { ...deps.letters, archive: true } })
  const now = lastWorkingMoment(wallNow, calendar)
  const start = await beginYear(deps, county, now)
  const work = officeWork(deps, SEED, now)
  const lastDays = Array.from({ length: WARNING_DAYS + 1 }, (_, n) => addDays(dayOf(now), n - WARNING_DAYS))
  const warnings = await plannedWarnings(deps.pool, county, makeRandom(SEED), {
    days: lastDays.filter(calendar.isWorking),
    count: warningCount,
    dueToday: await issuedForToday(deps.pool, county, calendar, dayOf(now)),
  })
  const published = warnings.filter(({ issuedAt }) => issuedAt < now)
  const problems = demoProblems(deps, county, { now, calendar })
  const days = Math.max(1, Math.ceil((now - start) / 86_400_000))
  for (let day = 0; day <= days; day++) {
    signal?.throwIfAborted()
    const today = addDays(dayOf(start), day)
    for (const time of ['09:15', '11:00', '15:30', '17:00']) {
      const at = instantAt(today, time)
      if (at >= now) break
      await engine.advanceTo(at)
      // Nobody works on a day off: what was published or planned meanwhile waits for the next working day.
      if (!calendar.isWorking(today)) continue
      while (warnings[0] && warnings[0].issuedAt <= at)
        await registerWarning(deps, county, warnings.shift()!, at)
      await problems.layOn(today, at)
      await work.doWhatIsPlanned(county, at)
    }
    onProgress?.(day / days)
  }
  await engine.advanceTo(now)
  // Last, so that what was done before is the same without it.
  await inTransaction(deps.pool, (tx) =>
    layRoster(tx, deps.keys, county, { random: makeRandom(SEED), warnings: published, now }),
  )
  await setClock(deps.pool, clockFrom(now, wallNow))
  await inTransaction(deps.pool, pokeAllWatches)
}

/** On which day a warning was published that falls due on the day that is shown: there is always one. */
async function issuedForToday(pool: Pool, county: string, calendar: Calendar, today: Day): Promise<Day> {
  const policy = await currentPolicy(pool, county)
  const { limit } = ruleFor(policy, {
    kind: warning.code,
    level: LEVEL_DUE_TODAY,
    ...NO_CATEGORY,
    stage: 'perform',
  })
  return calendar.add(today, 'workingDays' in limit ? -limit.workingDays : 0)
}

/** The campaign begins on the first of May, or today when that is still ahead. */
async function beginYear({ pool }: DemoDeps, county: string, now: Instant): Promise<Instant> {
  const year = dayOf(now).slice(0, 4)
  const start = Math.min(
    instantAt(`${year}-05-01`, '09:00'),
    instantAt(addDays(dayOf(now), -WARNING_DAYS), '09:00'),
  )
  await setClock(pool, { mode: 'stepped', businessAt: start })
  await inTransaction(pool, async (tx) => {
    const plan = await choosePlan(tx, { county, year: Number(year) }, { name: 'safety-net-2022' })
    await startCampaign(tx, { county, year: Number(year), ...plan! }, start)
    await poke(tx, 'courier', [county])
  })
  return start
}
