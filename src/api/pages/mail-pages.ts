import { retryMails } from '../operations/retry-mails.ts'
import type { Routes } from '../http/route-types.ts'
import { countyOf } from '../people/county.ts'
import { retryForm } from './forms.ts'

/** What an administrator does about mail that is held. */
export function mailPages(app: Routes): void {
  app.post(
    '/mails/retry',
    { schema: { hide: true, body: retryForm }, config: { permission: 'mails:manage' } },
    async (request, reply) => {
      await retryMails(request, await countyOf(request.db, request.body.county, '/body/county'))
      return reply.redirect('/', 303)
    },
  )
}
