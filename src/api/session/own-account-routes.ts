import type { z } from 'zod'
import type { AccessDeps } from '../../services/access/deps.ts'
import { changeOwnPassword, endSessionsElsewhere } from '../../services/access/own-account.ts'
import type { Fault } from '../../services/access/proof.ts'
import type { session } from '../../contract/api/session.ts'
import { listSessions, type SessionRow } from '../../services/access/sessions.ts'
import { ApiError, notFound } from '../http/errors.ts'
import { iso } from '../obligations/present.ts'
import { ownOf } from './own-account.ts'
import { setSessionCookie, tooManyAttempts } from './session-cookie.ts'
import { ownAccountDocuments as documents } from '../../contract/routes/own-account.ts'
import { route } from '../http/route.ts'
import type { Routes } from '../http/route-types.ts'

/** The person's own sessions and password. */
export function ownAccountRoutes(app: Routes, deps: AccessDeps): void {
  route(app, documents.listMySessions, async (request) => {
    const { person, sessionId } = ownOf(request)
    const found = await listSessions(deps.gate, person, deps.wallNow())
    return { items: found.map((s) => show(s, sessionId)), nextCursor: null }
  })

  route(app, documents.endMySession, async (request, reply) => {
    const which = { session: request.params.id }
    const ended = await endSessionsElsewhere(deps, ownOf(request), which, request.body)
    if (!ended) throw notFound('登录')
    if ('why' in ended) throw faultError(ended, ended.field)
    setSessionCookie(reply, ended, deps.wallNow())
    return reply.code(204).send(null)
  })

  route(app, documents.endMyOtherSessions, async (request, reply) => {
    const ended = await endSessionsElsewhere(deps, ownOf(request), 'others', request.body)
    if (ended && 'why' in ended) throw faultError(ended, ended.field)
    if (ended) setSessionCookie(reply, ended, deps.wallNow())
    return reply.code(204).send(null)
  })

  route(app, documents.changeMyPassword, async (request, reply) => {
    const { current, next, code } = request.body
    const changed = await changeOwnPassword(deps, ownOf(request), { password: current, next, code })
    if ('why' in changed) throw faultError(changed, changed.field === 'password' ? 'current' : changed.field)
    setSessionCookie(reply, changed, deps.wallNow())
    return reply.code(204).send(null)
  })
}

export function faultError({ why, field, retryAfterS }: Fault, name: string): ApiError {
  if (retryAfterS !== undefined) return tooManyAttempts(why, retryAfterS)
  const code = ({ next: 'bad-password', password: 'wrong-password', code: 'wrong-code' } as const)[field]
  return new ApiError(422, code, why, [{ pointer: `/body/${name}`, message: why }])
}

function show(s: SessionRow, current: string | null): z.infer<typeof session> {
  const { id, via, address, agent, trusted } = s
  return {
    ...{ id, via, address, agent, trusted },
    createdAt: iso(s.createdWall),
    seenAt: iso(s.seenWall),
    expiresAt: iso(s.expiresWall),
    current: id === current,
  }
}
