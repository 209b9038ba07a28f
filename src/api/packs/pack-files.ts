import type { FastifyRequest } from 'fastify'
import type { ObligationBody } from '../../contract/api/obligations.ts'
import type { StatisticsQuery } from '../../contract/api/statistics.ts'
import { ACROSS_LABELS } from '../../domain/obligation/statistic.ts'
import { codesOf, SOURCE_LABELS, type Source } from '../../domain/obligation/vocabulary.ts'
import { isUnder, mayIn } from '../../domain/people/permissions.ts'
import { beijingText } from '../../domain/time/days.ts'
import type { Pool } from '../../db/pool.ts'
import { ScopedReads } from '../../db/row-scope.ts'
import { KIND_CODES, KIND_LABELS, kindOf } from '../../kinds/kinds.ts'
import { warning } from '../../kinds/warning.ts'
import type { TableCell } from '../../ledgers/file-table.ts'
import { kindTable } from '../../ledgers/kind-table.ts'
import { rowScopeOf } from '../../services/people/row-scope-of.ts'
import type { KindCount } from '../../services/statistics/count-kinds.ts'
import type { Keyring } from '../../services/vault/encryption.ts'
import { readTimeline } from '../campaigns/timeline-body.ts'
import { ledgerRows, type ShowsWords } from '../ledgers/ledger-rows.ts'
import type { ObligationQuestion, ObligationReader } from '../obligations/read.ts'
import { actorOf, asOfOf } from '../plugins/actor.ts'
import { readMatrix } from '../screenings/matrix.ts'
import { screeningTable } from '../statistics/screening-table.ts'
import { questionTable, statisticTable } from '../statistics/statistic-tables.ts'
import { readStatistics } from '../statistics/statistics.ts'
import { clearHouseholds } from './clear-households.ts'
import { gatesTable } from './gates-table.ts'
import { householdLine, householdsTable } from './households-table.ts'
import type { PackFile } from './pack-file.ts'

/** A workbook is made in memory: what has more lines is several. */
export const MOST_LINES = 20_000
const PAGE = 1_000
/** Each has a sheet. */
const EACH = codesOf(ACROSS_LABELS)
  .map((across) => ACROSS_LABELS[across])
  .join('、')
const DISCOVERED: Source = 'discovery'

/** What a pack is of, and what was counted of it before it is made. */
export type PackPlan = {
  campaign: string
  office: string | undefined
  counts: readonly KindCount[]
  /** Some households are in the clear; the reason is kept with each look. */
  isClear: boolean
  /** Obligations whose households are shown in the clear; the others are masked. */
  clear: ReadonlySet<string>
}
export type PackDeps = { request: FastifyRequest; reader: ObligationReader; keys: Keyring; pool: Pool }

/** How many files a pack will have, its cover included; work that goes on meanwhile may make it one more. */
export function filesIn({ counts }: PackPlan, personal: boolean): number {
  const parts = (lines: number) => Math.max(1, Math.ceil(lines / MOST_LINES))
  const of = (kind: string) => counts.find((one) => one.kind === kind)
  const ledgers = KIND_CODES.reduce((sum, kind) => sum + parts(of(kind)?.items ?? 0), 0)
  const households = counts.reduce((sum, one) => sum + one.households, 0)
  return 3 + ledgers + parts(of(warning.code)?.discovered ?? 0) + (personal ? parts(households) : 0)
}

/** The files of a pack but for its cover, one after another. */
export async function* packFiles(deps: PackDeps, plan: PackPlan): AsyncGenerator<PackFile> {
  yield await deps.request.db.together(() => statisticsFile(deps, plan))
  yield await gatesFile(deps, plan)
  for (const kind of KIND_CODES) yield* ledgerFiles(deps, plan, { kind }, `${KIND_LABELS[kind]}台账`)
  const discovered = { kind: warning.code, source: DISCOVERED }
  yield* ledgerFiles(deps, plan, discovered, `${SOURCE_LABELS[DISCOVERED]}台账`)
  if (actorOf(deps.request).personal) yield* householdFiles(deps, plan)
}

async function statisticsFile({ request, reader, keys }: PackDeps, plan: PackPlan): Promise<PackFile> {
  const known = await reader.known(request)
  const { campaign, office } = plan
  const asked: StatisticsQuery = {
    across: 'ending',
    down: 'town',
    span: 'issued',
    kind: warning.code,
    campaign,
    office,
  }
  const tables = []
  for (const across of codesOf(ACROSS_LABELS))
    tables.push(await readStatistics(request, keys, { ...asked, across }, known))
  const matrix = await readMatrix(request, reader, campaign)
  const towns = matrix.towns.filter((town) => office === undefined || isUnder(town.office.code, office))
  const [first] = tables
  return {
    ...{ name: '统计表', what: `${KIND_LABELS[warning.code]}统计和排查统计表` },
    tables: [
      ...tables.map(statisticTable),
      screeningTable({ ...matrix, towns }),
      ...(first ? [questionTable(first, beijingText(known.now), EACH)] : []),
    ],
  }
}

/** The work of the offices that are asked for, and of no other: the database is told so. */
async function gatesFile({ request, pool }: PackDeps, { campaign, office }: PackPlan): Promise<PackFile> {
  const { now } = asOfOf(request)
  const scope = rowScopeOf(actorOf(request))
  const offices = scope.offices.filter((code) => office === undefined || isUnder(code, office))
  const db = new ScopedReads(pool, { ...scope, offices })
  const { phases } = await db.together(() => readTimeline(db, campaign, { offices }, now))
  return { name: '阶段和放行', what: '各阶段、还待办结的件数、放行人和理由', tables: [gatesTable(phases)] }
}

type Asked = Pick<ObligationQuestion, 'kind' | 'source'>

async function* ledgerFiles(
  { request, reader, keys }: PackDeps,
  plan: PackPlan,
  asked: Asked & { kind: (typeof KIND_CODES)[number] },
  name: string,
): AsyncGenerator<PackFile> {
  const kind = kindOf(asked.kind)
  const actor = actorOf(request)
  // What people wrote may name a household, and a pack is handed on: it has their words where it has the household, or might have it.
  const showsWords: ShowsWords = ({ id, subject, office }) =>
    plan.isClear && (subject === null ? mayIn(actor, 'households:reveal', office.code) : plan.clear.has(id))
  const linesOfPage = (page: ObligationBody[]) => ledgerRows(request, keys, page, showsWords)
  const found = readParts({ request, reader }, plan, asked, linesOfPage)
  for await (const { nth, lines } of found)
    yield { name: named(name, nth), what: name, tables: [kindTable(kind, lines)] }
}

async function* householdFiles(
  { request, reader, keys }: PackDeps,
  plan: PackPlan,
): AsyncGenerator<PackFile> {
  const name = plan.clear.size > 0 ? '户清单(完整)' : '户清单(已遮盖)'
  const linesOfPage = async (page: readonly ObligationBody[]): Promise<TableCell[][]> => {
    // Past its retention nothing of it is left but that it was one.
    const withHousehold = page.filter(({ subject }) => subject !== null && subject.name !== '')
    const shown = withHousehold.map(({ id }) => id).filter((id) => plan.clear.has(id))
    const clear = await clearHouseholds(request.db, keys, shown)
    return withHousehold.map((body) => householdLine(body, clear.get(body.id)))
  }
  for await (const { nth, lines } of readParts({ request, reader }, plan, {}, linesOfPage))
    yield { name: named(name, nth), what: '每件事项背后的户', tables: [householdsTable(lines)] }
}

/** Lines of obligations in parts that fit a workbook, at least one. No transaction waits for a slow reader. */
async function* readParts<Line>(
  { request, reader }: Pick<PackDeps, 'request' | 'reader'>,
  { campaign, office }: PackPlan,
  asked: Asked,
  linesOfPage: (page: ObligationBody[]) => Promise<Line[]>,
): AsyncGenerator<{ nth: number; lines: Line[] }> {
  let [nth, lines]: [number, Line[]] = [1, []]
  const question = { campaign, office, ...asked, sort: 'dueAt' as const, limit: PAGE }
  let cursor: string | undefined
  do {
    const page = await request.db.together(async () => {
      const { items, nextCursor } = await reader.list(request, { ...question, cursor })
      return { more: await linesOfPage(items), nextCursor }
    })
    lines.push(...page.more)
    while (lines.length > MOST_LINES) {
      yield { nth: nth++, lines: lines.slice(0, MOST_LINES) }
      lines = lines.slice(MOST_LINES)
    }
    cursor = page.nextCursor ?? undefined
  } while (cursor !== undefined)
  yield { nth, lines }
}

function named(name: string, nth: number): string {
  return nth === 1 ? name : `${name}-${nth}`
}
