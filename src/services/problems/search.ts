import type { Day, Instant } from '../../domain/time/days.ts'
import { row, rows, type Sql, ts } from '../../db/pool.ts'
import { obligations, problems } from '../../db/schema/index.ts'
import {
  allOf,
  columns,
  columnsAs,
  computed,
  type RowsOf,
  selectRow,
  selectRows,
} from '../../db/select-columns.ts'
import { everLate, overdue } from '../obligations/turn-clocks.ts'

/** What the list can be asked for; all of it holds at once. */
export type ProblemSearch = {
  office?: string | undefined
  campaign?: string | undefined
  state?: string | undefined
  origin?: string | undefined
  type?: string | undefined
}

// $1 is now.
const PROBLEM = allOf(
  columns(obligations, 'o', [
    'id',
    'title',
    'state',
    'dueAt',
    'dueOn',
    'version',
    'facts',
    'result',
    'closedAt',
  ]),
  columnsAs(obligations, 'o', { officeCode: 'office', campaignId: 'campaign' }),
  columns(problems, 'p', ['batch', 'encrypted', 'keyId', 'number', 'numberYear', 'foundBy', 'finding']),
  computed<{ attachments: number; overdue: boolean; everLate: boolean }>({
    attachments: '(select count(*) from attachments a where a.obligation = o.id)',
    overdue: `coalesce(${overdue('o', '$1')}, false)`,
    everLate: everLate('o', '$1'),
  }),
)
export type ProblemRow = RowsOf<typeof PROBLEM>

/** Where a problem stands in the list: by its day, and what is done with behind all that is open. */
const SORTED_AT = `(o.due_at + case when o.closed_at is null then interval '0' else interval '200000 days' end)`

/** Which of them are asked for, as `askedFor` gives it from the second parameter on. */
const ASKED_FOR = `($2::text is null or o.office = $2 or o.office ^@ ($2 || '.'))
  and ($3::text is null or o.campaign = $3) and ($4::text is null or o.state = $4)
  and ($5::text is null or o.facts ->> 'origin' = $5) and ($6::text is null or o.facts ->> 'type' = $6)`
const askedFor = ({ office, campaign, state, origin, type }: ProblemSearch) =>
  [office, campaign, state, origin, type].map((asked) => asked ?? null)

/** One page of problems: what is open, due first ahead, then what is done with. */
export function searchProblems(
  sql: Sql,
  search: ProblemSearch,
  page: { after: { at: Instant; id: string } | null; limit: number; now: Instant },
): Promise<(ProblemRow & { sortedAt: Instant })[]> {
  return rows(
    sql,
    `select ${PROBLEM}, ${SORTED_AT} as "sortedAt" from problems p join obligations o on o.id = p.obligation
      where ${ASKED_FOR} and ($7::timestamptz is null or (${SORTED_AT}, o.id) > ($7, $8))
      order by ${SORTED_AT}, o.id limit $9`,
    [
      ...[ts(page.now), ...askedFor(search)],
      ...[page.after && ts(page.after.at), page.after?.id ?? null, page.limit],
    ],
  )
}

/** What stands before and after a problem in the list that is asked for, by its place, also where it is not in it any more; undefined for what is none. */
export function problemsAround(
  sql: Sql,
  id: string,
  search: ProblemSearch,
): Promise<{ previous: string | null; next: string | null } | undefined> {
  const beside = (sign: '<' | '>', order: 'asc' | 'desc') => `(
    select o.id from problems p join obligations o on o.id = p.obligation
     where ${ASKED_FOR} and (${SORTED_AT}, o.id) ${sign} (here.at, here.id) order by ${SORTED_AT} ${order}, o.id ${order} limit 1)`
  return row(
    sql,
    `select ${beside('<', 'desc')} as previous, ${beside('>', 'asc')} as next
       from (select ${SORTED_AT} as at, o.id from problems p join obligations o on o.id = p.obligation where o.id = $1) here`,
    [id, ...askedFor(search)],
  )
}

/** The problem that an obligation is; undefined for any other. */
export function problemById(sql: Sql, id: string, now: Instant): Promise<ProblemRow | undefined> {
  return selectRow(
    sql,
    PROBLEM,
    'from problems p join obligations o on o.id = p.obligation where o.id = $2',
    [ts(now), id],
  )
}

/** Those of these obligations that are problems of the list. */
export function problemsByIds(sql: Sql, ids: readonly string[], now: Instant): Promise<ProblemRow[]> {
  const those = 'from problems p join obligations o on o.id = p.obligation where o.id = any($2)'
  return selectRows(sql, PROBLEM, those, [ts(now), ids])
}

const FOUND = allOf(
  columnsAs(problems, 'p', { id: 'obligation', finding: 'finding' }),
  columns(obligations, 'o', ['title', 'state']),
)
export type FoundProblem = RowsOf<typeof FOUND>

/** The problems that an obligation found, in the order of its findings. */
export function problemsFoundBy(sql: Sql, id: string): Promise<FoundProblem[]> {
  return selectRows(
    sql,
    FOUND,
    'from problems p join obligations o on o.id = p.obligation where p.found_by = $1 order by p.finding, o.id',
    [id],
  )
}

/** On one day, how many problems of an office were registered and how many struck off. */
export type OfficeDayChange = { office: string; day: Day; opened: number; closed: number }

const dayIn = (column: string) => `(${column} at time zone 'Asia/Shanghai')::date`

/** The problems of a campaign by office and day. What was cancelled was never to be struck off. */
export function problemChanges(sql: Sql, campaign: string): Promise<OfficeDayChange[]> {
  const ours = `from problems p join obligations o on o.id = p.obligation where o.campaign = $1 and o.state <> 'cancelled'`
  return rows(
    sql,
    `select office, day, sum(opened)::int as opened, sum(closed)::int as closed from (
       select o.office, ${dayIn('o.created_at')} as day, count(*) as opened, 0 as closed ${ours} group by 1, 2
       union all
       select o.office, ${dayIn('o.closed_at')}, 0, count(*) ${ours} and o.state = 'accepted' group by 1, 2) d
     group by office, day order by office, day`,
    [campaign],
  )
}

/** How many problems of a campaign are late with whoever performs them, by office. */
export async function lateProblems(sql: Sql, campaign: string, now: Instant): Promise<Map<string, number>> {
  const found = await rows<{ office: string; late: number }>(
    sql,
    `select o.office, count(*) as late from problems p join obligations o on o.id = p.obligation
      where o.campaign = $2 and ${overdue('o', '$1')} group by o.office`,
    [ts(now), campaign],
  )
  return new Map(found.map(({ office, late }) => [office, late]))
}
