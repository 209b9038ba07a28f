import type { FastifyInstance } from 'fastify'
import { WEB_ROOT } from './root.ts'

/** Pages that once stood at the root. Mails that were sent, and bookmarks, still lead there. */
const OLD = [
  ...['/', '/sign-in', '/forgotten', '/set-password', '/account', '/users'],
  ...['/obligations', '/obligations/:id', '/mails/:id', '/inbox', '/inbox/:id'],
]

/**
 * Leads an old address to the page of the app, with its query. Browsers keep what stands behind a # by themselves. The
 * address that carries a secret is passed on to nobody.
 */
export function oldAddresses(app: FastifyInstance): void {
  for (const url of OLD)
    app.get(url, { config: { permission: 'open' }, schema: { hide: true } }, async (request, reply) => {
      const { pathname, search } = new URL(request.url, 'http://any.invalid')
      return reply.redirect(`${WEB_ROOT}${pathname}${search}`, 302)
    })
}
