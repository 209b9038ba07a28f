import { randomUUID } from 'node:crypto'
import helmet from '@fastify/helmet'
import swagger from '@fastify/swagger'
import swaggerUi from '@fastify/swagger-ui'
import Fastify, { type FastifyBaseLogger, type FastifyInstance, LogController } from 'fastify'
import {
  jsonSchemaTransform,
  serializerCompiler,
  validatorCompiler,
  type ZodTypeProvider,
} from 'fastify-type-provider-zod'
import { noQuery } from '../contract/api/common.ts'
import type { ApiDeps } from './deps.ts'
import { metrics } from './metrics.ts'
import { pages } from './pages/plugin.ts'
import { bearer } from './plugins/auth.ts'
import { idempotency } from './plugins/idempotency.ts'
import { problems } from './plugins/problem.ts'
import { actionRoutes } from './routes/actions.ts'
import { calendarRoutes } from './routes/calendar.ts'
import { campaignRoutes } from './routes/campaigns.ts'
import { deadlineRoutes } from './routes/deadlines.ts'
import { healthRoutes } from './routes/health.ts'
import { importRoutes } from './routes/imports.ts'
import { mailRoutes } from './routes/mails.ts'
import { obligationRoutes } from './routes/obligations.ts'
import { officeRoutes } from './routes/offices.ts'
import type { Routes } from './routes/types.ts'

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
    requestTimeout: 120_000,
    routerOptions: { maxParamLength: 200 },
  })
  app.setValidatorCompiler(validatorCompiler)
  app.setSerializerCompiler(serializerCompiler)
  problems(app)
  await app.register(helmet, { contentSecurityPolicy: false, strictTransportSecurity: false })
  app.addHook('onSend', async (request, reply) => {
    void reply.header('x-request-id', request.id)
  })
  metrics(app, deps)
  await documentation(app)
  healthRoutes(app.withTypeProvider<ZodTypeProvider>(), deps)
  await app.register(v1, { prefix: '/v1', deps })
  await app.register(pages, deps)
  return app
}

async function v1(app: FastifyInstance, { deps }: { deps: ApiDeps }): Promise<void> {
  bearer(app, deps.token)
  app.addHook('onRoute', (route) => {
    route.schema = { querystring: noQuery, ...route.schema }
  })
  const routes = app.withTypeProvider<ZodTypeProvider>() as Routes
  await importRoutes(routes, deps)
  idempotency(app, deps)
  officeRoutes(routes, deps)
  campaignRoutes(routes, deps)
  obligationRoutes(routes, deps)
  actionRoutes(routes, deps)
  deadlineRoutes(routes, deps)
  mailRoutes(routes, deps)
  calendarRoutes(routes, deps)
}

async function documentation(app: FastifyInstance): Promise<void> {
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: {
        title: '督办 Duban',
        version: '1',
        description: '县级兜底保障行动的督办接口。除运行状态外都需要令牌:Authorization: Bearer <令牌>。',
      },
      components: { securitySchemes: { token: { type: 'http', scheme: 'bearer' } } },
    },
    transform: jsonSchemaTransform,
  })
  await app.register(swaggerUi, { routePrefix: '/docs', uiConfig: { persistAuthorization: true } })
  app.get('/openapi.json', { schema: { hide: true } }, async (_request, reply) =>
    reply.type('application/json; charset=utf-8').serializer(JSON.stringify).send(app.swagger()),
  )
}
