import type { FastifyRequest } from 'fastify'
import type { Statistics, StatisticsQuery } from '../../contract/api/statistics.ts'
import { COLUMNS_ACROSS, STATISTIC_RULES } from '../../domain/obligation/statistic.ts'
import { maskName } from '../../domain/people/masking.ts'
import { isUnder } from '../../domain/people/permissions.ts'
import { type CountRow, type CountTable, NOTHING } from '../../services/statistics/count-table.ts'
import { countTowns } from '../../services/statistics/count-towns.ts'
import { countVillages, TooManyToCount } from '../../services/statistics/count-villages.ts'
import type { ObligationSearch } from '../../services/obligations/search.ts'
import { allOffices } from '../../services/people/offices.ts'
import type { Keyring } from '../../services/vault/encryption.ts'
import { ApiError } from '../http/errors.ts'
import { askedOf, scopeOf } from '../obligations/read.ts'
import type { ReferenceData } from '../obligations/reference-data.ts'
import { actorOf } from '../plugins/actor.ts'

type Row = Statistics['items'][number]
type ListQuery = Record<string, string>

/** Obligations by town or village and by a code, as far as the reader sees them (R2, R9). @throws ApiError 422 */
export async function readStatistics(
  request: FastifyRequest,
  keys: Keyring,
  query: StatisticsQuery,
  { names, now }: ReferenceData,
): Promise<Statistics> {
  const { across, down, span, from = null, to = null, kind } = query
  mustRunForward(from, to)
  const counted = await count(request, keys, query, now)
  const codes = Object.entries(COLUMNS_ACROSS[across])
  const talliesIn = (cells: CountRow['cells']) => codes.map(([code]) => cells.get(code) ?? NOTHING)
  const places = down === 'town' ? await townsOf(request, query) : []
  const rows = [
    ...counted.rows,
    ...places.filter((code) => !counted.rows.some((row) => row.office === code)).map(emptyRow),
  ]
  const isTown = new Set(places)
  return {
    ...{ kind, across, down, span, from, to, query: listQueryOf(query) },
    columns: codes.map(([code, label]) => ({ code, label, query: { [across]: code } })),
    items: rows.sort(inOrder(isTown)).map((row): Row => ({
      office: { code: row.office, name: names.office(row.office) },
      village: row.village === null ? null : maskName(row.village),
      query: row.village === null ? placeQuery(row.office, isTown, query.office) : null,
      ...{ cells: talliesIn(row.cells), total: row.total },
    })),
    ...{ totals: talliesIn(counted.columns), total: counted.total, rules: STATISTIC_RULES },
  }
}

/** A span that ends before it begins counts nothing, which would look as if there were nothing. @throws ApiError 400 */
function mustRunForward(from: string | null, to: string | null): void {
  if (from === null || to === null || from <= to) return
  const message = '结束日期(to)在开始日期(from)之前'
  throw new ApiError(400, 'bad-request', `${message},请改正后再统计。`, [
    { pointer: '/querystring/to', message },
  ])
}

function count(
  request: FastifyRequest,
  keys: Keyring,
  query: StatisticsQuery,
  now: number,
): Promise<CountTable> {
  const actor = actorOf(request)
  const question = {
    ...{ search: askedOf(actor, searchOf(query)), across: query.across },
    ...{ scope: scopeOf(actor), now },
  }
  if (query.down === 'town') return countTowns(request.db, question)
  return countVillages(request.db, keys, question, actor.personal).catch(refuseTooMany)
}

/** The same question as a list is asked: that is why each number has its list. */
function searchOf({
  across: _across,
  down: _down,
  span,
  from,
  to,
  ...codes
}: StatisticsQuery): ObligationSearch {
  const days = span === 'issued' ? { issuedFrom: from, issuedTo: to } : { acceptedFrom: from, acceptedTo: to }
  // Without days, what is counted by the day of acceptance is still what was accepted.
  const accepted = span === 'accepted' ? ({ standing: 'done' } as const) : {}
  return { ...codes, ...days, ...accepted, cancelled: false }
}

function listQueryOf(query: StatisticsQuery): ListQuery {
  const asked = Object.entries({ standing: 'all', ...searchOf(query) }).filter(
    ([, value]) => value !== undefined,
  )
  return Object.fromEntries(asked.map(([name, value]) => [name, String(value)]))
}

/** The towns a table has lines of, those without anything to count, too. */
async function townsOf(request: FastifyRequest, { office }: StatisticsQuery): Promise<string[]> {
  const { offices } = actorOf(request).scope
  return (await allOffices(request.db))
    .filter(({ kind, code }) => kind === 'town' && offices.includes(code))
    .map(({ code }) => code)
    .filter((code) => office === undefined || isUnder(code, office))
}

function emptyRow(office: string): CountRow {
  return { office, village: null, cells: new Map(), total: NOTHING }
}

/**
 * Of a town everything below it; of any other office its own work alone, since the towns below it have lines. What was asked of a village
 * alone stands in the line of its town and is asked so again.
 */
function placeQuery(office: string, isTown: ReadonlySet<string>, asked: string | undefined): ListQuery {
  if (asked !== undefined && asked !== office && isUnder(asked, office)) return { office: asked }
  return isTown.has(office) ? { office } : { office, officeOnly: 'true' }
}

/** Towns first, in the order of their codes; villages by how much lies there. */
function inOrder(isTown: ReadonlySet<string>) {
  return (a: CountRow, b: CountRow): number =>
    Number(isTown.has(b.office)) - Number(isTown.has(a.office)) ||
    (a.office < b.office ? -1 : a.office > b.office ? 1 : b.total.items - a.total.items)
}

function refuseTooMany(error: unknown): never {
  if (!(error instanceof TooManyToCount)) throw error
  const detail = `按村一次最多统计 ${error.most} 件,请写明 office,按镇查看各村。`
  throw new ApiError(422, 'too-many', detail, [], {}, { most: error.most })
}
