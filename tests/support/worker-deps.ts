import pino from 'pino'
import type { Pool } from '../../src/db/pool.ts'
import { makeKeyring } from '../../src/services/vault/encryption.ts'
import type { WorkerDeps } from '../../src/engine/worker.ts'
import { createTransport } from '../../src/mail/transport.ts'

export const keys = makeKeyring(Buffer.alloc(32, 7))
export const log = pino({ level: 'silent' })

/** What the workers of a test's county use. */
export function makeWorkerDeps(pool: Pool, smtpUrl: string): WorkerDeps {
  return {
    pool,
    // The owner's, like the other one: what row-level security does to it is tested apart.
    api: pool,
    log,
    keys,
    wallNow: () => Date.now(),
    transport: createTransport(smtpUrl, { timeouts: { connect: 2_000, silence: 3_000, whole: 5_000 } }),
    letters: {
      dashboardUrl: 'http://127.0.0.1:1',
      from: { name: '督办', address: 'duban@duban.example' },
      replyTo: 'contact@bureau.ziyang.test',
      mailDomain: 'duban.example',
      trial: true,
      archive: false,
    },
  }
}
