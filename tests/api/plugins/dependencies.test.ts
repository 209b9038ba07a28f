import Fastify, { type FastifyPluginAsync } from 'fastify'
import { expect, it } from 'vitest'
import { documentation } from '../../../src/api/http/openapi.ts'
import { authentication } from '../../../src/api/plugins/auth.ts'
import { idempotency } from '../../../src/api/plugins/idempotency.ts'
import { knownFilters } from '../../../src/api/plugins/known-filters.ts'
import { rateLimits } from '../../../src/api/plugins/rate-limit.ts'
import { scoped } from '../../../src/api/plugins/scope.ts'
import { apiDeps } from '../../support/api-deps.ts'

const PLUGINS = { authentication, documentation, idempotency, knownFilters, rateLimits, scoped }

it.each(Object.entries(PLUGINS))('%s does not start without what it depends on', async (_name, plugin) => {
  const app = Fastify()
  const starting = async () => {
    await app.register(plugin as FastifyPluginAsync<object>, apiDeps())
  }
  await expect(starting()).rejects.toMatchObject({ code: 'FST_ERR_PLUGIN_DEPENDENCY_NOT_REGISTERED' })
})
