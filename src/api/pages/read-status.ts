import type { FastifyRequest } from 'fastify'
import { listAuditEvents } from '../../services/audit/queries.ts'
import { phaseStandings } from '../../services/campaigns/phase-standing.ts'
import { campaigns } from '../../services/campaigns/store.ts'
import { readClock } from '../../services/schedule/clock.ts'
import { shownClockOf } from '../../domain/time/clock.ts'
import { lastPublished } from '../../services/audit/heads.ts'
import { counties, type County } from '../../services/people/offices.ts'
import { currentHolds } from '../../services/notifications/mail-holds.ts'
import { latestMails, mailCounts } from '../../services/notifications/mail-overview.ts'
import { lateAt } from '../../services/obligations/late-trend.ts'
import { officeCounts } from '../../services/obligations/office-counts.ts'
import { countPokes } from '../../services/watching/pokes.ts'
import type { Sql } from '../../db/pool.ts'
import { lastBlocks } from '../../services/audit/chain-rows.ts'
import { type Actor, mayIn, type Scope } from '../../domain/people/permissions.ts'
import type { Calendar } from '../../domain/time/calendar.ts'
import { dayOf, type Instant, MS_PER_DAY } from '../../domain/time/days.ts'
import { lastWeeks } from '../../domain/time/weeks.ts'
import { type WorkQueue } from '../../domain/obligation/vocabulary.ts'
import type { ObligationPage, ObligationReader } from '../obligations/read.ts'
import { calendarPart } from '../operations/calendar-part.ts'
import { actorOf } from '../plugins/actor.ts'
import type { OfficeLine } from '../../services/obligations/office-totals.ts'
import { MAIL_DAYS, type StatusView, TREND_WEEKS } from './status-view.ts'
import type { PhaseView } from './timeline-view.ts'
import type { TrailView } from './trail-view.ts'
import { type Section, sectionsFor } from '../../domain/people/home-sections.ts'

const MAILS_SHOWN = 15
const OBLIGATIONS_SHOWN = 8
const ENTRIES_SHOWN = 8

/** Gathers the facts of the first page: of the actor's county, as far as they may see it. */
export async function readStatus(
  request: FastifyRequest,
  obligations: ObligationReader,
  fixed: Pick<StatusView, 'demo' | 'trialMail' | 'parts' | 'gap' | 'temporalUi'>,
): Promise<StatusView> {
  const { db: sql } = request
  const actor = actorOf(request)
  const sections = sectionsFor(actor)
  const shows = (section: Section) => sections.includes(section)
  const first = async (section: Section, standing: WorkQueue): Promise<ObligationPage | null> =>
    shows(section)
      ? obligations.list(request, { standing, sort: 'holderDueAt', limit: OBLIGATIONS_SHOWN })
      : null
  const { now, calendar } = await obligations.known(request)
  const clock = await readClock(sql)
  const homes = await counties(sql)
  const [home] = homes
  const [campaign] = await campaigns(sql)
  const offices = home && shows('offices') ? await officeLines(sql, home.office, calendar, now) : []
  return {
    ...fixed,
    parts: shows('parts') ? [...fixed.parts, await calendarPart(sql, calendar, now)] : fixed.parts,
    now,
    calendar,
    clockMode: shownClockOf(clock),
    preparing: preparingOf(homes, actor),
    actor,
    sections,
    held: await first('held', 'held'),
    late: await first('late', 'overdue'),
    trail: shows('trail') ? await readTrail(sql) : null,
    campaign:
      campaign && shows('timeline')
        ? { title: campaign.title, phases: await phaseViews(sql, campaign.id, actor.scope, now) }
        : null,
    offices,
    county: home?.office ?? '',
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

async function officeLines(
  sql: Sql,
  county: string,
  calendar: Calendar,
  now: Instant,
): Promise<OfficeLine[]> {
  const today = dayOf(now)
  const weeks = lastWeeks(now, TREND_WEEKS)
  const trends = await lateAt(sql, county, weeks)
  return (await officeCounts(sql, county, now, today)).map((o) => ({
    ...o,
    longest: o.oldestDueOn ? calendar.between(o.oldestDueOn, today) : 0,
    trend: trends.get(o.code) ?? weeks.map(() => 0),
  }))
}

async function readTrail(sql: Sql): Promise<TrailView> {
  const [newest] = await lastBlocks(sql, 'audit', 1)
  return {
    latest: await listAuditEvents(sql, {}, { before: null, limit: ENTRIES_SHOWN }),
    sealed: newest ? { number: Number(newest.number), at: Number(newest.sealedWall) } : null,
    published: (await lastPublished(sql, 'audit')) ?? null,
  }
}

async function phaseViews(
  sql: Sql,
  campaign: string,
  reader: Pick<Scope, 'offices'>,
  now: Instant,
): Promise<PhaseView[]> {
  return (await phaseStandings(sql, campaign, reader, now)).map(({ phase, ...standing }) => {
    const { code, title, opensOn, dueOn, begunAs, originalDueOn } = phase
    return { code, title, opensOn, dueOn, begunAs, originalDueOn, ...standing }
  })
}
