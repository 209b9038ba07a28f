import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { BadConfig, envExample, readConfig } from '../../../src/bin/config/config.ts'
import { configSchema } from '../../../src/bin/config/config-schema.ts'

test('.env.example names every setting and nothing else', () => {
  expect(readFileSync(new URL('../../../.env.example', import.meta.url), 'utf8')).toBe(envExample())
})

test('with nothing set everything has a sensible default, on loopback', () => {
  expect(readConfig({})).toMatchObject({ DUBAN_HOST: '127.0.0.1', DUBAN_DATA: '.duban', DUBAN_PORT: 8730 })
})

test('paths are appended to an address, however it ends', () => {
  expect(readConfig({ DASHBOARD_URL: 'https://duban.example/x//' }).DASHBOARD_URL).toBe(
    'https://duban.example/x',
  )
})

test('all faults are reported at once', () => {
  const wrong = { DATABASE_URL: 'mysql://x', DUBAN_PORT: 'many', TEMPORAL_ADDRESS: 'nowhere' }
  const failure = (() => {
    try {
      return readConfig(wrong)
    } catch (error) {
      return error
    }
  })()
  expect(failure).toBeInstanceOf(BadConfig)
  expect((failure as BadConfig).problems.map((p) => p.split(':')[0]).sort()).toEqual(
    Object.keys(wrong).sort(),
  )
})

test.each([
  [{ TEMPORAL_TLS_CA: 'ca.pem' }, 'TEMPORAL_TLS=on'],
  [{ TEMPORAL_API_KEY_FILE: 'key' }, 'TEMPORAL_TLS=on'],
  [{ TEMPORAL_TLS: 'on' }, 'TEMPORAL_ADDRESS'],
  [{ TEMPORAL_TLS: 'on', TEMPORAL_ADDRESS: 'a:1', TEMPORAL_TLS_CERT: 'c.pem' }, 'TEMPORAL_TLS_KEY'],
  [{ DUBAN_MASTER_KEY_OLD: 'ab'.repeat(32) }, 'DUBAN_MASTER_KEY,'],
])('%o says what is missing beside it', (env, what) => {
  expect(() => readConfig(env)).toThrow(what)
})

test('an empty value counts as absent, and a flag wins over the environment', () => {
  expect(readConfig({ DATABASE_URL: '', DUBAN_DATA: 'a' }, { DUBAN_DATA: 'b' }).DUBAN_DATA).toBe('b')
})

test('every setting has a description', () => {
  for (const [name, schema] of Object.entries(configSchema.shape))
    expect(schema.description, name).toBeTruthy()
})
