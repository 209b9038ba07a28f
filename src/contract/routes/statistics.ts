import { problems, secured } from '../api/common.ts'
import { screeningTableQuery, statistics, statisticsFileQuery, statisticsQuery } from '../api/statistics.ts'
import type { RouteDocuments } from './document.ts'

const tags = ['统计']
const reads = { permission: 'obligations:read' } as const
const FILES = ['application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', 'text/csv']

export const statisticsDocuments = {
  getStatistics: {
    method: 'GET',
    url: '/statistics/obligations',
    config: reads,
    schema: {
      tags,
      operationId: 'getStatistics',
      summary: '各镇的结论、等级、因素和来源',
      description:
        '您范围内的,不含已撤销的。每个数都有它的清单:把 query、行的 query 和列的 query 合起来问 GET /v1/obligations。户数只计一次,见 rules。按村最多两万件,再多的请写明 office。',
      ...secured,
      querystring: statisticsQuery,
      response: { 200: statistics, ...problems },
    },
  },
  exportStatistics: {
    method: 'GET',
    url: '/statistics/obligations/file',
    config: reads,
    schema: {
      tags,
      operationId: 'exportStatistics',
      summary: '同一张统计表,Excel 或 CSV',
      description: '与 GET /v1/statistics/obligations 的数相同;每次导出留下记录。',
      ...secured,
      querystring: statisticsFileQuery,
      produces: FILES,
    },
  },
  exportScreeningTable: {
    method: 'GET',
    url: '/statistics/screenings/file',
    config: reads,
    schema: {
      tags,
      operationId: 'exportScreeningTable',
      summary: '排查统计表,Excel 或 CSV',
      description:
        '各镇五个全面排查的应排查、已排查、发现符合条件、已纳入保障、已纳入监测户数和覆盖面,出自逐户记录;数与 GET /v1/screenings/matrix 相同。每次导出留下记录。',
      ...secured,
      querystring: screeningTableQuery,
      produces: FILES,
    },
  },
} satisfies RouteDocuments
