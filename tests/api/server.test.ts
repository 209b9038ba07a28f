import { Agent, get } from 'node:http'
import { expect, it } from 'vitest'
import { listen } from '../../src/api/server.ts'
import { buildTestApp } from './build.ts'

it('the server closes at once although a client keeps its connection', async () => {
  const api = await buildTestApp()
  const server = await listen(api.app, { host: '127.0.0.1', port: 0 })
  const agent = new Agent({ keepAlive: true })
  await new Promise<void>((resolve, reject) => {
    get(`${server.url}/healthz`, { agent }, (answer) => answer.resume().on('end', resolve)).on(
      'error',
      reject,
    )
  })
  const from = performance.now()
  await server.close()
  expect(performance.now() - from).toBeLessThan(2_000)
  agent.destroy()
  await api.close()
})
