import type { FastifyInstance } from 'fastify'

/** Idle connections that keep-alive holds open would hold `close` as well. */
const IDLE_MS = 100
const PATIENCE_MS = 10_000

export type Server = { url: string; close(): Promise<void> }

export async function listen(app: FastifyInstance, at: { host: string; port: number }): Promise<Server> {
  const url = await app.listen(at)
  return {
    url,
    async close() {
      const idle = setInterval(() => app.server.closeIdleConnections(), IDLE_MS)
      const last = setTimeout(() => app.server.closeAllConnections(), PATIENCE_MS)
      try {
        await app.close()
      } finally {
        clearInterval(idle)
        clearTimeout(last)
      }
    },
  }
}
