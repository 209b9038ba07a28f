import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'vite'
import type { TestProject } from 'vitest/node'

declare module 'vitest' {
  export interface ProvidedContext {
    workbookThread: string
  }
}

/** Each project loads this module anew, so what they share hangs on the process. */
const shared = globalThis as typeof globalThis & {
  dubanThread?: { users: number; dir: string; built: Promise<unknown> }
}

/** The thread of a workbook as one file. From the sources each thread would translate them again: half a second of each workbook. */
export default async function setup(project: TestProject): Promise<() => void> {
  shared.dubanThread ??= startBuild()
  const thread = shared.dubanThread
  thread.users++
  await thread.built
  project.provide('workbookThread', join(thread.dir, 'worker.mjs'))
  return () => {
    if (--thread.users > 0) return
    delete shared.dubanThread
    rmSync(thread.dir, { recursive: true, force: true })
  }
}

function startBuild() {
  const dir = mkdtempSync(join(tmpdir(), 'duban-thread-'))
  const built = build({
    configFile: false,
    logLevel: 'warn',
    ssr: { noExternal: true, target: 'node' },
    build: {
      ssr: fileURLToPath(new URL('../../../src/ledgers/spreadsheet/worker.ts', import.meta.url)),
      outDir: dir,
      emptyOutDir: false,
      target: 'node20',
      rolldownOptions: { output: { entryFileNames: 'worker.mjs', chunkFileNames: '[name].mjs' } },
    },
  })
  return { users: 0, dir, built }
}
