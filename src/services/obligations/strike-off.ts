import { dayOf, type Instant } from '../../domain/time/days.ts'
import { insertRow } from '../../db/insert-rows.ts'
import { row, type Sql } from '../../db/pool.ts'
import { strikeOffSeries } from '../../db/schema/index.ts'

type Struck = { county: string; year: number | null }

/**
 * Strikes an accepted problem off under the next number of its county's year (R15 销号): that of its campaign, or today's. Numbers
 * are given in the transaction that accepts: one that is rolled back gives its number back. A reopened problem keeps its number.
 */
export async function strikeOff(tx: Sql, obligation: string, now: Instant): Promise<void> {
  const struck = await row<Struck>(
    tx,
    `select p.county, c.year from problems p join obligations o on o.id = p.obligation
       left join campaigns c on c.id = o.campaign where p.obligation = $1 and p.number is null`,
    [obligation],
  )
  if (!struck) return
  const year = struck.year ?? Number(dayOf(now).slice(0, 4))
  const { county } = struck
  const series = `${county}|${year}`
  const counted = await insertRow(
    tx,
    strikeOffSeries,
    { series, county, last: 1 },
    { onConflict: '(series) do update set last = strike_off_series.last + 1', returning: ['last'] },
  )
  await tx.query('update problems set series = $2, number = $3, number_year = $4 where obligation = $1', [
    obligation,
    series,
    counted?.last,
    year,
  ])
}
