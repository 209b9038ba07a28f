import type { InboxMail } from '../../mail/trial-inbox.ts'
import { whyOfMail } from '../../services/notifications/mail-overview.ts'
import { trialInboxDocuments as documents } from '../../contract/routes/trial-inbox.ts'
import type { ApiDeps } from '../http/deps.ts'
import { notFound } from '../http/errors.ts'
import { type HandlerOf, route } from '../http/route.ts'
import type { Routes } from '../http/route-types.ts'
import { showWhy } from './mails.ts'
import { sendPreview } from './mail-preview.ts'

const PER_PAGE = 50
type Deps = Pick<ApiDeps, 'inbox' | 'openInbox'>

/**
 * The trial inbox: everybody's mail, first passwords too, as it would have left. It is open without a sign-in, since a first
 * sign-in begins in it. Outside trial mode on loopback there is none (src/bin/start/api-settings.ts).
 */
export function trialInboxRoutes(app: Routes, deps: Deps): void {
  route(app, documents.listTrialInbox, async (request) => {
    const inbox = mustHaveInbox(deps)
    const { before } = request.query
    const items = await inbox.list({ limit: PER_PAGE, ...(before ? { before } : {}) })
    const last = items.at(-1)
    return {
      items,
      total: inbox.count(),
      nextBefore: last && items.length === PER_PAGE ? last.id : null,
    }
  })

  route(app, documents.getTrialMail, handleGetTrialMail(deps))

  route(app, documents.previewTrialMail, async (request, reply) =>
    sendPreview(reply, (await mailOf(deps, request.params.id)).html),
  )
}

function handleGetTrialMail(deps: Deps): HandlerOf<typeof documents.getTrialMail> {
  return async (request) => {
    const { raw: _raw, html, ...mail } = await mailOf(deps, request.params.id)
    const known = request.actor?.permissions.has('mails:read') ?? false
    const why = known ? (await whyOfMail(request.db, mail.messageId)).map(showWhy) : null
    return { ...mail, hasHtml: html !== '', why }
  }
}

function mustHaveInbox({ inbox, openInbox }: Deps) {
  if (!inbox || !openInbox) throw notFound('试用邮箱')
  return inbox
}

async function mailOf(deps: Deps, id: string): Promise<InboxMail> {
  const mail = await mustHaveInbox(deps).get(id)
  if (!mail) throw notFound('邮件')
  return mail
}
