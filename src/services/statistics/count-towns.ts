import { ENDING_LABELS, outcomesOf } from '../../domain/obligation/outcomes.ts'
import type { Across } from '../../domain/obligation/statistic.ts'
import { codesOf } from '../../domain/obligation/vocabulary.ts'
import type { Instant } from '../../domain/time/days.ts'
import type { Sql } from '../../db/pool.ts'
import { conditionsOf, type ObligationSearch, type Scope } from '../obligations/search-conditions.ts'
import { inPlaces } from '../obligations/search-counts.ts'
import { OUTCOME } from '../obligations/search-fields.ts'
import { type CountLine, type CountTable, tableOf } from './count-table.ts'
import { HOUSEHOLD_KEY, joinedKeys } from './household-keys.ts'

/** A question, and whose: what row-level security leaves of it. */
export type StatisticQuestion = { search: ObligationSearch; across: Across; scope: Scope; now: Instant }

const ENDING = `(case ${codesOf(ENDING_LABELS)
  .map((ending) => `when ${OUTCOME} in (${outcomesOf(ending).map(quoted).join(',')}) then ${quoted(ending)}`)
  .join(' ')} end)`
/** The column that each counts by. Its filters stand in services/obligations/search-fields.ts; a test holds the two together. */
export const ACROSS: Readonly<Record<Across, string>> = {
  ending: ENDING,
  outcome: OUTCOME,
  level: 'o.level',
  cause: 'o.cause',
  group: 'o.key_group',
  source: 'o.source',
}
/** What lies in a village counts for its town. */
export const OFFICE = `case when f.kind = 'village' then f.parent else o.office end`

/** Obligations and their households by town, with all totals, in one pass (R2, R9). */
export async function countTowns(
  sql: Sql,
  { search, across, scope, now }: StatisticQuestion,
): Promise<CountTable> {
  const where = conditionsOf(search, now, scope.held)
  inPlaces(where, search, scope)
  const { keys, roots } = await joinedKeys(sql, scope.counties)
  const [nthKeys, nthRoots] = [where.values.push(keys), where.values.push(roots)]
  const text = `with counted as (
      select ${OFFICE} as office, coalesce(${ACROSS[across]}, 'none') as code, coalesce(j.root, k.key) as household
        from obligations o join offices f on f.code = o.office
        left join subjects s on s.obligation = o.id
        left join lateral (select ${HOUSEHOLD_KEY} as key) k on true
        left join unnest($${nthKeys}::text[], $${nthRoots}::text[]) as j (key, root) on j.key = k.key
        ${where.text()})
    select office, null as village, code, count(*) as items, count(distinct household) as households
      from counted group by grouping sets ((office, code), (office), (code), ())`
  const { rows } = await sql.query<CountLine>({ text, values: where.values })
  return tableOf(rows)
}

function quoted(code: string): string {
  return `'${code}'`
}
