import type { FastifyRequest } from 'fastify'
import type { z } from 'zod'
import type { problemBurnDown } from '../../contract/api/problems.ts'
import { burnDownOf, type DayChange, expectedOfAll } from '../../domain/obligation/burn-down.ts'
import { campaigns } from '../../services/campaigns/store.ts'
import { phasesOf } from '../../services/campaigns/phases.ts'
import { lateProblems, type OfficeDayChange, problemChanges } from '../../services/problems/search.ts'
import type { ReferenceData } from '../obligations/reference-data.ts'
import { untilDay } from '../overview/until-day.ts'

const NONE = {
  ...{ campaignId: null, dueOn: null, series: [], remaining: 0, workingDaysLeft: 0, items: [] },
  ...{ neededPerDay: null, actualPerDay: 0, expectedOn: null, expectedLate: null },
  ...{ registered: 0, struckOff: 0, overdue: 0 },
}

/** How the problems of a campaign burn down to its last day, in all and by office; of what the reader sees. */
export async function readProblemBurnDown(
  { db }: FastifyRequest,
  asked: string | undefined,
  { calendar, names, now }: ReferenceData,
): Promise<z.infer<typeof problemBurnDown>> {
  const campaignId = asked ?? (await campaigns(db))[0]?.id
  const last = campaignId === undefined ? undefined : (await phasesOf(db, campaignId)).at(-1)
  if (campaignId === undefined || last === undefined) return NONE
  const changes = await problemChanges(db, campaignId)
  const late = await lateProblems(db, campaignId, now)
  const { dueOn } = last
  const until = await untilDay(db, campaignId, { dueOn, calendar, now })
  const items = [...byOffice(changes)].map(([code, theirs]) => {
    const { series: _series, ...pace } = burnDownOf(theirs, until)
    const office = { code, name: names.office(code) }
    return { office, ...pace, ...sumsOf(theirs), overdue: late.get(code) ?? 0 }
  })
  const overdue = [...late.values()].reduce((sum, n) => sum + n, 0)
  return {
    ...{ campaignId, dueOn, ...burnDownOf(inAll(changes), until), ...expectedOfAll(items, until) },
    ...{ ...sumsOf(changes), overdue },
    items: items.sort((a, b) => b.remaining - a.remaining || (a.office.code < b.office.code ? -1 : 1)),
  }
}

function byOffice(changes: readonly OfficeDayChange[]): Map<string, OfficeDayChange[]> {
  const codes = new Set(changes.map(({ office }) => office))
  return new Map([...codes].map((code) => [code, changes.filter(({ office }) => office === code)]))
}

/** Each day once, whichever offices it changed. */
function inAll(changes: readonly OfficeDayChange[]): DayChange[] {
  const days = new Set(changes.map(({ day }) => day))
  return [...days].map((day) => {
    const { registered, struckOff } = sumsOf(changes.filter((change) => change.day === day))
    return { day, opened: registered, closed: struckOff }
  })
}

function sumsOf(changes: readonly OfficeDayChange[]) {
  return {
    registered: changes.reduce((sum, { opened }) => sum + opened, 0),
    struckOff: changes.reduce((sum, { closed }) => sum + closed, 0),
  }
}
