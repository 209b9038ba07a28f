import type { z } from 'zod'
import type { bounceReport } from '../../contract/api/mails.ts'
import type { mailDocuments } from '../../contract/routes/mails.ts'
import { type Bounce, bracketed, outcomeOf, readBounce } from '../../mail/bounce.ts'
import { addMailOrder, type KnownMail, mailOfMessage } from '../../services/notifications/mail-orders.ts'
import { ApiError, notFound } from '../http/errors.ts'
import type { HandlerOf } from '../http/route.ts'
import { mustReach } from '../plugins/actor.ts'

/** A relay says that a mail came back. The courier, who alone changes mails, does the rest. */
export const handleReportBounce: HandlerOf<typeof mailDocuments.reportBounce> = async (request) => {
  const bounce = await bounceOf(request.body)
  const mail = await mailOfMessage(request.db, bracketed(bounce.messageId))
  if (!mail) throw notFound('邮件')
  mustReach(request, 'mails:manage', mail.county)
  const outcome = outcomeFor(mail, bounce)
  if (outcome === 'taken')
    await request.db.transaction(async (tx, note) => {
      Object.assign(note, { subject: mail.id, county: mail.county })
      await addMailOrder(tx, mail.county, {
        kind: 'bounce',
        messageId: bracketed(bounce.messageId),
        reply: bounce.text,
      })
    })
  return { mailId: mail.id, outcome }
}

type Named = Pick<Bounce, 'outcome' | 'text'> & { messageId: string }

/** What is given by itself goes before what stands in the bounce. @throws ApiError 422 for what is no bounce */
async function bounceOf({
  messageId,
  raw,
  recipient,
  status,
  text,
}: z.infer<typeof bounceReport>): Promise<Named> {
  const read = raw === undefined ? null : await readBounce(raw)
  const id = messageId ?? read?.messageId
  if (raw !== undefined && read === null && status === undefined)
    throw unreadable('这不是退信:里面没有投递状态(RFC 3464)。')
  if (!id) throw unreadable('退信里找不到原邮件的 Message-ID,请一并给出 messageId。')
  const given = [status, recipient, text].filter(Boolean).join(' ')
  return {
    messageId: id,
    outcome: status === undefined ? (read?.outcome ?? 'failed') : outcomeOf(null, status),
    text: (given || read?.text || '中继没有说明原因').slice(0, 500),
  }
}

function unreadable(why: string): ApiError {
  return new ApiError(422, 'bad-bounce', why, [{ pointer: '/body/raw', message: why }])
}

/** A mail that already came back, or that no relay can have had, is left as it is. */
function outcomeFor({ tried, bouncedAt }: KnownMail, { outcome }: Named) {
  if (bouncedAt !== null) return 'already'
  if (outcome !== 'failed') return outcome
  return tried ? 'taken' : 'ignored'
}
