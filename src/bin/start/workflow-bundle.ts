import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { WorkflowSource } from '../../engine/worker.ts'

/** The bundle made at build time; run from the sources (tsx, tests), they are bundled now. */
export async function workflowBundle(): Promise<WorkflowSource> {
  const built = fileURLToPath(new URL('../../workflow-bundle.js', import.meta.url))
  if (existsSync(built)) return { bundlePath: built }
  const { bundleWorkflowCode, DefaultLogger } = await import('@temporalio/worker')
  const workflowsPath = fileURLToPath(new URL('../../workflows/index.ts', import.meta.url))
  return bundleWorkflowCode({ workflowsPath, logger: new DefaultLogger('ERROR') })
}
