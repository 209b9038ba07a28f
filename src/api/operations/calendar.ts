import { readCalendar } from '../../services/schedule/calendar.ts'
import { allPolicies } from '../../services/schedule/policies.ts'
import { addDays, type Day, dayNumber } from '../../domain/time/days.ts'
import { receipt } from '../../domain/time/receipt.ts'
import { ApiError } from '../http/errors.ts'
import { iso } from '../obligations/present.ts'
import { calendarDocuments as documents } from '../../contract/routes/calendar.ts'
import { type HandlerOf, route } from '../http/route.ts'
import type { Routes } from '../http/route-types.ts'

const YEARS = { first: 2001, last: 2098 }
/** The days within 366 working days, the longest limit. */
const MOST_DAYS = 500

export function calendarRoutes(app: Routes): void {
  route(app, documents.previewTimeLimit, handlePreviewTimeLimit)

  route(app, documents.getCalendarYear, handleGetCalendarYear)

  route(app, documents.listPolicies, async ({ db }) => ({ items: await allPolicies(db), nextCursor: null }))
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
  const why = receipt(start, of, await readCalendar(request.db))
  return { ...why, dueAt: iso(why.dueAt) }
}

const handleGetCalendarYear: HandlerOf<typeof documents.getCalendarYear> = async (request) => {
  const { year } = request.params
  if (year < YEARS.first || year > YEARS.last) throw outside('/params/year')
  const calendar = await readCalendar(request.db)
  const days = []
  for (let day = `${year}-01-01`; day <= `${year}-12-31`; day = addDays(day, 1))
    days.push(calendar.dayInfo(day))
  return { year, covered: calendar.covers(`${year}-12-31`), days }
}

function yearOf(day: Day): number {
  return Number(day.slice(0, 4))
}

function outside(pointer: string): ApiError {
  return new ApiError(422, 'outside-calendar', `年份要在 ${YEARS.first} 到 ${YEARS.last - 1} 之间。`, [
    { pointer, message: '超出日历范围' },
  ])
}
