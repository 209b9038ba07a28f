import type {} from '@fastify/cookie'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Origin } from '../../services/access/deps.ts'
import type { SignInRefusal } from '../../services/access/sign-in.ts'
import type { RenewedToken } from '../../services/access/renewed-token.ts'
import type { Instant } from '../../domain/time/days.ts'
import { ApiError } from '../http/errors.ts'
import { SESSION_COOKIE } from './find-actor.ts'

/**
 * `__Host-` binds the cookie to this host, https and the root; browsers count loopback as https. Without an age
 * it ends with the browser, save on a trusted device.
 */
const OPTIONS = { path: '/', secure: true, httpOnly: true, sameSite: 'lax' } as const

export function setSessionCookie(
  reply: FastifyReply,
  { token, trustedUntil }: RenewedToken,
  wallNow: Instant,
): void {
  const kept = trustedUntil === null ? {} : { maxAge: Math.ceil((trustedUntil - wallNow) / 1000) }
  void reply.setCookie(SESSION_COOKIE, token, { ...OPTIONS, ...kept })
}

export function clearSessionCookie(reply: FastifyReply): void {
  void reply.clearCookie(SESSION_COOKIE, OPTIONS).header('clear-site-data', '"cache", "storage"')
}

export function originOf(request: FastifyRequest): Origin {
  return {
    address: request.ip,
    agent: request.headers['user-agent'] ?? null,
    requestId: request.id,
    replaces: request.cookies?.[SESSION_COOKIE] ?? null,
  }
}

/** The refusal of a sign-in. Its words do not reveal whether the account exists. */
export function signInError(refusal: SignInRefusal): ApiError {
  switch (refusal.refused) {
    case 'wrong':
      return new ApiError(401, 'wrong-credentials', '邮箱、密码或动态口令不对。')
    case 'code-needed':
      return new ApiError(401, 'code-needed', '这个账号开启了两步验证,请再填写动态口令。')
    case 'throttled': {
      const seconds = Math.ceil(refusal.retryAfterMs / 1000)
      const detail = `尝试次数过多,请在 ${seconds} 秒后再试;忘记密码可以用邮件重设。`
      return tooManyAttempts(detail, seconds)
    }
  }
}

export function tooManyAttempts(detail: string, seconds: number): ApiError {
  return new ApiError(429, 'too-many-attempts', detail, [], { 'retry-after': String(seconds) }, { seconds })
}
