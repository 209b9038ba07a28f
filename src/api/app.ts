import { randomUUID } from 'node:crypto'
import cookie from '@fastify/cookie'
import multipart from '@fastify/multipart'
import Fastify, { type FastifyBaseLogger, type FastifyInstance, LogController } from 'fastify'
import { serializerCompiler, validatorCompiler, type ZodTypeProvider } from 'fastify-type-provider-zod'
import { errorCode } from '../db/transient-errors.ts'
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
import { badAddress, type ProblemOptions, problems } from './plugins/problem.ts'
import { rateLimits } from './plugins/rate-limit.ts'
import { requestId } from './plugins/request-id.ts'
import { routeTable } from './plugins/route-table.ts'
import { scoped } from './plugins/scope.ts'
import { actionRoutes } from './obligations/action-routes.ts'
import { auditRoutes } from './operations/audit.ts'
import { calendarRoutes } from './operations/calendar.ts'
import { campaignRoutes } from './campaigns/routes.ts'
import { deadlineRoutes } from './operations/deadlines.ts'
import { attachmentRoutes } from './attachments/routes.ts'
import { healthRoutes } from './operations/health.ts'
import { importChangeRoutes } from './imports/changes.ts'
import { importMappingRoutes } from './imports/mapping-routes.ts'
import { importRoutes } from './imports/routes.ts'
import { UPLOAD_LIMITS } from './imports/upload.ts'
import { countyRoutes } from './people/county-routes.ts'
import { apiKeyRoutes } from './people/api-key-routes.ts'
import { listRoutes } from './obligations/list-routes.ts'
import { mailRoutes } from './operations/mails.ts'
import { obligationRoutes } from './obligations/routes.ts'
import { officeRoutes } from './people/office-routes.ts'
import { overviewRoutes } from './overview/routes.ts'
import { peopleRoutes } from './people/routes.ts'
import { problemRoutes } from './problems/routes.ts'
import { revealRoutes } from './obligations/reveal-routes.ts'
import { sampleRoutes } from './samples/routes.ts'
import { sessionRoutes } from './session/routes.ts'
import type { Routes } from './http/route-types.ts'
import { trialInboxRoutes } from './operations/trial-inbox.ts'
import { userRoutes } from './people/user-routes.ts'
import { webApp } from './web/plugin.ts'

const MAX_JSON_BYTES = 1024 * 1024

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
  await app.register(problems, { lost: pageForTheLost(deps) })
  await app.register(securityHeaders, { https: deps.https })
  await app.register(cookie)
  await app.register(rateLimits, { perMinute: deps.perMinute })
  await app.register(csrf, { ownUrl: deps.letters.dashboardUrl })
  await app.register(requestId)
  await app.register(routeTable)
  await app.register(metrics, deps)
  await app.register(documentation)
  healthRoutes(app.withTypeProvider<ZodTypeProvider>(), deps)
  await app.register(v1, { prefix: '/v1', deps })
  await app.register(pages, deps)
  if (deps.web !== null) await app.register(webApp, { folder: deps.web })
  return app
}

/**
 * The page at an address that is none of ours. Whoever has signed in keeps their menu. The answer does not reveal whether a
 * key exists, and who asks too often is not looked up. While the database is away, the page is shown without a menu.
 */
function pageForTheLost(deps: ApiDeps): ProblemOptions['lost'] {
  const findCaller = callerFinder(deps)
  return async (reply, refusal) => {
    const { request } = reply
    const asks = request.headers.authorization === undefined && refusal.status !== 429
    const caller = asks && (await findCaller(request).catch(logUnknownCaller(deps.log)))
    request.actor = caller ? caller.actor : null
    return refusalPage(reply, refusal)
  }
}

function logUnknownCaller(log: ApiDeps['log']) {
  return (error: unknown): null => {
    log.warn({ code: errorCode(error) }, 'the caller of an unknown address could not be looked up')
    return null
  }
}

async function v1(app: FastifyInstance, { deps }: { deps: ApiDeps }): Promise<void> {
  await app.register(authentication, deps)
  await app.register(scoped, deps)
  await app.register(knownFilters)
  await app.register(multipart, { limits: UPLOAD_LIMITS })
  await app.register(idempotency, deps)
  app.addHook('onRoute', (route) => {
    route.schema = { querystring: noQuery, ...route.schema }
  })
  const routes = app.withTypeProvider<ZodTypeProvider>() as Routes
  importRoutes(routes, deps)
  importChangeRoutes(routes, deps)
  importMappingRoutes(routes)
  sessionRoutes(routes, deps)
  officeRoutes(routes)
  countyRoutes(routes)
  peopleRoutes(routes, deps)
  campaignRoutes(routes)
  listRoutes(routes)
  obligationRoutes(routes, deps)
  actionRoutes(routes, deps)
  revealRoutes(routes, deps)
  attachmentRoutes(routes, deps)
  problemRoutes(routes, deps)
  sampleRoutes(routes, deps)
  deadlineRoutes(routes)
  overviewRoutes(routes, deps)
  mailRoutes(routes)
  trialInboxRoutes(routes, deps)
  calendarRoutes(routes)
  userRoutes(routes, deps)
  apiKeyRoutes(routes, deps)
  auditRoutes(routes)
}
