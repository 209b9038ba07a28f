import {
  type CalendarChange,
  changedOfficeDays,
  type ChangedDays,
  daysOfChange,
  type DaySpan,
} from '../../domain/time/calendar-change.ts'
import type { Instant } from '../../domain/time/days.ts'
import type { Sql } from '../../db/pool.ts'
import { officesUnder } from '../people/offices.ts'
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

/** Thrown when days are meant for an office that the county does not have. */
export class UnknownOffice extends Error {
  constructor(readonly office: string) {
    super(`本县没有单位 ${office}。`)
    this.name = 'UnknownOffice'
  }
}

/** @throws UnknownOffice */
async function mustBeTheirs(sql: Sql, { offices }: CalendarChange['scope'], county: string): Promise<void> {
  const theirs = new Set((await officesUnder(sql, county)).map(({ code }) => code))
  const unknown = offices.find((office) => !theirs.has(office))
  if (unknown !== undefined) throw new UnknownOffice(unknown)
}

/**
 * What a change of days would do to the open work of a county. Nothing is written.
 * @throws UnknownOffice, ChangeTooLarge
 */
export async function previewCalendarChange(
  sql: Sql,
  change: CalendarChange,
  { county, now }: Omit<CalendarOrder, 'actor'>,
): Promise<Preview> {
  await mustBeTheirs(sql, change.scope, county)
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
 * @throws UnknownOffice, ChangeTooLarge
 */
export async function changeCalendar(
  tx: Sql,
  change: CalendarChange,
  order: CalendarOrder,
): Promise<Preview> {
  await mustBeTheirs(tx, change.scope, order.county)
  await holdOpenWork(tx, order.county)
  await changeOfficeDays(tx, daysOfChange(change))
  return recountByCalendar(tx, reachOf(change, order.county), order, whyOf(change.spans, change.source))
}

/**
 * Writes the days of a notice for everybody, over the packaged data, and counts the open work of every county anew. All of it is held
 * before anything is written.
 * @returns what moved, by county
 */
export async function publishForEverybody(
  tx: Sql,
  { spans, source }: Pick<CalendarChange, 'spans' | 'source'>,
  order: Omit<CalendarOrder, 'county'> & { counties: readonly string[] },
): Promise<Map<string, Preview>> {
  const { actor, now } = order
  const inOrder = [...order.counties].sort()
  for (const county of inOrder) await holdOpenWork(tx, county)
  const { written, removed } = everybodysDays(spans, source)
  await addOverrides(
    tx,
    written.map(({ day, working, name }) => ({ day, working, name, source })),
  )
  await removeOverrides(
    tx,
    removed.map(({ day }) => day),
  )
  const done = new Map<string, Preview>()
  for (const county of inOrder) {
    const why = whyOf(spans, source)
    done.set(county, await recountByCalendar(tx, { county, offices: null }, { county, actor, now }, why))
  }
  return done
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
async function recountByCalendar(tx: Sql, reach: Reach, order: CalendarOrder, why: string): Promise<Preview> {
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
function whyOf(spans: readonly DaySpan[], source: string): string {
  const names = [...new Set(spans.map(({ name }) => name).filter((name) => name !== ''))]
  return `工作日历有变(${[...names.slice(0, 3), source].join(',')})`
}
