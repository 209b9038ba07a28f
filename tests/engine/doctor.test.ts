import { mkdtempSync, rmSync } from 'node:fs'
import { createServer as createHttpServer } from 'node:http'
import { type AddressInfo, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { openDataDir } from '../../src/engine/embedded/data-dir.ts'
import { doctor, nodeCheck } from '../../src/engine/doctor.ts'

let dir: string
beforeAll(() => {
  dir = mkdtempSync(join(tmpdir(), 'duban-doctor-'))
})
afterAll(() => rmSync(dir, { recursive: true, force: true }))

async function check(name: string, env: NodeJS.ProcessEnv = {}) {
  const checks = await doctor({ XDG_CACHE_HOME: dir, PATH: dir, ...env }, join(dir, 'data'))
  return checks.find((c) => c.name === name)
}

describe('doctor', () => {
  it('accepts this Node and refuses an old one', () => {
    expect(nodeCheck('20.20.2').ok).toBe(true)
    expect(nodeCheck('24.0.0').ok).toBe(true)
    expect(nodeCheck('20.20.1').ok).toBe(false)
    expect(nodeCheck('18.99.9')).toMatchObject({ ok: false, fix: expect.stringContaining('20.20.2') })
  })

  it('has tried the database that comes along', async () => {
    expect(await check('PostgreSQL')).toMatchObject({
      ok: true,
      detail: expect.stringContaining('PostgreSQL) 18'),
    })
  })

  it('says how to get a Temporal server where there is none, and which one is taken otherwise', async () => {
    expect(await check('Temporal')).toMatchObject({ ok: false, fix: expect.stringContaining('Go 1.26') })
    const TEMPORAL_CLI_PATH = inject('temporalBinary')
    expect(await check('Temporal', { TEMPORAL_CLI_PATH })).toMatchObject({
      ok: true,
      detail: expect.stringContaining(TEMPORAL_CLI_PATH),
    })
  })

  it('knows a port that the service itself listens on, of these data or of others', async () => {
    const server = createHttpServer((_request, response) => response.end('{"alive":true}'))
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const port = (server.address() as AddressInfo).port
    const found = () => check('端口', { DUBAN_PORT: String(port) })
    expect((await found())?.detail).toBe(`${port} 由另一个督办使用,启动时会自动换一个`)
    const data = openDataDir(join(dir, 'data'))
    const url = `http://127.0.0.1:${port}`
    data.write('runtime.json', JSON.stringify({ url }))
    expect((await found())?.detail).toBe(`${port} 由督办自己使用,正在运行:${url}`)
    data.release()
    // Left behind by one that was killed: the lock tells.
    expect((await found())?.detail).toContain('另一个督办')
    server.close()
  })

  it('notices a port that is taken and data that are held', async () => {
    const server = createServer((socket) => socket.destroy())
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const DUBAN_PORT = String((server.address() as AddressInfo).port)
    expect(await check('端口', { DUBAN_PORT })).toMatchObject({
      ok: true,
      detail: expect.stringContaining('被占用'),
    })
    server.close()
    const data = openDataDir(join(dir, 'data'))
    expect(await check('数据目录')).toMatchObject({ detail: expect.stringContaining(`进程 ${process.pid}`) })
    data.release()
  })
})
