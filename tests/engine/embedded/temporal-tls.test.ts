import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { type AddressInfo, connect, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createServer, type Server } from 'node:tls'
import { Client } from '@temporalio/client'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { BadConfig, readConfig } from '../../../src/bin/config/config.ts'
import { temporalAt } from '../../../src/bin/config/temporal-address.ts'
import { signalPoke } from '../../../src/engine/signal.ts'
import { connectClient, connectWorkers } from '../../../src/engine/temporal-at.ts'
import { type Authority, type Identity, makeAuthority } from '../../support/certificates.ts'
import { createNamespace, type TestNamespace } from '../../support/temporal.ts'

const SERVER_NAME = 'temporal.county.test'
let dir: string
let proxy: Server
let port: number
let authority: Authority
let space: TestNamespace
const sockets = new Set<Socket>()

/** In front of the suite's Temporal: TLS, for those who show a certificate of this CA. */
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'duban-tls-'))
  space = await createNamespace()
  authority = makeAuthority('CA of the county')
  const { cert, key } = authority.issue('temporal', SERVER_NAME)
  const wanted = { requestCert: true, rejectUnauthorized: true, ALPNProtocols: ['h2'] }
  const [host = '', at = ''] = inject('temporalAddress').split(':')
  proxy = createServer({ cert, key, ca: authority.cert, ...wanted }, (from) => {
    const to = connect(Number(at), host)
    for (const socket of [from, to]) {
      sockets.add(socket)
      socket.on('error', () => socket.destroy())
    }
    from.pipe(to).pipe(from)
  })
  await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve))
  port = (proxy.address() as AddressInfo).port
  await keep('known', authority.issue('duban'))
  await keep('unknown', makeAuthority('another CA').issue('duban'))
  await writeFile(join(dir, 'ca.pem'), authority.cert)
  await writeFile(join(dir, 'other-ca.pem'), makeAuthority('CA of the county').cert)
})
afterAll(async () => {
  for (const socket of sockets) socket.destroy()
  proxy.close()
  await space.close()
  await rm(dir, { recursive: true })
})

async function keep(name: string, { cert, key }: Identity): Promise<void> {
  await writeFile(join(dir, `${name}.pem`), cert)
  await writeFile(join(dir, `${name}.key`), key)
}

function settings(client: string | null, more: Record<string, string> = {}) {
  const shown = client && {
    TEMPORAL_TLS_CERT: join(dir, `${client}.pem`),
    TEMPORAL_TLS_KEY: join(dir, `${client}.key`),
  }
  return readConfig({
    TEMPORAL_ADDRESS: `127.0.0.1:${port}`,
    TEMPORAL_TLS: 'on',
    TEMPORAL_TLS_CA: join(dir, 'ca.pem'),
    TEMPORAL_TLS_SERVER_NAME: SERVER_NAME,
    ...shown,
    ...more,
  })
}

test('client, signals and workers come through with the certificate asked for', async () => {
  const at = temporalAt(settings('known'), null)
  const connection = await connectClient(at)
  const client = new Client({ connection, namespace: space.namespace })
  await signalPoke(client, { kind: 'courier', subject: 'sn.ak.zy' }, 1)
  const { status } = await client.workflow.getHandle('courier:sn.ak.zy').describe()
  expect(status.name).toBe('RUNNING')
  await connection.close()
  const workers = await connectWorkers(at)
  await workers.close()
})

// Side by side: each gives up after ten seconds.
test.concurrent.each([
  ['another CA’s client certificate', () => settings('unknown')],
  ['no client certificate', () => settings(null)],
  [
    'a server whose certificate another CA made',
    () => settings('known', { TEMPORAL_TLS_CA: join(dir, 'other-ca.pem') }),
  ],
  ['a server by another name', () => settings('known', { TEMPORAL_TLS_SERVER_NAME: 'elsewhere.test' })],
  ['no TLS at all', () => readConfig({ TEMPORAL_ADDRESS: `127.0.0.1:${port}` })],
])(
  '%s: nothing comes through, of neither client nor workers',
  async (_what, config) => {
    const at = temporalAt(config(), null)
    const tried = connectClient(at).then(
      async (connection) => {
        await connection.close()
        return 'through'
      },
      () => 'refused',
    )
    expect(await tried).toBe('refused')
    await expect(connectWorkers(at)).rejects.toThrow()
  },
  60_000,
)

test('files are read anew for each connection, and one that is not there is named', async () => {
  const config = settings('known', { TEMPORAL_API_KEY_FILE: join(dir, 'api-key') })
  expect(() => temporalAt(config, null)).toThrow(BadConfig)
  expect(() => temporalAt(config, null)).toThrow('TEMPORAL_API_KEY_FILE')
  await writeFile(join(dir, 'api-key'), 'a-secret\n')
  expect(temporalAt(config, null)).toMatchObject({ apiKey: 'a-secret' })
})

test('our own server on loopback is reached as it is', () => {
  expect(temporalAt(readConfig({}), '127.0.0.1:7233')).toEqual({ address: '127.0.0.1:7233' })
})
