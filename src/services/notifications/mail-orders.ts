import { isOpen } from '../../domain/time/office-hours.ts'
import { insertRow } from '../../db/insert-rows.ts'
import { row, rows, type Sql, ts } from '../../db/pool.ts'
import type { RowOf } from '../../db/row-types.ts'
import { mailOrders } from '../../db/schema/index.ts'
import type { County } from '../people/offices.ts'
import { readCountyCalendar } from '../schedule/calendar.ts'
import { poke } from '../watching/pokes.ts'
import { bringForward } from './mail-holds.ts'
import type { BothTimes } from './outbox.ts'
import { passOnUndelivered } from './pass-on-undelivered.ts'
import { requeueFailed, type Superseded } from './stale-mails.ts'

type Order = Pick<RowOf<typeof mailOrders>, 'kind'> & { messageId: string | null; reply: string | null }

/** Asks the courier, who alone changes mails. */
export async function addMailOrder(tx: Sql, county: string, order: Order): Promise<void> {
  await insertRow(tx, mailOrders, { county, ...order })
  await poke(tx, 'courier', [county])
}

/**
 * A mail of the actor's counties, found by its Message-ID: what a relay knows of it. `tried`: it is being sent, was taken, or
 * waits after an attempt, so that it can come back.
 */
export type KnownMail = { id: string; county: string; tried: boolean; bouncedAt: number | null }

export function mailOfMessage(sql: Sql, messageId: string): Promise<KnownMail | undefined> {
  return row(sql, 'select id, county, tried, bounced_at as "bouncedAt" from duban_mail_of($1)', [messageId])
}

/**
 * Does what routes have asked of the courier. A mail that is to be sent anew waits until the office is open, since only then its
 * lines find a mail at once that tells them. Role duban_worker. @returns the mails that are composed anew, to be linked
 */
export async function processMailOrders(
  tx: Sql,
  { office: county, hours, mailState }: Pick<County, 'office' | 'hours' | 'mailState'>,
  time: BothTimes,
): Promise<Superseded[]> {
  const calendar = await readCountyCalendar(tx, county)
  const composes = mailState !== 'preparing' && isOpen(time.now, hours, calendar)
  const orders = await rows<Order>(
    tx,
    `delete from mail_orders where county = $1 and (kind <> 'resend' or $2)
      returning kind, message_id as "messageId", reply`,
    [county, composes],
  )
  if (orders.some(({ kind }) => kind === 'retry')) await bringForward(tx, county, time.wallNow)
  for (const { kind, messageId, reply } of orders)
    if (kind === 'bounce' && messageId !== null) await bounceMail(tx, { messageId, reply: reply ?? '' }, time)
  const resent = orders.flatMap(({ kind, messageId }) => (kind === 'resend' ? (messageId ?? []) : []))
  if (resent.length === 0) return []
  return requeueFailed(tx, resent, { ...time, hours, calendar })
}

/** A mail that came back has failed after all: what it told of passes on. A second bounce of it changes nothing. */
async function bounceMail(
  tx: Sql,
  { messageId, reply }: { messageId: string; reply: string },
  { now, wallNow }: BothTimes,
): Promise<void> {
  const bounced = await row<{ id: string }>(
    tx,
    `update mails set state = 'failed', bounced_at = $2, settled_at = $2, settled_wall = $3, refusal_about = 'reader',
            reply = $4
      where message_id = $1 and bounced_at is null
        and (state in ('sending','accepted') or state = 'queued' and (attempts > 0 or maybe_delivered)) returning id`,
    [messageId, ts(now), ts(wallNow), `退信:${reply}`],
  )
  if (bounced) await passOnUndelivered(tx, bounced, now)
}
