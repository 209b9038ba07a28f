import { z } from 'zod'
import { problems, secured } from '../api/common.ts'
import { calendarChange, calendarChangeBody } from '../api/calendar-changes.ts'
import { dryRunQuery } from '../api/recounts.ts'
import { calendarYear, previewBody, receipt as receiptBody } from '../api/limits.ts'
import type { RouteDocuments } from './document.ts'

const tags = ['时限']

export const calendarDocuments = {
  previewTimeLimit: {
    method: 'POST',
    url: '/time-limits/preview',
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
  getCalendarYear: {
    method: 'GET',
    url: '/calendar/:year',
    config: { permission: 'calendar:read' },
    schema: {
      tags,
      operationId: 'getCalendarYear',
      summary: '一年中每一天是否上班',
      description: 'covered 为 false 的年份还没有公布放假安排,只按周末推算。',
      ...secured,
      querystring: z.strictObject({
        office: z.string().max(200).optional().describe('单位代码;不写就是本县'),
      }),
      params: z.object({ year: z.coerce.number().int().describe('公历年份') }),
      response: { 200: calendarYear, ...problems },
    },
  },
  changeCalendar: {
    method: 'POST',
    url: '/calendar/changes',
    config: { permission: 'calendar:manage' },
    schema: {
      tags,
      operationId: 'changeCalendar',
      summary: '改工作日历:先试算,再生效',
      description:
        '全县的放假调休,或只用于某几个单位的日子。先不写 dryRun 试算:哪些在办事项的限时从哪天变到哪天,谁因此逾期或不再逾期。生效时在办事项的限时按起算日、时限、暂停、延期重新算,已办结的不变,得失时间的人在下一次早报中各得一行。',
      ...secured,
      querystring: dryRunQuery,
      body: calendarChangeBody,
      response: { 200: calendarChange, ...problems },
    },
  },
} satisfies RouteDocuments
