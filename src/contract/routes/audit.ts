import { auditChain, auditCheck, auditEvent, auditQuery } from '../api/audit.ts'
import { allOf, pageOf, problems, secured } from '../api/common.ts'
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
      description: '逐条核对见 /v1/audit/checks。',
      ...secured,
      response: { 200: auditChain, ...problems },
    },
  },
  listAuditChecks: {
    method: 'GET',
    url: '/audit/checks',
    config: { permission: 'audit:read' },
    schema: {
      tags,
      operationId: 'listAuditChecks',
      summary: '最近的封存核对',
      description: '最新的在前,最多十次。每天自动核对一次。',
      ...secured,
      response: { 200: allOf(auditCheck), ...problems },
    },
  },
  askAuditCheck: {
    method: 'POST',
    url: '/audit/checks',
    config: { permission: 'audit:read' },
    schema: {
      tags,
      operationId: 'askAuditCheck',
      summary: '现在核对全部封存',
      description:
        '逐条核对审计记录和事项经过:改动、删除、插入、对调、截去都能查出。几秒内开始,结果见清单;正在核对时再要求,就是同一次。审计员手中的封存摘要另在服务器上用 audit verify --head 核对。',
      ...secured,
      response: { 202: auditCheck, ...problems },
    },
  },
} satisfies RouteDocuments
