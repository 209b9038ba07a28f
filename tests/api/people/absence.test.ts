import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import {
  type Asking,
  buildTestApp,
  COUNTY,
  type Json,
  type ProblemBody,
  type TestApp,
  TOWN,
} from '../build.ts'
import { personWith } from '../../support/scoped.ts'

/** Above the county: what is held there its people do not see. */
const ELSEWHERE = 'sn'
const FOREVER = { from: '2022-06-01', until: null }
type Ref = { id: string; name: string } | null
type Person = Json & {
  id: string
  absence: { from: string; until: string | null; substitute: Ref; away: boolean; standIn: Ref } | null
}

let api: TestApp
let officer: string
let head: string
let asOfficer: Asking
let asHead: Asking
beforeAll(async () => {
  api = await buildTestApp({ day: '2022-06-06' })
  officer = await personWith(api.pool, 'town-officer', TOWN)
  head = await personWith(api.pool, 'town-head', TOWN)
  asOfficer = await api.sessionOf(officer)
  asHead = await api.sessionOf(head)
})
beforeEach(() =>
  api.pool.query(
    'update people set absent_from = null, absent_until = null, substitute = null, active = true',
  ),
)
afterAll(() => api.close())

const put = <T = Person>(url: string, payload: object, how: Asking, headers = {}) =>
  api.ask<T>({ method: 'PUT', url, payload, headers }, how)
const remove = (url: string, how: Asking) => api.ask({ method: 'DELETE', url }, how)
const rolesOf = async (how: Asking) =>
  (await api.get<{ roles: { role: string; behalf: string | null }[] }>('/v1/me', how)).body.roles.map(
    (r) => `${r.role}${r.behalf ? ` for ${r.behalf}` : ''}`,
  )

it('a person enters their own absence, and the substitute holds the role until they are back', async () => {
  const { status, body } = await put('/v1/me/absence', { ...FOREVER, substitute: head }, asOfficer)
  expect(status).toBe(200)
  expect(body.absence).toMatchObject({
    ...FOREVER,
    away: true,
    substitute: { id: head },
    standIn: { id: head },
  })
  expect(await rolesOf(asHead)).toEqual(['town-head', `town-officer for ${officer}`])
  expect(await rolesOf(asOfficer)).toEqual(['town-officer'])
  expect((await remove('/v1/me/absence', asOfficer)).status).toBe(204)
  expect(await rolesOf(asHead)).toEqual(['town-head'])
  expect((await remove('/v1/me/absence', asOfficer)).status).toBe(404)
})

it('colleagues see who is absent and who substitutes, also when the substitute is absent too', async () => {
  const relief = await personWith(api.pool, 'relief-centre', `${COUNTY}.jiuzhu`)
  await put('/v1/me/absence', { ...FOREVER, substitute: head }, asOfficer)
  await put('/v1/me/absence', { from: '2022-06-06', until: '2022-06-07', substitute: relief }, asHead)
  const { body } = await api.get<{ items: Person[] }>('/v1/people', asHead)
  const seen = body.items.find((p) => p.id === officer)?.absence
  expect(seen).toMatchObject({ substitute: { id: head }, standIn: { id: relief } })
  expect((await api.get<Person>(`/v1/people/${relief}`, asHead)).body.absence).toBeNull()
  await put('/v1/me/absence', { from: '2022-06-06', until: '2022-06-07' }, asHead)
  expect((await api.get<Person>(`/v1/people/${officer}`, asHead)).body.absence?.standIn).toBeNull()
})

it('the list of colleagues says whose absence its reader may keep: of those below, not one’s own, nobody’s for an officer', async () => {
  const kept = async (how: Asking) =>
    (await api.get<{ items: (Person & { mayKeepAbsence: boolean })[] }>('/v1/people', how)).body.items
      .filter(({ mayKeepAbsence }) => mayKeepAbsence)
      .map(({ id }) => id)
  const byHead = await kept(asHead)
  expect(byHead).toContain(officer)
  expect(byHead).not.toContain(head)
  for (const id of byHead)
    expect((await put(`/v1/people/${id}/absence`, FOREVER, asHead)).status, id).toBe(200)
  const { body } = await api.get<{ items: Person[] }>('/v1/people', asHead)
  const others = body.items.filter(({ id }) => id !== head && !byHead.includes(id))
  expect(others.length).toBeGreaterThan(1)
  for (const { id } of others)
    expect((await put(`/v1/people/${id}/absence`, FOREVER, asHead)).status, id).toBe(403)
  expect(await kept(asOfficer)).toEqual([])
  // Nor a key, nor of whoever has a role that the reader does not see.
  expect(await kept({})).toEqual([])
  await api.pool.query(`insert into person_roles (person, office, role) values ($1, $2, 'bureau-leader')`, [
    officer,
    ELSEWHERE,
  ])
  expect(await kept(asHead)).not.toContain(officer)
  await api.pool.query('delete from person_roles where person = $1 and office = $2', [officer, ELSEWHERE])
})

it('a future absence is shown and hands nothing over yet', async () => {
  const { body } = await put(
    '/v1/me/absence',
    { from: '2022-06-10', until: '2022-06-12', substitute: head },
    asOfficer,
  )
  expect(body.absence).toMatchObject({ from: '2022-06-10', away: false, standIn: null })
  expect(await rolesOf(asHead)).toEqual(['town-head'])
})

it.each([
  ['ends before it begins', { from: '2022-06-10', until: '2022-06-09' }, '/body/until'],
  ['is over', { from: '2022-06-01', until: '2022-06-05' }, '/body/until'],
  ['has a day that is none', { from: '2022-06-31' }, '/body/from'],
  ['names nobody', { from: '2022-06-06', substitute: 'pe_nobody' }, '/body/substitute'],
  ['says more than it may', { from: '2022-06-06', active: false }, '/body/active'],
])('an absence that %s is refused, and nothing is entered', async (_what, body, pointer) => {
  const answer = await put<ProblemBody>('/v1/me/absence', body, asOfficer)
  expect([answer.status, answer.body.errors?.map((e) => e.pointer)]).toEqual([422, [pointer]])
  expect((await api.get<Person>(`/v1/people/${officer}`, asOfficer)).body.absence).toBeNull()
})

it("nobody is their own substitute, also when another's absence is entered", async () => {
  expect((await put('/v1/me/absence', { ...FOREVER, substitute: officer }, asOfficer)).status).toBe(422)
  const other = await put<ProblemBody>(
    `/v1/people/${officer}/absence`,
    { ...FOREVER, substitute: head },
    asHead,
  )
  expect([other.status, other.body.detail]).toEqual([422, expect.stringContaining('不能把自己')])
})

it("nobody gains a role through the substitutes of somebody they name in another's absence", async () => {
  const other = `${COUNTY}.jiuzhu`
  const relief = await personWith(api.pool, 'relief-centre', other)
  const leader = await personWith(api.pool, 'bureau-leader', COUNTY)
  const asLeader = await api.sessionOf(leader)
  expect((await put('/v1/me/absence', { ...FOREVER, substitute: leader }, asHead)).status).toBe(200)
  const around = await put<ProblemBody>(
    `/v1/people/${relief}/absence`,
    { ...FOREVER, substitute: head },
    asLeader,
  )
  expect([around.status, around.body.detail]).toEqual([422, expect.stringContaining('经别人的代理')])
  expect(await rolesOf(asLeader)).toEqual(['bureau-leader', `town-head for ${head}`])
})

it.each(['administrator', 'auditor'])(
  'an %s cannot substitute for somebody who does casework',
  async (role) => {
    const overseer = await personWith(api.pool, role, COUNTY)
    const asOverseer = await api.sessionOf(overseer)
    const named = await put<ProblemBody>('/v1/me/absence', { ...FOREVER, substitute: overseer }, asOfficer)
    expect([named.status, named.body.errors?.map((e) => e.pointer)]).toEqual([422, ['/body/substitute']])
    expect(await rolesOf(asOverseer)).toEqual([role])
    const { text } = await api.get('/v1/me/absence', asOfficer)
    expect(text).not.toContain(overseer)
    expect(text).toContain(head)
  },
)

it('an absence cannot hand over roles that its author does not see', async () => {
  await api.pool.query(`insert into person_roles (person, office, role) values ($1, 'sn', 'auditor')`, [head])
  const asRelief = await api.signedIn('relief-centre', `${COUNTY}.jiuzhu`)
  const away = await put<ProblemBody>(
    `/v1/people/${head}/absence`,
    { ...FOREVER, substitute: officer },
    asRelief,
  )
  expect(away.status).toBe(403)
  await api.pool.query(`delete from person_roles where person = $1 and office = 'sn'`, [head])
  expect(
    (await put(`/v1/people/${head}/absence`, { ...FOREVER, substitute: officer }, asRelief)).status,
  ).toBe(200)
})

it('an absence based on an outdated version is refused', async () => {
  const { headers } = await api.get(`/v1/people/${officer}`, asHead)
  const match = { 'if-match': String(headers.etag) }
  expect((await put(`/v1/people/${officer}/absence`, FOREVER, asHead, match)).status).toBe(200)
  expect((await put(`/v1/people/${officer}/absence`, FOREVER, asHead, match)).status).toBe(412)
  // Whoever may not enter it is told nothing of who did.
  const stranger = await api.signedIn('town-officer', `${COUNTY}.gaoqiao`)
  expect((await put(`/v1/people/${officer}/absence`, FOREVER, stranger, match)).status).toBe(403)
})

it('an API key has no absence', async () => {
  expect((await put('/v1/me/absence', FOREVER, {})).status).toBe(403)
})

it('an absence that ends before it begins is refused in words, and what was not entered cannot be ended', async () => {
  const wrong = await put<ProblemBody>(
    '/v1/me/absence',
    { from: '2022-06-10', until: '2022-06-09', substitute: null },
    asOfficer,
  )
  expect([wrong.status, wrong.text]).toEqual([422, expect.stringContaining('早于开始日期')])
  expect((await put('/v1/me/absence', { ...FOREVER, substitute: head }, asOfficer)).status).toBe(200)
  expect(await rolesOf(asHead)).toContain(`town-officer for ${officer}`)
  expect((await remove('/v1/me/absence', asOfficer)).status).toBeLessThan(300)
  expect(await rolesOf(asHead)).not.toContain(`town-officer for ${officer}`)
})

it('the audit trail tells who entered whose absence, for how long, and who ended it', async () => {
  await put(`/v1/people/${officer}/absence`, FOREVER, asHead)
  await remove(`/v1/people/${officer}/absence`, asHead)
  const { rows } = await api.pool.query<Json>(
    `select action, actor, detail from audit_events where subject = $1 and outcome = 'done' order by id desc limit 2`,
    [officer],
  )
  expect(rows).toEqual([
    { action: 'DELETE /v1/people/:id/absence', actor: head, detail: {} },
    { action: 'PUT /v1/people/:id/absence', actor: head, detail: { ...FOREVER, substitute: null } },
  ])
})
