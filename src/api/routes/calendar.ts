import { z } from 'zod'
import { problems, secured } from '../../contract/api/common.ts'
import { calendarYear, policyBody, previewBody, receipt as receiptBody } from '../../contract/api/limits.ts'
import { readCalendar } from '../../db/calendar-store.ts'
import { allPolicies } from '../../db/policy-store.ts'
import { addDays, dayNumber } from '../../domain/days.ts'
import { receipt } from '../../domain/limits.ts'
import type { ApiDeps } from '../deps.ts'
import { ApiError } from '../errors.ts'
import { iso } from '../present.ts'
import type { Routes } from './types.ts'

const tags = ['时限']
const YEARS = { first: 2001, last: 2098 }
/** Longer spans would only make a list nobody reads. */
const MOST_DAYS = 1_000

export function calendarRoutes(app: Routes, { pool }: ApiDeps): void {
  app.post(
    '/time-limits/preview',
    { schema: { tags, ...secured, body: previewBody, response: { 200: receiptBody, ...problems } } },
    async (request) => {
      const { start, ...of } = request.body
      const years = [start, 'dueOn' in of ? of.dueOn : start].map((day) => Number(day.slice(0, 4)))
      if (years.some((y) => y < YEARS.first || y >= YEARS.last)) throw outside('/body/start')
      if ('dueOn' in of && dayNumber(of.dueOn) - dayNumber(start) > MOST_DAYS)
        throw new ApiError(422, 'too-long', '起止相差不能超过 1000 天。', [
          { pointer: '/body/dueOn', message: '太远' },
        ])
      const why = receipt(start, of, await readCalendar(pool))
      return { ...why, dueAt: iso(why.dueAt) }
    },
  )

  app.get(
    '/calendar/:year',
    {
      schema: {
        tags,
        ...secured,
        params: z.object({ year: z.coerce.number().int() }),
        response: { 200: calendarYear, ...problems },
      },
    },
    async (request) => {
      const { year } = request.params
      if (year < YEARS.first || year > YEARS.last) throw outside('/params/year')
      const calendar = await readCalendar(pool)
      const days = []
      for (let day = `${year}-01-01`; day <= `${year}-12-31`; day = addDays(day, 1))
        days.push(calendar.dayInfo(day))
      return { year, covered: calendar.covers(`${year}-12-31`), days }
    },
  )

  app.get(
    '/policies',
    {
      schema: { tags, ...secured, response: { 200: z.object({ items: z.array(policyBody) }), ...problems } },
    },
    async () => ({ items: await allPolicies(pool) }),
  )
}

function outside(pointer: string): ApiError {
  return new ApiError(422, 'outside-calendar', `年份要在 ${YEARS.first} 到 ${YEARS.last} 之间。`, [
    { pointer, message: '超出日历范围' },
  ])
}
