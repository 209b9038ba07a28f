import type { FastifyRequest } from 'fastify'
import type { Actor } from '../../domain/people/permissions.ts'
import type { ApiError } from '../http/errors.ts'

type Asked = Pick<FastifyRequest, 'ip' | 'log' | 'method'> & {
  /** Absent where nobody is asked who they are. */
  actor?: Actor | null
  routeOptions?: { url?: string | undefined }
}

/**
 * Every refusal is in the log of the service, input that no schema takes and a look at what is another's among them: who,
 * where from, which route, and why. Never what was sent, nor the address with what it carries (ASVS 16.2.5, 16.3).
 */
export function logRefusal(
  { actor, ip, log, method, routeOptions }: Asked,
  { status, code }: Pick<ApiError, 'status' | 'code'>,
): void {
  const route = `${method} ${routeOptions?.url ?? 'none'}`
  log.warn({ actor: actor?.id ?? 'nobody', address: ip, route, status, code }, 'refused')
}
