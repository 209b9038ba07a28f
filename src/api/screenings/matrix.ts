import type { FastifyRequest } from 'fastify'
import type { z } from 'zod'
import type { matrix } from '../../contract/api/screenings.ts'
import type { ObligationBody } from '../../contract/api/obligations.ts'
import { campaignById, campaigns } from '../../services/campaigns/store.ts'
import { phasesOf } from '../../services/campaigns/phases.ts'
import { resultsOf } from '../../services/obligations/results.ts'
import { officesUnder } from '../../services/people/offices.ts'
import {
  type CountedEntries,
  countsByScreening,
  type ScreeningCounts,
} from '../../services/screenings/counts.ts'
import { isScreening, screening, screeningResult } from '../../kinds/screening.ts'
import { readAllPages } from '../obligations/all-pages.ts'
import type { ObligationReader } from '../obligations/read.ts'
import { actorOf } from '../plugins/actor.ts'

type Matrix = z.infer<typeof matrix>
type Cell = NonNullable<Matrix['towns'][number]['cells'][number]>

const NONE: Matrix = { campaignId: null, screenings: [], towns: [], totals: [] }

/** Towns × screenings (R6): state, day and coverage of each; of the towns that the reader sees. */
export async function readMatrix(
  request: FastifyRequest,
  reader: ObligationReader,
  asked: string | undefined,
): Promise<Matrix> {
  const { db } = request
  const campaign = asked === undefined ? (await campaigns(db))[0] : await campaignById(db, asked)
  if (!campaign) return NONE
  const screenings = await screeningsOf(request, campaign.id)
  const cells = await cellsOf(request, reader, campaign.id)
  const { offices } = actorOf(request).scope
  const towns = (await officesUnder(db, campaign.county))
    .filter(({ kind, code }) => kind === 'town' && offices.includes(code))
    .map(({ code, name }) => ({
      office: { code, name },
      cells: screenings.map(({ title }) => cells.get(`${code}|${title}`) ?? null),
    }))
  const totals = screenings.map((_, nth) => totalOf(towns.map((town) => town.cells[nth] ?? null)))
  return { campaignId: campaign.id, screenings, towns, totals }
}

async function screeningsOf({ db }: FastifyRequest, campaign: string): Promise<Matrix['screenings']> {
  const items = (await phasesOf(db, campaign)).flatMap((phase) => phase.items)
  return items.filter(isScreening).map(({ code, title }) => ({ code, title }))
}

/** By town and title, which the items of a template have each for itself. */
async function cellsOf(
  request: FastifyRequest,
  reader: ObligationReader,
  campaign: string,
): Promise<Map<string, Cell>> {
  const found = await readAllPages(request, reader, {
    ...{ kind: screening.code, campaign, cancelled: false },
    sort: 'office',
  })
  const ids = found.map(({ id }) => id)
  const counts = await countsByScreening(request.db, ids)
  const results = await resultsOf(request.db, ids)
  return new Map(
    found.map((body) => [
      `${body.office.code}|${body.title}`,
      cellOf(body, counts.get(body.id), results.get(body.id)?.result),
    ]),
  )
}

function cellOf(body: ObligationBody, counts: ScreeningCounts | undefined, result: unknown): Cell {
  const { id, state, dueOn, clock, overdueWorkingDays, remainingWorkingDays, everLate } = body
  const { entries, owed } = counts ?? { entries: null, owed: 0 }
  const given = entries ?? withOwed(countsIn(result), owed)
  const { toScreen = null, screened = null, eligible = null, enrolled = null, monitored = null } = given
  return {
    ...{ id, state, dueOn, clock, overdueWorkingDays, remainingWorkingDays, everLate },
    ...{ toScreen, screened, eligible, enrolled, monitored, owed },
    byEntries: entries !== null,
    coverage: coverageOf(toScreen, screened),
  }
}

/** What the roster has is to be screened, whether or not anybody has begun. */
function withOwed(given: Partial<CountedEntries>, owed: number): Partial<CountedEntries> {
  return owed === 0 || given.toScreen !== undefined ? given : { toScreen: owed, screened: 0 }
}

/** What was handed in without entries. What an earlier release took has no such counts. */
function countsIn(result: unknown): Partial<CountedEntries> {
  const { toScreen, screened, eligible, enrolled, monitored } = screeningResult.safeParse(result).data ?? {}
  const given = Object.entries({ toScreen, screened, eligible, enrolled, monitored })
  return Object.fromEntries(given.filter(([, count]) => count !== undefined))
}

function totalOf(cells: readonly (Cell | null)[]): Matrix['totals'][number] {
  const sum = (count: 'toScreen' | 'screened') => cells.reduce((all, cell) => all + (cell?.[count] ?? 0), 0)
  const [toScreen, screened] = [sum('toScreen'), sum('screened')]
  return { toScreen, screened, coverage: coverageOf(toScreen, screened) }
}

function coverageOf(toScreen: number | null, screened: number | null): number | null {
  return toScreen === null || toScreen === 0 || screened === null ? null : screened / toScreen
}
