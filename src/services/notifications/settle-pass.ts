import type { Fate } from '../../mail/classify.ts'
import { type EarlierRefusal, judgePass } from '../../mail/judge-pass.ts'
import { refusalKey } from '../../mail/refusal.ts'
import { inTransaction, type Pool, rows, type Sql, ts } from '../../db/pool.ts'
import { holdMails, type HoldReason, liftHold } from './mail-holds.ts'
import { type BothTimes, type ClaimedMail, postponeMail, settleMail } from './outbox.ts'
import { passOnUndelivered } from './pass-on-undelivered.ts'
import { unreachableReply } from './unreachable.ts'

/** One mail of a pass and what became of it. */
export type Sent = { mail: ClaimedMail; fate: Fate }
export type Hold = { reason: HoldReason; reply: string }
/** When the pass began, when a mail is tried again, and until when a hold lasts, in wall milliseconds. */
export type RetryPlan = { sinceWall: number; nextWall(mail: ClaimedMail): number; heldUntilWall: number }

/**
 * Stores what became of the mails of a pass that the server did not take. What others of the pass met with decides whom a refusal
 * is about (src/mail/judge-pass.ts). @returns the hold, when the county's mail is now held; `lifted` when it was and is no longer
 */
export async function settlePass(
  pool: Pool,
  county: string,
  sent: readonly Sent[],
  time: BothTimes,
  plan: RetryPlan,
): Promise<Hold | 'lifted' | null> {
  const fates = await judge(pool, county, sent)
  await storeReadersOwn(pool, sent, fates)
  const halt =
    fates.find((fate) => fate.kind === 'halt') ?? (await unreachable(pool, county, fates, time.wallNow))
  for (const [i, { mail }] of sent.entries()) {
    const fate = fates[i] as Fate
    if (fate.kind === 'failed') await failMail(pool, mail, fate, time)
    if (fate.kind === 'retry' && sent[i]?.fate.kind === 'halt')
      await postponeMail(pool, mail.id, {
        reply: fate.reply,
        nextWall: plan.nextWall(mail),
        refusedWall: plan.sinceWall,
        about: 'reader',
        maybeDelivered: false,
      })
  }
  if (halt) await inTransaction(pool, (tx) => holdAll(tx, county, { halt, sent, fates, time, plan }))
  if (halt) return { reason: halt.reason, reply: halt.reply }
  const taken = sent.some(({ fate }) => fate.kind === 'accepted')
  return taken && (await inTransaction(pool, (tx) => liftHold(tx, county, time.wallNow))) ? 'lifted' : null
}

async function unreachable(
  sql: Sql,
  county: string,
  fates: readonly Fate[],
  wallNow: number,
): Promise<Hold | null> {
  const reply = await unreachableReply(sql, county, fates, wallNow)
  return reply === null ? null : { reason: 'unreachable', reply }
}

/** What seemed to be the server's and is this reader's own, since others are reached: past its limit it passes on. */
async function storeReadersOwn(sql: Sql, sent: readonly Sent[], fates: readonly Fate[]): Promise<void> {
  const own = sent.filter(({ fate }, i) => fate.kind === 'retry' && fate.about === 'us' && fates[i] !== fate)
  if (own.length > 0)
    await sql.query(`update mails set refusal_about = 'reader' where id = any($1) and state = 'queued'`, [
      own.map(({ mail }) => mail.id),
    ])
}

async function judge(sql: Sql, county: string, sent: readonly Sent[]): Promise<Fate[]> {
  const refused = sent.filter(({ fate }) => ['failed', 'halt', 'retry'].includes(fate.kind))
  if (refused.length === 0) return sent.map(({ fate }) => fate)
  const others = await takenSince(
    sql,
    county,
    refused.map(({ mail }) => mail.id),
  )
  const attempts = sent.map(({ mail, fate }) => ({
    person: mail.person,
    fate,
    othersTakenSince: others.has(mail.id),
  }))
  return judgePass(attempts, await earlierRefusals(sql, county))
}

/** Of these mails, those since whose first refusal the server has taken somebody else's. */
async function takenSince(sql: Sql, county: string, ids: readonly string[]): Promise<Set<string>> {
  const found = await rows<{ id: string }>(
    sql,
    `select m.id from mails m where m.id = any($2) and exists (
       select from mails t where t.county = $1 and t.state = 'accepted' and t.person <> m.person
          and t.settled_wall >= m.refused_wall)`,
    [county, ids],
  )
  return new Set(found.map(({ id }) => id))
}

/** Unclear refusals that became final since the last mail of the county was taken. */
function earlierRefusals(sql: Sql, county: string): Promise<(EarlierRefusal & { id: string })[]> {
  return rows(
    sql,
    `select id, person, reply from mails
      where county = $1 and state = 'failed' and refusal_about = 'unclear' and bounced_at is null
        and settled_wall > coalesce(
          (select max(settled_wall) from mails where county = $1 and state = 'accepted'), '-infinity')
      order by settled_wall desc limit 50`,
    [county],
  )
}

type Failed = Extract<Fate, { kind: 'failed' }>

/** The mail is undeliverable: the next rung is told at once, and the not-reached list shows it. */
export async function failMail(pool: Pool, mail: ClaimedMail, fate: Failed, time: BothTimes): Promise<void> {
  await inTransaction(pool, async (tx) => {
    const { reply, about = 'reader' } = fate
    await settleMail(tx, mail.id, { state: 'failed', reply, about }, time)
    await passOnUndelivered(tx, mail, time.now)
  })
}

type Halted = {
  halt: Hold
  sent: readonly Sent[]
  fates: readonly Fate[]
  time: BothTimes
  plan: RetryPlan
}

/** Nothing is final: what failed earlier in the same words waits again as well. */
async function holdAll(tx: Sql, county: string, { halt, sent, fates, time, plan }: Halted): Promise<void> {
  const { reason, reply } = halt
  const refused = sent.filter((_, i) => fates[i]?.kind === 'halt').map(({ mail }) => mail.id)
  if (reason === 'alike') refused.push(...(await reviveAlike(tx, county, reply)))
  const { sinceWall, heldUntilWall: untilWall } = plan
  await holdMails(tx, { county, reason, reply, sinceWall, untilWall }, refused, time)
}

async function reviveAlike(tx: Sql, county: string, reply: string): Promise<string[]> {
  const earlier = await earlierRefusals(tx, county)
  const alike = earlier.filter((e) => refusalKey(e.reply) === refusalKey(reply)).map(({ id }) => id)
  await tx.query(
    `update mails set state = 'queued', settled_at = null, settled_wall = null, next_attempt_wall = $2 where id = any($1)`,
    [alike, ts(0)],
  )
  return alike
}
