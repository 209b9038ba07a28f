import type { FastifyError, FastifyInstance, FastifyReply } from 'fastify'
import type { ApiDeps } from '../deps.ts'
import type { ApiError } from '../errors.ts'
import { authentication } from '../plugins/auth.ts'
import { toApiError } from '../plugins/problem.ts'
import { scoped } from '../plugins/scope.ts'
import { accountPages } from './account.ts'
import { inboxPages } from './inbox-pages.ts'
import { html, page } from './shell.ts'
import { send } from './send.ts'
import { signInPages } from './sign-in.ts'
import { workPages } from './work-pages.ts'

/** The server-rendered pages. Whoever has not signed in is asked to, and comes back to where they wanted to go. */
export async function pages(app: FastifyInstance, deps: ApiDeps): Promise<void> {
  formBodies(app)
  authentication(app, deps, (request, reply) =>
    reply.redirect(`/sign-in?next=${encodeURIComponent(request.method === 'GET' ? request.url : '/')}`, 303),
  )
  scoped(app, deps)
  app.setErrorHandler((error: FastifyError, request, reply) => sendRefusal(reply, toApiError(error, request)))
  workPages(app, deps)
  inboxPages(app, deps)
  signInPages(app, deps)
  accountPages(app, deps)
}

function sendRefusal(reply: FastifyReply, { status, detail, headers }: ApiError): FastifyReply {
  const title = status === 404 ? '没有这个页面' : status === 403 ? '没有权限' : '没有完成'
  const body = html`<h1>${title}</h1>
    <p>${detail}</p>
    <p><a href="/">回到概况</a></p>`
  return send(reply.code(status).headers(headers), page({ title, body }))
}

/** Forms of our own pages and nothing else; every field is one line of text, and a body that is not there has none. */
function formBodies(app: FastifyInstance): void {
  app.removeAllContentTypeParsers()
  app.addContentTypeParser(
    'application/x-www-form-urlencoded',
    { parseAs: 'string', bodyLimit: 16 * 1024 },
    (_request, body, done) => done(null, Object.fromEntries(new URLSearchParams(body as string))),
  )
  app.addHook('preValidation', async (request) => {
    request.body ??= {}
  })
}
