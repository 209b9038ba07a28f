// Bundles the compiled workflows once, at build time, so that a worker starts in a moment and runs what was tested.
import { mkdir, writeFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { bundleWorkflowCode } from '@temporalio/worker'

const quiet = { log() {}, trace() {}, debug() {}, info() {}, warn: console.warn, error: console.error }
const dist = fileURLToPath(new URL('../dist/', import.meta.url))
const { code } = await bundleWorkflowCode({ workflowsPath: `${dist}workflows/index.js`, logger: quiet })
await mkdir(dist, { recursive: true })
await writeFile(`${dist}workflow-bundle.js`, code)
