import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { ZodTypeProvider } from 'fastify-type-provider-zod'
import type { ApiDeps } from '../http/deps.ts'
import { ApiError } from '../http/errors.ts'
import { authentication } from '../plugins/auth.ts'
import { answerTo } from '../plugins/problem.ts'
import { scoped } from '../plugins/scope.ts'
import { accountPages } from './account.ts'
import { inboxPages } from './inbox-pages.ts'
import { mailOpeningPages } from './mail-opening.ts'
import { mailPages } from './mail-pages.ts'
import { obligationReader } from '../obligations/read.ts'
import { obligationPages } from './obligations.ts'
import type { Routes } from '../http/route-types.ts'
import { refusalPage } from './refusal.ts'
import { APP, DOCS, HOME, INBOX } from './shell.ts'
import { signInPages } from './sign-in.ts'
import { userPages } from './users.ts'
import { workPages } from './work-pages.ts'

/** The server-rendered pages. A visitor who is not signed in is asked to, and then returns to the wanted page. */
export async function pages(app: FastifyInstance, deps: ApiDeps): Promise<void> {
  formBodies(app)
  app.decorate('topLinks', deps.inbox && deps.openInbox ? [HOME, APP, INBOX, DOCS] : [HOME, APP, DOCS])
  await app.register(authentication, { ...deps, stranger: askToSignIn })
  await app.register(scoped, deps)
  app.setErrorHandler((error: FastifyError, request, reply) => refusalPage(reply, answerTo(error, request)))
  const routes = app.withTypeProvider<ZodTypeProvider>() as Routes
  const obligations = obligationReader(deps.keys)
  workPages(routes, deps, obligations)
  obligationPages(routes, obligations)
  inboxPages(routes, deps)
  signInPages(routes, deps)
  accountPages(routes, deps)
  userPages(routes, deps)
  mailOpeningPages(routes)
  mailPages(routes)
}

function askToSignIn(request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const next = encodeURIComponent(request.method === 'GET' ? request.url : '/')
  return reply.redirect(`/sign-in?next=${next}`, 303)
}

/** Accepts only our own pages' forms. Every field is one line of text; a missing body has no fields. */
function formBodies(app: FastifyInstance): void {
  app.removeAllContentTypeParsers()
  app.addContentTypeParser(
    'application/x-www-form-urlencoded',
    { parseAs: 'string', bodyLimit: 16 * 1024 },
    (_request, body, done) => {
      const fields = [...new URLSearchParams(body as string)]
      // Nobody can know which of two equal fields is meant (ASVS 15.3.7).
      const once = new Set(fields.map(([name]) => name)).size === fields.length
      done(
        once ? null : new ApiError(400, 'repeated-field', '表单中有重复的内容,没有执行。'),
        Object.fromEntries(fields),
      )
    },
  )
  app.addHook('preValidation', async (request) => {
    request.body ??= {}
  })
}
