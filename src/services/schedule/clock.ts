import { businessNow, type ClockRow } from '../../domain/time/clock.ts'
import type { Instant } from '../../domain/time/days.ts'
import { insertRow } from '../../db/insert-rows.ts'
import type { Sql } from '../../db/pool.ts'
import { clock as clockTable } from '../../db/schema/index.ts'
import { allOf, columns, computed, maybe, type RowsOf, selectRow } from '../../db/select-columns.ts'

const STORED = columns(clockTable, 'c', ['mode', 'businessAt', 'wallAnchor', 'rate'])
/** Every column is null in a database without the row. */
type Stored = { [K in keyof RowsOf<typeof STORED>]: RowsOf<typeof STORED>[K] | null }

/** The clock in force; a database without the row runs on wall time. */
export async function readClock(sql: Sql): Promise<ClockRow> {
  return clockOf(await selectRow(sql, STORED, 'from clock c'))
}

function clockOf(stored: Stored | undefined): ClockRow {
  if (stored?.mode === 'stepped') return { mode: 'stepped', businessAt: stored.businessAt ?? 0 }
  if (stored?.mode === 'rate')
    return {
      mode: 'rate',
      businessAnchor: stored.businessAt ?? 0,
      wallAnchor: stored.wallAnchor ?? 0,
      rate: stored.rate ?? 1,
    }
  return { mode: 'wall' }
}

/** Business time now. Only this file reads the machine's clock for it. */
export async function now(sql: Sql): Promise<Instant> {
  return businessNow(await readClock(sql), Date.now())
}

/** The business time of a request, and of which version the directory of people and offices and the calendar are that it is answered from. */
export type AsOf = { now: Instant; directory: number; calendar: number }

/** Columns of `as_of`, read beside any table in the statement that identifies the caller. */
export const AS_OF = allOf(
  maybe(columns(clockTable, 'as_of', ['mode', 'businessAt', 'wallAnchor', 'rate'])),
  computed<{ directory: number; calendar: number }>({ directory: 'directory', calendar: 'calendar' }),
)
/** What a row has of the columns of `AS_OF`. */
export type AsOfColumns = RowsOf<typeof AS_OF>

/** The row with its columns of `AS_OF` made one `asOf`. */
export function withAsOf<T extends AsOfColumns>(found: T): Omit<T, keyof AsOfColumns> & { asOf: AsOf } {
  const { mode, businessAt, wallAnchor, rate, directory, calendar, ...rest } = found
  const clock = clockOf({ mode, businessAt, wallAnchor, rate })
  return { ...rest, asOf: { now: businessNow(clock, Date.now()), directory, calendar } }
}

export async function setClock(sql: Sql, clock: ClockRow): Promise<void> {
  const at = clock.mode === 'stepped' ? clock.businessAt : clock.mode === 'rate' ? clock.businessAnchor : null
  const rated = clock.mode === 'rate' ? clock : null
  await insertRow(
    sql,
    clockTable,
    {
      ...{ id: 1, mode: clock.mode, businessAt: at },
      ...{ wallAnchor: rated?.wallAnchor ?? null, rate: rated?.rate ?? null },
    },
    {
      onConflict: `(id) do update set mode = excluded.mode, business_at = excluded.business_at,
        wall_anchor = excluded.wall_anchor, rate = excluded.rate`,
    },
  )
}
