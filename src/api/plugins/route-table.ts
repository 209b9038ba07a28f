import fp from 'fastify-plugin'
import type { FastifyInstance } from 'fastify'

declare module 'fastify' {
  interface FastifyInstance {
    /** Every route with what it asks for; tests are made from it. */
    routeTable: { method: string; url: string; permission: string | null }[]
  }
}

/** Collects every route that is registered after it. */
export const routeTable = fp(
  async (app: FastifyInstance): Promise<void> => {
    app.decorate('routeTable', [])
    app.addHook('onRoute', ({ method: methods, url, config }) => {
      for (const method of [methods].flat())
        app.routeTable.push({ method, url, permission: config?.permission ?? null })
    })
  },
  { name: 'route-table' },
)
