import {
  type CalendarChange,
  changedOfficeDays,
  type ChangedDays,
  daysOfChange,
  type DaySpan,
} from '../../domain/time/calendar-change.ts'
import type { Instant } from '../../domain/time/days.ts'
import type { Sql } from '../../db/pool.ts'
import {
  addOverrides,
  calendarsOf,
  changeOfficeDays,
  removeOverrides,
  storedDays,
} from '../schedule/calendar.ts'
import { applyRecount, holdOpenWork } from './apply.ts'
import { policiesInUse, type Preview, previewRecount } from './effect.ts'
import type { Reach } from './open-work.ts'

/** Who changes a calendar, and when. */
export type CalendarOrder = { county: string; actor: string; now: Instant }

/** What a change of days would do to the open work of a county. Nothing is written. */
export async function previewCalendarChange(
  sql: Sql,
  change: CalendarChange,
  { county, now }: Omit<CalendarOrder, 'actor'>,
): Promise<Preview> {
  const stored = await storedDays(sql)
  const officeDays = changedOfficeDays(stored.officeDays, daysOfChange(change))
  const reach = reachOf(change, county)
  const by = {
    ...{ calendars: calendarsOf({ ...stored, officeDays }), rebase: null },
    policies: await policiesInUse(sql, reach),
  }
  return previewRecount(sql, reach, by, now)
}

/**
 * Writes the days and what follows from them: the open work of the offices is counted anew from its parts, in the caller's
 * transaction. Nothing that ended changes.
 */
export async function changeCalendar(
  tx: Sql,
  change: CalendarChange,
  order: CalendarOrder,
): Promise<Preview> {
  await holdOpenWork(tx, order.county)
  await changeOfficeDays(tx, daysOfChange(change))
  return recountByCalendar(tx, reachOf(change, order.county), order, whyOf(change.spans, change.source))
}

/** Writes the days of a notice for everybody, over the packaged data. The open work of each county is to be counted anew. */
export async function publishForEverybody(tx: Sql, spans: readonly DaySpan[], source: string): Promise<void> {
  const { written, removed } = everybodysDays(spans, source)
  await addOverrides(
    tx,
    written.map(({ day, working, name }) => ({ day, working, name, source })),
  )
  await removeOverrides(
    tx,
    removed.map(({ day }) => day),
  )
}

/** What the days of a notice for everybody would do to one county. */
export async function previewForEverybody(
  sql: Sql,
  { spans, source }: Pick<CalendarChange, 'spans' | 'source'>,
  { county, now }: Omit<CalendarOrder, 'actor'>,
): Promise<Preview> {
  const stored = await storedDays(sql)
  const { written, removed } = everybodysDays(spans, source)
  const gone = new Set([...written, ...removed].map(({ day }) => day))
  const overrides = [...stored.overrides.filter(({ day }) => !gone.has(day)), ...written]
  const reach = { county, offices: null }
  const policies = await policiesInUse(sql, reach)
  const by = { calendars: calendarsOf({ ...stored, overrides }), rebase: null, policies }
  return previewRecount(sql, reach, by, now)
}

/** Counts a county anew by the calendars in force. */
export async function recountByCalendar(
  tx: Sql,
  reach: Reach,
  order: CalendarOrder,
  why: string,
): Promise<Preview> {
  const calendars = calendarsOf(await storedDays(tx))
  const by = { calendars, rebase: null, policies: await policiesInUse(tx, reach) }
  return applyRecount(tx, reach, by, { ...order, cause: 'calendar', why })
}

function everybodysDays(spans: readonly DaySpan[], source: string): ChangedDays {
  return daysOfChange({ scope: { below: true, offices: [''] }, spans, source })
}

/** Days of a whole county move all its work; others that of the offices named alone. */
function reachOf({ scope }: CalendarChange, county: string): Reach {
  return { county, offices: scope.below ? null : scope.offices }
}

/** As it stands in the line of whoever gained or lost days. */
export function whyOf(spans: readonly DaySpan[], source: string): string {
  const names = [...new Set(spans.map(({ name }) => name).filter((name) => name !== ''))]
  return `工作日历有变(${[...names.slice(0, 3), source].join(',')})`
}
