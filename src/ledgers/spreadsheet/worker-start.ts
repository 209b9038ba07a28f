import { Worker } from 'node:worker_threads'
import { LIMITS } from './limits.ts'
import type { WorkbookKind } from './workbook.ts'

/** Starts the thread that reads a workbook, with a heap of its own that it cannot outgrow. */
export function startWorker(kind: WorkbookKind): Worker {
  const heapMb = kind === 'xlsx' ? LIMITS.heapMb.rows : LIMITS.heapMb.whole
  const options = {
    execArgv: [],
    resourceLimits: { maxOldGenerationSizeMb: heapMb, maxYoungGenerationSizeMb: 16, codeRangeSizeMb: 16 },
  }
  return new Worker(
    import.meta.url.endsWith('.js') ? new URL('./worker.js', import.meta.url) : fromSources(),
    options,
  )
}

/** Run from the sources (tsx, tests), the thread must learn TypeScript first. */
function fromSources(): URL {
  const tsx = import.meta.resolve('tsx/esm/api')
  const worker = new URL('./worker.ts', import.meta.url).href
  const code = `import { register } from ${JSON.stringify(tsx)}; register(); await import(${JSON.stringify(worker)})`
  return new URL(`data:text/javascript,${encodeURIComponent(code)}`)
}
