import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { inject } from 'vitest'
import { readCampaignTemplate } from '../../src/services/campaigns/template.ts'
import { startCampaign } from '../../src/services/campaigns/store.ts'
import { now, setClock } from '../../src/services/schedule/clock.ts'
import { inTransaction, type Pool } from '../../src/db/pool.ts'
import { poke } from '../../src/services/watching/pokes.ts'
import { earliestWake } from '../../src/services/watching/watches.ts'
import type { PhaseChoice } from '../../src/domain/obligation/begin-phase.ts'
import { type Day, instantAt, type Instant } from '../../src/domain/time/days.ts'
import { describePending, pokeDue, reachQuiescence } from '../../src/engine/quiescence.ts'
import { startRelay } from '../../src/engine/relay.ts'
import { startWorkers, type WorkerDeps } from '../../src/engine/worker.ts'
import { Responder } from '../../src/rehearsal/responder.ts'
import { type Faults, startTrialInbox } from '../../src/mail/trial-inbox.ts'
import { COUNTY, createCounty } from './county.ts'
import { copyDatabase } from './database.ts'
import type { Played } from './played.ts'
import { createNamespace } from './temporal.ts'
import { keys, log, makeWorkerDeps } from './worker-deps.ts'

export { keys, log }

export type StackOptions = {
  /** The transport signs in, so that a login can be refused. */
  login?: boolean
  /** When a fresh sample county begins, or one that was played before and stands where that was left. */
  start: Instant | Played
  faults?: Faults
  wrap?: (deps: WorkerDeps) => WorkerDeps
  /** No engine runs until the test starts one. */
  idle?: boolean
  /** The administrator reads the daily check, as the example policy has it. Left out, a scenario has its own mails alone. */
  dailyCheck?: boolean
}

/** A sample county on real PostgreSQL, real Temporal and real SMTP, on a stepped clock that the test moves. */
export async function startStack({
  start,
  faults,
  login = false,
  wrap = (deps) => deps,
  idle = false,
  dailyCheck = false,
}: StackOptions) {
  const isFresh = typeof start === 'number'
  const database = isFresh ? await createCounty(start) : await copyDatabase(start.template)
  const namespace = await createNamespace()
  const dir = mkdtempSync(join(tmpdir(), 'duban-stack-'))
  if (!isFresh) cpSync(start.mails, dir, { recursive: true })
  const inbox = await startTrialInbox({ dir, ...(faults ? { faults } : {}) })
  const { pool } = database
  if (isFresh) await beginCounty(pool, dailyCheck)
  const startedAt = isFresh ? start : await now(pool)
  const smtpUrl = login ? inbox.smtpUrl.replace('//', '//user:word@') : inbox.smtpUrl
  const answers = new Responder()
  const deps = wrap({ ...makeWorkerDeps(pool, smtpUrl), onAnswer: answers.ring })
  const bundle = { code: inject('workflowBundle') }
  const startEngine = async (on = namespace) => {
    const workers = await startWorkers(on, bundle, deps)
    const relay = startRelay({ pool, databaseUrl: database.url, client: on.client, log })
    return {
      async stop() {
        await relay.stop()
        await workers.stop()
      },
    }
  }
  let engine = idle ? null : await startEngine()

  return {
    pool,
    inbox,
    /** Where the inbox keeps them. */
    mails: dir,
    database,
    namespace,
    deps,
    answers,
    startEngine,
    async restartEngine(on = namespace) {
      await engine?.stop()
      engine = await startEngine(on)
    },
    /** @param choices how phases begin that are past by now; left out, they begin as they stand */
    async startCampaign(year: number, choices?: readonly PhaseChoice[]) {
      const template = await readCampaignTemplate('safety-net-2022')
      const beginning = choices && { choices, by: 'test', wordOf: '测试' }
      const begun = { county: COUNTY, year, template, ...(beginning && { beginning }) }
      return inTransaction(pool, (tx) => startCampaign(tx, begun, startedAt))
    },
    /** Lets business time pass, stopping at every wake on the way. */
    async advanceTo(day: Day, time: string) {
      const until = instantAt(day, time)
      await settle(pool, answers)
      for (
        let wake = await earliestWake(pool);
        wake !== null && wake <= until;
        wake = await earliestWake(pool)
      ) {
        await step(pool, wake)
        await settle(pool, answers)
      }
      await setClock(pool, { mode: 'stepped', businessAt: until })
    },
    /** The clock jumps: whatever was due on the way is missed. */
    async jumpTo(day: Day, time: string) {
      await settle(pool, answers)
      await step(pool, instantAt(day, time))
      await settle(pool, answers)
    },
    /** The clock jumps, and what was due on the way begins to happen. */
    stepTo: (day: Day, time: string): Promise<void> => step(pool, instantAt(day, time)),
    settle: (): Promise<void> => settle(pool, answers),
    async stop() {
      await engine?.stop()
      await deps.transport.close()
      await inbox.close()
      await namespace.close()
      await database.drop()
      rmSync(dir, { recursive: true, force: true })
    },
  }
}
export type Stack = Awaited<ReturnType<typeof startStack>>

async function beginCounty(pool: Pool, dailyCheck: boolean): Promise<void> {
  if (!dailyCheck) await pool.query('update policies set standing_check = null')
  await inTransaction(pool, (tx) => poke(tx, 'courier', [COUNTY]))
}

async function step(pool: Pool, at: Instant): Promise<void> {
  await setClock(pool, { mode: 'stepped', businessAt: at })
  await pokeDue(pool, at)
}

/**
 * Waits until the engine has nothing left to do but mails to be tried again later. A step that Temporal has to give twice,
 * because a full machine let it run out, takes ten seconds each time. @throws after a minute, with what is pending
 */
async function settle(pool: Pool, answers: Responder): Promise<void> {
  const patience = { answers, patienceMs: 60_000, retryWithinMs: 5_000 }
  const pending = await reachQuiescence(pool, await now(pool), patience)
  if (pending.length > 0)
    throw new Error(`not settled: ${pending.join(', ')}: ${await describePending(pool, await now(pool))}`)
}
