import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { inject } from 'vitest'
import type { Stack } from './stack.ts'

const PROGRAM = fileURLToPath(new URL('engine-process.ts', import.meta.url))

/** Workers and relay of a stack in a process of their own, which a test can kill -9. */
export async function startKillableEngine({ database, namespace, inbox }: Stack) {
  const dir = mkdtempSync(join(tmpdir(), 'duban-killable-'))
  const bundle = join(dir, 'bundle.js')
  writeFileSync(bundle, inject('workflowBundle'))
  const where = [database.url, namespace.address, namespace.namespace, inbox.smtpUrl, bundle]
  const child = spawn(process.execPath, ['--import', 'tsx', PROGRAM, ...where], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const gone = once(child, 'exit')
  const ready = await Promise.race([once(child.stdout, 'data'), gone.then(() => null)])
  if (!ready) throw new Error('the engine ended before it was ready')
  return {
    async kill() {
      child.kill('SIGKILL')
      await gone
      rmSync(dir, { recursive: true, force: true })
    },
  }
}
