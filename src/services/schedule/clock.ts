import { businessNow, type ClockRow } from '../../domain/time/clock.ts'
import type { Instant } from '../../domain/time/days.ts'
import { row, type Sql, ts } from '../../db/pool.ts'

type Stored = {
  mode: string | null
  business_at: Instant | null
  wall_anchor: Instant | null
  rate: number | null
}

/** The clock in force; a database without the row runs on wall time. */
export async function readClock(sql: Sql): Promise<ClockRow> {
  return clockOf(await row<Stored>(sql, 'select mode, business_at, wall_anchor, rate from clock'))
}

function clockOf(stored: Stored | undefined): ClockRow {
  if (stored?.mode === 'stepped') return { mode: 'stepped', businessAt: stored.business_at ?? 0 }
  if (stored?.mode === 'rate')
    return {
      mode: 'rate',
      businessAnchor: stored.business_at ?? 0,
      wallAnchor: stored.wall_anchor ?? 0,
      rate: stored.rate ?? 1,
    }
  return { mode: 'wall' }
}

/** Business time now. This is the only place where business time reads the machine's clock. */
export async function now(sql: Sql): Promise<Instant> {
  return businessNow(await readClock(sql), Date.now())
}

/** The business time, and the versions of directory and calendar, as of which a request is answered. */
export type AsOf = { now: Instant; directory: number; calendar: number }

/** The columns that `AS_OF` adds to a row. */
export type AsOfColumns = Stored & { directory: number; calendar: number }
/** Columns of `as_of`, read beside any table in the statement that identifies the caller. */
export const AS_OF = 'mode, business_at, wall_anchor, rate, directory, calendar'

/** Turns those columns into an `AsOf`. */
export function withAsOf<T extends AsOfColumns>(found: T): Omit<T, keyof AsOfColumns> & { asOf: AsOf } {
  const { mode, business_at, wall_anchor, rate, directory, calendar, ...rest } = found
  const clock = clockOf({ mode, business_at, wall_anchor, rate })
  return { ...rest, asOf: { now: businessNow(clock, Date.now()), directory, calendar } }
}

export async function setClock(sql: Sql, clock: ClockRow): Promise<void> {
  const at = clock.mode === 'stepped' ? clock.businessAt : clock.mode === 'rate' ? clock.businessAnchor : null
  await sql.query(
    `insert into clock (id, mode, business_at, wall_anchor, rate) values (1, $1, $2, $3, $4)
     on conflict (id) do update set mode = $1, business_at = $2, wall_anchor = $3, rate = $4`,
    [
      clock.mode,
      at === null ? null : ts(at),
      clock.mode === 'rate' ? ts(clock.wallAnchor) : null,
      clock.mode === 'rate' ? clock.rate : null,
    ],
  )
}
