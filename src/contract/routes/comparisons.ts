import { comparisonLine, comparisonQuery, quota, quotaQuery } from '../api/comparisons.ts'
import { allOf, problems, secured } from '../api/common.ts'
import type { RouteDocuments } from './document.ts'

const tags = ['比对和排查']
const config = { permission: 'obligations:read' } as const

export const comparisonDocuments = {
  listComparisons: {
    method: 'GET',
    url: '/comparisons',
    config,
    schema: {
      tags,
      operationId: 'listComparisons',
      summary: '数据比对工作台账',
      description: '县级和镇级的比对在同一本台账里;镇级的 byTown 为 true。',
      ...secured,
      querystring: comparisonQuery,
      response: { 200: allOf(comparisonLine), ...problems },
    },
  },
  getComparisonQuota: {
    method: 'GET',
    url: '/comparisons/quota',
    config,
    schema: {
      tags,
      operationId: 'getComparisonQuota',
      summary: '全年数据比对配额:按部门和半年',
      description: '镇级的比对不计入县的配额。',
      ...secured,
      querystring: quotaQuery,
      response: { 200: quota, ...problems },
    },
  },
} satisfies RouteDocuments
