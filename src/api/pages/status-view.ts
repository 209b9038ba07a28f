import { readCalendar } from '../../db/calendar-store.ts'
import { campaigns, phaseCounts, phasesOf, unfinishedItems } from '../../db/campaign-store.ts'
import { now as businessNow, readClock } from '../../db/clock-store.ts'
import { counties } from '../../db/office-store.ts'
import { latestMails, mailCounts, officeCounts } from '../../db/overview-store.ts'
import { countPokes } from '../../db/poke-store.ts'
import type { Pool } from '../../db/pool.ts'
import { dayOf, type Instant, MS_PER_DAY } from '../../domain/days.ts'
import { gate } from '../../domain/gates.ts'
import { phaseState } from '../../domain/phase-state.ts'
import type { StatusView } from './status.ts'
import type { PhaseView } from './timeline-view.ts'

const MAILS_SHOWN = 15

/** Gathers the facts of the first page for the first county. */
export async function readStatus(
  pool: Pool,
  fixed: Pick<StatusView, 'demo' | 'trialMail' | 'parts' | 'gap' | 'temporalUi'>,
): Promise<StatusView> {
  const now = await businessNow(pool)
  const { mode } = await readClock(pool)
  const [home] = await counties(pool)
  const [campaign] = await campaigns(pool)
  const calendar = await readCalendar(pool)
  const offices = home ? await officeCounts(pool, home.office, now, dayOf(now)) : []
  return {
    ...fixed,
    now,
    clockMode: mode,
    campaign: campaign ? { title: campaign.title, phases: await phaseViews(pool, campaign.id, now) } : null,
    offices: offices.map((o) => ({
      ...o,
      longest: o.oldestDueOn ? calendar.between(o.oldestDueOn, dayOf(now)) : 0,
    })),
    mails: await latestMails(pool, MAILS_SHOWN),
    mailCounts: await mailCounts(pool, now - 7 * MS_PER_DAY),
    pendingPokes: await countPokes(pool),
  }
}

async function phaseViews(pool: Pool, campaign: string, now: Instant): Promise<PhaseView[]> {
  const unfinished = await unfinishedItems(pool, campaign)
  const counts = new Map((await phaseCounts(pool, campaign)).map((c) => [c.phase, c]))
  return (await phasesOf(pool, campaign)).map((phase) => {
    const { blockers, carriedOver } = gate(phase.code, unfinished, phase.dueOn)
    const { total = 0, done = 0 } = counts.get(phase.code) ?? {}
    const { title, opensOn, dueOn } = phase
    const state = phaseState(phase, now)
    return { title, opensOn, dueOn, state, blockers, carriedOver: carriedOver.length, total, done }
  })
}
