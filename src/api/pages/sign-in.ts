import type { FastifyReply, FastifyRequest } from 'fastify'
import type { z } from 'zod'
import { requestReset, setPasswordByLink } from '../../services/access/secret-links.ts'
import { signIn, signInAsSample, type SignedIn } from '../../services/access/sign-in.ts'
import type { ApiDeps } from '../http/deps.ts'
import { linkError } from '../session/routes.ts'
import { readSamplePeople } from '../session/sample-people.ts'
import { clearSessionCookie, originOf, setSessionCookie, signInError } from '../session/session-cookie.ts'
import { endOwnSession } from '../../services/access/own-account.ts'
import type { Routes } from '../http/route-types.ts'
import {
  forgottenForm,
  emptyForm,
  setPasswordAddress,
  setPasswordForm,
  signInAddress,
  signInForm,
} from './forms.ts'
import { send } from './send.ts'
import { forgottenPage, type SamplePerson, setPasswordPage, signInPage } from './sign-in-view.ts'

const config = { permission: 'open', sensitive: true } as const
const hide = true

/** Signing in and out, and passwords by link, as forms without a script. */
export function signInPages(app: Routes, deps: ApiDeps): void {
  app.get('/sign-in', { config, schema: { hide, querystring: signInAddress } }, async (request, reply) => {
    const view = { next: localPath(request.query.next), samples: await readSamples(deps) }
    return send(reply, signInPage(view))
  })

  app.post('/sign-in', { config, schema: { hide, body: signInForm } }, async (request, reply) => {
    const { email, password, code, person } = request.body
    const next = localPath(request.body.next)
    const answer = person
      ? ((await signInAsSample(deps, person, originOf(request))) ?? { refused: 'wrong' as const })
      : await signIn(deps, { email, password, code, ...originOf(request) })
    if (!('refused' in answer)) return finishSignIn(reply, answer, next)
    const { status, detail, headers } = signInError(answer)
    const view = { next, email, problem: detail, samples: await readSamples(deps) }
    return send(reply.code(status).headers(headers), signInPage(view))
  })

  app.post(
    '/sign-out',
    { config: { permission: 'self' }, schema: { hide, body: emptyForm } },
    async (request, reply) => {
      const { actor } = request
      if (actor?.sessionId)
        await endOwnSession(deps, {
          person: actor.id,
          sessionId: actor.sessionId,
          origin: originOf(request),
        })
      clearSessionCookie(reply)
      return reply.redirect('/sign-in', 303)
    },
  )

  app.get('/forgotten', { config, schema: { hide } }, async (_request, reply) =>
    send(reply, forgottenPage({ sent: false })),
  )

  app.post('/forgotten', { config, schema: { hide, body: forgottenForm } }, async (request, reply) => {
    requestReset(deps, request.body.email, originOf(request))
    return send(reply, forgottenPage({ sent: true }))
  })

  app.get(
    '/set-password',
    { config, schema: { hide, querystring: setPasswordAddress } },
    async (request, reply) => {
      // Not sent even to ourselves: a proxy would log the address, which contains the secret.
      void reply.header('referrer-policy', 'strict-origin')
      return send(reply, setPasswordPage({ token: request.query.token, problem: null }))
    },
  )

  app.post('/set-password', { config, schema: { hide, body: setPasswordForm } }, (request, reply) =>
    setPassword(request, request.body, reply, deps),
  )
}

async function setPassword(
  request: FastifyRequest,
  form: z.infer<typeof setPasswordForm>,
  reply: FastifyReply,
  deps: ApiDeps,
): Promise<FastifyReply> {
  const answer = await setPasswordByLink(deps, form, originOf(request))
  if ('refused' in answer) {
    const { status, detail } = linkError(answer)
    return send(reply.code(status), setPasswordPage({ token: form.token, problem: detail }))
  }
  if (answer.sessionId !== null) return finishSignIn(reply, answer, '/')
  const problem = '密码已设置。这个账号开启了两步验证,请用新密码和动态口令登录。'
  return send(reply, signInPage({ next: '/', problem, samples: await readSamples(deps) }))
}

function finishSignIn(reply: FastifyReply, { token }: SignedIn, next: string): FastifyReply {
  setSessionCookie(reply, token)
  return reply.redirect(next, 303)
}

/** Where to go afterwards: only ever a path of ours, whatever the address said. */
export function localPath(wanted: string | undefined): string {
  if (!wanted || !/^\/(?![/\\])[\x21-\x7e]*$/.test(wanted) || wanted.includes('\\')) return '/'
  return wanted.startsWith('/sign-') ? '/' : wanted
}

/** As many of a role as show that each sees something else. */
const OF_EACH_ROLE = 2

async function readSamples(deps: ApiDeps): Promise<SamplePerson[]> {
  const people = await readSamplePeople(deps)
  const shown = people.filter(
    ({ role }, i) => people.slice(0, i).filter((p) => p.role === role).length < OF_EACH_ROLE,
  )
  return shown.map(({ id, name, office, label }) => ({ id, name, what: `${office} ${label}` }))
}
