import { z } from 'zod'
import { allOf, problems, secured } from '../../contract/api/common.ts'
import { calendarYear, policyBody, previewBody, receipt as receiptBody } from '../../contract/api/limits.ts'
import { readCalendar } from '../../services/schedule/calendar.ts'
import { allPolicies } from '../../services/schedule/policies.ts'
import { addDays, type Day, dayNumber } from '../../domain/time/days.ts'
import { receipt } from '../../domain/time/limits.ts'
import { ApiError } from '../http/errors.ts'
import { iso } from '../obligations/present.ts'
import type { Routes } from '../http/route-types.ts'

const tags = ['时限']
const YEARS = { first: 2001, last: 2098 }
/** The days within 366 working days, the longest limit. */
const MOST_DAYS = 500

export function calendarRoutes(app: Routes): void {
  app.post(
    '/time-limits/preview',
    {
      config: { permission: 'calendar:read' },
      schema: {
        tags,
        operationId: 'previewTimeLimit',
        summary: '试算一个期限',
        description: '从起算日加若干工作日,或给出到期日;逐日说明哪些天算、哪些天不算、为什么。',
        ...secured,
        body: previewBody,
        response: { 200: receiptBody, ...problems },
      },
    },
    async (request) => {
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
    },
  )

  app.get(
    '/calendar/:year',
    {
      config: { permission: 'calendar:read' },
      schema: {
        tags,
        operationId: 'getCalendarYear',
        summary: '一年中每一天是否上班',
        description: 'covered 为 false 的年份还没有公布放假安排,只按周末推算。',
        ...secured,
        params: z.object({ year: z.coerce.number().int().describe('公历年份') }),
        response: { 200: calendarYear, ...problems },
      },
    },
    async (request) => {
      const { year } = request.params
      if (year < YEARS.first || year > YEARS.last) throw outside('/params/year')
      const calendar = await readCalendar(request.db)
      const days = []
      for (let day = `${year}-01-01`; day <= `${year}-12-31`; day = addDays(day, 1))
        days.push(calendar.dayInfo(day))
      return { year, covered: calendar.covers(`${year}-12-31`), days }
    },
  )

  app.get(
    '/policies',
    {
      config: { permission: 'policies:read' },
      schema: {
        tags,
        operationId: 'listPolicies',
        summary: '各级时限、提醒和督办的规则',
        description: '每个版本各一条;example 为 true 的是示例,不是国家规定。',
        ...secured,
        response: { 200: allOf(policyBody), ...problems },
      },
    },
    async ({ db }) => ({ items: await allPolicies(db), nextCursor: null }),
  )
}

function yearOf(day: Day): number {
  return Number(day.slice(0, 4))
}

function outside(pointer: string): ApiError {
  return new ApiError(422, 'outside-calendar', `年份要在 ${YEARS.first} 到 ${YEARS.last - 1} 之间。`, [
    { pointer, message: '超出日历范围' },
  ])
}
