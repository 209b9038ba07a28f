import { checkLink } from '../../services/access/link-state.ts'
import { type LinkRefusal, requestReset, setPasswordByLink } from '../../services/access/secret-links.ts'
import { signIn, signInAsSample } from '../../services/access/sign-in.ts'
import { countyNames } from '../../services/people/offices.ts'
import { endOwnSession } from '../../services/access/own-account.ts'
import type { ApiDeps } from '../http/deps.ts'
import { ApiError } from '../http/errors.ts'
import { actorOf } from '../plugins/actor.ts'
import { iso } from '../obligations/present.ts'
import { clearSessionCookie, originOf, setSessionCookie, signInError } from './session-cookie.ts'
import { modesOf, readMe } from './me.ts'
import { readOwnAbsence } from './own-absence.ts'
import { readSamplePeople } from './sample-people.ts'
import { ownAccountRoutes } from './own-account-routes.ts'
import { ownSecondFactorRoutes } from './second-factor-routes.ts'
import { sessionDocuments as documents } from '../../contract/routes/session.ts'
import { route } from '../http/route.ts'
import type { Routes } from '../http/route-types.ts'

/** Signing in and out, passwords by link, and one's own account. */
export function sessionRoutes(app: Routes, deps: ApiDeps): void {
  route(app, documents.signIn, async (request, reply) => {
    const { body } = request
    const answer =
      'person' in body
        ? ((await signInAsSample(deps, body.person, originOf(request))) ?? { refused: 'wrong' as const })
        : await signIn(deps, { ...body, ...originOf(request) })
    if ('refused' in answer) {
      // The sign-in has told the trail itself.
      request.refusalNoted = true
      throw signInError(answer)
    }
    setSessionCookie(reply, answer, deps.wallNow())
    return { sessionId: answer.sessionId, person: answer.person }
  })

  route(app, documents.signOut, async (request, reply) => {
    const { id, sessionId } = actorOf(request)
    if (sessionId) await endOwnSession(deps, { person: id, sessionId, origin: originOf(request) })
    clearSessionCookie(reply)
    return reply.code(204).send(null)
  })

  route(app, documents.getSignInOptions, async () => ({
    counties: await countyNames(deps.gate),
    samplePeople: await readSamplePeople(deps),
    ...modesOf(deps),
  }))

  route(app, documents.getMe, (request) => readMe(request, deps))

  route(app, documents.getMyAbsence, (request) => readOwnAbsence(request))

  route(app, documents.requestPasswordReset, async (request, reply) => {
    requestReset(deps, request.body.email, originOf(request))
    return reply.code(202).send(null)
  })

  route(app, documents.checkPasswordLink, async (request) => {
    const link = await checkLink(deps, request.body.token, originOf(request))
    if (link.state !== 'open') return { state: link.state, purpose: null, until: null, secondFactor: false }
    return { ...link, until: iso(link.until) }
  })

  route(app, documents.setPasswordByLink, async (request, reply) => {
    const answer = await setPasswordByLink(deps, request.body, originOf(request))
    if ('refused' in answer) throw linkError(answer)
    if (answer.sessionId !== null) setSessionCookie(reply, answer, deps.wallNow())
    return { sessionId: answer.sessionId, person: answer.person }
  })

  ownAccountRoutes(app, deps)
  ownSecondFactorRoutes(app, deps)
}

function linkError(refusal: LinkRefusal): ApiError {
  return refusal.refused === 'bad-link'
    ? new ApiError(410, 'bad-link', '链接已用过或已过期。请在登录页重新申请,或找系统管理员。')
    : new ApiError(422, 'bad-password', refusal.why, [{ pointer: '/body/password', message: refusal.why }])
}
