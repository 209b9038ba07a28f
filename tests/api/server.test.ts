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

it('an address that is too long is answered in the form of every refusal', async () => {
  const api = await buildTestApp()
  const server = await listen(api.app, { host: '127.0.0.1', port: 0 })
  const answer = await fetch(`${server.url}/v1/seen?ids=${'x'.repeat(20_000)}`)
  expect([answer.status, answer.headers.get('content-type')]).toEqual([
    431,
    'application/problem+json; charset=utf-8',
  ])
  expect(await answer.json()).toMatchObject({ status: 431, detail: expect.stringContaining('太长') })
  await server.close()
  await api.close()
})
