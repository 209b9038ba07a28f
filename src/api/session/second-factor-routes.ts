import { z } from 'zod'
import type { AccessDeps } from '../../services/access/deps.ts'
import { beginTotp, confirmOwnTotp, removeOwnTotp } from '../../services/access/own-account.ts'
import { problems, secured } from '../../contract/api/common.ts'
import { ownProof, totpCode, totpSecret } from '../../contract/api/session.ts'
import { ApiError } from '../http/errors.ts'
import { ownOf } from './own-account.ts'
import { setSessionCookie } from './session-cookie.ts'
import { faultError } from './own-account-routes.ts'
import type { Routes } from '../http/route-types.ts'

const tags = ['登录']
const done = z.null().describe('完成')
const config = { permission: 'self', sensitive: true } as const

/** Setting up, confirming and removing the own second factor. */
export function ownSecondFactorRoutes(app: Routes, deps: AccessDeps): void {
  app.post(
    '/me/totp',
    {
      config,
      schema: {
        tags,
        operationId: 'beginSecondFactor',
        summary: '开启两步验证:取得密钥',
        description: '把 uri 做成二维码用验证应用扫描,再用 confirm 确认;确认之前不生效。',
        ...secured,
        body: ownProof,
        response: { 200: totpSecret, ...problems },
      },
    },
    async (request, reply) => {
      const begun = await beginTotp(deps, ownOf(request), request.body)
      if (!begun) throw new ApiError(409, 'already-on', '两步验证已经开启;要换一个,请先关闭。')
      if ('why' in begun) throw faultError(begun, begun.field)
      const { token, ...shown } = begun
      setSessionCookie(reply, token)
      return shown
    },
  )

  app.post(
    '/me/totp/confirm',
    {
      config,
      schema: {
        tags,
        operationId: 'confirmSecondFactor',
        summary: '开启两步验证:用动态口令确认',
        description: '其他登录随之结束。',
        ...secured,
        body: totpCode,
        response: { 204: done, ...problems },
      },
    },
    async (request, reply) => {
      const confirmed = await confirmOwnTotp(deps, ownOf(request), request.body.code)
      if (!confirmed) throw new ApiError(422, 'wrong-code', '动态口令不对,请看应用里现在显示的 6 位数字。')
      setSessionCookie(reply, confirmed.token)
      return reply.code(204).send(null)
    },
  )

  app.delete(
    '/me/totp',
    {
      config,
      schema: {
        tags,
        operationId: 'removeSecondFactor',
        summary: '关闭两步验证',
        ...secured,
        body: ownProof,
        response: { 204: done, ...problems },
      },
    },
    async (request, reply) => {
      const removed = await removeOwnTotp(deps, ownOf(request), request.body)
      if ('why' in removed) throw faultError(removed, removed.field)
      setSessionCookie(reply, removed.token)
      return reply.code(204).send(null)
    },
  )
}
