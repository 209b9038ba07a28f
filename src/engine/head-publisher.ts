import type { Logger } from 'pino'
import { sealKeys } from '../services/audit/chain-key.ts'
import { activeAuditors, addHead, headOf, lastPublished, type SealedHead } from '../services/audit/heads.ts'
import type { MasterKey } from '../services/vault/master-key.ts'
import { inTransaction, type Pool, type Sql } from '../db/pool.ts'
import { STREAMS } from '../services/audit/chain-rows.ts'
import { takeSealerLock } from '../services/audit/chain.ts'
import type { Stream } from '../domain/audit/chain.ts'
import { dayOf, type Instant } from '../domain/time/days.ts'
import { composeAuditHead } from '../mail/audit-head.ts'
import type { Mailbox, OutgoingMail } from '../mail/outgoing.ts'
import type { MailTransport } from '../mail/transport.ts'
import { appendHeads } from './heads-file.ts'

export type Publish = {
  /** Null where nothing can be sent from: then log, file and database know it alone. */
  transport: Pick<MailTransport, 'send'> | null
  letters: { from: Mailbox; replyTo: string; mailDomain: string; trial: boolean }
  headsFile: string
}
type Publisher = { pool: Pool; masterKey: MasterKey; log: Logger; publish: Publish }

/**
 * Makes the heads of both streams known: to the log, to a file beside the database, to the database, and by mail to every
 * auditor. What lies below a head that somebody else holds cannot be cut off unnoticed.
 * @param when `daily`: only those not made known on this day (Beijing) yet
 * @returns the mails, still to be sent
 */
export async function publishHeads(
  { pool, masterKey, log, publish }: Publisher,
  at: Instant,
  when: 'daily' | 'now',
): Promise<{ heads: SealedHead[]; mails: OutgoingMail[] }> {
  return inTransaction(pool, async (tx) => {
    // Of several processes one publishes.
    await takeSealerLock(tx)
    const keys = await sealKeys(tx, masterKey)
    const auditors = await activeAuditors(tx, dayOf(at))
    const heads: SealedHead[] = []
    for (const stream of STREAMS) {
      if (when === 'daily' && (await isPublished(tx, stream, at))) continue
      const head = await headOf(tx, stream, keys)
      const addresses = publish.transport ? auditors.map((a) => a.address) : []
      if (head && (await addHead(tx, head, at, addresses))) heads.push(head)
    }
    if (heads.length === 0) return { heads, mails: [] }
    await appendHeads(publish.headsFile, heads, at)
    for (const { stream, number, mac } of heads)
      log.info({ stream, number, mac: mac.toString('hex') }, 'head of the sealed chain')
    return { heads, mails: auditors.map((auditor) => mailTo(auditor, heads, publish.letters, at)) }
  })
}

async function isPublished(tx: Sql, stream: Stream, at: Instant): Promise<boolean> {
  const last = await lastPublished(tx, stream)
  return last !== undefined && dayOf(last.at) === dayOf(at)
}

function mailTo(
  auditor: { name: string; address: string },
  heads: SealedHead[],
  { from, replyTo, mailDomain, trial }: Publish['letters'],
  at: Instant,
): OutgoingMail {
  const which = heads.map((h) => `${h.stream}-${h.number}`).join('.')
  const who = auditor.address.replace(/[^A-Za-z0-9.-]/g, '.')
  return {
    messageId: `<head.${which}.${who}@${mailDomain}>`,
    from,
    replyTo,
    to: auditor.address,
    ...composeAuditHead({ name: auditor.name, heads, at, contact: replyTo, trial }),
    headers: { 'Auto-Submitted': 'auto-generated' },
    references: [],
  }
}
