import { chmodSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Client, Connection } from '@temporalio/client'
import { afterEach, beforeEach, describe, expect, inject, it } from 'vitest'
import { isAlive, markOf, type ProcessMark } from '../../../src/engine/embedded/processes.ts'
import { findTemporal, temporalAtHand, temporalCache } from '../../../src/engine/embedded/temporal-find.ts'
import { startTemporal } from '../../../src/engine/embedded/temporal-server.ts'

let dir: string
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'duban-temporal-test-'))
})
afterEach(() => rmSync(dir, { recursive: true, force: true }))

function fakeBinary(path: string, script = 'exit 0'): string {
  mkdirSync(join(path, '..'), { recursive: true })
  writeFileSync(path, `#!/bin/sh\n${script}\n`)
  chmodSync(path, 0o755)
  return path
}

/** A proxy that nobody listens at. */
function closedNetwork(): NodeJS.ProcessEnv {
  const closed = 'http://127.0.0.1:9'
  return { XDG_CACHE_HOME: dir, HTTPS_PROXY: closed, HTTP_PROXY: closed, ALL_PROXY: closed }
}

describe('finding Temporal', () => {
  it('prefers the one that is named, then the one on the path, then the cache', () => {
    const env = { PATH: join(dir, 'bin'), XDG_CACHE_HOME: join(dir, 'cache') }
    const cached = fakeBinary(join(temporalCache(env), 'temporal'))
    expect(temporalAtHand(env)).toEqual({ path: cached, mode: 'cached' })
    const onPath = fakeBinary(join(dir, 'bin', 'temporal'))
    expect(temporalAtHand(env)).toEqual({ path: onPath, mode: 'path' })
    const named = fakeBinary(join(dir, 'mine'))
    expect(temporalAtHand({ ...env, TEMPORAL_CLI_PATH: named })).toEqual({ path: named, mode: 'path' })
  })

  it('names every way when none works', async () => {
    const env = { ...closedNetwork(), PATH: dir }
    const failure = await findTemporal(env, () => undefined).catch((error: Error) => error.message)
    for (const way of ['TEMPORAL_ADDRESS', 'TEMPORAL_CLI_PATH', 'PATH', '缓存', '下载', '构建', 'Go 1.26'])
      expect(failure).toContain(way)
  })

  it('builds once when two processes want it at the same time', async () => {
    // A Go that takes a moment, writes what it is asked for, and counts.
    const go = `echo built >> ${join(dir, 'count')}; echo some/package >&2; sleep 1; while [ "$1" != -o ]; do shift; done; echo binary > "$2"; chmod 755 "$2"`
    fakeBinary(join(dir, 'bin', 'go'), go)
    const env = { ...closedNetwork(), PATH: `${join(dir, 'bin')}:/usr/bin:/bin` }
    const said: string[] = []
    const find = () => findTemporal(env, ({ message }) => said.push(message))
    const [one, other] = await Promise.all([find(), find()])
    expect(one).toMatchObject({ path: join(temporalCache(env), 'temporal'), mode: 'built' })
    expect(other.path).toBe(one.path)
    expect(readFileSync(join(dir, 'count'), 'utf8')).toBe('built\n')
    expect(readdirSync(temporalCache(env))).toEqual(['temporal'])
    expect(said.join()).toContain('只需一次,约 4 分钟')
    expect(await find()).toEqual({ path: one.path, mode: 'cached' })
  })

  it('stops a build that nobody waits for', async () => {
    const env = { ...process.env, PATH: dir, XDG_CACHE_HOME: dir }
    const stopped = new AbortController()
    const found = findTemporal(env, () => stopped.abort(), stopped.signal)
    await expect(found).rejects.toThrow('abort')
  })
})

describe('the dev server', () => {
  it('keeps its state over a restart, makes the namespace asked for, and leaves no process behind', async () => {
    const marks: ProcessMark[] = []
    const start = () =>
      startTemporal({
        binary: inject('temporalBinary'),
        dbFile: join(dir, 'temporal.db'),
        logFile: join(dir, 'temporal.log'),
        namespace: 'county',
        onSpawn: (mark) => marks.push(mark),
      })
    const first = await start()
    const ids = [await namespaceId(first.address)]
    await first.stop()
    const second = await start()
    ids.push(await namespaceId(second.address))
    await second.stop()
    await second.exited
    expect(ids[0]).toBe(ids[1])
    expect(marks).toHaveLength(2)
    expect(marks.some(isAlive)).toBe(false)
    expect(isAlive(markOf(second.pid))).toBe(false)
  })

  it('tells what a binary said that does not start', async () => {
    const binary = fakeBinary(join(dir, 'temporal'), 'echo no such flag >&2; exit 3')
    const options = { dbFile: null, logFile: join(dir, 'log') }
    await expect(startTemporal({ binary, ...options })).rejects.toThrow('no such flag')
    await expect(startTemporal({ binary: join(dir, 'absent'), ...options })).rejects.toThrow('ENOENT')
  })
})

async function namespaceId(address: string): Promise<string | null | undefined> {
  const connection = await Connection.connect({ address })
  const client = new Client({ connection, namespace: 'county' })
  const { namespaceInfo } = await client.workflowService.describeNamespace({ namespace: 'county' })
  await connection.close()
  return namespaceInfo?.id
}
