import type { Calendar } from '../../domain/time/calendar.ts'
import { type Day, type Instant } from '../../domain/time/days.ts'
import { dueFromWorkingDays, type Limit } from '../../domain/time/limits.ts'
import { type Category, ruleFor } from '../../domain/escalation/policy.ts'
import { isDueToday, isOver } from '../../domain/obligation/clock-status.ts'
import type { Level } from '../../domain/obligation/vocabulary.ts'
import { IMPORTED_KIND } from '../../kinds/kinds.ts'
import { readCalendars } from '../schedule/calendar.ts'
import type { ImportRow } from './store.ts'
import { currentPolicy } from '../schedule/policies.ts'
import type { Sql } from '../../db/pool.ts'

type Forecast = NonNullable<ImportRow['forecast']>
type Due = Limit & { late: boolean; today: boolean }
/** What a limit goes by, of a warning. */
type Ruled = Category & { level: Level }
export type Forecaster = (of: Ruled, start: Day, office: string) => Due

export function emptyForecast(): Forecast {
  return { alreadyLate: 0, dueToday: 0, provisional: 0, byDueOn: {} }
}

/** What an import will mean before it is applied: how much is late already, and what falls due when. */
export async function forecaster(sql: Sql, county: string, now: Instant): Promise<Forecaster> {
  const [policy, calendars] = await Promise.all([currentPolicy(sql, county), readCalendars(sql)])
  const known = new Map<string, Due>()
  return (of, start, office) => {
    const key = `${of.level}/${of.cause}/${of.group}/${start}${calendars.keyOf(office)}`
    const due = known.get(key) ?? dueOf(of, start, calendars.of(office))
    known.set(key, due)
    return due
  }

  function dueOf({ level, cause, group }: Ruled, start: Day, calendar: Calendar): Due {
    const { limit } = ruleFor(policy, { kind: IMPORTED_KIND.code, level, cause, group, stage: 'perform' })
    const found = dueFromWorkingDays(start, 'workingDays' in limit ? limit.workingDays : 1, calendar)
    return { ...found, late: isOver(found, now), today: isDueToday(found, now) }
  }
}

type DueRow = NonNullable<Forecast['late']>[number]
/** So many rows are named of what is late, and of what is due today. */
const NAMED = 3

/** @param row named where it is among the first that fall due; left out where rows are only counted */
export function addToForecast(forecast: Forecast, due: Due, row?: Omit<DueRow, 'dueOn'>): void {
  if (due.late) forecast.alreadyLate += 1
  if (due.today) forecast.dueToday += 1
  if (due.provisional) forecast.provisional += 1
  forecast.byDueOn[due.dueOn] = (forecast.byDueOn[due.dueOn] ?? 0) + 1
  if (row === undefined || !(due.late || due.today)) return
  const list = due.late ? 'late' : 'today'
  const named = { ...row, dueOn: due.dueOn }
  forecast[list] = soonest([...(forecast[list] ?? []), named])
}

/** In the order of their days; of one day in that of the file. */
function soonest(rows: readonly DueRow[]): DueRow[] {
  return [...rows].sort((a, b) => (a.dueOn < b.dueOn ? -1 : a.dueOn > b.dueOn ? 1 : 0)).slice(0, NAMED)
}
