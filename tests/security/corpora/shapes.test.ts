import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Asking, buildTestApp, COUNTY, HOUSEHOLD, type TestApp, TOWN } from '../../api/build.ts'
import { expectNoFault, things, whoMay } from './faults.ts'
import { BODIES, spoilt } from './shapes.ts'

// Every route that takes a body must stand here: a new one brings its own, or this test fails.
const GOOD: Record<string, unknown[]> = {
  'POST /v1/imports': [{}],
  'POST /v1/imports/:id/actions': [
    { action: 'apply' },
    { action: 'mend', rows: [{ row: 3, cells: { 乡镇: '毛坝镇' } }] },
    { action: 'map', columns: { 流转序列: 'externalId' }, words: { level: { 高风险: 'red' } } },
  ],
  'POST /v1/imports/:id/consistency/problems': [{ findings: ['row:3'], dueOn: '2022-06-20' }],
  'POST /v1/imports/:id/changes/actions': [
    { action: 'apply', all: true },
    { action: 'dismiss', rows: [3, 5] },
  ],
  'POST /v1/session': [
    { email: 'nobody@town.test', password: 'a long enough one', code: '123456' },
    { person: 'pe_x' },
  ],
  'POST /v1/password-resets': [{ email: 'nobody@town.test' }],
  'POST /v1/password-links': [{ token: 'x'.repeat(43) }],
  'POST /v1/passwords': [{ token: 'x'.repeat(43), password: 'a long enough one' }],
  'POST /v1/me/password': [{ current: 'x', next: 'a long enough one', code: '123456' }],
  'POST /v1/me/calendar-feed': [{ password: 'x', code: '123456' }],
  'POST /v1/me/totp': [{ password: 'x', code: '123456' }],
  'POST /v1/me/totp/confirm': [{ code: '123456' }],
  'PUT /v1/me/absence': [{ from: '2022-06-07', until: '2022-06-10', substitute: 'pe_x' }],
  'PUT /v1/people/:id/absence': [{ from: '2022-06-07', until: null, substitute: null }],
  'POST /v1/users': [
    {
      ...{ name: '测试', email: 'new@town.test', office: COUNTY, role: 'auditor' },
      ...{ from: '2022-06-07', until: '2022-06-10' },
    },
  ],
  'POST /v1/users/:id/actions': [
    { action: 'grant-role', office: COUNTY, role: 'auditor', from: '2022-06-07', until: '2022-06-10' },
    { action: 'take-role', office: COUNTY, role: 'auditor' },
    { action: 'change-contact', name: '测试', email: 'to@town.test', phone: '000-00000101', quietDays: [3] },
    ...['enable', 'drop-second-factor'].map((action) => ({ action })),
  ],
  'POST /v1/users/import': [{}],
  'POST /v1/offices': [{ parent: COUNTY, shortCode: 'xin', kind: 'town', name: '新设镇', duties: [] }],
  'POST /v1/offices/:code/actions': [
    { action: 'rename', name: '毛坝镇' },
    { action: 'set-duties', duties: ['supervision'], seen: [] },
  ],
  'POST /v1/campaigns/preview': [{ county: COUNTY, year: 2023, template: 'safety-net-2022', begin: [] }],
  'POST /v1/counties/:id/mail/open': [{}],
  'POST /v1/mails/bounces': [{ messageId: '<x@duban.example>', status: '5.1.1', text: 'user unknown' }],
  'POST /v1/mails/retry': [{}],
  'POST /v1/audit/checks': [{}],
  'POST /v1/mails/:id/resend': [{}],
  'POST /v1/people/:id/test-mail': [{}],
  'POST /v1/campaigns': [{ county: COUNTY, year: 2022, template: 'safety-net-2022' }],
  'POST /v1/campaigns/:id/actions': [
    { action: 'override', phase: 'launch', reason: 'x' },
    { action: 'close', reason: 'x' },
  ],
  'POST /v1/campaigns/:id/pack': [
    { households: 'masked', office: TOWN },
    { households: 'clear', reason: '省级检查组核对' },
  ],
  'POST /v1/campaigns/:id/phases/:phase/due-day': [{ dueOn: '2022-06-20', dryRun: true }],
  'POST /v1/obligations': [
    {
      kind: 'warning',
      office: TOWN,
      level: 'red',
      cause: 'illness',
      externalId: 'YJ1',
      issuedOn: '2022-06-06',
      person: HOUSEHOLD,
    },
    { kind: 'report', office: TOWN, title: '月报', dueOn: '2022-09-30' },
  ],
  'POST /v1/obligations/:id/actions': [
    { action: 'submit', result: { outcome: 'eligible', note: 'x', counts: { checked: 1 } } },
    { action: 'return', reason: 'x' },
  ],
  'POST /v1/obligations/actions': [
    { ids: ['ob_x'], action: { action: 'acknowledge' } },
    {
      filter: { office: TOWN, q: 'x', dueFrom: '2022-06-06', overdue: true },
      expectedCount: 1,
      action: { action: 'accept', note: 'x' },
    },
  ],
  'POST /v1/list-views': [
    { name: 'x', office: TOWN, query: { office: TOWN, standing: 'overdue', mine: 'true', sort: '-dueAt' } },
  ],
  'PUT /v1/list-views/:id': [{ name: 'x', office: TOWN, query: { standing: 'overdue', sort: '-dueAt' } }],
  'PUT /v1/seen': [{ items: [{ id: 'ob_x', version: 1 }] }],
  'POST /v1/obligations/:id/reveal': [{ reason: '入户核查需要联系本人' }],
  'POST /v1/obligations/lookup': [{ idNo: HOUSEHOLD.idNo }, { phone: HOUSEHOLD.phone }],
  'POST /v1/households/twins': [{ office: TOWN, person: { name: '张三', idNo: HOUSEHOLD.idNo } }],
  'POST /v1/screenings/:id/entries': [{ person: { name: '张三' }, visitors: '李干事' }],
  'PUT /v1/screenings/:id/entries/:entry': [
    { visitedOn: '2022-06-06', finding: 'eligible', follow: 'enrolled' },
  ],
  'POST /v1/screenings/:id/entries/:entry/reveal': [{ reason: '入户核查需要联系本人' }],
  'POST /v1/screenings/:id/entries/from-roster': [{}],
  'POST /v1/screenings/:id/entries/import': [{}],
  'PUT /v1/households/:id/twins/:twin': [{ same: true }],
  'POST /v1/roster': [
    {
      ...{ office: TOWN, group: 'near-poor', cover: 'dibao', coveredSince: '2022-01-01' },
      person: { name: '张三', idNo: HOUSEHOLD.idNo },
    },
  ],
  'PUT /v1/roster/:id': [{ cover: 'none', coveredSince: null, person: { phone: '' } }],
  'POST /v1/roster/import': [{}],
  'POST /v1/roster/imports/:id/undo': [{}],
  'POST /v1/obligations/:id/attachments': [{}],
  'POST /v1/problems': [
    { offices: [TOWN], origin: 'audit', type: 'other', wrong: '档案缺少入户照片', dueOn: '2022-06-30' },
  ],
  'POST /v1/problems/import': [{}],
  'POST /v1/samples': [{ county: COUNTY, seed: '2022-1', percent: 20, dueOn: '2022-06-30' }],
  'POST /v1/samples/:id/replacements': [{ household: 'ob_x', reason: 'moved' }],
  'POST /v1/time-limits/preview': [
    { start: '2022-06-06', workingDays: 3 },
    { start: '2022-06-06', dueOn: '2022-06-30' },
  ],
  'POST /v1/calendar/changes': [
    { source: '县局通知', days: [{ from: '2022-08-15', plan: 'off', name: '汛情' }], onlyOffices: [TOWN] },
    { source: '县局通知', notice: '2022-08-15,放假,汛情', county: COUNTY, expectedCount: 0 },
  ],
  'POST /v1/policies': [{ county: COUNTY, text: 'name: x', file: 'x.yaml', reason: '测试一版规则' }],
  'POST /v1/policies/:id/restore': [{ reason: '回到这一版' }],
  'POST /v1/policies/:id/rebase': [{ expectedCount: 0 }],
  'POST /v1/bulk-runs/:id/actions': [{ action: 'undo' }, { action: 'stop' }],
  'POST /v1/offices/:code/hand-on': [{ toOffice: TOWN, dryRun: true, expectedCount: 0 }],
  'POST /v1/api-keys': [
    { name: 'x', office: COUNTY, permissions: ['obligations:read'], personal: false, days: 1 },
  ],
}

let api: TestApp
let addressOf: (url: string) => string
beforeAll(async () => {
  api = await buildTestApp()
  addressOf = await things(api)
})
afterAll(() => api.close())

const writing = () => api.app.routeTable.filter(({ method }) => !['GET', 'HEAD', 'OPTIONS'].includes(method))

it('every route with a body is known here', () => {
  const posts = writing().filter(({ method }) => method !== 'DELETE')
  expect(posts.map(({ method, url }) => `${method} ${url}`).sort()).toEqual(Object.keys(GOOD).sort())
})

describe.each(Object.entries(GOOD))('%s', (route, bodies) => {
  const [method = '', url = ''] = route.split(' ')
  const ask = async (payload: string, contentType = 'application/json'): Promise<void> => {
    const permission = writing().find((r) => r.method === method && r.url === url)?.permission ?? null
    who ??= await whoMay(api, permission)
    let answer = await api.ask<unknown>(
      {
        method: method as 'POST' | 'PUT',
        url: addressOf(url),
        payload,
        headers: { 'content-type': contentType },
      },
      who,
    )
    if (answer.status === 401 && permission !== 'open') {
      // What ends its own session has to come back.
      who = await whoMay(api, permission)
      answer = await api.ask(
        {
          method: method as 'POST' | 'PUT',
          url: addressOf(url),
          payload,
          headers: { 'content-type': contentType },
        },
        who,
      )
    }
    expectNoFault(answer, payload)
  }
  let who: Asking | undefined

  it('answers every shape of a body without a fault', async () => {
    for (const body of BODIES) await ask(body)
    for (const other of [
      'application/x-www-form-urlencoded',
      'text/plain',
      'multipart/form-data',
      'multipart/form-data; boundary=x',
      'application/xml',
      '*/*',
      'x',
    ])
      await ask('{"a":1}', other)
  }, 60_000)

  it('answers every spoilt body without a fault', async () => {
    for (const body of bodies) for (const one of spoilt(body)) await ask(JSON.stringify(one))
  }, 120_000)
})

it('nothing was added to Object.prototype', () => {
  expect(({} as Record<string, unknown>)['polluted']).toBeUndefined()
})
