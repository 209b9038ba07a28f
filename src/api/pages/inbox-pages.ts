import { whyOfMail } from '../../services/notifications/mail-overview.ts'
import type { ApiDeps } from '../http/deps.ts'
import { inboxListPage, inboxMailPage, viewOf } from './inbox-view.ts'
import { MAIL_CSP } from './policy.ts'
import type { Routes } from '../http/route-types.ts'
import { inboxAddress, mailAddress, pageAddress } from './forms.ts'
import { noPage, send } from './send.ts'

const PER_PAGE = 50

/**
 * The trial inbox: everybody's mail, first passwords too, as it would have left. It is open without a sign-in,
 * since a first sign-in begins in it. It exists only in trial mode on loopback (src/bin/start/api-settings.ts).
 */
export function inboxPages(app: Routes, { inbox, openInbox }: ApiDeps): void {
  if (!inbox || !openInbox) return

  app.get(
    '/inbox',
    { schema: { hide: true, querystring: inboxAddress }, config: { permission: 'open' } },
    async (request, reply) => {
      const { before } = request.query
      const mails = await inbox.list({ limit: PER_PAGE, ...(before ? { before } : {}) })
      const last = mails[mails.length - 1]
      const next = last && mails.length === PER_PAGE ? `/inbox?before=${encodeURIComponent(last.id)}` : null
      return send(reply, inboxListPage({ mails, total: inbox.count(), next }))
    },
  )

  app.get(
    '/inbox/:id',
    { schema: { hide: true, params: pageAddress, querystring: mailAddress }, config: { permission: 'open' } },
    async (request, reply) => {
      const mail = await inbox.get(request.params.id)
      if (!mail) throw noPage()
      const known = request.actor?.permissions.has('mails:read') ?? false
      const why = known ? await whyOfMail(request.db, mail.messageId) : null
      return send(reply, inboxMailPage({ mail, show: viewOf(request.query.view), why }), MAIL_CSP)
    },
  )
}
