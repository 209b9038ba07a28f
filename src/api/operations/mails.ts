import type { z } from 'zod'
import type { mail, whySent } from '../../contract/api/mails.ts'
import {
  listMails,
  listNotReached,
  mailById,
  type MailRow,
} from '../../services/notifications/mail-queries.ts'
import { whyOfMail, type WhySent } from '../../services/notifications/mail-overview.ts'
import { MAIL_FATE_LABELS, mailFateOf } from '../../domain/escalation/mail-fate.ts'
import { notFound } from '../http/errors.ts'
import { decodeCursor, pageFrom } from '../plugins/cursor.ts'
import { countyOf } from '../people/county.ts'
import { handleReportBounce } from './bounces.ts'
import { sendPreview } from './mail-preview.ts'
import { resendMail } from './resend-mail.ts'
import { retryMails } from './retry-mails.ts'
import { iso, isoOrNull } from '../obligations/present.ts'
import { mailDocuments as documents } from '../../contract/routes/mails.ts'
import { type HandlerOf, route } from '../http/route.ts'
import type { Routes } from '../http/route-types.ts'

export function mailRoutes(app: Routes): void {
  route(app, documents.listMails, async (request) => {
    const { cursor, limit, ...search } = request.query
    const found = await listMails(request.db, search, { after: decodeCursor(cursor), limit: limit + 1 })
    return pageFrom(found, limit, (row) => ({ at: row.composedAt, id: row.id }), show)
  })

  route(app, documents.getMail, handleGetMail)

  route(app, documents.previewMail, async (request, reply) => {
    const found = await mailById(request.db, request.params.id)
    if (!found) throw notFound('邮件')
    return sendPreview(reply, found.html)
  })

  route(app, documents.resendMail, async (request) => ({
    leavesAt: iso(await resendMail(request, request.params.id)),
  }))

  route(app, documents.listNotReached, handleListNotReached)

  route(app, documents.reportBounce, handleReportBounce)

  route(app, documents.retryMails, async (request) => {
    const county = await countyOf(request.db, request.body.county, '/body/county')
    return { county, leavesAt: iso(await retryMails(request, county)) }
  })
}

const handleGetMail: HandlerOf<typeof documents.getMail> = async (request) => {
  const found = await mailById(request.db, request.params.id)
  if (!found) throw notFound('邮件')
  const { text, html, headers } = found
  return {
    ...show(found),
    text,
    html,
    headers,
    why: (await whyOfMail(request.db, found.messageId)).map(showWhy),
  }
}

const handleListNotReached: HandlerOf<typeof documents.listNotReached> = async (request) => {
  const { cursor, limit } = request.query
  const found = await listNotReached(request.db, { after: decodeCursor(cursor), limit: limit + 1 })
  return pageFrom(
    found,
    limit,
    (row) => ({ at: row.at, id: row.id }),
    ({ officeCode, officeName, at, ...rest }) => ({
      ...rest,
      office: { code: officeCode, name: officeName },
      at: iso(at),
    }),
  )
}

export function showWhy({ at, officeCode, officeName, ...why }: WhySent): z.infer<typeof whySent> {
  const office = officeCode === null ? null : { code: officeCode, name: officeName ?? officeCode }
  return { ...why, at: iso(at), office }
}

function show(row: MailRow): z.infer<typeof mail> {
  const { id, messageId, to, subject, state, attempts, reply, refusalAbout, supersededBy } = row
  const fate = mailFateOf({ state, refusalAbout, bounced: row.bouncedAt !== null })
  return {
    ...{ id, messageId, to, subject, state, attempts, reply, refusalAbout, supersededBy },
    fate,
    labels: { fate: MAIL_FATE_LABELS[fate] },
    bouncedAt: isoOrNull(row.bouncedAt),
    person: { id: row.personId, name: row.personName },
    composedAt: iso(row.composedAt),
    settledAt: isoOrNull(row.settledAt),
    roundAt: iso(row.roundAt),
  }
}
