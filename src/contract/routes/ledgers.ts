import { secured } from '../api/common.ts'
import { ledgerParams, ledgerQuery } from '../api/ledgers.ts'
import type { RouteDocuments } from './document.ts'

export const ledgerDocuments = {
  getLedger: {
    method: 'GET',
    url: '/ledgers/:kind',
    config: { permission: 'obligations:read' },
    schema: {
      tags: ['事项'],
      operationId: 'getLedger',
      summary: '一种事项的工作台账,Excel 或 CSV',
      description:
        '您范围内这一种的全部事项,列由种类决定;最多两万件,再多的按单位分批。不含户的信息和报送的文字;每次导出留下记录。',
      ...secured,
      params: ledgerParams,
      querystring: ledgerQuery,
      produces: ['application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', 'text/csv'],
    },
  },
} satisfies RouteDocuments
