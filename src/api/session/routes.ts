import { z } from 'zod'
import type { AccessDeps } from '../../services/access/deps.ts'
import { type LinkRefusal, requestReset, setPasswordByLink } from '../../services/access/secret-links.ts'
import { signIn, signInAsSample } from '../../services/access/sign-in.ts'
import { endOwnSession } from '../../services/access/own-account.ts'
import { permissionsAwaitingSecondFactor } from '../../services/access/second-factor.ts'
import { problems, secured } from '../../contract/api/common.ts'
import {
  me,
  passwordByLink,
  passwordSet,
  resetRequest,
  signedIn,
  signInBody,
} from '../../contract/api/session.ts'
import { allOffices } from '../../services/people/offices.ts'
import { type Actor, PERMISSIONS } from '../../domain/people/permissions.ts'
import { ROLE_LABELS } from '../../domain/obligation/vocabulary.ts'
import { ApiError } from '../http/errors.ts'
import { actorOf } from '../plugins/actor.ts'
import { clearSessionCookie, originOf, setSessionCookie, signInError } from './session-cookie.ts'
import { ownAccountRoutes } from './own-account-routes.ts'
import { ownSecondFactorRoutes } from './second-factor-routes.ts'
import type { Routes } from '../http/route-types.ts'

const tags = ['登录']
const done = z.null().describe('完成')

/** Signing in and out, passwords by link, and the own account. */
export function sessionRoutes(app: Routes, deps: AccessDeps): void {
  app.post(
    '/session',
    {
      config: { permission: 'open', sensitive: true },
      schema: {
        tags,
        operationId: 'signIn',
        summary: '登录',
        description: '登录后由 Cookie 识别;开启了两步验证的要带上动态口令 code。程序请用接口密钥,不用登录。',
        body: signInBody,
        response: { 200: signedIn, ...problems },
      },
    },
    async (request, reply) => {
      const { body } = request
      const answer =
        'person' in body
          ? ((await signInAsSample(deps, body.person, originOf(request))) ?? { refused: 'wrong' as const })
          : await signIn(deps, { ...body, ...originOf(request) })
      if ('refused' in answer) {
        // The sign-in has written to the audit trail itself.
        request.refusalNoted = true
        throw signInError(answer)
      }
      setSessionCookie(reply, answer.token)
      return { sessionId: answer.sessionId, person: answer.person }
    },
  )

  app.delete(
    '/session',
    {
      config: { permission: 'self' },
      schema: {
        tags,
        operationId: 'signOut',
        summary: '退出登录',
        ...secured,
        response: { 204: done, ...problems },
      },
    },
    async (request, reply) => {
      const { id, sessionId } = actorOf(request)
      if (sessionId) await endOwnSession(deps, { person: id, sessionId, origin: originOf(request) })
      clearSessionCookie(reply)
      return reply.code(204).send(null)
    },
  )

  app.get(
    '/me',
    {
      config: { permission: 'self' },
      schema: {
        tags,
        operationId: 'getMe',
        summary: '我是谁、能做什么、看得到哪些单位',
        ...secured,
        response: { 200: me, ...problems },
      },
    },
    async (request) => {
      const names = new Map((await allOffices(request.db)).map((o) => [o.code, o.name]))
      return showActor(actorOf(request), names)
    },
  )

  app.post(
    '/password-resets',
    {
      config: { permission: 'open', sensitive: true },
      schema: {
        tags,
        operationId: 'requestPasswordReset',
        summary: '申请重设密码',
        description: '无论邮箱是否登记过,都回答 202。',
        body: resetRequest,
        response: { 202: done, ...problems },
      },
    },
    async (request, reply) => {
      requestReset(deps, request.body.email, originOf(request))
      return reply.code(202).send(null)
    },
  )

  app.post(
    '/passwords',
    {
      config: { permission: 'open', sensitive: true },
      schema: {
        tags,
        operationId: 'setPasswordByLink',
        summary: '用邮件中的链接设置密码',
        body: passwordByLink,
        response: { 200: passwordSet, ...problems },
      },
    },
    async (request, reply) => {
      const answer = await setPasswordByLink(deps, request.body, originOf(request))
      if ('refused' in answer) throw linkError(answer)
      if (answer.sessionId !== null) setSessionCookie(reply, answer.token)
      return { sessionId: answer.sessionId, person: answer.person }
    },
  )

  ownAccountRoutes(app, deps)
  ownSecondFactorRoutes(app, deps)
}

export function linkError(refusal: LinkRefusal): ApiError {
  return refusal.refused === 'bad-link'
    ? new ApiError(410, 'bad-link', '链接已用过或已过期。请在登录页重新申请,或找系统管理员。')
    : new ApiError(422, 'bad-password', refusal.why, [{ pointer: '/body/password', message: refusal.why }])
}

function showActor(actor: Actor, names: ReadonlyMap<string, string>): z.infer<typeof me> {
  return {
    id: actor.id,
    name: actor.name,
    kind: actor.kind,
    roles: actor.heldRoles.map(({ office, role, onBehalfOf: behalf }) => ({
      office: { code: office, name: names.get(office) ?? office },
      role,
      label: ROLE_LABELS[role],
      behalf,
    })),
    permissions: [...actor.permissions].map((code) => ({ code, label: PERMISSIONS[code] })),
    offices: actor.scope.offices,
    sessionId: actor.sessionId,
    secondFactor: actor.secondFactor,
    secondFactorNeeded: permissionsAwaitingSecondFactor(actor).size > 0,
  }
}
