import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net'
import { TLSSocket } from 'node:tls'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { createPool } from '../../src/db/pool.ts'
import { makeAuthority } from '../support/certificates.ts'

let proxy: Server
let arrived = 0
const sockets = new Set<Socket>()

/** In front of the suite's PostgreSQL: it speaks TLS, and counts what arrives together. */
beforeAll(async () => {
  const { cert, key } = makeAuthority('CA of the county').issue('postgres', 'localhost')
  const { hostname, port } = new URL(inject('postgresUrl'))
  proxy = createServer((from) => {
    sockets.add(from)
    from.once('data', () => {
      from.write('S')
      const plain = new TLSSocket(from, { isServer: true, cert, key })
      const to = connect(Number(port), hostname)
      for (const socket of [plain, to]) socket.on('error', () => from.destroy())
      plain.on('data', () => arrived++)
      plain.pipe(to).pipe(plain)
    })
  })
  await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve))
})
afterAll(() => {
  for (const socket of sockets) socket.destroy()
  proxy.close()
})

test('over TLS too, what a pipeline is asked in one turn leaves together', async () => {
  const url = new URL(inject('postgresUrl'))
  url.host = `127.0.0.1:${(proxy.address() as AddressInfo).port}`
  url.searchParams.set('sslmode', 'no-verify')
  const pool = createPool(url.href, { max: 1, pipeline: true })
  const client = await pool.connect()
  try {
    arrived = 0
    await Promise.all(['begin', 'select 1', 'commit'].map((text) => client.query(text)))
    expect(arrived).toBe(1)
  } finally {
    client.release()
    await pool.end()
  }
})
