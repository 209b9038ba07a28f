import type { Logger } from 'pino'
import type { Registry } from 'prom-client'
import type { Pool } from '../../db/pool.ts'
import type { Keyring } from '../../services/vault/encryption.ts'
import type { TrialInbox } from '../../mail/trial-inbox.ts'
import type { Part } from '../../contract/part.ts'
import type { UnaccountedCode } from '../../domain/escalation/standing-check.ts'
import type { AccessDeps } from '../../services/access/deps.ts'

/** What the API stands on; everything else it finds in the database. */
export type ApiDeps = AccessDeps & {
  /** Takes on the role duban_api: what it sees depends on who asks. */
  pool: Pool
  /** Takes on the role duban_gate: who somebody is. */
  gate: Pool
  keys: Keyring
  log: Logger
  metrics: Registry
  wallNow: () => number
  parts: () => Promise<Part[]>
  /** What the standing check found last; null before its first round. */
  gap: () => number | null
  /** What was left without an account when it was counted last, by what it is; null before the first count. */
  left: () => Partial<Record<UnaccountedCode, number>> | null
  inbox: TrialInbox | null
  /** The trial inbox may be read without a sign-in. */
  openInbox: boolean
  temporalUi: () => string | null
  demo: boolean
  /** How many households one person may look at in 24 hours. */
  revealLimit: number
  /** The most bytes of one file of evidence. */
  attachmentBytes: number
  perMinute: number
  /** Addresses of proxies whose word on the caller's address is taken; null: none. */
  proxy: string | null
  /** The folder of the built web app; null where it was not built. */
  web: string | null
  /** Reached by https only. */
  https: boolean
}
