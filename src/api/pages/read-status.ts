import type { FastifyRequest } from 'fastify'
import { listAuditEvents } from '../../services/audit/queries.ts'
import { campaigns, phaseCounts, phasesOf, unfinishedItems } from '../../services/campaigns/store.ts'
import { readClock } from '../../services/schedule/clock.ts'
import { lastPublished } from '../../services/audit/heads.ts'
import { counties, type County } from '../../services/people/offices.ts'
import { currentHolds } from '../../services/notifications/mail-holds.ts'
import { latestMails, mailCounts } from '../../services/notifications/mail-overview.ts'
import { officeCounts } from '../../services/obligations/office-counts.ts'
import { countPokes } from '../../services/watching/pokes.ts'
import type { Sql } from '../../db/pool.ts'
import { lastBlocks } from '../../services/audit/chain-rows.ts'
import { type Actor, mayIn } from '../../domain/people/permissions.ts'
import { dayOf, type Instant, MS_PER_DAY } from '../../domain/time/days.ts'
import { phaseGate } from '../../services/campaigns/gates.ts'
import { phaseState } from '../../domain/obligation/phase-state.ts'
import { type WorkQueue } from '../../domain/obligation/vocabulary.ts'
import type { ObligationPage, ObligationReader } from '../obligations/read.ts'
import { actorOf } from '../plugins/actor.ts'
import { MAIL_DAYS, type StatusView } from './status-view.ts'
import type { PhaseView } from './timeline-view.ts'
import type { TrailView } from './trail-view.ts'
import { type Section, sectionsFor } from './home-sections.ts'

const MAILS_SHOWN = 15
const MATTERS_SHOWN = 8
const ENTRIES_SHOWN = 8

/** Gathers the facts of the first page: of the actor's county, as far as they may see it. */
export async function readStatus(
  request: FastifyRequest,
  matters: ObligationReader,
  fixed: Pick<StatusView, 'demo' | 'trialMail' | 'parts' | 'gap' | 'temporalUi'>,
): Promise<StatusView> {
  const { db: sql } = request
  const actor = actorOf(request)
  const sections = sectionsFor(actor)
  const shows = (section: Section) => sections.includes(section)
  const first = async (section: Section, standing: WorkQueue): Promise<ObligationPage | null> =>
    shows(section) ? matters.list(request, { standing, sort: 'holderDueAt', limit: MATTERS_SHOWN }) : null
  const { now, calendar } = await matters.known(request)
  const { mode } = await readClock(sql)
  const homes = await counties(sql)
  const [home] = homes
  const [campaign] = await campaigns(sql)
  const offices = home && shows('offices') ? await officeCounts(sql, home.office, now, dayOf(now)) : []
  return {
    ...fixed,
    now,
    calendar,
    clockMode: mode,
    preparing: preparingOf(homes, actor),
    actor,
    sections,
    held: await first('held', 'held'),
    late: await first('late', 'overdue'),
    trail: shows('trail') ? await readTrail(sql) : null,
    campaign:
      campaign && shows('timeline')
        ? { title: campaign.title, phases: await phaseViews(sql, campaign.id, now) }
        : null,
    offices: offices.map((o) => ({
      ...o,
      longest: o.oldestDueOn ? calendar.between(o.oldestDueOn, dayOf(now)) : 0,
    })),
    mails: shows('mails') ? await latestMails(sql, MAILS_SHOWN) : [],
    holds: (await currentHolds(sql)).filter(({ county }) => actor.scope.counties.includes(county)),
    mailCounts: await mailCounts(sql, now - MAIL_DAYS * MS_PER_DAY),
    pendingPokes: await countPokes(sql),
  }
}

function preparingOf(homes: readonly County[], actor: Actor): StatusView['preparing'] {
  const held = homes.find(({ mailState }) => mailState === 'preparing')
  if (!held) return null
  const { office, name } = held
  return { office, name, mayOpen: mayIn(actor, 'mail:open', office) }
}

async function readTrail(sql: Sql): Promise<TrailView> {
  const [newest] = await lastBlocks(sql, 'audit', 1)
  return {
    latest: await listAuditEvents(sql, {}, { before: null, limit: ENTRIES_SHOWN }),
    sealed: newest ? { number: Number(newest.number), at: Number(newest.sealedWall) } : null,
    published: (await lastPublished(sql, 'audit')) ?? null,
  }
}

async function phaseViews(sql: Sql, campaign: string, now: Instant): Promise<PhaseView[]> {
  const unfinished = await unfinishedItems(sql, campaign)
  const counts = new Map((await phaseCounts(sql, campaign)).map((c) => [c.phase, c]))
  return (await phasesOf(sql, campaign)).map((phase) => {
    const { blockers, carriedOver } = phaseGate(phase, unfinished)
    const { total = 0, done = 0 } = counts.get(phase.code) ?? {}
    const { code, title, opensOn, dueOn, begunAs, originalDueOn } = phase
    const own = { code, title, opensOn, dueOn, begunAs, originalDueOn, total, done }
    const state = phaseState(phase, now)
    return { ...own, state, blockers, carriedOver: carriedOver.length }
  })
}
