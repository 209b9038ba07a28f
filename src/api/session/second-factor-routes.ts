import type { FastifyRequest } from 'fastify'
import { accountOf } from '../../services/access/credentials.ts'
import type { AccessDeps } from '../../services/access/deps.ts'
import { beginTotp, confirmOwnTotp, removeOwnTotp } from '../../services/access/own-account.ts'
import { ApiError } from '../http/errors.ts'
import { beijingSeconds } from '../../domain/time/days.ts'
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
    setSessionCookie(reply, begun, deps.wallNow())
    return { secret: begun.secret, uri: begun.uri }
  })

  route(app, documents.confirmSecondFactor, async (request, reply) => {
    const confirmed = await confirmOwnTotp(deps, ownOf(request), request.body.code)
    if (!confirmed) throw await whyUnconfirmed(deps, request)
    setSessionCookie(reply, confirmed, deps.wallNow())
    return reply.code(204).send(null)
  })

  route(app, documents.removeSecondFactor, async (request, reply) => {
    const removed = await removeOwnTotp(deps, ownOf(request), request.body)
    if ('why' in removed) throw faultError(removed, removed.field)
    setSessionCookie(reply, removed, deps.wallNow())
    return reply.code(204).send(null)
  })
}

/** It is on already where the form was sent twice; a wrong clock causes most wrong codes, so our time is said. */
async function whyUnconfirmed(deps: AccessDeps, request: FastifyRequest): Promise<ApiError> {
  const account = await accountOf(deps.gate, ownOf(request).person)
  if (account && account.totpConfirmedWall !== null)
    return new ApiError(409, 'already-on', '两步验证已经开启,不用再做一次。')
  const now = beijingSeconds(deps.wallNow())
  const words = `动态口令不对,还没有开启。请填应用里“督办”现在显示的 6 位数字;手机的时间要准,差半分钟以上口令就不对:现在是北京时间 ${now},不一致的请在手机上打开“自动设置时间”。`
  return new ApiError(422, 'wrong-code', words)
}
