import { chineseCalendarData } from '../../domain/time/calendar-data.ts'
import type { ChangedDays } from '../../domain/time/calendar-change.ts'
import type { Calendar, DayOverride } from '../../domain/time/calendar.ts'
import { type Calendars, makeCalendars, type OfficeDay } from '../../domain/time/calendars.ts'
import { insertRows } from '../../db/insert-rows.ts'
import { forgetKept, readKept } from '../../db/kept-reads.ts'
import { rows, type Sql } from '../../db/pool.ts'
import { calendarOverrides, officeDays } from '../../db/schema/index.ts'
import { forgetRead, readOnce } from '../../db/transaction-memo.ts'

/** Every day that differs from the packaged data: those of everybody, and those of offices. */
export type StoredDays = { overrides: DayOverride[]; officeDays: OfficeDay[] }
/** Under which a transaction remembers the calendars it has read. */
const READ = 'calendars'
type StoredDay = DayOverride & { office: string | null; below: boolean | null }

export async function storedDays(sql: Sql): Promise<StoredDays> {
  const all = await rows<StoredDay>(
    sql,
    `select null as office, null::boolean as below, day, working, name, source from calendar_overrides
     union all select office, below, day, working, name, source from office_days order by office, below, day`,
  )
  const plain = ({ day, working, name, source }: StoredDay) => ({ day, working, name, source })
  return {
    overrides: all.filter(({ office }) => office === null).map(plain),
    officeDays: all.flatMap((row) =>
      row.office === null ? [] : [{ ...plain(row), office: row.office, below: row.below === true }],
    ),
  }
}

/** Writes the days of a notice for everybody; of a day that was written before, the later word holds. */
export async function addOverrides(tx: Sql, days: readonly DayOverride[]): Promise<void> {
  forgetDays(tx)
  const last = [...new Map(days.map((day) => [day.day, day])).values()]
  await insertRows(tx, calendarOverrides, last, {
    onConflict: `(day) do update set working = excluded.working, name = excluded.name, source = excluded.source`,
  })
}

/** Takes days away that everybody had, so that they are again as the package has them. */
export async function removeOverrides(tx: Sql, days: readonly string[]): Promise<void> {
  forgetDays(tx)
  await tx.query('delete from calendar_overrides where day = any($1)', [days])
}

/** Writes and takes away days of offices. */
export async function changeOfficeDays(tx: Sql, { written, removed }: ChangedDays): Promise<void> {
  forgetDays(tx)
  await tx.query(
    `delete from office_days d using unnest($1::text[], $2::boolean[], $3::date[]) as g(office, below, day)
      where d.office = g.office and d.below = g.below and d.day = g.day`,
    [removed.map((d) => d.office), removed.map((d) => d.below), removed.map((d) => d.day)],
  )
  await insertRows(tx, officeDays, written, {
    onConflict: `(office, below, day) do update set working = excluded.working, name = excluded.name, source = excluded.source`,
  })
}

/** The calendars that stored days give, over the packaged data. */
export function calendarsOf({ overrides, officeDays: own }: StoredDays): Calendars {
  return makeCalendars(chineseCalendarData, overrides, own)
}

/**
 * Whoever counts a day for something that begins holds the calendar until it is written: a change of days counts anew what is there.
 * What the transaction asks for afterwards is read behind the lock, though it does not wait for the answer.
 */
export async function holdCalendar(tx: Sql): Promise<void> {
  forgetDays(tx)
  await tx.query(`select pg_advisory_xact_lock_shared(hashtext('duban.calendar'))`)
}

/** Waits for whoever counts, and holds off whoever begins to, until days and what rests on them are changed together. */
export async function lockCalendar(tx: Sql): Promise<void> {
  await tx.query(`select pg_advisory_xact_lock(hashtext('duban.calendar'))`)
  forgetDays(tx)
}

/** Whoever waited for a row reads the calendar anew: days may have changed meanwhile. */
export function forgetCalendars(tx: Sql): void {
  forgetDays(tx)
}

/** Neither what the transaction has read nor what it may take from memory holds any more. */
function forgetDays(tx: Sql): void {
  forgetRead(tx, READ)
  forgetKept(tx, 'calendar')
}

let last: { key: string; calendars: Calendars } | undefined

/** The calendars in force, read once in a transaction. They are made anew only when a day changed. */
export function readCalendars(sql: Sql): Promise<Calendars> {
  return readOnce(sql, READ, () => readKept(sql, 'calendar', READ, () => readAnew(sql)))
}

async function readAnew(sql: Sql): Promise<Calendars> {
  const days = await storedDays(sql)
  const key = JSON.stringify(days)
  if (last?.key !== key) last = { key, calendars: calendarsOf(days) }
  return last.calendars
}

/** That of the one county that publishes for itself, or else everybody's: what a question without a county is answered by. */
export async function readPublishedCalendar(sql: Sql): Promise<Calendar> {
  const { officeDays: own } = await storedDays(sql)
  const [county, ...others] = new Set(own.filter(({ below }) => below).map(({ office }) => office))
  return readCountyCalendar(sql, county !== undefined && others.length === 0 ? county : '')
}

/** What a county's rounds, hours of mail and questions about its year go by. */
export async function readCountyCalendar(sql: Sql, county: string): Promise<Calendar> {
  return (await readCalendars(sql)).ofCounty(county)
}

/** The calendar of an office in force. @param office null for that of the State Council, which no office has changed */
export async function readCalendar(sql: Sql, office: string | null): Promise<Calendar> {
  return (await readCalendars(sql)).of(office ?? '')
}
