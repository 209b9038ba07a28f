import rateLimit from '@fastify/rate-limit'
import fp from 'fastify-plugin'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { createHash } from 'node:crypto'
import { ApiError } from '../http/errors.ts'

const WINDOW_MS = 60_000
/** How many times a key's limit others have: a page asks several things at once; a whole office may share an address. */
const TIMES = { person: 5, address: 2, local: 1000 }
/** Keys that do not hold, shown from one address in a minute: each costs a question to the database and a line in the trail. */
const BAD_KEYS = 30
/** How many keys are remembered as good, so that an address full of bad ones does not lock them out. */
const REMEMBERED = 10_000

/**
 * How much one caller may ask in a minute: a key `perMinute`, a person's session more, whoever has not signed in by their
 * address. Counted in this process: several API processes allow as many times more.
 */
export const rateLimits = fp(
  async (app: FastifyInstance, { perMinute }: { perMinute: number }): Promise<void> => {
    await app.register(rateLimit, { global: false, timeWindow: WINDOW_MS })
    guessing(app)
    const limiters = {
      actor: app.createRateLimit({ max: (r) => perMinute * timesOf(r), keyGenerator: callerOf, ban: 1 }),
      address: app.createRateLimit({ max: perMinute * TIMES.address, ban: 1 }),
    }
    // After onRequest it is known who asks.
    app.addHook('preParsing', async (request, reply) => {
      const used = await (request.actor ? limiters.actor : limiters.address)(request)
      if (used.isAllowed) return
      tell(reply, { max: used.max, left: used.remaining, seconds: used.ttlInSeconds })
      // Of each caller the first refusal in a minute is worth a line in the trail.
      request.refusalNoted = used.isBanned
      if (used.isExceeded) throw tooMany(used.ttlInSeconds)
    })
  },
  { name: 'rate-limits', dependencies: ['problems'] },
)

/** Somebody who tries keys is slowed down by address before anybody looks them up. */
function guessing(app: FastifyInstance): void {
  const bad = app.createRateLimit({ max: BAD_KEYS - 1 })
  const good = new Set<string>()
  app.addHook('onRequest', async (request) => {
    const { authorization } = request.headers
    if (authorization === undefined || good.has(fingerprint(authorization))) return
    const tried = await bad(request, { increment: false })
    if (!tried.isAllowed && tried.isExceeded) throw tooMany(tried.ttlInSeconds)
  })
  app.addHook('onResponse', async (request, reply) => {
    const { authorization } = request.headers
    if (authorization === undefined) return
    const print = fingerprint(authorization)
    if (request.actor) remember(good, print)
    else if (reply.statusCode === 401) {
      good.delete(print)
      await bad(request)
    }
  })
}

export function tooMany(seconds: number): ApiError {
  const detail = `请求过于频繁,请在 ${seconds} 秒后再试。`
  return new ApiError(429, 'too-many-requests', detail, [], { 'retry-after': String(seconds) }, { seconds })
}

function remember(good: Set<string>, print: string): void {
  if (good.size >= REMEMBERED) good.clear()
  good.add(print)
}

function fingerprint(text: string): string {
  return createHash('sha256').update(text).digest('base64url')
}

function callerOf({ actor, ip }: FastifyRequest): string {
  return actor?.sessionId ?? actor?.id ?? ip
}

/** The launcher's own key serves rehearsals and imports on this machine (src/bin/start/local-key.ts). */
function timesOf({ actor }: FastifyRequest): number {
  if (actor?.kind === 'person') return TIMES.person
  return actor?.id.startsWith('ak_local_') ? TIMES.local : 1
}

/** As the draft of the IETF has it now, and as dashboards know it from its earlier versions. */
function tell(
  reply: FastifyReply,
  { max, left, seconds }: { max: number; left: number; seconds: number },
): void {
  void reply.headers({
    'ratelimit-policy': `"minute";q=${max};w=${WINDOW_MS / 1000}`,
    ratelimit: `"minute";r=${left};t=${seconds}`,
    'ratelimit-limit': max,
    'ratelimit-remaining': left,
    'ratelimit-reset': seconds,
  })
}
