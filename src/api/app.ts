import { randomUUID } from 'node:crypto'
import cookie from '@fastify/cookie'
import Fastify, { type FastifyBaseLogger, type FastifyInstance, LogController } from 'fastify'
import { serializerCompiler, validatorCompiler, type ZodTypeProvider } from 'fastify-type-provider-zod'
import { noQuery } from '../contract/api/common.ts'
import type { ApiDeps } from './http/deps.ts'
import { documentation } from './http/openapi.ts'
import { metrics } from './operations/metrics.ts'
import { pages } from './pages/plugin.ts'
import { callerFinder } from './session/find-actor.ts'
import { refusalPage } from './pages/refusal.ts'
import { SERVER_LIMITS } from './http/server-limits.ts'
import { authentication } from './plugins/auth.ts'
import { csrf } from './plugins/csrf.ts'
import { securityHeaders } from './plugins/headers.ts'
import { idempotency } from './plugins/idempotency.ts'
import { knownFilters } from './plugins/known-filters.ts'
import { badAddress, problems } from './plugins/problem.ts'
import { rateLimits } from './plugins/rate-limit.ts'
import { scoped } from './plugins/scope.ts'
import { actionRoutes } from './obligations/action-routes.ts'
import { auditRoutes } from './operations/audit.ts'
import { calendarRoutes } from './operations/calendar.ts'
import { campaignRoutes } from './campaigns/routes.ts'
import { deadlineRoutes } from './operations/deadlines.ts'
import { healthRoutes } from './operations/health.ts'
import { importRoutes } from './imports/routes.ts'
import { apiKeyRoutes } from './people/api-key-routes.ts'
import { mailRoutes } from './operations/mails.ts'
import { obligationRoutes } from './obligations/routes.ts'
import { officeRoutes } from './people/office-routes.ts'
import { peopleRoutes } from './people/routes.ts'
import { revealRoutes } from './obligations/reveal-routes.ts'
import { sessionRoutes } from './session/routes.ts'
import type { Routes } from './http/route-types.ts'
import { userRoutes } from './people/user-routes.ts'

const MAX_JSON_BYTES = 1024 * 1024

declare module 'fastify' {
  interface FastifyInstance {
    /** Every route with what it asks for; tests are made from it. */
    routeTable: { method: string; url: string; permission: string | null }[]
  }
}

/** The whole HTTP side, composed; listening is server.ts. */
export async function buildApp(deps: ApiDeps): Promise<FastifyInstance> {
  const loggerInstance: FastifyBaseLogger = deps.log
  const app: FastifyInstance = Fastify({
    loggerInstance,
    // Addresses can carry what is looked for: only failures are logged, by route.
    logController: new LogController({ disableRequestLogging: true }),
    genReqId: () => randomUUID(),
    bodyLimit: MAX_JSON_BYTES,
    frameworkErrors: (error, request, reply) => badAddress(deps.https, error, request, reply),
    ...SERVER_LIMITS,
    ...(deps.proxy === null ? {} : { trustProxy: deps.proxy }),
    routerOptions: { maxParamLength: 200 },
  })
  app.setValidatorCompiler(validatorCompiler)
  app.setSerializerCompiler(serializerCompiler)
  const findCaller = callerFinder(deps)
  problems(app, async (reply, refusal) => {
    const { request } = reply
    // No route asked who this is: whoever has signed in keeps their menu. Of a key nothing is said, so nobody can try any here,
    // and who asks too often is not looked up. Where the database is away, a page that leads back is shown all the same.
    const asks = request.headers.authorization === undefined && refusal.status !== 429
    const caller = asks && (await findCaller(request).catch((error: unknown) => unknownTo(deps.log, error)))
    request.actor = caller ? caller.actor : null
    return refusalPage(reply, refusal)
  })
  await securityHeaders(app, { https: deps.https })
  await app.register(cookie)
  await rateLimits(app, { perMinute: deps.perMinute })
  csrf(app, deps.letters.dashboardUrl)
  app.addHook('onSend', async (request, reply) => {
    void reply.header('x-request-id', request.id)
  })
  app.decorate('routeTable', [])
  app.addHook('onRoute', ({ method, url, config }) => {
    for (const one of [method].flat())
      app.routeTable.push({ method: one, url, permission: config?.permission ?? null })
  })
  metrics(app, deps)
  await documentation(app)
  healthRoutes(app.withTypeProvider<ZodTypeProvider>(), deps)
  await app.register(v1, { prefix: '/v1', deps })
  await app.register(pages, deps)
  return app
}

function unknownTo(log: ApiDeps['log'], error: unknown): null {
  log.warn({ code: (error as { code?: string }).code ?? 'unknown' }, 'who is lost could not be looked up')
  return null
}

async function v1(app: FastifyInstance, { deps }: { deps: ApiDeps }): Promise<void> {
  authentication(app, deps)
  scoped(app, deps)
  knownFilters(app)
  app.addHook('onRoute', (route) => {
    route.schema = { querystring: noQuery, ...route.schema }
  })
  const routes = app.withTypeProvider<ZodTypeProvider>() as Routes
  await importRoutes(routes, deps)
  idempotency(app, deps)
  sessionRoutes(routes, deps)
  officeRoutes(routes)
  peopleRoutes(routes)
  campaignRoutes(routes)
  obligationRoutes(routes, deps)
  actionRoutes(routes, deps)
  revealRoutes(routes, deps)
  deadlineRoutes(routes)
  mailRoutes(routes)
  calendarRoutes(routes)
  userRoutes(routes, deps)
  apiKeyRoutes(routes, deps)
  auditRoutes(routes)
}
