import { z } from 'zod'
import { idParams, officeFilter, problems, secured } from '../api/common.ts'
import {
  inboxCounts,
  neighbourQuery,
  neighbours,
  obligationCount,
  obligationCountQuery,
} from '../api/obligation-lists.ts'
import type { RouteDocuments } from './document.ts'

const tags = ['事项']
const config = { permission: 'obligations:read' } as const

export const listDocuments = {
  countInboxes: {
    method: 'GET',
    url: '/inboxes',
    config,
    schema: {
      tags,
      operationId: 'countInboxes',
      summary: '各类待办的件数',
      description: '一次问清菜单上的全部件数;query 是列出它们的条件。',
      ...secured,
      querystring: z.strictObject({ office: officeFilter }),
      response: { 200: inboxCounts, ...problems },
    },
  },
  countObligations: {
    method: 'GET',
    url: '/obligations/count',
    config,
    schema: {
      tags,
      operationId: 'countObligations',
      summary: '符合条件的一共几件',
      ...secured,
      querystring: obligationCountQuery,
      response: { 200: obligationCount, ...problems },
    },
  },
  getNeighbours: {
    method: 'GET',
    url: '/obligations/:id/neighbours',
    config,
    schema: {
      tags,
      operationId: 'getNeighbours',
      summary: '同样条件下的上一件和下一件',
      ...secured,
      params: idParams,
      querystring: neighbourQuery,
      response: { 200: neighbours, ...problems },
    },
  },
} satisfies RouteDocuments
