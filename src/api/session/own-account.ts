import type { FastifyRequest } from 'fastify'
import type { Origin } from '../../services/access/deps.ts'
import { ApiError } from '../http/errors.ts'
import { actorOf } from '../plugins/actor.ts'
import { originOf } from './session-cookie.ts'

/**
 * The person who makes the request, for routes about their own account. @throws ApiError 403 for a key: it has
 * no account
 */
export function ownOf(request: FastifyRequest): { person: string; sessionId: string | null; origin: Origin } {
  const { kind, id, sessionId } = actorOf(request)
  if (kind !== 'person') throw new ApiError(403, 'no-account', '接口密钥没有账号,请用登录的身份操作。')
  return { person: id, sessionId, origin: originOf(request) }
}
