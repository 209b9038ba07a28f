import { Gauge, Histogram } from 'prom-client'
import fp from 'fastify-plugin'
import type { FastifyInstance } from 'fastify'
import { UNACCOUNTED_LABELS } from '../../domain/escalation/standing-check.ts'
import { codesOf } from '../../domain/obligation/vocabulary.ts'
import { currentHolds, HOLD_WORDS } from '../../services/notifications/mail-holds.ts'
import { countPokes } from '../../services/watching/pokes.ts'
import { rows } from '../../db/pool.ts'
import type { ApiDeps } from '../http/deps.ts'

/** Counts and times only: no metric carries a name, an address or an id of anybody. */
export const metrics = fp(
  async (
    app: FastifyInstance,
    { metrics: registry, pool, gap, left }: Pick<ApiDeps, 'metrics' | 'pool' | 'gap' | 'left'>,
  ): Promise<void> => {
    const seconds = new Histogram({
      name: 'duban_http_request_seconds',
      help: 'Time to answer, by route and status',
      labelNames: ['method', 'route', 'status'],
      registers: [registry],
    })
    app.addHook('onResponse', async (request, reply) => {
      const labels = {
        method: request.method,
        route: request.routeOptions.url ?? 'none',
        status: reply.statusCode,
      }
      seconds.observe(labels, reply.elapsedTime / 1000)
    })
    const gauge = (name: string, help: string, read: () => Promise<number> | number) =>
      new Gauge({
        name,
        help,
        registers: [registry],
        async collect() {
          this.set(await read())
        },
      })
    new Gauge({
      name: 'duban_mail_held',
      help: 'Mails that are held because the server refuses what concerns us or takes nothing, by reason',
      labelNames: ['reason'],
      registers: [registry],
      async collect() {
        this.reset()
        for (const reason of Object.keys(HOLD_WORDS)) this.set({ reason }, 0)
        for (const { reason, waiting } of await currentHolds(pool)) this.inc({ reason }, waiting)
      },
    })
    gauge('duban_mail_holds', 'Counties whose mail is held', async () => (await currentHolds(pool)).length)
    gauge('duban_pokes_pending', 'Pokes the relay has not carried yet', () => countPokes(pool))
    gauge(
      'duban_unwatched',
      'What the standing check found unwatched in its last round; -1 before the first',
      () => gap() ?? -1,
    )
    new Gauge({
      name: 'duban_unaccounted',
      help: 'What was left without an account when it was counted last, by what it is; nothing before the first count',
      labelNames: ['what'],
      registers: [registry],
      collect() {
        this.reset()
        const counted = left()
        if (counted === null) return
        // What nobody watches is duban_unwatched.
        for (const what of codesOf(UNACCOUNTED_LABELS))
          if (what !== 'unwatched') this.set({ what }, counted[what] ?? 0)
      },
    })
    new Gauge({
      name: 'duban_mails',
      help: 'Mails by state',
      labelNames: ['state'],
      registers: [registry],
      async collect() {
        this.reset()
        const counts = await rows<{ state: string; n: number }>(
          pool,
          'select state, n from duban_mail_counts()',
        )
        for (const { state, n } of counts) this.set({ state }, n)
      },
    })
  },
  { name: 'metrics' },
)
