import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { endCheck } from '../../../src/services/audit/checks.ts'
import { addAuditEvent } from '../../../src/services/audit/trail.ts'
import { auditActionLabel } from '../../../src/domain/audit/labels.ts'
import { trailEvent } from '../../support/audit.ts'
import {
  type Asking,
  buildTestApp,
  COUNTY,
  type Json,
  type Page,
  type ProblemBody,
  type TestApp,
  TOWN,
} from '../build.ts'

type Entry = {
  id: string
  at: string
  county: string | null
  actor: { id: string; name: string | null }
  behalf: { id: string; name: string | null } | null
  action: string
  outcome: string
  labels: { action: string; outcome: string }
}
const AT = Date.UTC(2026, 4, 6, 1, 30)
let app: TestApp
let auditor: Asking
let person: { id: string; name: string }

beforeAll(async () => {
  app = await buildTestApp()
  auditor = await app.signedIn('auditor', COUNTY)
  const found = await app.pool.query<{ id: string; name: string }>(
    "select p.id, p.name from people p join person_roles r on r.person = p.id where r.role = 'town-officer' order by p.id limit 1",
  )
  person = found.rows[0]!
  const add = (more: Parameters<typeof trailEvent>[0]) =>
    addAuditEvent(app.pool, trailEvent({ atWall: AT, ...more }))
  await add({ actor: person.id, action: 'obligation.submit', subject: 'ob_1', behalf: 'pe_absent' })
  await add({
    actor: 'nobody',
    county: null,
    action: 'session.begin',
    outcome: 'refused',
    detail: { code: 'wrong' },
  })
  await add({ actor: person.id, action: 'POST /v1/imports', subject: 'im_1', atWall: AT + 86_400_000 })
  await add({ actor: person.id, action: 'something.else', county: 'sn.ak.other', subject: 'ob_9' })
})
afterAll(() => app.close())

const ask = async (query = '') => (await app.get<Page<Entry>>(`/v1/audit${query}`, auditor)).body

describe('GET /v1/audit', () => {
  test('shows the auditor the trail of their county and of no county, newest first, in words', async () => {
    const { items } = await ask()
    expect(items.map((e) => [e.labels.action, e.labels.outcome, e.actor.name])).toEqual([
      ['提交导入', '已完成', person.name],
      ['本人账号:登录', '被拒绝', null],
      ['督办事项:提交', '已完成', person.name],
    ])
    expect(items[2]).toMatchObject({
      at: '2026-05-06T01:30:00.000Z',
      county: COUNTY,
      actor: person,
      behalf: { id: 'pe_absent', name: null },
      action: 'obligation.submit',
      outcome: 'done',
    })
  })

  test.each([
    ['actor=nobody', ['session.begin']],
    ['subject=ob_1', ['obligation.submit']],
    ['action=POST%20/v1/imports', ['POST /v1/imports']],
    ['outcome=refused', ['session.begin']],
    ['from=2026-05-07', ['POST /v1/imports']],
    ['to=2026-05-06', ['session.begin', 'obligation.submit']],
    ['subject=ob_9', []],
  ])('?%s', async (query, actions) => {
    expect((await ask(`?${query}`)).items.map((e) => e.action)).toEqual(actions)
  })

  test('comes in pages', async () => {
    const first = await ask('?limit=2')
    expect(first.items).toHaveLength(2)
    const second = await ask(`?limit=2&cursor=${first.nextCursor}`)
    expect(second.items.map((e) => e.action)).toEqual(['obligation.submit'])
    expect(second.nextCursor).toBeNull()
  })

  test.each(['x', '1e400', '-1', '9'.repeat(30)])('a cursor of %s is no cursor', async (id) => {
    const cursor = Buffer.from(JSON.stringify([1, id])).toString('base64url')
    const answer = await app.get<ProblemBody>(`/v1/audit?cursor=${cursor}`, auditor)
    expect([answer.status, answer.body.type]).toEqual([400, expect.stringContaining('bad-cursor')])
  })

  test.each([
    ['town-officer', TOWN],
    ['bureau-leader', COUNTY],
    ['administrator', COUNTY],
  ])('is not for a %s', async (role, office) => {
    expect((await app.get('/v1/audit', await app.signedIn(role, office))).status).toBe(403)
  })
})

test('which of several actions was done to an import is said', () => {
  const said = (action: string) => auditActionLabel('POST /v1/imports/:id/actions', { action })
  expect(['apply', 'cancel', 'undo', 'later'].map(said)).toEqual([
    ...['导入:登记', '导入:取消,不登记', '导入:撤回', '导入:办理'],
  ])
})

test('every route that changes something has an audit label', async () => {
  const { body } = await app.get<{ paths: Record<string, Json> }>('/openapi.json')
  const writing = Object.entries(body.paths).flatMap(([path, methods]) =>
    Object.keys(methods)
      .filter((method) => method !== 'get' && path.startsWith('/v1/'))
      .map((method) => `${method.toUpperCase()} ${path.replace(/\{(\w+)\}/g, ':$1')}`),
  )
  expect(writing.length).toBeGreaterThan(8)
  expect(writing.filter((action) => auditActionLabel(action) === action)).toEqual([])
})

test('the auditor learns how far the trail is sealed and its head published, and nobody else does', async () => {
  const empty = await app.get('/v1/audit/chain', auditor)
  expect(empty.body).toEqual({ sealed: null, published: null })
  expect((await app.get('/v1/audit/chain', await app.signedIn('town-officer', TOWN))).status).toBe(403)
})

test('the auditor asks for a check of all seals and reads its result in words; nobody else does', async () => {
  const none = await app.get('/v1/audit/checks', auditor)
  expect(none.body).toEqual({ items: [], nextCursor: null })
  const asked = await app.post<Json>('/v1/audit/checks', {}, auditor)
  expect(asked.status).toBe(202)
  expect(asked.body).toMatchObject({
    endedAt: null,
    sound: null,
    faultCount: null,
    findings: [],
    askedBy: { name: expect.any(String) },
  })
  const again = await app.post<Json>('/v1/audit/checks', {}, auditor)
  expect(again.body.id).toBe(asked.body.id)
  await endCheck(app.pool, String(asked.body.id), [{ kind: 'edited', stream: 'audit', id: 7, since: AT }], AT)
  const { body } = await app.get<Page<Json>>('/v1/audit/checks', auditor)
  expect(body.items).toMatchObject([{ sound: false, faultCount: 1, endedAt: '2026-05-06T01:30:00.000Z' }])
  expect(body.items[0]?.findings).toEqual([expect.stringContaining('第 7 号记录,内容被改动')])
  const officer = await app.signedIn('town-officer', TOWN)
  expect((await app.post('/v1/audit/checks', {}, officer)).status).toBe(403)
  expect((await app.get('/v1/audit/checks', officer)).status).toBe(403)
})
