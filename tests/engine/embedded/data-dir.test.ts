import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { DataHeld, holderOf, openDataDir } from '../../../src/engine/embedded/data-dir.ts'

let dir: string
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'duban-data-'))
})
afterEach(() => rmSync(dir, { recursive: true, force: true }))

const OPENER = `
  const { openDataDir } = await import(${JSON.stringify(new URL('../../../src/engine/embedded/data-dir.ts', import.meta.url).href)})
  openDataDir(process.argv[1])
  console.log('open')
  setInterval(() => {}, 1000)`

/** Another process that holds the directory. */
async function otherHolder() {
  const child = spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', OPENER, dir], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  await once(child.stdout, 'data')
  return child
}

describe('data directory', () => {
  it('names the process that holds it', async () => {
    const other = await otherHolder()
    expect(() => openDataDir(dir)).toThrow(DataHeld)
    expect(() => openDataDir(dir)).toThrow(`进程 ${other.pid}`)
    expect(holderOf(dir)).toBe(other.pid)
    other.kill('SIGKILL')
    await once(other, 'exit')
    expect(holderOf(dir)).toBeNull()
    openDataDir(dir).release()
  })

  it('cannot be opened twice by one process, and can after release', () => {
    const first = openDataDir(dir)
    expect(() => openDataDir(dir)).toThrow(`进程 ${process.pid}`)
    first.release()
    openDataDir(dir).release()
    expect(existsSync(join(dir, 'lock'))).toBe(false)
  })

  it('takes the lock of a process whose number somebody else has now', () => {
    writeFileSync(join(dir, 'lock'), JSON.stringify({ pid: process.ppid, startedAt: '1' }))
    openDataDir(dir).release()
  })

  it('keeps a secret for its owner only, the same each time', () => {
    const data = openDataDir(dir)
    const secret = data.secret('token', 24)
    expect(secret).toMatch(/^[0-9a-f]{48}$/)
    expect(data.secret('token', 24)).toBe(secret)
    expect(statSync(data.file('token')).mode & 0o777).toBe(0o600)
    data.release()
  })
})
