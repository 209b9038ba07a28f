import type { Day } from '../../domain/time/days.ts'
import { rectification } from '../../kinds/rectification.ts'
import type { Sql } from '../../db/pool.ts'
import { campaigns, phases } from '../../db/schema/index.ts'
import { allOf, columns, columnsAs, type RowsOf, selectRow } from '../../db/select-columns.ts'

const LAST_DAY = allOf(
  columns(phases, 'p', ['title', 'clause']),
  columnsAs(phases, 'p', { lastOn: 'dueOn' }),
  columnsAs(campaigns, 'c', { campaign: 'id', source: 'source' }),
)
export type LastDay = RowsOf<typeof LAST_DAY>

/** The last day, with the document and clause that fix it. */
export function basedOn({ lastOn, source, clause }: LastDay): { lastOn: Day; basis: string } {
  return { lastOn, basis: `${source} ${clause}`.trim() }
}

const OF_THE_YEAR = `from campaigns c join phases p on p.campaign = c.id
   where c.county = $1 and c.year = $2 and c.state = 'open' and p.code = $3`

/** The phase by whose end a county's problems are struck off this year; undefined where no campaign runs. */
export function lastDayOfProblems(sql: Sql, county: string, today: Day): Promise<LastDay | undefined> {
  return selectRow(sql, LAST_DAY, OF_THE_YEAR, placeOf(county, today))
}

/** The same, so that the campaign is not closed before what counts on it is registered. */
export function lockLastDayOfProblems(tx: Sql, county: string, today: Day): Promise<LastDay | undefined> {
  return selectRow(tx, LAST_DAY, `${OF_THE_YEAR} for share of c`, placeOf(county, today))
}

function placeOf(county: string, today: Day): unknown[] {
  return [county, Number(today.slice(0, 4)), rectification.phase]
}
