import { type ChildProcessByStdio, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Readable } from 'node:stream'
import { fileURLToPath } from 'node:url'
import { afterAll, expect, onTestFinished, test, vi } from 'vitest'
import type { ProcessMark } from '../../src/engine/embedded/processes.ts'
import { isAlive } from '../../src/engine/embedded/processes.ts'

const PROGRAM = fileURLToPath(new URL('../../src/bin/duban.ts', import.meta.url))
const dir = mkdtempSync(join(tmpdir(), 'duban-interrupted-'))
afterAll(() => rmSync(dir, { recursive: true, force: true }))

/** Where a rehearsal that keeps nothing has its data: the one directory made in the directory for such. */
const dataOf = () => readdirSync(dir).map((name) => join(dir, name))

/** Both as they are remembered, once both are. */
function bothServers(): [string, ProcessMark][] | false {
  const [data = ''] = dataOf()
  const file = join(data, 'children.json')
  const servers = Object.entries(
    existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Record<string, ProcessMark>) : {},
  )
  return servers.length === 2 && servers
}

test.each([
  ['is asked to end', (child: ChildProcessByStdio<null, Readable, Readable>) => void child.kill('SIGTERM')],
  [
    'has no reader any more',
    (child: ChildProcessByStdio<null, Readable, Readable>) => void child.stdout.destroy(),
  ],
])('a rehearsal that %s leaves neither servers nor data behind', async (_how, breakOff) => {
  const child = spawn(process.execPath, ['--import', 'tsx', PROGRAM, 'rehearse', '--to', '2022-06-30'], {
    env: { ...process.env, TMPDIR: dir },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  onTestFinished(() => void child.kill('SIGKILL'))
  let said = ''
  child.stderr.on('data', (bytes: Buffer) => (said += bytes.toString()))
  const gone = once(child, 'exit') as Promise<[number | null]>
  await Promise.race([once(child.stdout, 'data'), gone])
  const servers = await vi.waitUntil(bothServers, { timeout: 60_000, interval: 100 })
  const [data] = dataOf()
  expect(servers.map(([, mark]) => isAlive(mark))).toEqual([true, true])

  breakOff(child)
  const [code] = await gone
  expect(code).not.toBe(0)
  expect(said).toContain('演练已中断')
  expect(servers.map(([, mark]) => isAlive(mark))).toEqual([false, false])
  expect(existsSync(data!)).toBe(false)
})
