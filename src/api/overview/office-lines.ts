import type { FastifyRequest } from 'fastify'
import type { z } from 'zod'
import type { overview } from '../../contract/api/overview.ts'
import { counties } from '../../services/people/offices.ts'
import { lateAt } from '../../services/obligations/late-trend.ts'
import { officeCounts } from '../../services/obligations/office-counts.ts'
import { addLine, type OfficeLine } from '../../services/obligations/office-totals.ts'
import { ON_TIME_RULE, onTimeRate } from '../../domain/obligation/on-time.ts'
import { rankWorst, WORST_RULE } from '../../domain/obligation/worst-offices.ts'
import { dayOf } from '../../domain/time/days.ts'
import { lastWeeks } from '../../domain/time/weeks.ts'
import { iso } from '../obligations/present.ts'
import type { ReferenceData } from '../obligations/reference-data.ts'
import { actorOf } from '../plugins/actor.ts'

type Overview = z.infer<typeof overview>

const TREND_WEEKS = 12

/** Where each office stands, the worst first, and all of them together. */
export async function readOverview(request: FastifyRequest, known: ReferenceData): Promise<Overview> {
  const { scope } = actorOf(request)
  const home = (await counties(request.db)).find(({ office }) => scope.counties.includes(office))
  const trendAt = lastWeeks(known.now, TREND_WEEKS)
  const lines = home ? await linesOf(request, home.office, trendAt, known) : []
  const ranked = rankWorst(lines, ({ overdue, overdueRed, longest }) => ({
    ...{ count: overdue, red: overdueRed, longest },
  }))
  return {
    now: iso(known.now),
    county: home ? { code: home.office, name: home.name } : null,
    wholeCounty: home !== undefined && scope.offices.includes(home.office),
    trendAt: trendAt.map(iso),
    items: ranked.map(({ code, name, place, tied, ...line }) => ({
      ...{ office: { code, name }, place, tied },
      ...countsOf(line),
    })),
    total: lines.length === 0 ? null : countsOf(lines.reduce(addLine)),
    rules: { place: WORST_RULE, onTime: ON_TIME_RULE },
  }
}

async function linesOf(
  request: FastifyRequest,
  county: string,
  weeks: number[],
  { calendar, now }: ReferenceData,
): Promise<OfficeLine[]> {
  const today = dayOf(now)
  const { db } = request
  const ours = { county, offices: actorOf(request).scope.offices }
  const trends = await lateAt(db, ours, weeks)
  return (await officeCounts(db, ours, now, today)).map((line) => ({
    ...line,
    longest: line.oldestDueOn ? calendar.between(line.oldestDueOn, today) : 0,
    trend: trends.get(line.code) ?? weeks.map(() => 0),
  }))
}

function countsOf(of: Omit<OfficeLine, 'code' | 'name' | 'kind' | 'oldestDueOn'>) {
  const { unfinished, red, orange, yellow, other: noLevel, dueToday, dueThisWeek, overdue, overdueRed } = of
  const { longest, inReview, done, doneLate, openLate } = of
  return {
    ...{ unfinished, red, orange, yellow, noLevel, dueToday, dueThisWeek, overdue, overdueRed },
    ...{ longest, inReview, done, doneLate, openLate, onTimeRate: onTimeRate(of) },
    trend: [...of.trend],
  }
}
