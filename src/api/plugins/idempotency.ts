import { createHash } from 'node:crypto'
import type {} from '@fastify/multipart'
import fp from 'fastify-plugin'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { claimKey, freeKey, keepAnswer } from '../../services/access/idempotency-keys.ts'
import type { ApiDeps } from '../http/deps.ts'
import { ApiError } from '../http/errors.ts'
import { actorOf } from './actor.ts'

/** Refusals of the moment, under which nothing was done: the same request may fare better later. */
const RETRYABLE_STATUS = new Set([401, 409, 412, 429])

const claimed = new WeakMap<FastifyRequest, string>()

/** `Idempotency-Key` on a POST: the same request again gets the same answer, and is done once (decision 6). */
export const idempotency = fp(
  async (app: FastifyInstance, { wallNow }: Pick<ApiDeps, 'wallNow'>): Promise<void> => {
    app.addHook('preHandler', async (request, reply) => {
      const key = request.headers['idempotency-key']
      if (request.method !== 'POST' || typeof key !== 'string' || !request.actor) return
      if (request.routeOptions.config.sensitive) return
      if (key.length < 8 || key.length > 200)
        throw new ApiError(400, 'bad-idempotency-key', 'Idempotency-Key 要在 8 到 200 个字符之间。')
      const claim = { actor: request.actor.id, key, request: fingerprint(request) }
      const earlier = await request.db.unauditedTransaction((tx) => claimKey(tx, claim, wallNow()))
      if (earlier === null) {
        claimed.set(request, key)
        return
      }
      if (earlier.request !== claim.request) throw keyReused()
      if (earlier.status === null)
        throw new ApiError(409, 'in-flight', '同一请求正在处理,请稍后再试。', [], { 'retry-after': '1' })
      return reply
        .header('idempotency-replayed', 'true')
        .code(earlier.status)
        .type(
          earlier.status < 400
            ? 'application/json; charset=utf-8'
            : 'application/problem+json; charset=utf-8',
        )
        .serializer(JSON.stringify)
        .send(earlier.body)
    })

    app.addHook('onSend', async (request, reply, payload) => {
      const key = claimed.get(request)
      if (key === undefined) return payload
      claimed.delete(request)
      const { id } = actorOf(request)
      const passing =
        reply.statusCode >= 500 || RETRYABLE_STATUS.has(reply.statusCode) || typeof payload !== 'string'
      await request.db.unauditedTransaction((tx) =>
        passing ? freeKey(tx, id, key) : keepAnswer(tx, id, key, reply.statusCode, JSON.parse(payload)),
      )
      return payload
    })
  },
  { name: 'idempotency', dependencies: ['authentication', 'scope', '@fastify/multipart'] },
)

/** The key of a request and what tells it from another one under that key; null where it has none. */
export function askedUnder(request: FastifyRequest): { requestKey: string; requestHash: string } | null {
  const key = request.headers['idempotency-key']
  return typeof key === 'string' ? { requestKey: key, requestHash: fingerprint(request) } : null
}

/** Thrown where a key comes again with another request. */
export function keyReused(): ApiError {
  return new ApiError(422, 'idempotency-key-reused', '这个 Idempotency-Key 已用于另一个请求,请换一个。')
}

/** Uploads are told apart by their length: a file is not read twice to compare it. */
function fingerprint(request: FastifyRequest): string {
  const body = request.isMultipart() ? request.headers['content-length'] : request.body
  return createHash('sha256')
    .update(`${request.method} ${request.url} ${JSON.stringify(body ?? null)}`)
    .digest('hex')
}
