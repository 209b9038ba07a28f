import { heartbeat } from '@temporalio/activity'
import { FILE_BEAT_MS, FILE_TRIES } from '../contract/timeouts.ts'
import type { ImportStep } from '../contract/workflows.ts'
import { hasConfirmed } from '../services/imports/changes-store.ts'
import { dropKept, dropUpload } from '../services/imports/staging.ts'
import { type ImportRow, lockImport } from '../services/imports/store.ts'
import { writeConfirmed } from '../services/imports/write-changes.ts'
import { inTransaction, type Sql } from '../db/pool.ts'
import { recordWake } from '../services/watching/watches.ts'
import type { BaseDeps, EncryptionDeps } from '../services/deps.ts'
import { asActivityFailure } from './failure.ts'
import { applyStaged } from '../services/imports/apply.ts'
import { failImport } from '../services/imports/fail.ts'
import { undoRegistered } from '../services/imports/undo.ts'
import { validateUpload } from '../services/imports/validate.ts'

export type ImportStepActivities = ReturnType<typeof createImportStepActivities>
export type ImportActivities = ReturnType<typeof createImportActivities>

const STEP_OF_STATE: Partial<Record<string, ImportStep>> = {
  validating: 'validate',
  applying: 'apply',
  undoing: 'undo',
}

/** What somebody confirmed of a checked or registered file is to be written. */
async function stepOfChanges(tx: Sql, found: ImportRow | undefined): Promise<ImportStep> {
  const decidable = found?.state === 'validated' || found?.state === 'applied'
  return decidable && (await hasConfirmed(tx, found.id)) ? 'correct' : 'done'
}

export function createImportStepActivities(deps: BaseDeps) {
  return {
    /** What an import's row asks for next. Only `done` answers the poke: until then the import is not settled. */
    async nextImportStep(importId: string, poke: number): Promise<ImportStep> {
      const next = await inTransaction(deps.pool, async (tx) => {
        const found = await lockImport(tx, importId)
        const step = (found && STEP_OF_STATE[found.state]) ?? (await stepOfChanges(tx, found))
        // A cancelled import leaves nothing of its file behind.
        if (found?.state === 'cancelled') {
          await dropUpload(tx, importId)
          await dropKept(tx, importId)
        }
        const watch = { kind: 'import', subject: importId } as const
        if (step === 'done') await recordWake(tx, watch, poke, { wakeAt: null, done: true }, deps.wallNow())
        return step
      })
      if (next === 'done') deps.onAnswer?.()
      return next
    },

    /** Records on the import's row that its step failed for good; `code` is that of the last failure. */
    failImport: (importId: string, code: string): Promise<void> =>
      asActivityFailure(deps.log, { import: importId }, () => failImport(deps, importId, code)),
  }
}

async function whileBeating(work: () => Promise<void>): Promise<void> {
  const beat = setInterval(heartbeat, FILE_BEAT_MS)
  try {
    await work()
  } finally {
    clearInterval(beat)
  }
}

/** Long work on files. After a crash each starts over from what the import's row says. */
export function createImportActivities(deps: BaseDeps & EncryptionDeps) {
  const runFileWork = (importId: string, work: () => Promise<void>) =>
    asActivityFailure(deps.log, { import: importId }, () => whileBeating(work), FILE_TRIES)
  return {
    /**
     * Goes on to register the accepted rows, unless the row says otherwise. Most files have one row, and another
     * tick is costly.
     */
    validateImport: (importId: string): Promise<void> =>
      runFileWork(importId, async () => {
        await validateUpload(deps, importId, heartbeat)
        await applyStaged(deps, importId, heartbeat)
      }),
    applyImport: (importId: string): Promise<void> =>
      runFileWork(importId, () => applyStaged(deps, importId, heartbeat)),
    correctImported: (importId: string): Promise<void> =>
      runFileWork(importId, () => writeConfirmed(deps, importId, heartbeat)),
    undoImport: (importId: string): Promise<void> =>
      runFileWork(importId, () => undoRegistered(deps, importId, heartbeat)),
  }
}
