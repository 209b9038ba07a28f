import type { AccessDeps } from '../../services/access/deps.ts'
import { beginTotp, confirmOwnTotp, removeOwnTotp } from '../../services/access/own-account.ts'
import { ApiError } from '../http/errors.ts'
import { ownOf } from './own-account.ts'
import { setSessionCookie } from './session-cookie.ts'
import { faultError } from './own-account-routes.ts'
import { secondFactorDocuments as documents } from '../../contract/routes/second-factor.ts'
import { route } from '../http/route.ts'
import type { Routes } from '../http/route-types.ts'

/** Setting up, confirming and removing the own second factor. */
export function ownSecondFactorRoutes(app: Routes, deps: AccessDeps): void {
  route(app, documents.beginSecondFactor, async (request, reply) => {
    const begun = await beginTotp(deps, ownOf(request), request.body)
    if (!begun) throw new ApiError(409, 'already-on', '两步验证已经开启;要换一个,请先关闭。')
    if ('why' in begun) throw faultError(begun, begun.field)
    const { token, ...shown } = begun
    setSessionCookie(reply, token)
    return shown
  })

  route(app, documents.confirmSecondFactor, async (request, reply) => {
    const confirmed = await confirmOwnTotp(deps, ownOf(request), request.body.code)
    if (!confirmed) throw new ApiError(422, 'wrong-code', '动态口令不对,请看应用里现在显示的 6 位数字。')
    setSessionCookie(reply, confirmed.token)
    return reply.code(204).send(null)
  })

  route(app, documents.removeSecondFactor, async (request, reply) => {
    const removed = await removeOwnTotp(deps, ownOf(request), request.body)
    if ('why' in removed) throw faultError(removed, removed.field)
    setSessionCookie(reply, removed.token)
    return reply.code(204).send(null)
  })
}
