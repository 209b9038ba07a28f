import { currentHolds, HOLD_WORDS, type HoldState } from '../../services/notifications/mail-holds.ts'
import { readPublishedCalendar } from '../../services/schedule/calendar.ts'
import { now as businessNow } from '../../services/schedule/clock.ts'
import { countPreparing } from '../../services/notifications/held-mail.ts'
import { countPokes } from '../../services/watching/pokes.ts'
import type { ApiDeps } from '../http/deps.ts'
import type { Part } from '../../contract/part.ts'
import { calendarPart } from './calendar-part.ts'
import { healthDocuments as documents } from '../../contract/routes/health.ts'
import { route } from '../http/route.ts'
import type { Routes } from '../http/route-types.ts'

/**
 * Liveness, readiness and metrics. They are open to everybody who reaches the port and contain no personal data.
 */
export function healthRoutes(app: Routes, deps: ApiDeps): void {
  route(app, documents.getHealth, async () => ({
    alive: true as const,
  }))

  route(app, documents.getReadiness, async (_request, reply) => {
    const facts = await factParts(deps)
    const parts = [
      ...(await deps.parts()).filter((p) => !facts.parts.some((f) => f.name === p.name)),
      ...facts.parts,
    ]
    // A hold of one county's mail needs a human and stops nothing else: its administrator has to reach this very service.
    const ready = parts.every((p) => p.state === 'ready' || p.state === 'degraded')
    return reply
      .code(ready ? 200 : 503)
      .send({ ready, parts, pendingPokes: facts.pendingPokes, unwatched: deps.gap() })
  })

  route(app, documents.getMetrics, async (_request, reply) =>
    reply
      .type(deps.metrics.contentType)
      .serializer(String)
      .send(await deps.metrics.metrics()),
  )
}

/** No fault: the service is ready, and an administrator has still to open the mail. */
function heldPart(preparing: number): Part {
  return { name: 'sending', mode: 'held', state: 'ready', detail: `准备中:邮件尚未开放(${preparing} 个县)` }
}

/** What only the database can tell; when it is unreachable, that is the answer. */
async function factParts(deps: ApiDeps): Promise<{ parts: Part[]; pendingPokes: number | null }> {
  try {
    const calendar = await readPublishedCalendar(deps.pool)
    const preparing = await countPreparing(deps.pool)
    return {
      parts: [
        { name: 'migrations', mode: 'embedded', state: 'ready' },
        await calendarPart(deps.pool, calendar, await businessNow(deps.pool)),
        ...(preparing > 0 ? [heldPart(preparing)] : []),
        ...mailQueueParts(await currentHolds(deps.pool)),
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

/** Named only while mail is held, without county and address: anybody who reaches the port may ask. */
function mailQueueParts(holds: readonly HoldState[]): Part[] {
  if (holds.length === 0) return []
  const waiting = holds.reduce((sum, hold) => sum + hold.waiting, 0)
  const why = [...new Set(holds.map(({ reason }) => HOLD_WORDS[reason]))].join(';')
  const detail = `${why}:${holds.length} 个县的 ${waiting} 封邮件暂停发出`
  return [{ name: 'mail-queue', mode: 'embedded', state: 'degraded', detail }]
}
