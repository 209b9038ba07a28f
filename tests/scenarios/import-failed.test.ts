import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest'
import { buildApp } from '../../src/api/app.ts'
import { listen, type Server } from '../../src/api/server.ts'
import { importCommand } from '../../src/bin/commands/import.ts'
import { row } from '../../src/db/pool.ts'
import { makeKeyring } from '../../src/services/vault/encryption.ts'
import { instantAt } from '../../src/domain/time/days.ts'
import type { WorkerDeps } from '../../src/engine/worker.ts'
import { apiDeps } from '../support/api-deps.ts'
import { addTestKey, rolePools } from '../support/scoped.ts'
import { keys, log, type Stack, startStack } from '../support/stack.ts'

const SAMPLE = fileURLToPath(new URL('../data/warnings-2022.csv', import.meta.url))
let stack: Stack
let worker: WorkerDeps
let pools: ReturnType<typeof rolePools>
let server: Server
let said = ''

beforeAll(async () => {
  const wrap = (deps: WorkerDeps) => (worker = { ...deps })
  stack = await startStack({ start: instantAt('2022-09-01', '09:00'), wrap })
  await addTestKey(stack.pool, 'command')
  pools = rolePools(stack.database)
  const app = await buildApp({ ...apiDeps(), pool: pools.api, gate: pools.gate, keys, log })
  server = await listen(app, { host: '127.0.0.1', port: 0 })
  vi.spyOn(console, 'log').mockImplementation((line: string) => void (said += `${line}\n`))
})
beforeEach(() => {
  said = ''
  process.exitCode = undefined
})
afterAll(async () => {
  process.exitCode = undefined
  vi.restoreAllMocks()
  await server?.close()
  await pools?.end()
  await stack?.stop()
})

const run = (...args: string[]) =>
  importCommand().parseAsync([...args, '--url', server.url, '--token', 'command'], { from: 'user' })

type Shown = {
  id: string
  state: string
  registered: number
  problem: { code: string; message: string } | null
}

async function latest(): Promise<Shown> {
  const headers = { authorization: 'Bearer command' }
  const answer = await fetch(`${server.url}/v1/imports?limit=1`, { headers })
  return ((await answer.json()) as { items: [Shown] }).items[0]
}

/** What is left of the newest upload, and what of it is owed. */
async function kept() {
  const { id } = await latest()
  return row<{ file: number; owed: number; watched: number }>(
    stack.pool,
    `select (select count(*) from import_chunks where import = $1) + (select count(*) from import_rows where import = $1)
              + (select count(*) from import_errors where import = $1) as file,
            (select count(*) from obligations where import_id = $1 and state = 'open') as owed,
            (select count(*) from watches where kind = 'import' and subject = $1 and not (done and answered >= relayed)) as watched`,
    [id],
  )
}

/** Every write to obligations fails the same way each time, until it is mended. */
async function breakObligations(): Promise<() => Promise<unknown>> {
  await stack.pool.query(
    `create function broken() returns trigger language plpgsql as $$ begin raise exception 'broken'; end $$;
     create trigger broken before insert or update on obligations for each row execute function broken()`,
  )
  return () => stack.pool.query('drop function broken cascade')
}

test('an upload whose key is gone fails, leaves nothing, and the sentence asks to send it again', async () => {
  worker.keys = makeKeyring(Buffer.alloc(32, 9))
  await run(SAMPLE)
  worker.keys = keys
  expect(said).toMatch(/^未导入:.*密钥.*请重新上传/)
  expect(process.exitCode).toBe(1)
  expect(await latest()).toMatchObject({ state: 'failed', registered: 0, problem: { code: 'upload-lost' } })
  await stack.settle()
  expect(await kept()).toEqual({ file: 0, owed: 0, watched: 0 })
}, 120_000)

test('an import that fails to register every time leaves nothing, and the same file works after a repair', async () => {
  const mend = await breakObligations()
  await run(SAMPLE)
  expect(said).toMatch(/^未导入:没有登记任何一行。请重新上传.*im_\S+ 和代码 P0001/)
  expect(await latest()).toMatchObject({ state: 'failed', registered: 0 })
  expect(await kept()).toMatchObject({ file: 0, owed: 0 })
  await mend()
  await run(SAMPLE)
  expect(said).toContain('已登记')
}, 120_000)

test('an undo that fails every time leaves all registered and says so; asked again, it succeeds', async () => {
  const { id } = await latest()
  const before = (await kept())?.owed
  expect(before).toBeGreaterThan(300)
  const mend = await breakObligations()
  await run('--undo', id)
  expect(said).toMatch(/^未撤回:没有撤回任何一件。/)
  expect(process.exitCode).toBe(1)
  expect(await latest()).toMatchObject({ state: 'applied', problem: { code: 'undo-failed' } })
  expect((await kept())?.owed).toBe(before)
  await mend()
  said = ''
  await run('--undo', id)
  expect(said).toContain('已撤回')
  expect(await latest()).toMatchObject({ state: 'undone', problem: null })
}, 120_000)

test('an import waits for a key that is learned a moment later', async () => {
  worker.keys = makeKeyring(Buffer.alloc(32, 9))
  setTimeout(() => (worker.keys = keys), 2_000)
  await run(SAMPLE)
  expect(said).toContain('已登记')
  expect(process.exitCode).toBeUndefined()
}, 120_000)
