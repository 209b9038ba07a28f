import { Worker } from 'node:worker_threads'
import { LIMITS } from './limits.ts'
import type { WorkbookKind } from './workbook.ts'
import { workerEntry } from './worker-entry.ts'

/** Starts the thread that reads a workbook, with a heap of its own that it cannot outgrow. */
export function startWorker(kind: WorkbookKind): Worker {
  const heapMb = kind === 'xlsx' ? LIMITS.heapMb.rows : LIMITS.heapMb.whole
  return new Worker(workerEntry(), {
    execArgv: [],
    resourceLimits: { maxOldGenerationSizeMb: heapMb, maxYoungGenerationSizeMb: 16, codeRangeSizeMb: 16 },
  })
}
