import { auditEvent, auditQuery } from '../api/audit.ts'
import { pageOf, problems, secured } from '../api/common.ts'
import type { RouteDocuments } from './document.ts'

const tags = ['审计']

export const auditDocuments = {
  listAuditEvents: {
    method: 'GET',
    url: '/audit',
    config: { permission: 'audit:read' },
    schema: {
      tags,
      operationId: 'listAuditEvents',
      summary: '查询审计记录',
      description: '最新的在前。',
      ...secured,
      querystring: auditQuery,
      response: { 200: pageOf(auditEvent), ...problems },
    },
  },
} satisfies RouteDocuments
