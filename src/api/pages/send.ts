import type { FastifyReply } from 'fastify'
import { ApiError } from '../errors.ts'
import { PAGE_CSP } from './policy.ts'

export function send(reply: FastifyReply, markup: string, policy = PAGE_CSP): FastifyReply {
  return reply
    .type('text/html; charset=utf-8')
    .header('content-security-policy', policy)
    .header('cache-control', 'no-store')
    .serializer(String)
    .send(markup)
}

export function noPage(): ApiError {
  return new ApiError(404, 'no-page', '它可能已被清理,或不在您的范围内。')
}
