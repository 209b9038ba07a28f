import { calendarsOf, readCalendars, storedDays } from '../../services/schedule/calendar.ts'
import { isUnder } from '../../domain/people/permissions.ts'
import { sourceOfDay } from '../../domain/time/calendar-change.ts'
import { chineseCalendarData } from '../../domain/time/calendar-data.ts'
import { addDays, type Day, dayNumber } from '../../domain/time/days.ts'
import { receipt } from '../../domain/time/receipt.ts'
import { ApiError } from '../http/errors.ts'
import { iso } from '../obligations/present.ts'
import { referenceData } from '../obligations/reference-data.ts'
import { calendarDocuments as documents } from '../../contract/routes/calendar.ts'
import { type HandlerOf, route } from '../http/route.ts'
import type { Routes } from '../http/route-types.ts'
import { actorOf } from '../plugins/actor.ts'
import { handleCalendarChange } from './change-calendar.ts'

const YEARS = { first: 2001, last: 2098 }
/** The days within 366 working days, the longest limit. */
const MOST_DAYS = 500

export function calendarRoutes(app: Routes): void {
  const known = referenceData()

  route(app, documents.previewTimeLimit, handlePreviewTimeLimit)

  route(app, documents.getCalendarYear, handleGetCalendarYear)

  route(app, documents.changeCalendar, async (request) => handleCalendarChange(request, await known(request)))
}

const handlePreviewTimeLimit: HandlerOf<typeof documents.previewTimeLimit> = async (request) => {
  const { start, workingDays, dueOn } = request.body
  if ([start, dueOn ?? start].some((d) => yearOf(d) < YEARS.first || yearOf(d) >= YEARS.last))
    throw outside('/body/start')
  if (dueOn !== undefined && dayNumber(dueOn) - dayNumber(start) > MOST_DAYS)
    throw new ApiError(422, 'too-long', `起止相差不能超过 ${MOST_DAYS} 天。`, [
      { pointer: '/body/dueOn', message: '太远' },
    ])
  const of = dueOn === undefined ? { workingDays: workingDays ?? 0 } : { dueOn }
  const calendars = await readCalendars(request.db)
  const why = receipt(start, of, calendars.ofCounty(firstCounty(request)))
  return { ...why, dueAt: iso(why.dueAt) }
}

const handleGetCalendarYear: HandlerOf<typeof documents.getCalendarYear> = async (request) => {
  const { year } = request.params
  if (year < YEARS.first || year > YEARS.last) throw outside('/params/year')
  const office = request.query.office ?? firstCounty(request)
  const stored = await storedDays(request.db)
  const calendar = calendarsOf(stored).of(office)
  const theirs = stored.officeDays.filter((d) => (d.below ? isUnder(office, d.office) : d.office === office))
  const days = []
  for (let day = `${year}-01-01`; day <= `${year}-12-31`; day = addDays(day, 1)) {
    const source = sourceOfDay(day, stored.overrides, theirs, chineseCalendarData)
    days.push({ ...calendar.dayInfo(day), ...(source !== null && { source }) })
  }
  const own = theirs.filter((d) => !d.below && yearOf(d.day) === year).map(({ day }) => day)
  return { year, covered: calendar.covers(`${year}-12-31`), days, office, own }
}

function firstCounty(request: Parameters<typeof actorOf>[0]): string {
  return actorOf(request).scope.counties[0] ?? ''
}

function yearOf(day: Day): number {
  return Number(day.slice(0, 4))
}

function outside(pointer: string): ApiError {
  return new ApiError(422, 'outside-calendar', `年份要在 ${YEARS.first} 到 ${YEARS.last - 1} 之间。`, [
    { pointer, message: '超出日历范围' },
  ])
}
