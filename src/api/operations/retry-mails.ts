import type { FastifyRequest } from 'fastify'
import type { Instant } from '../../domain/time/days.ts'
import { nextOpening } from '../../domain/time/office-hours.ts'
import { addMailOrder } from '../../services/notifications/mail-orders.ts'
import { county as countyById } from '../../services/people/offices.ts'
import { readCountyCalendar } from '../../services/schedule/calendar.ts'
import { asOfOf, mustReach } from '../plugins/actor.ts'

/** Asks the courier to try everything that waits again. @returns when it may leave */
export async function retryMails(request: FastifyRequest, county: string): Promise<Instant> {
  mustReach(request, 'mails:manage', county)
  const { hours } = await countyById(request.db, county)
  const calendar = await readCountyCalendar(request.db, county)
  await request.db.transaction(async (tx, note) => {
    note.action = 'mail.retry'
    note.county = county
    await addMailOrder(tx, county, { kind: 'retry', messageId: null, reply: null })
  })
  return nextOpening(asOfOf(request).now, hours, calendar)
}
