import { proxyActivities, proxyLocalActivities, setHandler } from '@temporalio/workflow'
import type { ImportActivities, ImportStepActivities } from '../activities/import.ts'
import { FILE, TICK } from '../contract/timeouts.ts'
import { importQuery, type ImportStep, TASK_QUEUES } from '../contract/workflows.ts'
import { failureCode } from './failure-code.ts'
import { listenForPokes } from './poked.ts'

const { nextImportStep, failImport } = proxyLocalActivities<ImportStepActivities>(TICK)
const { validateImport, applyImport, correctImported, undoImport } = proxyActivities<ImportActivities>({
  ...FILE,
  taskQueue: TASK_QUEUES.files,
})

const STEPS = { validate: validateImport, apply: applyImport, correct: correctImported, undo: undoImport }

/** Validates an upload, registers it, corrects by it or undoes it, as its row asks, until the row asks for nothing. */
export async function importFile(importId: string): Promise<void> {
  let doing: ImportStep | null = null
  setHandler(importQuery, () => doing && { doing })
  const pokes = listenForPokes()
  for (;;) {
    const heard = pokes.heard()
    const step = await nextImportStep(importId, heard.poke)
    doing = step
    if (step !== 'done') await STEPS[step](importId).catch((error) => recordFailure(importId, error))
    else if (!pokes.hasNews(heard)) return
  }
}

/** When Temporal stops retrying a step, the import fails. Its row is then asked again, which answers the poke. */
async function recordFailure(importId: string, error: unknown): Promise<void> {
  await failImport(importId, failureCode(error))
}
