import type { Logger } from 'pino'
import type { Pool } from '../db/pool.ts'
import type { Mailbox } from '../mail/outgoing.ts'
import type { Keyring } from './vault/encryption.ts'

/** What every activity may reach. Wall time is for leases, retries and answers' stamps only; business time comes from the clock's row. */
export type BaseDeps = {
  pool: Pool
  log: Logger
  wallNow: () => number
  /** Hears that a poke has been answered for good: who steps the clock looks then instead of asking all the time. */
  onAnswer?: () => void
}

/** Tells Temporal that long work is alive, and how far it has come. */
export type Heartbeat = (done: number) => void

export type EncryptionDeps = { keys: Keyring }

/** How mails look and where their links lead. */
export type LetterDeps = {
  dashboardUrl: string
  from: Mailbox
  /** Who answers, in all counties; null: each county's own contact (src/mail/reply-to.ts). */
  replyTo: string | null
  /** The part of a Message-ID behind the @. */
  mailDomain: string
  /** Nothing leaves the machine: mails say so. */
  trial: boolean
  /** Demonstration history: mails are composed and kept, never sent. */
  archive: boolean
}
