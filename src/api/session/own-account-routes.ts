import { z } from 'zod'
import type { AccessDeps } from '../../services/access/deps.ts'
import { changeOwnPassword, endSessionsElsewhere } from '../../services/access/own-account.ts'
import type { Fault } from '../../services/access/proof.ts'
import { allOf, idParams, problems, secured } from '../../contract/api/common.ts'
import { ownPassword, ownProof, session } from '../../contract/api/session.ts'
import { listSessions, type SessionRow } from '../../services/access/sessions.ts'
import { ApiError, notFound } from '../http/errors.ts'
import { iso } from '../obligations/present.ts'
import { ownOf } from './own-account.ts'
import { setSessionCookie, tooManyAttempts } from './session-cookie.ts'
import type { Routes } from '../http/route-types.ts'

const tags = ['登录']
const done = z.null().describe('完成')
const config = { permission: 'self', sensitive: true } as const

/** The person's own sessions and password. */
export function ownAccountRoutes(app: Routes, deps: AccessDeps): void {
  app.get(
    '/me/sessions',
    {
      config,
      schema: {
        tags,
        operationId: 'listMySessions',
        summary: '我在哪些地方登录着',
        ...secured,
        response: { 200: allOf(session), ...problems },
      },
    },
    async (request) => {
      const { person, sessionId } = ownOf(request)
      const found = await listSessions(deps.gate, person, deps.wallNow())
      return { items: found.map((s) => show(s, sessionId)), nextCursor: null }
    },
  )

  app.delete(
    '/me/sessions/:id',
    {
      config,
      schema: {
        tags,
        operationId: 'endMySession',
        summary: '结束我的一处登录',
        ...secured,
        params: idParams,
        body: ownProof,
        response: { 204: done, ...problems },
      },
    },
    async (request, reply) => {
      const which = { session: request.params.id }
      const ended = await endSessionsElsewhere(deps, ownOf(request), which, request.body)
      if (!ended) throw notFound('登录')
      if ('why' in ended) throw faultError(ended, ended.field)
      setSessionCookie(reply, ended.token)
      return reply.code(204).send(null)
    },
  )

  app.delete(
    '/me/sessions',
    {
      config,
      schema: {
        tags,
        operationId: 'endMyOtherSessions',
        summary: '结束我的其他登录',
        description: '结束除本次以外的全部登录。',
        ...secured,
        body: ownProof,
        response: { 204: done, ...problems },
      },
    },
    async (request, reply) => {
      const ended = await endSessionsElsewhere(deps, ownOf(request), 'others', request.body)
      if (ended && 'why' in ended) throw faultError(ended, ended.field)
      if (ended) setSessionCookie(reply, ended.token)
      return reply.code(204).send(null)
    },
  )

  app.post(
    '/me/password',
    {
      config,
      schema: {
        tags,
        operationId: 'changeMyPassword',
        summary: '修改我的密码',
        description: '其他登录随之结束。',
        ...secured,
        body: ownPassword,
        response: { 204: done, ...problems },
      },
    },
    async (request, reply) => {
      const { current, next, code } = request.body
      const changed = await changeOwnPassword(deps, ownOf(request), { password: current, next, code })
      if ('why' in changed)
        throw faultError(changed, changed.field === 'password' ? 'current' : changed.field)
      setSessionCookie(reply, changed.token)
      return reply.code(204).send(null)
    },
  )
}

export function faultError({ why, field, retryAfterS }: Fault, name: string): ApiError {
  if (retryAfterS !== undefined) return tooManyAttempts(why, retryAfterS)
  const code = ({ next: 'bad-password', password: 'wrong-password', code: 'wrong-code' } as const)[field]
  return new ApiError(422, code, why, [{ pointer: `/body/${name}`, message: why }])
}

function show(s: SessionRow, current: string | null): z.infer<typeof session> {
  const { id, via, address, agent } = s
  return {
    ...{ id, via, address, agent },
    createdAt: iso(s.createdWall),
    seenAt: iso(s.seenWall),
    expiresAt: iso(s.expiresWall),
    current: id === current,
  }
}
