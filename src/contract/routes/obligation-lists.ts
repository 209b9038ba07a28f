import { z } from 'zod'
import { idParams, officeFilter, problems, secured } from '../api/common.ts'
import {
  inboxCounts,
  neighbourQuery,
  neighbours,
  obligationCount,
  obligationCountQuery,
} from '../api/obligation-lists.ts'
import { exportQuery } from '../api/export.ts'
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
  exportObligations: {
    method: 'GET',
    url: '/obligations/export.csv',
    config,
    schema: {
      tags,
      operationId: 'exportObligations',
      summary: '导出台账',
      description:
        '与 GET /v1/obligations 条件相同的全部事项,一个 CSV 文件,最多十万件。户的信息与台账一样是遮盖的;每次导出留下记录。',
      ...secured,
      querystring: exportQuery,
      produces: ['text/csv'],
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
