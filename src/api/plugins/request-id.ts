import fp from 'fastify-plugin'
import type { FastifyInstance } from 'fastify'

/** Every answer names its request, so that a report can be found in the log. */
export const requestId = fp(
  async (app: FastifyInstance): Promise<void> => {
    app.addHook('onSend', async (request, reply) => {
      void reply.header('x-request-id', request.id)
    })
  },
  { name: 'request-id' },
)
