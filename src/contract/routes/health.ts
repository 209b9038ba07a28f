import { z } from 'zod'
import type { RouteDocuments } from './document.ts'

const part = z.object({
  name: z.string(),
  mode: z.string(),
  state: z.enum(['ready', 'degraded', 'starting', 'building', 'failed']),
  detail: z.string().optional(),
  progress: z.object({ message: z.string(), startedAt: z.number(), expectedSeconds: z.number() }).optional(),
})
const readiness = z.object({
  ready: z.boolean(),
  parts: z.array(part),
  pendingPokes: z.number().nullable(),
  unwatched: z.number().nullable(),
})

export const healthDocuments = {
  getHealth: {
    method: 'GET',
    url: '/healthz',
    schema: {
      tags: ['运行'],
      operationId: 'getHealth',
      summary: '服务是否在运行',
      response: { 200: z.object({ alive: z.literal(true) }) },
    },
  },
  getReadiness: {
    method: 'GET',
    url: '/readyz',
    schema: {
      tags: ['运行'],
      operationId: 'getReadiness',
      summary: '各部分是否就绪',
      description:
        '全部就绪回答 200,否则 503;逐项说明数据库、引擎、邮件等的方式和状态。degraded 要有人处理而服务照常:' +
        'mail-queue 表示有县的邮件被中继拒绝、全部暂停发出。',
      response: { 200: readiness, 503: readiness },
    },
  },
  getMetrics: {
    method: 'GET',
    url: '/metrics',
    schema: {
      tags: ['运行'],
      operationId: 'getMetrics',
      summary: '运行指标(Prometheus 格式)',
      produces: ['text/plain'],
    },
  },
} satisfies RouteDocuments
