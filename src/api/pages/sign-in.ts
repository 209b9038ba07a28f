import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { requestReset, setPasswordByLink } from '../../access/secret-links.ts'
import { signIn, signInAsSample, type SignedIn } from '../../access/sign-in.ts'
import { samplePeople } from '../../db/person-store.ts'
import { ROLE_LABELS } from '../../domain/words.ts'
import type { ApiDeps } from '../deps.ts'
import { linkError } from '../routes/session.ts'
import { clearSessionCookie, originOf, setSessionCookie, signInError } from '../session-cookie.ts'
import { endOwnSession } from '../../access/own-account.ts'
import { send } from './send.ts'
import { forgottenPage, type SamplePerson, setPasswordPage, signInPage } from './sign-in-view.ts'

type Form = Record<string, string | undefined>
const open = { schema: { hide: true }, config: { permission: 'open', sensitive: true } } as const

/** Signing in and out, and passwords by link, as forms without a script. */
export function signInPages(app: FastifyInstance, deps: ApiDeps): void {
  app.get<{ Querystring: Form }>('/sign-in', open, async (request, reply) => {
    const view = { next: localPath(request.query.next), samples: await samples(deps) }
    return send(reply, signInPage(view))
  })

  app.post<{ Body: Form }>('/sign-in', open, async (request, reply) => {
    const { email = '', password = '', code, person } = request.body
    const next = localPath(request.body.next)
    const answer = person
      ? ((await signInAsSample(deps, person, originOf(request))) ?? { refused: 'wrong' as const })
      : await signIn(deps, { email, password, code: code || undefined, ...originOf(request) })
    if (!('refused' in answer)) return welcome(reply, answer, next)
    const { status, detail, headers } = signInError(answer)
    const view = { next, email, problem: detail, samples: await samples(deps) }
    return send(reply.code(status).headers(headers), signInPage(view))
  })

  app.post(
    '/sign-out',
    { schema: { hide: true }, config: { permission: 'self' } },
    async (request, reply) => {
      const { actor } = request
      if (actor?.sessionId) {
        const own = { person: actor.id, sessionId: actor.sessionId, origin: originOf(request) }
        await endOwnSession(deps, own, actor.sessionId)
      }
      clearSessionCookie(reply)
      return reply.redirect('/sign-in', 303)
    },
  )

  app.get('/forgotten', open, async (_request, reply) => send(reply, forgottenPage({ sent: false })))

  app.post<{ Body: Form }>('/forgotten', open, async (request, reply) => {
    requestReset(deps, request.body.email ?? '', originOf(request))
    return send(reply, forgottenPage({ sent: true }))
  })

  app.get<{ Querystring: Form }>('/set-password', open, async (request, reply) =>
    send(reply, setPasswordPage({ token: request.query.token ?? '', problem: null })),
  )

  app.post<{ Body: Form }>('/set-password', open, (request, reply) => setPassword(request, reply, deps))
}

async function setPassword(
  request: FastifyRequest<{ Body: Form }>,
  reply: FastifyReply,
  deps: ApiDeps,
): Promise<FastifyReply> {
  const { token = '', password = '', code } = request.body
  const answer = await setPasswordByLink(
    deps,
    { token, password, code: code || undefined },
    originOf(request),
  )
  if ('refused' in answer) {
    const { status, detail } = linkError(answer)
    return send(reply.code(status), setPasswordPage({ token, problem: detail }))
  }
  if (answer.sessionId !== null) return welcome(reply, answer, '/')
  const problem = '密码已设置。这个账号开启了两步验证,请用新密码和动态口令登录。'
  return send(reply, signInPage({ next: '/', problem, samples: await samples(deps) }))
}

function welcome(reply: FastifyReply, { token }: SignedIn, next: string): FastifyReply {
  setSessionCookie(reply, token)
  return reply.redirect(next, 303)
}

/** Where to go afterwards: a path of ours and nothing else, whatever the address said. */
export function localPath(wanted: string | undefined): string {
  if (!wanted || !/^\/(?![/\\])[\x21-\x7e]*$/.test(wanted) || wanted.includes('\\')) return '/'
  return wanted.startsWith('/sign-') ? '/' : wanted
}

async function samples({ demoSignIn, gate }: ApiDeps): Promise<SamplePerson[]> {
  if (!demoSignIn) return []
  const people = await samplePeople(gate)
  return people.map(({ id, name, office, role }) => ({ id, name, what: `${office} ${ROLE_LABELS[role]}` }))
}
