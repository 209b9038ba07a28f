import { expect, it } from 'vitest'
import { type Plan, planOf } from '../../web/worker/plan.ts'

const KEPT = [
  ...['/v1/me', '/v1/home', '/v1/obligations', '/v1/obligations/ob_1', '/v1/obligations/ob_1/receipt'],
  ...['/v1/campaigns', '/v1/campaigns/ca_1/timeline'],
]
const NEVER_KEPT = [
  '/v1/obligations/export.csv',
  '/v1/seen',
  '/v1/obligations/ob_1/reveals',
  '/v1/mails',
  '/v1/audit',
  '/v1/campaigns/ca_1/template',
  '/v1/users',
  '/v1/imports',
  '/v1/trial-inbox',
  '/v1/session',
  '/readyz',
]

const asked = (path: string, method = 'GET', navigates = false): Plan => planOf({ method, path, navigates })

it.each(KEPT)('%s can be read without a network', (path) => expect(asked(path)).toBe('answer'))

it.each(NEVER_KEPT)('%s is never kept on a device', (path) => expect(asked(path)).toBe('network'))

it.each([...KEPT, '/v1/obligations/ob_1/actions', '/v1/imports'])(
  'what is written to %s is sent, not kept',
  (path) => expect(asked(path, 'POST')).toBe('network'),
)

it.each(['POST', 'DELETE'])('%s of the session forgets what was kept', (method) =>
  expect(asked('/v1/session', method)).toBe('session'),
)

it('pages of the app come from the device, others from the network', () => {
  expect(asked('/app/obligations/ob_1', 'GET', true)).toBe('page')
  expect(asked('/app', 'GET', true)).toBe('page')
  expect(asked('/application', 'GET', true)).toBe('network')
  expect(asked('/docs', 'GET', true)).toBe('network')
  expect(asked('/app/assets/index-a1.js')).toBe('file')
})

it('a new password by a link signs in, and forgets what somebody else read', () =>
  expect(asked('/v1/passwords', 'POST')).toBe('session'))
