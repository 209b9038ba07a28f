import { z } from 'zod'
import type { AccessDeps } from '../../access/deps.ts'
import {
  beginTotp,
  changeOwnPassword,
  confirmOwnTotp,
  endOwnSession,
  type Fault,
  removeOwnTotp,
} from '../../access/own-account.ts'
import { allOf, idParams, problems, secured } from '../../contract/api/common.ts'
import { ownPassword, ownPasswordOnly, session, totpCode, totpSecret } from '../../contract/api/session.ts'
import { listSessions, type SessionRow } from '../../db/session-store.ts'
import { ApiError, notFound } from '../errors.ts'
import { iso } from '../present.ts'
import { ownOf } from '../own.ts'
import { setSessionCookie } from '../session-cookie.ts'
import type { Routes } from './types.ts'

const tags = ['登录']
const done = z.null().describe('完成')
const config = { permission: 'self', sensitive: true } as const

/** One's own sessions, password and second factor. */
export function ownAccountRoutes(app: Routes, deps: AccessDeps): void {
  app.get(
    '/me/sessions',
    { config, schema: { tags, ...secured, response: { 200: allOf(session), ...problems } } },
    async (request) => {
      const { person, sessionId } = ownOf(request)
      const found = await listSessions(deps.gate, person, deps.wallNow())
      return { items: found.map((s) => show(s, sessionId)), nextCursor: null }
    },
  )

  app.delete(
    '/me/sessions/:id',
    { config, schema: { tags, ...secured, params: idParams, response: { 204: done, ...problems } } },
    async (request, reply) => {
      const ended = await endOwnSession(deps, ownOf(request), request.params.id)
      if (!ended) throw notFound('登录')
      return reply.code(204).send(null)
    },
  )

  app.post(
    '/me/password',
    { config, schema: { tags, ...secured, body: ownPassword, response: { 204: done, ...problems } } },
    async (request, reply) => {
      const own = ownOf(request)
      const changed = await changeOwnPassword(deps, own, request.body)
      if ('why' in changed) throw faultError(changed, changed.field === 'next' ? 'next' : 'current')
      if (own.sessionId) setSessionCookie(reply, changed.token)
      return reply.code(204).send(null)
    },
  )

  app.post(
    '/me/totp',
    {
      config,
      schema: { tags, ...secured, body: ownPasswordOnly, response: { 200: totpSecret, ...problems } },
    },
    async (request) => {
      const begun = await beginTotp(deps, ownOf(request), request.body.password)
      if (!begun) throw new ApiError(409, 'already-on', '两步验证已经开启;要换一个,请先关闭。')
      if ('why' in begun) throw faultError(begun, 'password')
      return begun
    },
  )

  app.post(
    '/me/totp/confirm',
    { config, schema: { tags, ...secured, body: totpCode, response: { 204: done, ...problems } } },
    async (request, reply) => {
      if (!(await confirmOwnTotp(deps, ownOf(request), request.body.code)))
        throw new ApiError(422, 'wrong-code', '动态口令不对,请看应用里现在显示的 6 位数字。')
      return reply.code(204).send(null)
    },
  )

  app.delete(
    '/me/totp',
    { config, schema: { tags, ...secured, body: ownPasswordOnly, response: { 204: done, ...problems } } },
    async (request, reply) => {
      const fault = await removeOwnTotp(deps, ownOf(request), request.body.password)
      if (fault) throw faultError(fault, 'password')
      return reply.code(204).send(null)
    },
  )
}

function faultError({ why, field }: Fault, name: string): ApiError {
  const code = field === 'next' ? 'bad-password' : 'wrong-password'
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
