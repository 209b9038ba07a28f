import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { openDataDir } from '../../src/engine/data-dir.ts'
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

  it('notices a port that is taken and data that are held', async () => {
    const server = createServer()
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const address = server.address()
    const DUBAN_PORT = String(typeof address === 'object' && address ? address.port : 0)
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
