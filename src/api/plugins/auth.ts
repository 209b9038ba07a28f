import type {} from '@fastify/cookie'
import fp from 'fastify-plugin'
import type { FastifyContextConfig, FastifyInstance, FastifyRequest } from 'fastify'
import { addAuditEvent } from '../../services/audit/trail.ts'
import type { Pool } from '../../db/pool.ts'
import type { SecondFactorRules } from '../../services/access/second-factor.ts'
import type { Actor } from '../../domain/people/permissions.ts'
import { ApiError } from '../http/errors.ts'
import { callerFinder } from '../session/find-actor.ts'
import { toApiError } from './problem.ts'
import { entryOf } from './audit-entry.ts'
import { mustHold } from './must-hold.ts'

export type AuthOptions = {
  gate: Pool
  pool: Pool
  wallNow: () => number
  secondFactor: SecondFactorRules
}

/**
 * Finds who asks, for every route below. A route without a permission does not register. The limits of requests and the
 * check of the origin come before anybody is looked up.
 */
export const authentication = fp(
  async (app: FastifyInstance, deps: AuthOptions): Promise<void> => {
    const findCaller = callerFinder(deps)
    app.decorateRequest('actor', null)
    app.decorateRequest('asOf', null)
    app.decorateRequest('refusalNoted', false)
    app.addHook('onRoute', ({ method, url, config }) => {
      // Unknown addresses below a prefix are answered by nobody's route.
      if (url.endsWith('*')) return
      if (!config?.permission) throw new Error(`${String(method)} ${url} declares no permission`)
    })
    app.addHook('onRequest', async (request) => {
      const caller = await findCaller(request)
      request.actor = caller?.actor ?? null
      request.asOf = caller?.asOf ?? null
      admit(request.actor, request.routeOptions.config)
    })
    app.addHook('onError', async (request, _reply, error) => {
      const { status, code } = toApiError(error)
      if (request.refusalNoted || !isAttempt(request, status)) return
      await addAuditEvent(deps.pool, entryOf(request, deps.wallNow(), { detail: { code } }, 'refused'))
    })
  },
  { name: 'authentication', dependencies: ['@fastify/cookie', 'rate-limits', 'csrf'] },
)

/** @throws ApiError 401 without a sign-in, 403 without the permission */
function admit(actor: Actor | null, { permission }: FastifyContextConfig): void {
  if (permission === 'open' || permission === undefined) return
  if (!actor)
    throw new ApiError(
      401,
      'unauthorized',
      '请先登录,或在 Authorization 头中带上接口密钥:Bearer <密钥>。',
      [],
      {
        'www-authenticate': 'Bearer',
      },
    )
  mustHold(actor, permission)
}

/** Refusals that say something about somebody: not a typing error, not a stranger at the door without any name. */
function isAttempt(request: FastifyRequest, status: number | undefined): boolean {
  if (status === 403) return true
  if (status === 401) return request.headers.authorization !== undefined
  return request.method !== 'GET' && [404, 409, 412, 429].includes(status ?? 0)
}
