import type { CheckMethod, Difference } from '../../domain/obligation/sampling-words.ts'
import { obligations, sampleHouseholds, screeningEntries } from '../../db/schema/index.ts'
import type { Sql } from '../../db/pool.ts'
import { allOf, columns, columnsAs, computed, type RowsOf, selectRows } from '../../db/select-columns.ts'

/** Of a household more are not shown (find-related.ts). */
const MOST = 200

const SCREENED = allOf(
  columns(screeningEntries, 'e', ['visitedOn', 'finding', 'follow']),
  columnsAs(obligations, 'o', { screening: 'id', title: 'title', officeCode: 'office' }),
)
export type Screened = RowsOf<typeof SCREENED>

const CHECKED = allOf(
  columns(obligations, 'o', ['id', 'state', 'dueOn']),
  columns(sampleHouseholds, 'd', ['sample']),
  computed<{ method: CheckMethod | null; agrees: boolean | null; differs: Difference[] | null }>({
    method: `o.result ->> 'method'`,
    agrees: `(o.result ->> 'agrees')::boolean`,
    differs: `o.result -> 'differs'`,
  }),
)
export type Checked = RowsOf<typeof CHECKED>

/** What stands for a household beside its obligations: the blind indexes of its number, and its places on the roster, also former ones. */
type Known = { indexes: readonly Buffer[]; roster: readonly string[] }

/** The screenings of its county that have been to a household, or have it written down to go there (R6), as far as the reader sees them. */
export function screeningsOf(sql: Sql, county: string, { indexes, roster }: Known): Promise<Screened[]> {
  return selectRows(
    sql,
    SCREENED,
    `from screening_entries e join obligations o on o.id = e.obligation
      where (e.id_no_index = any($1) or e.roster = any($2)) and o.state <> 'cancelled'
        and o.county = $3
      order by e.visited_on nulls last, e.id limit ${MOST}`,
    [indexes, roster, county],
  )
}

/** The county's checks of a household, drawn by its warning or from the roster (R18), as far as the reader sees the samples. */
export function checksOf(
  sql: Sql,
  ids: readonly string[],
  { roster }: Pick<Known, 'roster'>,
): Promise<Checked[]> {
  return selectRows(
    sql,
    CHECKED,
    `from sample_households d join obligations o on o.id = d.check_obligation
      where d.obligation = any($1) or d.roster = any($2) order by o.issued_at, o.id limit ${MOST}`,
    [ids, roster],
  )
}
