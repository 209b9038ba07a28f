import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { rows } from '../../../src/db/pool.ts'
import { type Permission, ROLE_PERMISSIONS } from '../../../src/domain/people/permissions.ts'
import type { Role } from '../../../src/domain/obligation/vocabulary.ts'
import { type Asking, buildTestApp, type TestApp } from '../../api/build.ts'
import { layNeighbours, OFFICE_OF, type Place, PLACES, SEES, TOWN } from './county.ts'
import { type Kind, layThings, type Things } from './things.ts'

let app: TestApp
let things: Things
const asking = new Map<string, Asking>()
const ROLES = Object.keys(OFFICE_OF)

/** What the `:id` of an address stands for. A route with another kind of thing has to be added here, or the test fails. */
const THING_OF: [RegExp, ...Kind[]][] = [
  [/^\/v1\/obligations\/:id/, 'obligation'],
  [/^\/v1\/screenings\/:id/, 'obligation'],
  [/^\/v1\/problems\/:id/, 'problem'],
  [/^\/v1\/bulk-runs\/:id/, 'bulkRun'],
  [/^\/v1\/households\/:id\/twins/, 'obligation'],
  // A story begins with one of its items, or with its place on the roster.
  [/^\/v1\/households\/:id/, 'obligation', 'roster'],
  [/^\/v1\/roster\/imports\/:id/, 'rosterImport'],
  [/^\/v1\/roster\/:id/, 'roster'],
  [/^\/v1\/attachments\/:id/, 'attachment'],
  [/^\/v1\/deadlines\/:id/, 'deadline'],
  [/^\/v1\/mails\/:id/, 'mail'],
  // A file of the county, and the hits of a comparison, which are of one office.
  [/^\/v1\/imports\/:id/, 'import', 'hitsFile'],
  [/^\/v1\/import-mappings\/:id/, 'mapping'],
  [/^\/v1\/campaigns\/:id/, 'campaign'],
  [/^\/v1\/policies\/:id/, 'policy'],
  [/^\/v1\/samples\/:id/, 'sample'],
  [/^\/v1\/list-views\/:id/, 'view'],
  [/^\/v1\/shared-views\/:id/, 'view'],
  [/^\/v1\/counties\/:id/, 'county'],
  [/^\/v1\/api-keys\/:id/, 'key'],
  [/^\/v1\/me\/sessions\/:id/, 'session'],
  [/^\/v1\/people\/:id/, 'person'],
  [/^\/v1\/users\/:id/, 'user'],
]

/** Bodies that pass the schema, so that what refuses is not the form of the question. */
const BODIES: Record<string, object> = {
  // These people have no password to show again: the proof is passed, and whose session it is decides.
  'DELETE /v1/me/sessions/:id': { password: 'x' },
  'POST /v1/obligations/:id/actions': { action: 'cancel', reason: '越权试探' },
  'POST /v1/bulk-runs/:id/actions': { action: 'undo' },
  'PUT /v1/list-views/:id': { name: '越权试探', query: {} },
  'POST /v1/obligations/:id/attachments': {},
  'POST /v1/samples/:id/replacements': { household: 'ob_x', reason: 'moved' },
  'POST /v1/obligations/:id/reveal': { reason: '越权试探一下' },
  'POST /v1/screenings/:id/entries': { person: { name: '越权' } },
  'POST /v1/screenings/:id/entries/from-roster': {},
  'POST /v1/screenings/:id/entries/import': {},
  'PUT /v1/roster/:id': { cover: 'dibao' },
  'POST /v1/roster/imports/:id/undo': {},
  'PUT /v1/households/:id/twins/:twin': { same: true },
  'PUT /v1/screenings/:id/entries/:entry': {},
  'POST /v1/screenings/:id/entries/:entry/reveal': { reason: '越权试探一下' },
  'POST /v1/imports/:id/actions': { action: 'undo' },
  'POST /v1/imports/:id/consistency/problems': { findings: ['row:3'], dueOn: '2022-06-20' },
  'POST /v1/imports/:id/changes/actions': { action: 'apply', all: true },
  'POST /v1/campaigns/:id/actions': { action: 'override', phase: 'launch', reason: '越权试探' },
  'POST /v1/campaigns/:id/pack': {},
  'POST /v1/campaigns/:id/phases/:phase/due-day': { dueOn: '2022-06-20', dryRun: false },
  'POST /v1/counties/:id/mail/open': {},
  'POST /v1/policies/:id/restore': { reason: '越权试探' },
  'POST /v1/policies/:id/rebase': {},
  'PUT /v1/people/:id/absence': { from: '2022-06-02' },
  'POST /v1/audit/checks': {},
  'POST /v1/mails/:id/resend': {},
  'POST /v1/users/:id/actions': { action: 'disable' },
  'POST /v1/people/:id/test-mail': {},
}

/** Who sees obligations and not what was written of them, nor the files that show it. */
const READS_NO_NOTES = ['auditor']

/** What the `:id` of an address may be; nothing for what is about no thing. */
function kindsOf(url: string): Kind[] {
  const [, ...kinds] = THING_OF.find(([pattern]) => pattern.test(url)) ?? []
  return kinds
}

/** Kept by somebody who is none of those who ask. */
const NOBODYS: readonly Kind[] = ['session', 'view', 'bulkRun']

/** Things of a county, not of one office: seen by whoever sees the county. */
const OF_COUNTY: Record<string, (place: Place, sees: readonly Place[]) => boolean> = {
  campaign: (place) => place !== 'abroad',
  policy: (place) => place !== 'abroad',
  county: (place) => place !== 'abroad',
  import: (place, sees) => place !== 'abroad' && sees.includes('parent'),
  sample: (place, sees) => place !== 'abroad' && sees.includes('parent'),
  rosterImport: (place, sees) => place !== 'abroad' && sees.includes('parent'),
  mapping: (place, sees) => place !== 'abroad' && sees.includes('parent'),
  key: (place) => place !== 'abroad',
  person: (place) => place !== 'abroad',
  user: (place) => place !== 'abroad',
}

beforeAll(async () => {
  app = await buildTestApp({ day: '2022-06-02' })
  await layNeighbours(app.pool)
  things = await layThings(app.pool)
  for (const role of ROLES) asking.set(role, await app.signedIn(role, OFFICE_OF[role] ?? ''))
})
afterAll(() => app.close())

const routesOfWork = () =>
  app.app.routeTable.filter((r) => r.method !== 'HEAD' && r.permission !== null && r.permission !== 'open')

function may(role: string, permission: string): boolean {
  return ROLE_PERMISSIONS[role as Role].includes(permission as Permission)
}

function pairsOf(kinds: readonly Kind[]): [Kind, Place][] {
  return kinds.flatMap((kind) =>
    (Object.keys(PLACES) as Place[]).map((place): [Kind, Place] => [kind, place]),
  )
}

function visible(role: string, kind: Kind, place: Place): boolean {
  const sees = SEES[role] ?? []
  return OF_COUNTY[kind]?.(place, sees) ?? sees.includes(place)
}

async function ask(method: string, url: string, how: Asking | undefined) {
  const { payload, address } = { payload: BODIES[`${method} ${url}`], address: url }
  return app.ask({ method: method as 'GET', url: address, ...(payload ? { payload } : {}) }, how)
}

describe('the permissions of routes', () => {
  test('leave no route of the API out', () => {
    const open = app.app.routeTable.filter((r) => /^\/v1\//.test(r.url) && r.permission === null)
    expect(open.filter((r) => !r.url.endsWith('*'))).toEqual([])
    expect(routesOfWork().length).toBeGreaterThan(30)
  })

  test('admit nobody who is not signed in', async () => {
    for (const { method, url } of routesOfWork()) {
      const { status, text } = await ask(method, url.replace(/:\w+/g, 'x'), { token: null })
      expect(status, `${method} ${url}: ${text}`).toBe(401)
    }
  })

  test('refuse a role without the permission, whatever it asks for', async () => {
    for (const role of ROLES)
      for (const { method, url, permission } of routesOfWork()) {
        if (may(role, permission ?? '')) continue
        const { status } = await ask(
          method,
          url.replace(/:\w+/g, things.own.ids.obligation),
          asking.get(role),
        )
        expect(status, `${role} ${method} ${url}`).toBe(403)
      }
  })
})

describe('one foreign obligation', () => {
  test('is not found by any request, and nothing of it is changed or told', async () => {
    const before = await state()
    const wrong: string[] = []
    let asked = 0
    for (const { method, url, permission } of routesOfWork().filter((r) => r.url.includes(':id'))) {
      const kinds = kindsOf(url)
      if (kinds.length === 0) throw new Error(`say in THING_OF what ${url} is about`)
      if (['POST', 'PUT'].includes(method) && !BODIES[`${method} ${url}`])
        throw new Error(`say in BODIES what ${url} takes`)
      for (const role of ROLES.filter((r) => may(r, permission ?? '')))
        for (const [kind, place] of pairsOf(kinds)) {
          if (!NOBODYS.includes(kind) && visible(role, kind, place)) continue
          asked++
          const { ids, mark } = things[place]
          const body = BODIES[`${method} ${url}`]
          const { status, text } = await app.ask(
            {
              method: method as 'GET',
              url: url.replace(':id', ids[kind]),
              ...(body ? { payload: body } : {}),
            },
            asking.get(role),
          )
          if (status !== 404 || text.includes(mark))
            wrong.push(`${role} ${method} ${url} (${kind}, ${place}): ${status}`)
        }
    }
    expect(wrong).toEqual([])
    expect(asked).toBeGreaterThan(100)
    expect(await state()).toEqual(before)
  })

  test('is found by its owner', async () => {
    const wrong: string[] = []
    let asked = 0
    for (const { method, url, permission } of routesOfWork()) {
      if (method !== 'GET') continue
      for (const role of ROLES.filter((r) => may(r, permission ?? '')))
        for (const [kind, place] of pairsOf(kindsOf(url))) {
          if (NOBODYS.includes(kind) || !visible(role, kind, place)) continue
          const { status } = await app.get(url.replace(':id', things[place].ids[kind]), asking.get(role))
          asked += 1
          const expected = kind === 'attachment' && READS_NO_NOTES.includes(role) ? 403 : 200
          if (status !== expected) wrong.push(`${role} ${url} (${kind}, ${place}): ${status}`)
        }
    }
    expect(wrong).toEqual([])
    expect(asked).toBeGreaterThan(50)
  })

  test('tells the name of its evidence to nobody who may not read notes there', async () => {
    const told: string[] = []
    for (const role of ROLES.filter((r) => may(r, 'obligations:read')))
      for (const place of SEES[role] ?? []) {
        const { obligation } = things[place].ids
        const { text } = await app.get(`/v1/obligations/${obligation}/attachments`, asking.get(role))
        if (text.includes(things[place].mark)) told.push(role)
      }
    const readers = ROLES.filter((r) => may(r, 'obligations:read') && !READS_NO_NOTES.includes(r))
    expect([...new Set(told)].sort()).toEqual(readers.sort())
  })
})

describe('lists and counts', () => {
  test("never include what is outside the reader's scope", async () => {
    const wrong: string[] = []
    const lists = routesOfWork().filter((r) => r.method === 'GET' && !r.url.includes(':'))
    for (const { url, permission } of lists)
      for (const role of ROLES.filter((r) => may(r, permission ?? ''))) {
        const { status, text } = await app.get(url, asking.get(role))
        if (status !== 200) wrong.push(`${role} ${url}: ${status}`)
        for (const place of Object.keys(PLACES) as Place[])
          if (!visible(role, 'obligation', place) && text.includes(things[place].mark))
            wrong.push(`${role} ${url} tells of ${place}`)
      }
    expect(wrong).toEqual([])
    expect(lists.length).toBeGreaterThan(8)
  })

  test('show each of the five roles exactly what the notice gives them', async () => {
    for (const role of ROLES.filter((r) => may(r, 'obligations:read'))) {
      const { body } = await app.get<{ items: { title: string }[] }>(
        '/v1/obligations?limit=200',
        asking.get(role),
      )
      const seen = (Object.keys(PLACES) as Place[]).filter((p) =>
        body.items.some((o) => o.title === things[p].mark),
      )
      expect(seen.sort(), role).toEqual([...(SEES[role] ?? [])].sort())
    }
  })

  test('show nothing of another office that is asked for by name', async () => {
    const shownOf = async (office: string) =>
      (await app.get<{ items: unknown[] }>(`/v1/obligations?office=${office}`, asking.get('town-officer')))
        .body.items
    expect(await shownOf(PLACES.own)).not.toEqual([])
    expect(await shownOf(PLACES.sibling)).toEqual([])
  })
})

describe('people and accounts', () => {
  const away = (role: string, place: Place) =>
    app.ask(
      {
        method: 'PUT',
        url: `/v1/people/${things[place].ids.person}/absence`,
        payload: { from: '2022-06-02' },
      },
      asking.get(role),
    )

  test.each<[string, Place[]]>([
    ['town-head', ['own', 'child']],
    ['relief-centre', ['own', 'child', 'sibling', 'parent']],
    ['bureau-leader', ['own', 'child', 'sibling', 'parent']],
    ['administrator', ['own', 'child', 'sibling', 'parent']],
  ])('%s enters the absence of those in their own tree', async (role, reach) => {
    for (const place of Object.keys(PLACES) as Place[]) {
      const expected = reach.includes(place) ? 200 : place === 'abroad' ? 404 : 403
      expect((await away(role, place)).status, place).toBe(expected)
    }
  })

  test('the absence of an oversight role is entered only by its holder or an administrator', async () => {
    const [auditor] = await rows<{ person: string }>(
      app.pool,
      `select person from person_roles where role = 'auditor' and office = $1`,
      [PLACES.parent],
    )
    const ask = (role: string) =>
      app.ask(
        { method: 'PUT', url: `/v1/people/${auditor?.person}/absence`, payload: { from: '2022-06-02' } },
        asking.get(role),
      )
    expect((await ask('relief-centre')).status).toBe(403)
    expect((await ask('bureau-leader')).status).toBe(403)
    expect((await ask('administrator')).status).toBe(200)
  })

  test("the list of accounts has only those of the administrator's county", async () => {
    const { body } = await app.get<{ items: { id: string }[] }>('/v1/users', asking.get('administrator'))
    const seen = (Object.keys(PLACES) as Place[]).filter((p) =>
      body.items.some((u) => u.id === things[p].ids.user),
    )
    expect(seen.sort()).toEqual(['child', 'own', 'parent', 'sibling'])
  })
})

describe('actions', () => {
  test('over what is left of a phase nobody decides but the bureau’s leader, and each refusal is kept (R15)', async () => {
    const { campaign } = things.own.ids
    const url = `/v1/campaigns/${campaign}/actions`
    const override = { action: 'override', phase: 'launch', reason: '动员会已经开过' }
    const close = { action: 'close', reason: '行动提前结束' }
    for (const role of ROLES.filter((r) => r !== 'bureau-leader'))
      for (const body of [override, close])
        expect((await app.post(url, body, asking.get(role))).status, role).toBe(403)
    expect(await rows(app.pool, 'select from phases where overridden_by is not null')).toEqual([])
    expect((await app.post(url, override, asking.get('bureau-leader'))).status).toBe(200)
    const trail = await rows<{ outcome: string; n: number }>(
      app.pool,
      `select outcome, count(distinct actor)::int as n from audit_events
        where action = 'POST /v1/campaigns/:id/actions' and subject = $1 group by 1 order by 1`,
      [campaign],
    )
    expect(trail).toEqual([
      { outcome: 'done', n: 1 },
      { outcome: 'refused', n: ROLES.length - 1 },
    ])
  })

  test('a town does not accept its own submission, and the centre does not submit for the town (R9)', async () => {
    const url = `/v1/obligations/${things.own.ids.obligation}/actions`
    const submit = { action: 'submit', result: { outcome: 'ineligible' } }
    expect((await app.post(url, submit, asking.get('relief-centre'))).status).toBe(403)
    expect((await app.post(url, submit, asking.get('auditor'))).status).toBe(403)
    expect((await app.post(url, submit, asking.get('town-officer'))).status).toBe(200)
    expect((await app.post(url, { action: 'accept' }, asking.get('town-officer'))).status).toBe(403)
    expect((await app.post(url, { action: 'accept' }, asking.get('bureau-leader'))).status).toBe(403)
    expect((await app.post(url, { action: 'accept' }, asking.get('relief-centre'))).status).toBe(200)
  })

  test('nobody registers an obligation for an office outside their scope', async () => {
    const body = { kind: 'report', title: '越权', office: PLACES.sibling, dueOn: '2022-06-30' }
    expect((await app.post('/v1/obligations', body, asking.get('town-officer'))).status).toBe(422)
    const own = { ...body, title: '自己的', office: TOWN }
    expect((await app.post('/v1/obligations', own, asking.get('town-officer'))).status).toBe(201)
  })

  test('refusals and changes are both in the audit trail, with person and action', async () => {
    const trail = await rows<{ action: string; outcome: string }>(
      app.pool,
      'select action, outcome from audit_events where subject = $1 order by id',
      [things.own.ids.obligation],
    )
    expect(trail.filter((t) => t.outcome === 'done').map((t) => t.action)).toEqual([
      'obligation.submit',
      'obligation.accept',
    ])
    expect(trail.filter((t) => t.outcome === 'refused').length).toBeGreaterThan(3)
  })
})

/** Grow with every request, or with time. */
const OF_ASKING = [
  'audit_events',
  'audit_blocks',
  'audit_heads',
  'audit_checks',
  'idempotency_keys',
  'editions',
]

/** How much stands in every table, and what else of some could be changed. */
async function state() {
  const tables = await rows<{ name: string }>(
    app.pool,
    `select tablename as name from pg_tables where schemaname = 'public' and tablename <> all($1) order by 1`,
    [OF_ASKING],
  )
  expect(tables.length).toBeGreaterThan(50)
  const counts = tables.map(({ name }) => `select '${name}' as name, count(*) as n from "${name}"`)
  return { counted: await rows(app.pool, counts.join(' union all ')), things: await thingsLaid() }
}

function thingsLaid() {
  return rows(
    app.pool,
    `select (select jsonb_agg(to_jsonb(o) order by o.id) from (select id, state, version from obligations) o) as obligations,
            (select jsonb_agg(to_jsonb(c) order by c.id) from (select id, state, version from campaigns) c) as campaigns,
            (select jsonb_agg(to_jsonb(i) order by i.id) from (select id, state, version from imports) i) as imports,
            (select count(*) from import_mappings where ended_at is null) as mappings,
            (select jsonb_agg(to_jsonb(c) order by c.office) from (select office, mail_state from counties) c) as counties,
            (select jsonb_agg(to_jsonb(p) order by p.id) from people p) as people,
            (select count(*) from person_roles) as roles, (select count(*) from departures) as departures,
            (select count(*) from acceptances) as acceptances,
            (select count(*) from attachments) as attachments,
            (select jsonb_agg(to_jsonb(h) order by h.household) from sample_households h) as sampled,
            (select jsonb_agg(to_jsonb(r) order by r.id) from (select id, cover, version, removed_at from roster_households) r) as roster,
            (select jsonb_agg(to_jsonb(i) order by i.id) from roster_imports i) as rosters,
            (select count(*) from household_links) as links,
            (select count(*) from sessions) as sessions, (select count(*) from api_keys where revoked_wall is null) as keys`,
  )
}
