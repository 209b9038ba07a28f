import type { FastifyRequest } from 'fastify'
import type { Instant } from '../../domain/time/days.ts'
import { mailFateOf } from '../../domain/escalation/mail-fate.ts'
import { nextOpening } from '../../domain/time/office-hours.ts'
import { addMailOrder, mailOfMessage } from '../../services/notifications/mail-orders.ts'
import { mailById } from '../../services/notifications/mail-queries.ts'
import { county as countyById } from '../../services/people/offices.ts'
import { isActive } from '../../services/people/persons.ts'
import { readCountyCalendar } from '../../services/schedule/calendar.ts'
import { ApiError, notFound } from '../http/errors.ts'
import { asOfOf, mustReach } from '../plugins/actor.ts'

/**
 * Asks the courier to send one mail anew that did not arrive, with what is still true and to the address the person has now.
 * @returns when it may leave
 * @throws ApiError 404, or 409 for a mail that arrived, waits or was replaced, or whose reader is disabled
 */
export async function resendMail(request: FastifyRequest, id: string): Promise<Instant> {
  const mail = await mailById(request.db, id)
  const known = mail && (await mailOfMessage(request.db, mail.messageId))
  if (!mail || !known) throw notFound('邮件')
  mustReach(request, 'mails:resend', known.county)
  const fate = mailFateOf({ ...mail, bounced: mail.bouncedAt !== null })
  if (mail.state !== 'failed') throw new ApiError(409, 'not-now', WHY_NOT[fate] ?? '这封邮件不用再发。')
  if (!(await isActive(request.db, mail.personId)))
    throw new ApiError(409, 'not-now', '收件人的账号已停用,没有重发。')
  const { hours } = await countyById(request.db, known.county)
  const calendar = await readCountyCalendar(request.db, known.county)
  await request.db.transaction(async (tx, note) => {
    Object.assign(note, { action: 'mail.resend', county: known.county, subject: mail.id })
    await addMailOrder(tx, known.county, { kind: 'resend', messageId: mail.messageId, reply: null })
  })
  return nextOpening(asOfOf(request).now, hours, calendar)
}

const WHY_NOT: Partial<Record<ReturnType<typeof mailFateOf>, string>> = {
  waiting: '这封邮件还在等待发出,不用再发。',
  deferred: '对方邮箱暂时不收,系统正在继续投递,不用再发。',
  sending: '这封邮件正在发送,不用再发。',
  delivered: '这封邮件已送达对方服务器,不用再发。',
  superseded: '这封邮件已由新的一封代替,请看新的一封。',
  moot: '其中各项都已办结,没有可以再发的。',
  archived: '演示中的邮件只存档,不能重发。',
}
