import { answerBrokenRequest } from './http/broken-request.ts'
import { randomUUID } from 'node:crypto'
import cookie from '@fastify/cookie'
import multipart from '@fastify/multipart'
import Fastify, { type FastifyBaseLogger, type FastifyInstance, LogController } from 'fastify'
import { serializerCompiler, validatorCompiler, type ZodTypeProvider } from 'fastify-type-provider-zod'
import { noQuery } from '../contract/api/common.ts'
import type { ApiDeps } from './http/deps.ts'
import { documentation } from './http/openapi.ts'
import { metrics } from './operations/metrics.ts'
import { SERVER_LIMITS } from './http/server-limits.ts'
import { authentication } from './plugins/auth.ts'
import { compression } from './plugins/compression.ts'
import { csrf } from './plugins/csrf.ts'
import { securityHeaders } from './plugins/headers.ts'
import { idempotency } from './plugins/idempotency.ts'
import { knownFilters } from './plugins/known-filters.ts'
import { badAddress, problems } from './plugins/problem.ts'
import { rateLimits } from './plugins/rate-limit.ts'
import { requestId } from './plugins/request-id.ts'
import { routeTable } from './plugins/route-table.ts'
import { scoped } from './plugins/scope.ts'
import { actionRoutes } from './obligations/action-routes.ts'
import { bulkRunRoutes } from './obligations/bulk-run-routes.ts'
import { auditRoutes } from './operations/audit.ts'
import { calendarRoutes } from './operations/calendar.ts'
import { calendarFeedRoutes } from './calendar-feeds/routes.ts'
import { campaignRoutes } from './campaigns/routes.ts'
import { deadlineRoutes } from './operations/deadlines.ts'
import { attachmentRoutes } from './attachments/routes.ts'
import { healthRoutes } from './operations/health.ts'
import { householdRoutes } from './households/routes.ts'
import { importChangeRoutes } from './imports/changes.ts'
import { consistencyRoutes } from './imports/consistency.ts'
import { importMappingRoutes } from './imports/remembered-mapping-routes.ts'
import { importRoutes } from './imports/routes.ts'
import { UPLOAD_LIMITS } from './imports/upload.ts'
import { comparisonRoutes } from './comparisons/routes.ts'
import { countyRoutes } from './people/county-routes.ts'
import { apiKeyRoutes } from './people/api-key-routes.ts'
import { handOverRoutes } from './obligations/hand-over-routes.ts'
import { listRoutes } from './obligations/around-list-routes.ts'
import { listViewRoutes } from './obligations/list-view-routes.ts'
import { sharedViewRoutes } from './obligations/shared-view-routes.ts'
import { mailRoutes } from './operations/mails.ts'
import { obligationRoutes } from './obligations/routes.ts'
import { officeRoutes } from './people/office-routes.ts'
import { overviewRoutes } from './overview/routes.ts'
import { peopleRoutes } from './people/routes.ts'
import { policyRoutes } from './policies/routes.ts'
import { ledgerRoutes } from './ledgers/routes.ts'
import { packRoutes } from './packs/routes.ts'
import { problemRoutes } from './problems/routes.ts'
import { rosterRoutes } from './roster/routes.ts'
import { revealRoutes } from './obligations/reveal-routes.ts'
import { screeningRoutes } from './screenings/routes.ts'
import { sampleRoutes } from './samples/routes.ts'
import { statisticsRoutes } from './statistics/routes.ts'
import { sessionRoutes } from './session/routes.ts'
import type { Routes } from './http/route-types.ts'
import { trialInboxRoutes } from './operations/trial-inbox.ts'
import { userRoutes } from './people/user-routes.ts'
import { oldAddresses } from './web/old-addresses.ts'
import { webApp } from './web/plugin.ts'
import { refusalPage } from './web/refusal-page.ts'

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
    clientErrorHandler: answerBrokenRequest,
    frameworkErrors: (error, request, reply) => badAddress(deps.https, error, request, reply),
    ...SERVER_LIMITS,
    ...(deps.proxy === null ? {} : { trustProxy: deps.proxy }),
    routerOptions: { maxParamLength: 200 },
  })
  app.setValidatorCompiler(validatorCompiler)
  app.setSerializerCompiler(serializerCompiler)
  await app.register(problems, { lost: refusalPage })
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
  oldAddresses(app)
  await app.register(webApp, { folder: deps.web })
  return app
}

async function v1(app: FastifyInstance, { deps }: { deps: ApiDeps }): Promise<void> {
  await app.register(authentication, deps)
  await app.register(scoped, deps)
  await app.register(knownFilters)
  await app.register(multipart, { limits: UPLOAD_LIMITS })
  await app.register(idempotency, deps)
  await app.register(compression)
  app.addHook('onRoute', (route) => {
    route.schema = { querystring: noQuery, ...route.schema }
  })
  const routes = app.withTypeProvider<ZodTypeProvider>() as Routes
  importRoutes(routes, deps)
  importChangeRoutes(routes, deps)
  importMappingRoutes(routes)
  consistencyRoutes(routes, deps)
  sessionRoutes(routes, deps)
  officeRoutes(routes, deps)
  countyRoutes(routes)
  peopleRoutes(routes, deps)
  campaignRoutes(routes)
  listRoutes(routes)
  listViewRoutes(routes)
  sharedViewRoutes(routes, deps)
  obligationRoutes(routes, deps)
  actionRoutes(routes, deps)
  bulkRunRoutes(routes, deps)
  handOverRoutes(routes)
  revealRoutes(routes, deps)
  comparisonRoutes(routes, deps)
  screeningRoutes(routes, deps)
  rosterRoutes(routes, deps)
  householdRoutes(routes, deps)
  attachmentRoutes(routes, deps)
  ledgerRoutes(routes, deps)
  statisticsRoutes(routes, deps)
  packRoutes(routes, deps)
  problemRoutes(routes, deps)
  sampleRoutes(routes, deps)
  deadlineRoutes(routes)
  overviewRoutes(routes, deps)
  mailRoutes(routes)
  trialInboxRoutes(routes, deps)
  calendarRoutes(routes)
  calendarFeedRoutes(routes, deps)
  policyRoutes(routes)
  userRoutes(routes, deps)
  apiKeyRoutes(routes, deps)
  auditRoutes(routes, deps)
}
