// Plays a few days on real parts and keeps the histories of the workflows that ran, for tests/replay. Run it (npx tsx
// scripts/record-histories.ts, or with the names of some) only when a workflow is new, or changed behind `patched()` and old histories
// have run out.
import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { promisify } from 'node:util'
import { readConfig } from '../src/bin/config/config.ts'
import { up } from '../src/bin/start/up.ts'
import { ANSWERED_AT_ONCE } from '../src/domain/obligation/bulk-run.ts'
import { workflowId } from '../src/contract/workflows.ts'
import { poke } from '../src/services/watching/pokes.ts'
import { rows } from '../src/db/pool.ts'
import { instantAt } from '../src/domain/time/days.ts'
import { findTemporal } from '../src/engine/embedded/temporal-find.ts'
import { sampleWarnings } from '../src/demo/sample-warnings.ts'
import { endAssignments } from '../src/services/obligations/assignments.ts'

const day = { from: '2022-06-10', to: '2022-06-10' }
// More than a request answers itself, so that many at once go on by a workflow.
const count = ANSWERED_AT_ONCE + 20
const warnings = [
  ...sampleWarnings({ rows: count, seed: 1, ...day, towns: ['毛坝镇'], levels: ['red'] }),
].join('')

const dir = mkdtempSync(join(tmpdir(), 'duban-histories-'))
const histories = new URL('../tests/replay/histories/', import.meta.url)
// A fast clock rather than a stepped one: histories must hold timers.
const clock = {
  mode: 'rate',
  businessAnchor: instantAt('2022-06-09', '08:00'),
  wallAnchor: Date.now(),
  rate: 20_000,
} as const
const running = await up(readConfig({}, { DUBAN_DATA: dir, DUBAN_PORT: 0, LOG_LEVEL: 'error' }), {
  begin: 'campaign',
  clock,
})
await running.engine.joined

const form = new FormData()
form.append('file', new Blob([warnings]), 'warnings.csv')
const headers = { authorization: `Bearer ${running.token}` }
await fetch(`${running.url}/v1/imports`, { method: 'POST', headers, body: form })
await sleep(40_000)

const filter = { kind: 'warning', state: 'open' }
const signed = await fetch(`${running.url}/v1/obligations/actions`, {
  method: 'POST',
  headers: { ...headers, 'content-type': 'application/json' },
  body: JSON.stringify({ filter, expectedCount: count, action: { action: 'acknowledge' } }),
})
if (signed.status !== 202) throw new Error(`many at once were not begun: ${await signed.text()}`)
await sleep(10_000)

const deadlines = await rows<{ id: string }>(
  running.pool,
  `select d.id from deadlines d where d.rule = 'warning-red' order by d.id limit 1`,
)
const campaigns = await rows<{ id: string }>(running.pool, 'select id from campaigns')
const imports = await rows<{ id: string }>(running.pool, 'select id from imports')
const runs = await rows<{ id: string }>(running.pool, `select id from bulk_runs where state = 'done'`)
// Let the deadline end: what it watches is done.
const open = await rows<{ id: string }>(running.pool, 'select id from obligations where stage is not null')
await endAssignments(
  running.pool,
  open.map((o) => o.id),
  Date.now(),
)
await poke(
  running.pool,
  'deadline',
  deadlines.map((d) => d.id),
)
await sleep(3_000)

const run = promisify(execFile)
const binary = await findTemporal(process.env, () => undefined)
const address = running.engine.address() ?? ''
const wanted = process.argv.slice(2)
for (const [name, id] of [
  ['deadline', workflowId('deadline', deadlines[0]!.id)],
  ['campaign-timeline', workflowId('timeline', campaigns[0]!.id)],
  ['courier', workflowId('courier', 'sn.ak.zy')],
  ['import-file', workflowId('import', imports[0]!.id)],
  ['bulk-run', workflowId('bulk', runs[0]!.id)],
] as const) {
  if (wanted.length > 0 && !wanted.includes(name)) continue
  const show = ['workflow', 'show', '--address', address, '--workflow-id', id, '--output', 'json']
  const { stdout } = await run(binary.path, show, { maxBuffer: 50_000_000 })
  writeFileSync(new URL(`${name}.json`, histories), stdout)
  console.log(name, (JSON.parse(stdout) as { events: unknown[] }).events.length)
}
await running.stop()
rmSync(dir, { recursive: true, force: true })
process.exit(0)
