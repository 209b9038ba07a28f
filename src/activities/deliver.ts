import { Context } from '@temporalio/activity'
import { DELIVER_BEAT_MS, MAIL_LEASE_MS, MAIL_RETRY } from '../contract/timeouts.ts'
import { now as businessNow } from '../services/schedule/clock.ts'
import {
  type ClaimedMail,
  claimMails,
  haltMails,
  postponeMail,
  settleMail,
} from '../services/notifications/outbox.ts'
import { inTransaction } from '../db/pool.ts'
import type { Fate, MailTransport } from '../mail/transport.ts'
import type { BaseDeps, LetterDeps } from '../services/deps.ts'
import { asActivityFailure } from './failure.ts'
import { passOnUndelivered } from '../services/notifications/pass-on-undelivered.ts'

export type DeliverDeps = BaseDeps & {
  letters: LetterDeps
  transport: MailTransport
  /** Counts fates for the metrics page. */
  onFate?: (kind: Fate['kind']) => void
}
export type DeliverActivities = ReturnType<typeof createDeliverActivities>

/** Mails sent side by side: as many as one SMTP server accepts without complaint. */
const AT_ONCE = 32
/** A refused login needs a human first; then everything that waited leaves. */
const HALT_MS = 5 * 60_000
/** Four days of trying: longer than a weekend with a dead server. */
const MAX_ATTEMPTS = 100

export function createDeliverActivities(deps: DeliverDeps) {
  return {
    /** Sends every mail of the county whose attempt is due, and stores the reply on its row. */
    deliverMails: (county: string): Promise<void> =>
      asActivityFailure(deps.log, { county }, async () => {
        const { heartbeat } = Context.current()
        const beat = setInterval(heartbeat, DELIVER_BEAT_MS)
        try {
          await deliverAll(deps, county)
        } finally {
          clearInterval(beat)
        }
      }),
  }
}

async function deliverAll(deps: DeliverDeps, county: string): Promise<void> {
  for (;;) {
    const claimed = await claimMails(deps.pool, county, deps.wallNow(), MAIL_LEASE_MS, AT_ONCE)
    if (claimed.length === 0) return
    const fates = await Promise.all(claimed.map((mail) => deliverMail(deps, mail)))
    const halted = fates.find((fate) => fate.kind === 'halt')
    if (halted) return haltCounty(deps, county, halted)
  }
}

async function deliverMail(deps: DeliverDeps, mail: ClaimedMail): Promise<Fate> {
  const fate = await deps.transport.send({
    messageId: mail.messageId,
    from: deps.letters.from,
    replyTo: deps.letters.replyTo,
    to: mail.toAddress,
    subject: mail.subject,
    text: mail.text,
    html: mail.html,
    headers: mail.headers,
    references: [mail.threadId],
  })
  deps.onFate?.(fate.kind)
  await recordFate(deps, mail, fate)
  return fate
}

async function recordFate(deps: DeliverDeps, mail: ClaimedMail, fate: Fate): Promise<void> {
  switch (fate.kind) {
    case 'accepted':
      return settleMail(deps.pool, mail.id, { state: 'accepted', reply: fate.reply }, await readTimes(deps))
    case 'failed':
      return failMail(deps, mail, fate.reply)
    case 'retry':
    case 'unknown':
      if (mail.attempts >= MAX_ATTEMPTS) return failMail(deps, mail, fate.reply)
      return postponeMail(deps.pool, mail.id, fate.reply, deps.wallNow() + backOff(mail.attempts))
    case 'halt':
      // The mail stays claimed; `halt` releases it with all that wait.
      return
  }
}

/** The mail is undeliverable: the next rung is told at once, and the not-reached list shows it. */
async function failMail(deps: DeliverDeps, mail: ClaimedMail, reply: string): Promise<void> {
  const time = await readTimes(deps)
  await inTransaction(deps.pool, async (tx) => {
    await settleMail(tx, mail.id, { state: 'failed', reply }, time)
    await passOnUndelivered(tx, mail, time.now)
  })
}

async function readTimes(deps: DeliverDeps) {
  return { now: await businessNow(deps.pool), wallNow: deps.wallNow() }
}

function backOff(attempts: number): number {
  return Math.min(MAIL_RETRY.firstMs * MAIL_RETRY.factor ** (attempts - 1), MAIL_RETRY.maxMs)
}

async function haltCounty(deps: DeliverDeps, county: string, fate: Fate): Promise<void> {
  deps.log.error(
    { county, reply: fate.reply },
    'the mail server refused the login: sending stops for five minutes',
  )
  await haltMails(deps.pool, county, fate.reply, deps.wallNow() + HALT_MS)
}
