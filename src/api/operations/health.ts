import { z } from 'zod'
import { readCalendar } from '../../services/schedule/calendar.ts'
import { now as businessNow } from '../../services/schedule/clock.ts'
import { countPokes } from '../../services/watching/pokes.ts'
import { dayOf } from '../../domain/time/days.ts'
import type { ApiDeps } from '../http/deps.ts'
import type { Part } from '../pages/parts.ts'
import type { Routes } from '../http/route-types.ts'

const part = z.object({
  name: z.string(),
  mode: z.string(),
  state: z.enum(['ready', 'starting', 'building', 'failed']),
  detail: z.string().optional(),
  progress: z.object({ message: z.string(), startedAt: z.number(), expectedSeconds: z.number() }).optional(),
})
const readiness = z.object({
  ready: z.boolean(),
  parts: z.array(part),
  pendingPokes: z.number().nullable(),
  unwatched: z.number().nullable(),
})

/**
 * Liveness, readiness and metrics. They are open to everybody who reaches the port and contain no personal data.
 */
export function healthRoutes(app: Routes, deps: ApiDeps): void {
  app.get(
    '/healthz',
    {
      schema: {
        tags: ['运行'],
        operationId: 'getHealth',
        summary: '服务是否在运行',
        response: { 200: z.object({ alive: z.literal(true) }) },
      },
    },
    async () => ({
      alive: true as const,
    }),
  )

  app.get(
    '/readyz',
    {
      schema: {
        tags: ['运行'],
        operationId: 'getReadiness',
        summary: '各部分是否就绪',
        description: '全部就绪回答 200,否则 503;逐项说明数据库、引擎、邮件等的方式和状态。',
        response: { 200: readiness, 503: readiness },
      },
    },
    async (_request, reply) => {
      const facts = await factParts(deps)
      const parts = [
        ...(await deps.parts()).filter((p) => !facts.parts.some((f) => f.name === p.name)),
        ...facts.parts,
      ]
      const ready = parts.every((p) => p.state === 'ready')
      return reply
        .code(ready ? 200 : 503)
        .send({ ready, parts, pendingPokes: facts.pendingPokes, unwatched: deps.gap() })
    },
  )

  app.get(
    '/metrics',
    {
      schema: {
        tags: ['运行'],
        operationId: 'getMetrics',
        summary: '运行指标(Prometheus 格式)',
        produces: ['text/plain'],
      },
    },
    async (_request, reply) =>
      reply
        .type(deps.metrics.contentType)
        .serializer(String)
        .send(await deps.metrics.metrics()),
  )
}

/** What only the database can tell; when it is unreachable, that is the answer. */
async function factParts(deps: ApiDeps): Promise<{ parts: Part[]; pendingPokes: number | null }> {
  try {
    const calendar = await readCalendar(deps.pool)
    const covered = calendar.covers(dayOf(await businessNow(deps.pool)))
    const detail = `${calendar.coverage.from} 至 ${calendar.coverage.to}`
    return {
      parts: [
        { name: 'migrations', mode: 'embedded', state: 'ready' },
        { name: 'calendar', mode: 'embedded', state: covered ? 'ready' : 'failed', detail },
      ],
      pendingPokes: await countPokes(deps.pool),
    }
  } catch {
    // Reported, not swallowed: this route exists to tell of an unreachable database.
    return {
      parts: [{ name: 'database', mode: '', state: 'failed', detail: '数据库连不上' }],
      pendingPokes: null,
    }
  }
}
