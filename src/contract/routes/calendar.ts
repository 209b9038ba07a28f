import { z } from 'zod'
import { allOf, problems, secured } from '../api/common.ts'
import { calendarYear, policyBody, previewBody, receipt as receiptBody } from '../api/limits.ts'
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
      params: z.object({ year: z.coerce.number().int().describe('公历年份') }),
      response: { 200: calendarYear, ...problems },
    },
  },
  listPolicies: {
    method: 'GET',
    url: '/policies',
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
} satisfies RouteDocuments
