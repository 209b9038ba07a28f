import { Context } from '@temporalio/activity'
import { DELIVER_BEAT_MS, MAIL_LEASE_MS, MAIL_RETRY } from '../contract/timeouts.ts'
import { now as businessNow } from '../services/schedule/clock.ts'
import { mailHours } from '../services/notifications/mail-hours.ts'
import { type HoldReason, isHeld } from '../services/notifications/mail-holds.ts'
import { type ClaimedMail, claimMails, postponeMail, settleMail } from '../services/notifications/outbox.ts'
import { failMail, type Hold, type Sent, settlePass } from '../services/notifications/settle-pass.ts'
import { UNREACHABLE_AFTER_MS } from '../services/notifications/unreachable.ts'
import { poke } from '../services/watching/pokes.ts'
import { inTransaction } from '../db/pool.ts'
import { county as countyOf } from '../services/people/offices.ts'
import type { PutOff } from '../mail/classify.ts'
import { replyToOf } from '../mail/reply-to.ts'
import type { Fate, MailTransport } from '../mail/transport.ts'
import type { BaseDeps, LetterDeps } from '../services/deps.ts'
import { asActivityFailure } from './failure.ts'

export type DeliverDeps = BaseDeps & {
  letters: LetterDeps
  transport: MailTransport
  /** Counts fates for the metrics page. */
  onFate?: (kind: Fate['kind']) => void
}
export type DeliverActivities = ReturnType<typeof createDeliverActivities>

/** Mails sent side by side: as many as one SMTP server accepts without complaint. */
const AT_ONCE = 32
/** What concerns us mostly needs a human first; then everything that waited leaves. */
const HOLD_MS = 5 * 60_000
/**
 * Tries of one mail that the server may have. Others do not get so far: they are composed anew with every round
 * (src/services/notifications/stale-mails.ts).
 */
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
    const [time, home, held] = await Promise.all([
      readTimes(deps),
      countyOf(deps.pool, county),
      isHeld(deps.pool, county),
    ])
    const hours = await mailHours(deps.pool, home, time.now)
    const at = { wallNow: time.wallNow, hours }
    // Many logins that are refused lock the account.
    const atOnce = held ? 1 : AT_ONCE
    const claimed = await claimMails(deps.pool, county, at, MAIL_LEASE_MS, atOnce)
    if (claimed.length === 0) return
    const sent = await Promise.all(claimed.map((mail) => deliverMail(deps, mail, home.contact)))
    const hold = await settleRefused(deps, county, sent, time.wallNow)
    // What was held asks first whether each of its lines still holds.
    if (hold === 'lifted') return
    if (hold) return reportHold(deps, county, hold)
  }
}

async function deliverMail(deps: DeliverDeps, mail: ClaimedMail, contact: string): Promise<Sent> {
  const fate = await deps.transport.send({
    messageId: mail.messageId,
    from: deps.letters.from,
    replyTo: replyToOf(deps.letters, contact),
    to: mail.toAddress,
    subject: mail.subject,
    text: mail.text,
    html: mail.html,
    headers: mail.headers,
    references: [mail.threadId],
  })
  deps.onFate?.(fate.kind)
  await recordFate(deps, mail, fate)
  return { mail, fate }
}

/** Stores at once what one mail alone decides. A refusal is judged with the whole pass, and stays claimed until then. */
async function recordFate(deps: DeliverDeps, mail: ClaimedMail, fate: Fate): Promise<void> {
  switch (fate.kind) {
    case 'accepted':
      return settleMail(deps.pool, mail.id, { state: 'accepted', reply: fate.reply }, await readTimes(deps))
    case 'retry':
    case 'unknown':
      return tryAgain(deps, mail, fate)
    case 'failed':
    case 'halt':
      return
  }
}

async function tryAgain(
  deps: DeliverDeps,
  mail: ClaimedMail,
  fate: PutOff | Extract<Fate, { kind: 'unknown' }>,
): Promise<void> {
  const { reply } = fate
  const about = aboutOf(fate)
  if (mail.attempts >= MAX_ATTEMPTS && (fate.kind === 'unknown' || about !== 'us'))
    return failMail(deps.pool, mail, { kind: 'failed', reply, about: 'unclear' }, await readTimes(deps))
  const postponed = {
    reply,
    nextWall: about === 'us' ? beforeAlarm(deps, mail) : nextWall(deps, mail),
    refusedWall: deps.wallNow(),
    about,
    maybeDelivered: fate.kind === 'unknown',
  }
  // What is put off changes when the courier has to look again.
  await inTransaction(deps.pool, async (tx) => {
    await postponeMail(tx, mail.id, postponed)
    await poke(tx, 'courier', [mail.county])
  })
}

/** A connection that breaks, even after the final dot, is the server's until somebody else is reached. */
function aboutOf(fate: PutOff | Extract<Fate, { kind: 'unknown' }>): 'us' | 'reader' | null {
  return fate.kind === 'unknown' ? 'us' : (fate.about ?? null)
}

async function settleRefused(
  deps: DeliverDeps,
  county: string,
  sent: readonly Sent[],
  sinceWall: number,
): Promise<Hold | 'lifted' | null> {
  const time = await readTimes(deps)
  return settlePass(deps.pool, county, sent, time, {
    sinceWall,
    nextWall: (mail) => nextWall(deps, mail),
    heldUntilWall: time.wallNow + HOLD_MS,
  })
}

async function readTimes(deps: DeliverDeps) {
  return { now: await businessNow(deps.pool), wallNow: deps.wallNow() }
}

function nextWall(deps: DeliverDeps, { attempts }: ClaimedMail): number {
  return deps.wallNow() + Math.min(MAIL_RETRY.firstMs * MAIL_RETRY.factor ** (attempts - 1), MAIL_RETRY.maxMs)
}

/** No later than the alarm is due, so that it comes in time or not at all. */
function beforeAlarm(deps: DeliverDeps, mail: ClaimedMail): number {
  const alarmAt = (mail.refusedWall ?? deps.wallNow()) + UNREACHABLE_AFTER_MS
  const next = nextWall(deps, mail)
  return alarmAt > deps.wallNow() ? Math.min(next, alarmAt) : next
}

const REFUSED = 'the mail server refuses what concerns us'
const HOLD_CAUSES: Record<HoldReason, string> = {
  login: REFUSED,
  sender: REFUSED,
  refused: REFUSED,
  alike: REFUSED,
  unreachable: 'the mail server cannot be reached or has taken nothing for ten minutes',
}

function reportHold(deps: DeliverDeps, county: string, { reason, reply }: Hold): void {
  deps.log.error(
    { county, reason, reply },
    `${HOLD_CAUSES[reason]}: all mail of the county is held and tried every five minutes`,
  )
}
