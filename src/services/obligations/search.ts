import type { Day, Instant } from '../../domain/time/days.ts'
import { rowsByKeptPlan, type Sql, ts } from '../../db/pool.ts'
import { obligations, subjects } from '../../db/schema/index.ts'
import {
  allOf,
  columns,
  columnsAs,
  computed,
  maybe,
  type RowsOf,
  selectRow,
  selectRows,
} from '../../db/select-columns.ts'
import {
  conditionsOf,
  type ObligationSearch,
  officesOfReader,
  placesOf,
  type Scope,
} from './search-conditions.ts'
import { type After, type Sort, sortExpression } from './search-sort.ts'
import type { ShownExtension, ShownPause } from './postponements.ts'
import { everLate, redoDueOn } from './turn-clocks.ts'

/** An instant inside of JSON. */
const MS = (column: string) => `(extract(epoch from ${column}) * 1000)::bigint`

// Names are not joined: they stand in the directory, which hardly changes (src/api/obligations/reference-data.ts). $1 is now.
const OBLIGATION = allOf(
  columns(obligations, 'o', [
    ...([
      'id',
      'externalId',
      'kind',
      'title',
      'state',
      'phase',
      'level',
      'cause',
      'group',
      'source',
    ] as const),
    ...(['issuedAt', 'dueAt', 'dueOn', 'provisional', 'acknowledgedAt', 'result', 'version'] as const),
    ...(['stage', 'holderDueAt', 'holderDueOn'] as const),
  ]),
  columnsAs(obligations, 'o', {
    ...({ campaignId: 'campaign', officeCode: 'office' } as const),
    ...({ holderCode: 'holderOffice', personId: 'holderPerson' } as const),
  }),
  computed<{
    everLate: boolean
    redoDueOn: Day | null
    suspended: ShownPause | null
    extensions: ShownExtension[] | null
  }>({
    everLate: everLate('o', '$1'),
    redoDueOn: redoDueOn('o'),
    // A row that is not paused asks nothing.
    suspended: `case when o.state = 'suspended' then (
      select json_build_object('reasonCode', p.reason_code, 'from', p.from_on, 'until', p.until_on, 'approvedBy', p.approved_by)
        from pauses p where p.obligation = o.id and p.resumed_on is null) end`,
    extensions: `(
      select json_agg(json_build_object('state', x.state, 'workingDays', x.working_days, 'grantedDays', x.granted_days,
               'askedAt', ${MS('x.asked_at')}, 'onLastDay', x.on_last_day, 'office', x.office,
               'answeredAt', ${MS('x.answered_at')}) order by x.asked_at, x.id)
        from extensions x where x.obligation = o.id)`,
  }),
  // The household behind it; see services/vault/encryption.ts.
  maybe(columns(subjects, 's', ['encrypted', 'keyId'])),
)
export type ObligationRow = RowsOf<typeof OBLIGATION>

export type { ObligationSearch, Scope } from './search-conditions.ts'
export type { After, DaySort, Sort } from './search-sort.ts'
export { sortedAt } from './search-sort.ts'
type Page = { sort: Sort; after: After | null; limit: number; now: Instant }

/** The sizes of page that texts are written for, so that not every limit makes another one: one row, lists, a calendar. */
const SIZES = [2, 51, 201, 1_001]

/** The first so many different texts that are asked are prepared on each connection; every other is planned each time. */
const MOST_PREPARED = 32
const prepared = new Set<string>()

/**
 * One page. Sorted by the column and the id, so that a page never repeats or skips a row that did not move.
 * @param scope whose: what row-level security would leave of a whole county or of all offices
 */
export async function searchObligations(
  sql: Sql,
  search: ObligationSearch,
  page: Page,
  scope: Scope,
): Promise<ObligationRow[]> {
  const { text, values } = pageStatement(search, page, scope)
  if (prepared.size < MOST_PREPARED) prepared.add(text)
  const found = prepared.has(text)
    ? await rowsByKeptPlan<ObligationRow>(sql, text, values)
    : (await sql.query<ObligationRow>({ text, values })).rows
  return found.slice(0, page.limit)
}

/** Of each place the first rows are read off an index, and the first of those make the page. */
function pageStatement(search: ObligationSearch, page: Page, scope: Scope) {
  const where = conditionsOf(search, page.now, scope.held)
  const places = placesOf(scope, search)
  const column = sortExpression(page.sort, search)
  const [direction, beyond] = page.sort.startsWith('-') ? ['desc', '<'] : ['asc', '>']
  if (page.after) where.add(`(${column}, o.id) ${beyond} (?, ?)`, valueOf(page.after.at), page.after.id)
  where.add(`o.${places.column} = place.code`)
  const own = officesOfReader(scope, places, search)
  if (own) where.add('o.office = any(?)', own)
  const conditions = where.text()
  where.values.push(places.codes, page.limit)
  const [codes, limit] = [`$${where.values.length - 1}`, `limit $${where.values.length}`]
  const order = `order by ${column} ${direction}, o.id ${direction}`
  const size = SIZES.find((most) => most >= page.limit) ?? Math.trunc(page.limit)
  // A number stands in the text: of a parameter a plan for all values expects a tenth of the table, and would read every household for it.
  const text = `select ${OBLIGATION} from (select o.* from unnest(${codes}::text[]) as place (code)
      cross join lateral (select * from obligations o ${conditions} ${order} ${limit}) o
      ${order} limit ${size}) o
    left join subjects s on s.obligation = o.id ${order}`
  return { text, values: where.values }
}

function valueOf(at: After['at']): Date | string {
  return typeof at === 'number' ? ts(at) : at
}

const OBLIGATION_WITH_FACTS = allOf(OBLIGATION, columns(obligations, 'o', ['facts']))

export function obligationById(
  sql: Sql,
  id: string,
  now: Instant,
): Promise<RowsOf<typeof OBLIGATION_WITH_FACTS> | undefined> {
  const one = 'from obligations o left join subjects s on s.obligation = o.id where o.id = $2'
  return selectRow(sql, OBLIGATION_WITH_FACTS, one, [ts(now), id])
}

const OBLIGATION_WITH_ORIGIN = allOf(OBLIGATION, columns(obligations, 'o', ['followsFrom']))

/** Several by their ids, in the order they were issued; those beyond the reader are left out. */
export function obligationsByIds(
  sql: Sql,
  ids: readonly string[],
  now: Instant,
): Promise<RowsOf<typeof OBLIGATION_WITH_ORIGIN>[]> {
  const these = `from obligations o left join subjects s on s.obligation = o.id
    where o.id = any($2) order by o.issued_at, o.id`
  return selectRows(sql, OBLIGATION_WITH_ORIGIN, these, [ts(now), ids])
}
