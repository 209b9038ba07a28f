import { auditChain, auditEvent, auditQuery } from '../api/audit.ts'
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
  getAuditChain: {
    method: 'GET',
    url: '/audit/chain',
    config: { permission: 'audit:read' },
    schema: {
      tags,
      operationId: 'getAuditChain',
      summary: '审计记录封存到哪里、摘要公布到哪里',
      description: '逐条核对在服务器上运行 npm run duban -- audit verify。',
      ...secured,
      response: { 200: auditChain, ...problems },
    },
  },
} satisfies RouteDocuments
