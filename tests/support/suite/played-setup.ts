import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestProject } from 'vitest/node'

declare module 'vitest' {
  export interface ProvidedContext {
    playedFolder: string
  }
}

/** Where the mails of counties lie that were played once for several files (tests/support/played.ts). */
export default function setup(project: TestProject): () => void {
  const folder = mkdtempSync(join(tmpdir(), 'duban-played-'))
  project.provide('playedFolder', folder)
  return () => rmSync(folder, { recursive: true, force: true })
}
