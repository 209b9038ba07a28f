import { Agent, get } from 'node:http'
import { expect, it } from 'vitest'
import { listen } from '../../src/api/server.ts'
import { buildTestApp } from './build.ts'

/** Left to itself, the connection would be kept for more than a minute. */
const WELL_BEFORE = 30_000

it('the server closes although a client keeps its connection', { timeout: WELL_BEFORE }, async () => {
  const api = await buildTestApp()
  const server = await listen(api.app, { host: '127.0.0.1', port: 0 })
  const agent = new Agent({ keepAlive: true })
  await new Promise<void>((resolve, reject) => {
    get(`${server.url}/healthz`, { agent }, (answer) => answer.resume().on('end', resolve)).on(
      'error',
      reject,
    )
  })
  await expect(server.close()).resolves.toBeUndefined()
  agent.destroy()
  await api.close()
})
