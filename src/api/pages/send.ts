import type { FastifyReply } from 'fastify'
import { ApiError } from '../http/errors.ts'
import { PAGE_CSP } from './policy.ts'
import { HOME, type Link, OBLIGATIONS, page, type PageOptions } from './shell.ts'

declare module 'fastify' {
  interface FastifyInstance {
    /** The links in the top line of every page that names no others. */
    topLinks?: readonly Link[]
  }
}

/**
 * Sends every page, with the name of the signed-in person and their way out. No cache may store it (ASVS 7.4.4,
 * 14.3.2).
 */
export function send(reply: FastifyReply, options: PageOptions, policy = PAGE_CSP): FastifyReply {
  const { actor } = reply.request
  const who = actor?.kind === 'person' ? actor.name : undefined
  const reads = actor?.permissions.has('obligations:read') ?? false
  const links = (reply.server.topLinks ?? [HOME]).flatMap((link) =>
    link === HOME && reads ? [HOME, OBLIGATIONS] : [link],
  )
  return reply
    .type('text/html; charset=utf-8')
    .header('content-security-policy', policy)
    .header('cache-control', 'no-store')
    .serializer(String)
    .send(page({ links, ...options }, who))
}

export function noPage(): ApiError {
  return new ApiError(404, 'no-page', '它可能已被清理,或不在您的范围内。')
}
