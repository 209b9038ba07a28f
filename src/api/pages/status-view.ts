import { readCalendar } from '../../db/calendar-store.ts'
import { campaigns, phaseCounts, phasesOf, unfinishedItems } from '../../db/campaign-store.ts'
import { now as businessNow, readClock } from '../../db/clock-store.ts'
import { counties } from '../../db/office-store.ts'
import { latestMails, mailCounts, officeCounts } from '../../db/overview-store.ts'
import { countPokes } from '../../db/poke-store.ts'
import type { Sql } from '../../db/pool.ts'
import type { Actor } from '../../domain/access.ts'
import { dayOf, type Instant, MS_PER_DAY } from '../../domain/days.ts'
import { gate } from '../../domain/gates.ts'
import { phaseState } from '../../domain/phase-state.ts'
import type { StatusView } from './status.ts'
import type { PhaseView } from './timeline-view.ts'

const MAILS_SHOWN = 15

/** Gathers the facts of the first page: of the actor's county, as far as they may see it. */
export async function readStatus(
  sql: Sql,
  actor: Actor,
  fixed: Pick<StatusView, 'demo' | 'trialMail' | 'parts' | 'gap' | 'temporalUi'>,
): Promise<StatusView> {
  const now = await businessNow(sql)
  const { mode } = await readClock(sql)
  const [home] = await counties(sql)
  const [campaign] = await campaigns(sql)
  const calendar = await readCalendar(sql)
  const offices =
    home && actor.permissions.has('obligations:read')
      ? await officeCounts(sql, home.office, now, dayOf(now))
      : []
  return {
    ...fixed,
    now,
    clockMode: mode,
    actor,
    campaign:
      campaign && actor.permissions.has('campaigns:read')
        ? { title: campaign.title, phases: await phaseViews(sql, campaign.id, now) }
        : null,
    offices: offices.map((o) => ({
      ...o,
      longest: o.oldestDueOn ? calendar.between(o.oldestDueOn, dayOf(now)) : 0,
    })),
    mails: actor.permissions.has('mails:read') ? await latestMails(sql, MAILS_SHOWN) : [],
    mailCounts: await mailCounts(sql, now - 7 * MS_PER_DAY),
    pendingPokes: await countPokes(sql),
  }
}

async function phaseViews(sql: Sql, campaign: string, now: Instant): Promise<PhaseView[]> {
  const unfinished = await unfinishedItems(sql, campaign)
  const counts = new Map((await phaseCounts(sql, campaign)).map((c) => [c.phase, c]))
  return (await phasesOf(sql, campaign)).map((phase) => {
    const { blockers, carriedOver } = gate(phase.code, unfinished, phase.dueOn)
    const { total = 0, done = 0 } = counts.get(phase.code) ?? {}
    const { title, opensOn, dueOn } = phase
    const state = phaseState(phase, now)
    return { title, opensOn, dueOn, state, blockers, carriedOver: carriedOver.length, total, done }
  })
}
