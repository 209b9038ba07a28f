import helmet from '@fastify/helmet'
import fp from 'fastify-plugin'
import type { FastifyInstance } from 'fastify'

const YEAR_SECONDS = 31_536_000
/** Where we are reached by https: never otherwise again. */
export const HSTS = `max-age=${YEAR_SECONDS}; includeSubDomains`

/**
 * The API reference (swagger-ui) is the one page with scripts: its own files, none inline, and it talks to us alone. It
 * sets styles on elements, hence style-src-attr; one style it puts into the page, known by its hash; its icons are data: images.
 */
export const DOCS_CSP =
  "default-src 'none'; object-src 'none'; script-src 'self'; style-src 'self' 'sha256-RL3ie0nH+Lzz2YNqQN83mnU0J1ot4QL7b99vMdIX99w='; style-src-attr 'unsafe-inline'; img-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"

/**
 * What every answer says to a browser. The API answers no page, so nothing may be loaded by one; the web app, plain
 * pages and /docs set a policy of their own (web/plugin.ts, web/plain-page.ts, DOCS_CSP). HSTS only where we are reached by https: on loopback it would lock people out.
 */
export const securityHeaders = fp(
  async (app: FastifyInstance, { https }: { https: boolean }): Promise<void> => {
    await app.register(helmet, {
      contentSecurityPolicy: {
        useDefaults: false,
        directives: {
          defaultSrc: ["'none'"],
          objectSrc: ["'none'"],
          frameAncestors: ["'none'"],
          baseUri: ["'none'"],
          formAction: ["'none'"],
        },
      },
      strictTransportSecurity: https ? { maxAge: YEAR_SECONDS, includeSubDomains: true } : false,
      // Nothing leaves to elsewhere. `no-referrer` would also turn the Origin of our own forms into `null`, by which old
      // browsers say that they are ours (csrf.ts).
      referrerPolicy: { policy: 'same-origin' },
      crossOriginResourcePolicy: { policy: 'same-origin' },
      frameguard: { action: 'deny' },
    })
    app.addHook('onSend', async (_request, reply, payload) => {
      void reply.header('permissions-policy', 'camera=(), display-capture=(), geolocation=(), microphone=()')
      if (!reply.hasHeader('cache-control')) void reply.header('cache-control', 'no-store')
      return payload
    })
  },
  { name: 'security-headers' },
)
