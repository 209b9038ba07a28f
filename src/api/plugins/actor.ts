import type { FastifyRequest } from 'fastify'
import { type Actor, mayIn, type Permission, SIGN_IN_AGAIN } from '../../domain/people/permissions.ts'
import type { AsOf } from '../../services/schedule/clock.ts'
import { ApiError } from '../http/errors.ts'

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Who may ask: everybody, everybody signed in, or a role that has it. */
    permission?: Permission | 'open'
    /** Holds what must not be kept for a repeated request. */
    sensitive?: boolean
  }
  interface FastifyRequest {
    /** Null where nobody has to sign in. */
    actor: Actor | null
    /** Null where nobody has to sign in. */
    asOf: AsOf | null
    /** The trail knows already that this was refused. */
    refusalNoted: boolean
  }
}

/** The actor of a route behind a permission. @throws where a route forgot to ask for one */
export function actorOf(request: FastifyRequest): Actor {
  if (!request.actor) throw new Error(`${request.routeOptions.url} has no actor`)
  return request.actor
}

/**
 * The business instant at which a route behind a permission answers. The clock itself is read only where nobody need sign in
 * (health), by what is shown and entered of colleagues (`people.ts`, `absences.ts`), and for each of many actions.
 * @throws where a route forgot to ask for one
 */
export function asOfOf(request: FastifyRequest): AsOf {
  if (!request.asOf) throw new Error(`${request.routeOptions.url} has no actor`)
  return request.asOf
}

/** @throws ApiError 403 where the actor's right to it does not reach that office */
export function mustReach(request: FastifyRequest, permission: Permission, office: string): void {
  if (!mayIn(actorOf(request), permission, office)) throw notTheirs()
}

/** A trusted device whose sign-in is too long ago for this. */
export function signInAgain(): ApiError {
  return new ApiError(403, 'sign-in-again', SIGN_IN_AGAIN)
}

/** The right is missing, or does not reach that far. */
export function notTheirs(): ApiError {
  return new ApiError(403, 'forbidden', '您的角色没有这项权限。需要的话,请找县救助中心或系统管理员。')
}
