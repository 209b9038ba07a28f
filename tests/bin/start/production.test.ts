import { existsSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { BadConfig, readConfig } from '../../../src/bin/config/config.ts'
import { beginningOf, notices, refusals, refuseUnsafe } from '../../../src/bin/start/production.ts'
import { inTransaction } from '../../../src/db/pool.ts'
import { setState } from '../../../src/services/watching/engine-state.ts'
import { readSampleOffices, seedCounty } from '../../../src/services/people/seed.ts'
import { instantAt } from '../../../src/domain/time/days.ts'
import { up } from '../../../src/bin/start/up.ts'
import { createTestDatabase } from '../../support/database.ts'

const READY = {
  DUBAN_MODE: 'production',
  DATABASE_URL: 'postgres://duban@db.county.test/duban?sslmode=verify-full',
  DATABASE_API_URL: 'postgres://api@db.county.test/duban?sslmode=verify-full',
  DATABASE_GATE_URL: 'postgres://gate@db.county.test/duban?sslmode=verify-full',
  DATABASE_WORKER_URL: 'postgres://worker@db.county.test/duban?sslmode=verify-full',
  TEMPORAL_TLS: 'on',
  TEMPORAL_ADDRESS: 'temporal.county.test:7233',
  SMTP_URL: 'smtps://mail.county.test',
  DUBAN_MASTER_KEY: 'ab'.repeat(32),
  DASHBOARD_URL: 'https://duban.county.test',
  DUBAN_PROXY: '127.0.0.1',
}
const EMPTY = { demoLaid: false, samplePeople: 0 }

test('production starts when everything is there, on loopback or behind a named proxy', () => {
  for (const DUBAN_HOST of ['127.0.0.1', '0.0.0.0'])
    expect(refusals(readConfig({ ...READY, DUBAN_HOST }), EMPTY)).toEqual([])
})

test.each(Object.keys(READY).filter((name) => name !== 'DUBAN_MODE'))(
  'without %s it does not start, and names only that setting',
  (name) => {
    // Without an address there is nothing to reach by TLS.
    const TEMPORAL_TLS = name.startsWith('TEMPORAL') ? '' : 'on'
    const said = refusals(readConfig({ ...READY, TEMPORAL_TLS, [name]: '' }), EMPTY)
    expect(said).toHaveLength(1)
    expect(said[0]).toMatch(name === 'TEMPORAL_TLS' ? /^TEMPORAL_ADDRESS:/ : new RegExp(`^${name}[ :]`))
  },
)

const PLAIN = '?sslmode=disable'
test.each([
  ['DATABASE_URL', 'postgres://duban@db.county.test/duban', ''],
  ['DATABASE_URL', 'postgres://duban@db.county.test/duban', PLAIN],
  ['DATABASE_URL', 'postgres://duban@db.county.test/duban', '?sslmode=prefer'],
  ['DATABASE_URL', 'postgres://duban@db.county.test/duban', '?sslmode=no-verify'],
  ['DATABASE_URL', 'postgres://duban@db.county.test/duban', '?sslmode=require&uselibpqcompat=true'],
  ['DATABASE_URL', 'postgres://duban@127.0.0.1/duban', '?host=db.county.test'],
  ['DATABASE_WORKER_URL', 'postgres://worker@10.0.0.8/duban', ''],
  ['TEMPORAL_TLS', 'off', ''],
  ['SMTP_URL', 'smtp://mail.county.test:587', ''],
  ['SMTP_URL', 'smtp://mail.county.test:587', '?requireTLS=yes'],
  ['SMTP_URL', 'smtps://mail.county.test', '?tls.rejectUnauthorized=false'],
])(
  '%s=%s%s goes to another machine unencrypted and is refused, unless the network is declared its own',
  (name, url, query) => {
    const config = readConfig({ ...READY, [name]: url + query })
    const [said, ...more] = refusals(config, EMPTY)
    expect(more).toEqual([])
    expect(said).toContain(name === 'TEMPORAL_TLS' ? 'TEMPORAL_TLS=on' : name)
    expect(said).toContain('DUBAN_INNER_NETWORK=trusted')
    expect(refusals({ ...config, DUBAN_INNER_NETWORK: 'trusted' }, EMPTY)).toEqual([])
  },
)

test('an unreadable file for Temporal stops the start before anything is made, and names setting and file', async () => {
  const data = join(tmpdir(), `duban-unreadable-${process.pid}`)
  const TEMPORAL_TLS_CA = join(data, 'no-ca.pem')
  const config = readConfig({
    ...{ TEMPORAL_ADDRESS: '127.0.0.1:1', TEMPORAL_TLS: 'on', TEMPORAL_TLS_CA },
    ...{ TEMPORAL_API_KEY_FILE: tmpdir(), DUBAN_DATA: data },
  })
  const failure = await up(config, { begin: 'offices' }).catch((error: unknown) => error)
  expect(failure).toBeInstanceOf(BadConfig)
  expect((failure as BadConfig).problems).toEqual([
    `TEMPORAL_TLS_CA:读不了 ${TEMPORAL_TLS_CA}(ENOENT)`,
    `TEMPORAL_API_KEY_FILE:读不了 ${tmpdir()}(EISDIR)`,
  ])
  expect(existsSync(data)).toBe(false)
})

test.each([
  ['DATABASE_URL', 'postgres://duban@127.0.0.1/duban'],
  ['DATABASE_URL', 'postgres:///duban?user=duban&host=/var/run/postgresql'],
  ['DATABASE_URL', 'postgres://duban@db.county.test/duban?sslmode=require'],
  ['TEMPORAL_ADDRESS', '127.0.0.1:7233'],
  ['SMTP_URL', 'smtp://127.0.0.1:2525'],
  ['SMTP_URL', 'smtp://mail.county.test:587?requireTLS=true'],
])('%s=%s is accepted', (name, value) => {
  expect(refusals(readConfig({ ...READY, [name]: value }), EMPTY)).toEqual([])
})

test('the owner of the database answers no requests', () => {
  const said = refusals(readConfig({ ...READY, DATABASE_API_URL: READY.DATABASE_URL }), EMPTY)
  expect(said).toEqual([expect.stringMatching(/^DATABASE_API_URL:.*create role duban_api_login/)])
})

test.each([
  ['DASHBOARD_URL', 'http://duban.county.test'],
  ['DUBAN_SECOND_FACTOR', 'off'],
  ['DUBAN_SECOND_FACTOR', 'revealing'],
])('%s=%s does not start', (name, value) => {
  const said = refusals(readConfig({ ...READY, [name]: value }), EMPTY)
  expect(said).toHaveLength(1)
  expect(said[0]).toContain(name)
})

test.each(['administrators', 'everybody', 'revealing,administrators'])(
  'DUBAN_SECOND_FACTOR=%s starts',
  (value) => {
    expect(refusals(readConfig({ ...READY, DUBAN_SECOND_FACTOR: value }), EMPTY)).toEqual([])
  },
)

test('with nothing set, everything missing is reported at once', () => {
  const said = refusals(readConfig({ DUBAN_MODE: 'production' }), { demoLaid: true, samplePeople: 3 })
  expect(said).toHaveLength(8)
})

test('a refused start makes nothing, and never lays a demonstration', async () => {
  const dir = join(tmpdir(), `duban-unmade-${process.pid}`)
  const config = readConfig({ DUBAN_MODE: 'production', DUBAN_DATA: dir })
  await expect(up(config, { begin: 'demo' })).rejects.toThrow(BadConfig)
  expect(existsSync(dir)).toBe(false)
  expect(beginningOf(readConfig(READY), 'demo')).toBe('offices')
  expect(beginningOf(readConfig({}), 'demo')).toBe('demo')
})

test('a trial starts with nothing set; reachable by others, it says what it switched off', () => {
  expect(refusals(readConfig({}), { demoLaid: true, samplePeople: 3 })).toEqual([])
  expect(notices(readConfig({}))).toEqual([])
  expect(notices(readConfig({ DUBAN_HOST: '0.0.0.0' }))[0]).toContain('已关闭')
  expect(notices(readConfig({ ...READY, DUBAN_HOST: '0.0.0.0' }))).toEqual([])
})

test('a demonstration is refused as real data by its mark, or by its people until they are disabled', async () => {
  const { pool, drop } = await createTestDatabase()
  const config = readConfig(READY)
  const refused = () =>
    refuseUnsafe(config, pool).then(
      () => [],
      (e: BadConfig) => e.problems,
    )
  expect(await refused()).toEqual([])
  await inTransaction(pool, async (tx) =>
    seedCounty(tx, await readSampleOffices(), instantAt('2026-01-05', '09:00')),
  )
  expect(await refused()).toEqual([expect.stringMatching(/\d+ 个示例人员/)])
  await pool.query('update people set disabled_wall = now()')
  expect(await refused()).toEqual([])
  await setState(pool, 'demo', 'laid')
  expect(await refused()).toEqual(['数据库里是演示数据:请换一个空数据库。'])
  await drop()
})

test.each(['0.0.0.0/0', '::/0', '10.0.0.0/7', 'proxy', '10.0.0.1,', '10.0.0.0/33', '10.0.0.0/8/8'])(
  'DUBAN_PROXY=%s is no proxy',
  (DUBAN_PROXY) => {
    expect(() => readConfig({ DUBAN_PROXY })).toThrow(BadConfig)
  },
)

test('proxies are addresses and networks', () => {
  const DUBAN_PROXY = '127.0.0.1, 10.1.0.0/16,::1'
  expect(readConfig({ DUBAN_PROXY }).DUBAN_PROXY).toBe(DUBAN_PROXY)
})
