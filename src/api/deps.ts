import type { Logger } from 'pino'
import type { Registry } from 'prom-client'
import type { Pool } from '../db/pool.ts'
import type { Keyring } from '../db/sealing.ts'
import type { TrialInbox } from '../mail/trial-inbox.ts'
import type { Part } from './pages/parts.ts'

/** What the API stands on; everything else it finds in the database. */
export type ApiDeps = {
  pool: Pool
  keys: Keyring
  log: Logger
  token: string
  metrics: Registry
  wallNow: () => number
  parts: () => Promise<Part[]>
  /** What the standing check found last; null before its first round. */
  gap: () => number | null
  inbox: TrialInbox | null
  temporalUi: () => string | null
  demo: boolean
}
