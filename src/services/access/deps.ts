import type { Logger } from 'pino'
import type { Pool } from '../../db/pool.ts'
import type { Keyring } from '../vault/encryption.ts'
import type { SenderSettings } from '../../mail/reply-to.ts'
import type { MailTransport } from '../../mail/transport.ts'
import type { Breached } from './breached-file.ts'
import type { SecondFactorRules } from './second-factor.ts'

/** What signing in depends on. Everything here runs on wall time. */
export type AccessDeps = {
  /** Takes on the role duban_gate. */
  gate: Pool
  keys: Keyring
  log: Logger
  wallNow: () => number
  transport: Pick<MailTransport, 'send'>
  letters: SenderSettings & { dashboardUrl: string; mailDomain: string; trial: boolean }
  /** Anybody at this machine may sign in as a sample person (demonstration on loopback only). */
  demoSignIn: boolean
  secondFactor: SecondFactorRules
  /** The operator's own list; password-rules.ts also asks the lists that we ship. */
  breached: Breached
}

/** Where an attempt comes from. */
export type Origin = {
  address: string | null
  agent: string | null
  requestId?: string | null
  /** The token of the session in the same browser, if any; the new session replaces it. */
  replaces?: string | null
}
