import type { Replacement } from '../../domain/obligation/sampling-words.ts'
import type { Group, State } from '../../domain/obligation/vocabulary.ts'
import type { Sql } from '../../db/pool.ts'
import { obligations, sampleHouseholds, samples } from '../../db/schema/index.ts'
import {
  allOf,
  columns,
  columnsAs,
  maybe,
  type RowsOf,
  selectRow,
  selectRows,
} from '../../db/select-columns.ts'

const SAMPLE = columns(samples, 's', [
  ...([
    'id',
    'county',
    'campaign',
    'seed',
    'percent',
    'population',
    'digest',
    'dueOn',
    'drawnBy',
    'drawnAt',
  ] as const),
])
export type SampleRow = RowsOf<typeof SAMPLE>

const HOUSEHOLD = allOf(
  columns(sampleHouseholds, 'h', [
    ...(['household', 'obligation', 'roster', 'office', 'group', 'place', 'state'] as const),
    ...(['checkObligation', 'replacedFor'] as const),
  ]),
  maybe(columnsAs(obligations, 'o', { checkState: 'state', checkResult: 'result' })),
)
export type SampleHousehold = RowsOf<typeof HOUSEHOLD>

export function sampleRows(sql: Sql): Promise<SampleRow[]> {
  return selectRows(sql, SAMPLE, 'from samples s order by drawn_at desc, id')
}

export function sampleById(sql: Sql, id: string): Promise<SampleRow | undefined> {
  return selectRow(sql, SAMPLE, 'from samples s where id = $1', [id])
}

/** The frozen population, town by town, group by group, in the order of the draw. */
export function householdsOf(sql: Sql, sample: string): Promise<SampleHousehold[]> {
  return selectRows(
    sql,
    HOUSEHOLD,
    `from sample_households h left join obligations o on o.id = h.check_obligation
      where h.sample = $1 order by h.office, h.key_group, h.place`,
    [sample],
  )
}

/** Two replacements must not take the same household. */
export async function lockSample(tx: Sql, id: string): Promise<void> {
  await tx.query('select from sample_households where sample = $1 order by household for update', [id])
}

/** The next household of the same town and group that nobody has drawn yet. */
export function nextHousehold(
  tx: Sql,
  sample: string,
  { office, group }: { office: string; group: Group },
): Promise<{ household: string; place: number } | undefined> {
  return selectRow(
    tx,
    columns(sampleHouseholds, 'h', ['household', 'place']),
    `from sample_households h where sample = $1 and office = $2 and key_group = $3 and state = 'waiting'
      order by place limit 1`,
    [sample, office, group],
  )
}

export async function markDrawn(tx: Sql, sample: string, household: string, check: string): Promise<void> {
  await tx.query(
    `update sample_households set state = 'drawn', check_obligation = $3 where sample = $1 and household = $2`,
    [sample, household, check],
  )
}

export async function markReplaced(
  tx: Sql,
  sample: string,
  household: string,
  reason: Replacement,
): Promise<void> {
  await tx.query(
    `update sample_households set state = 'replaced', replaced_for = $3 where sample = $1 and household = $2`,
    [sample, household, reason],
  )
}

/** What a town owes and has: those whose check was accepted. */
export function isChecked({ state, checkState }: { state: string; checkState: State | null }): boolean {
  return state === 'drawn' && checkState === 'accepted'
}
