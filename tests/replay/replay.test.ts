import { readdirSync, readFileSync } from 'node:fs'
import { bundleWorkflowCode, DefaultLogger, Runtime, Worker } from '@temporalio/worker'
import { beforeAll, expect, inject, test } from 'vitest'

const HISTORIES = ['deadline', 'campaign-timeline', 'courier', 'import-file', 'bulk-run']

function history(name: string) {
  const text = readFileSync(new URL(`histories/${name}.json`, import.meta.url), 'utf8')
  return { workflowId: name, history: JSON.parse(text) as { events: unknown[] } }
}

beforeAll(() => {
  Runtime.install({ logger: new DefaultLogger('ERROR', () => undefined) })
})

test('every kind of workflow has a recorded history, and every history is replayed', () => {
  const recorded = readdirSync(new URL('histories/', import.meta.url)).sort()
  expect(recorded).toEqual(HISTORIES.map((name) => `${name}.json`).sort())
  const index = readFileSync(new URL('../../src/workflows/index.ts', import.meta.url), 'utf8')
  const workflows = [...index.matchAll(/ from '\.\/(.+)\.ts'/g)].map(([, name]) => name)
  expect(workflows.sort()).toEqual([...HISTORIES].sort())
})

test.each(HISTORIES)('a recorded %s goes on under the workflows of today', async (name) => {
  const options = { workflowBundle: { code: inject('workflowBundle') }, replayName: name }
  const { history: recorded, workflowId } = history(name)
  expect(recorded.events.length).toBeGreaterThan(5)
  await expect(Worker.runReplayHistory(options, recorded, workflowId)).resolves.not.toThrow()
})

test('a planted incompatible change is found', async () => {
  const workflowsPath = new URL('incompatible/index.ts', import.meta.url).pathname
  const workflowBundle = await bundleWorkflowCode({ workflowsPath, logger: new DefaultLogger('ERROR') })
  const { history: recorded, workflowId } = history('deadline')
  const replay = Worker.runReplayHistory({ workflowBundle, replayName: 'incompatible' }, recorded, workflowId)
  await expect(replay).rejects.toThrow(/determinism/i)
})
