import { afterAll, beforeAll, expect, it } from 'vitest'
import { setPassword } from '../../../src/services/access/credentials.ts'
import { row, rows } from '../../../src/db/pool.ts'
import { personWith } from '../../support/scoped.ts'
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
import { keptLetters } from './kept-letters.ts'

const { kept, deps } = keptLetters()
const { mails } = kept
type User = Json & {
  id: string
  email: string
  active: boolean
  roles: { office: string; role: string; until: string | null }[]
  linkMailed?: boolean | null
}

let api: TestApp
let admin: Asking
let self: string
let officer: string
beforeAll(async () => {
  api = await buildTestApp({ day: '2022-06-06' }, deps)
  self = await personWith(api.pool, 'administrator', COUNTY)
  admin = await api.sessionOf(self)
  officer = await personWith(api.pool, 'town-officer', TOWN)
})
afterAll(() => api.close())

let count = 0
const newcomer = (more: Json = {}) => ({
  ...{ name: '新人甲', email: `new${++count}@maoba.ziyang.test`, office: TOWN, role: 'town-officer' },
  ...more,
})
async function made(more: Json = {}): Promise<User> {
  const answer = await api.post<User>('/v1/users', newcomer(more), admin)
  if (answer.status !== 201) throw new Error(answer.text)
  return answer.body
}
const act = <T = User>(id: string, body: object, how = admin) =>
  api.post<T>(`/v1/users/${id}/actions`, body, how)
const trailOf = (subject: string) =>
  rows<{ action: string; actor: string; outcome: string; detail: Json }>(
    api.pool,
    'select action, actor, outcome, detail from audit_events where subject = $1 order by id',
    [subject],
  )

it('a new colleague gets the link for a first password by mail, and the administrator never sees it', async () => {
  const { headers, body, text, status } = await api.post<User>('/v1/users', newcomer(), admin)
  expect(status).toBe(201)
  expect(headers.location).toBe(`/v1/users/${body.id}`)
  expect(body).toMatchObject({
    active: true,
    hasPassword: false,
    secondFactor: false,
    lastSignInAt: null,
    linkMailed: true,
  })
  const mail = mails.at(-1)
  expect(mail?.to).toBe(body.email)
  expect(mail?.text).toMatch(/set-password#token=/)
  expect(text).not.toContain('token')
  expect(await trailOf(body.id)).toMatchObject([
    { action: 'user.add', actor: self, detail: { office: TOWN, role: 'town-officer' } },
  ])
})

it('letters that leave at once are answered by the contact of the county', async () => {
  await api.pool.query('update counties set contact = $2 where office = $1', [
    COUNTY,
    'jiuzhu@county.example',
  ])
  const { id, email } = await made()
  await act(id, { action: 'change-contact', email: 'moved@maoba.ziyang.test' })
  await api.post(`/v1/people/${id}/test-mail`, {}, admin)
  const [link, changed, test] = mails.slice(-3)
  expect([link?.to, changed?.to, test?.to]).toEqual([email, email, 'moved@maoba.ziyang.test'])
  for (const mail of [link, changed, test]) {
    expect(mail?.replyTo).toBe('jiuzhu@county.example')
    expect(mail?.text).toContain('jiuzhu@county.example')
  }
})

it('a link that the mail server does not take is reported, and another is sent on request', async () => {
  kept.taken = false
  const { id, linkMailed } = await made()
  kept.taken = true
  expect(linkMailed).toBe(false)
  expect((await act(id, { action: 'reset' })).body.linkMailed).toBe(true)
})

it('the same request with the same Idempotency-Key makes one account', async () => {
  const twice = { ...admin, headers: { ...admin.headers, 'idempotency-key': 'one-account' } }
  const body = newcomer()
  const [one, two] = [
    await api.post<User>('/v1/users', body, twice),
    await api.post<User>('/v1/users', body, twice),
  ]
  expect([one.status, two.status, two.body.id]).toEqual([201, 201, one.body.id])
})

it.each([
  [{ email: 'OFFICER@maoba.ziyang.test' }, '/body/email'],
  [{ email: 'a@maoba.test,b@maoba.test' }, '/body/email'],
  [{ name: ' ' }, '/body/name'],
  [{ office: 'sn.x' }, '/body/office'],
  [{ office: 'sn.ak', role: 'auditor' }, '/body/office'],
  [{ office: COUNTY }, '/body/office'],
  [{ role: 'owner' }, '/body/role'],
  [{ from: '2022-06-10', until: '2022-06-09' }, '/body/until'],
  [{ active: false }, '/body/active'],
])('%j is refused with a pointer, and nobody is added', async (more, pointer) => {
  const before = await row(api.pool, 'select count(*) as n from people')
  const answer = await api.post<ProblemBody>('/v1/users', newcomer(more), admin)
  expect([answer.status, answer.body.errors?.map((e) => e.pointer)]).toEqual([422, [pointer]])
  expect(await row(api.pool, 'select count(*) as n from people')).toEqual(before)
})

it('the list tells state, roles, last sign-in and second factor, and no secret', async () => {
  await setPassword(api.pool, officer, 'a-hash-of-a-test', Date.now())
  await api.pool.query("update credentials set signed_in_wall = '2022-06-05T01:02:03Z' where person = $1", [
    officer,
  ])
  const { body, text } = await api.get<Page<User>>('/v1/users', admin)
  expect(body.items.find((u) => u.id === officer)).toMatchObject({
    ...{ active: true, hasPassword: true, secondFactor: false, lastSignInAt: '2022-06-05T01:02:03.000Z' },
    roles: [{ office: TOWN, role: 'town-officer', label: '镇经办人', from: null, until: null }],
  })
  expect(text).not.toContain('a-hash-of-a-test')
})

it('roles are granted for a time, changed and taken, except the last one', async () => {
  const { id } = await made()
  const given = { action: 'grant-role', office: TOWN, role: 'town-head', until: '2022-12-31' }
  expect((await act(id, given)).body.roles).toMatchObject([
    { role: 'town-head', until: '2022-12-31' },
    { role: 'town-officer', until: null },
  ])
  const take = (role: string) => act<ProblemBody>(id, { action: 'take-role', office: TOWN, role })
  expect((await take('relief-centre')).status).toBe(409)
  expect((await take('town-officer')).status).toBe(200)
  expect((await take('town-head')).body.detail).toContain('唯一的角色')
  expect((await trailOf(id)).filter((t) => t.outcome === 'done').map((t) => t.action)).toEqual([
    'user.add',
    'user.role.grant',
    'user.role.take',
  ])
})

it('a disabled person is out at once and the courier gets their work; enabled again they may sign in', async () => {
  const { id } = await made()
  const theirs = await api.sessionOf(id)
  expect((await act(id, { action: 'disable' })).body.active).toBe(false)
  expect((await api.get('/v1/me', theirs)).status).toBe(401)
  expect(await rows(api.pool, 'select county, office from departures where person = $1', [id])).toEqual([
    { county: COUNTY, office: null },
  ])
  expect(await row(api.pool, `select subject from pokes where kind = 'courier'`)).toEqual({ subject: COUNTY })
  expect((await act(id, { action: 'disable' })).status).toBe(409)
  expect((await act(id, { action: 'reset' })).status).toBe(409)
  expect((await act(id, { action: 'enable' })).body.active).toBe(true)
  expect((await api.get('/v1/me', theirs)).status).toBe(401)
})

it('a lost second factor is removed, and what it had opened ends', async () => {
  const { id } = await made()
  expect((await act(id, { action: 'drop-second-factor' })).status).toBe(409)
  await api.pool.query(
    `insert into credentials (person, password_hash, totp_encrypted, totp_key_id, totp_confirmed_wall, changed_wall) values ($1, 'h', 'x', 'k', now(), now())`,
    [id],
  )
  const theirs = await api.sessionOf(id)
  expect((await act(id, { action: 'drop-second-factor' })).body.secondFactor).toBe(false)
  expect((await api.get('/v1/me', theirs)).status).toBe(401)
})

it('administrators cannot grant themselves roles, reset or disable themselves', async () => {
  for (const body of [
    { action: 'grant-role', office: `${COUNTY}.jiuzhu`, role: 'relief-centre' },
    { action: 'take-role', office: COUNTY, role: 'administrator' },
    { action: 'disable' },
    { action: 'reset' },
  ])
    expect((await act(self, body)).status, JSON.stringify(body)).toBe(403)
  expect((await api.get<User>(`/v1/users/${self}`, admin)).body.roles).toHaveLength(1)
  expect((await trailOf(self)).filter((t) => t.outcome === 'refused')).toHaveLength(4)
})

it('the last administrator stays, also against their substitute', async () => {
  await api.pool.query(`update people set absent_from = '2022-06-01', substitute = $1 where id = $2`, [
    officer,
    self,
  ])
  const standIn = await api.sessionOf(officer)
  const disable = () => act<ProblemBody>(self, { action: 'disable' }, standIn)
  expect((await disable()).body.detail).toContain('最后一位管理员')
  const over = { action: 'grant-role', office: COUNTY, role: 'administrator', until: '2022-06-05' }
  expect((await act<ProblemBody>(self, over, standIn)).body.detail).toContain('最后一位管理员')
  // Standing in makes no administrator of oneself either.
  expect((await act(officer, { ...over, until: undefined }, standIn)).status).toBe(403)
  const second = await made({ office: COUNTY, role: 'administrator' })
  expect((await disable()).status).toBe(200)
  await act(self, { action: 'enable' }, await api.sessionOf(second.id))
  await api.pool.query('update people set absent_from = null, substitute = null')
  admin = await api.sessionOf(self)
})

it('no change of a term may leave a county without an administrator for a while', async () => {
  const role = { office: COUNTY, role: 'administrator' }
  const grant = (id: string, term: Json) =>
    act<ProblemBody>(id, { action: 'grant-role', ...role, ...term }, asA)
  const [a, b] = [await made(role), await made(role)]
  const [asA, asB] = [await api.sessionOf(a.id), await api.sessionOf(b.id)]
  admin = asB
  const others = `role = 'administrator' and person <> all($1)`
  await api.pool.query(`update person_roles set valid_until = '2022-06-05' where ${others}`, [[a.id, b.id]])
  const disableA = () => act<ProblemBody>(a.id, { action: 'disable' }, asB)

  expect((await grant(b.id, { until: '2022-06-30' })).status).toBe(200)
  expect((await disableA()).body.detail).toContain('从 2022-07-01 起本县没有管理员')
  const c = await made({ ...role, from: '2022-07-02' })
  expect((await disableA()).body.detail).toContain('从 2022-07-01 起本县没有管理员')
  expect((await grant(c.id, { from: '2022-07-01' })).status).toBe(200)
  expect((await disableA()).status).toBe(200)

  // Its time runs out: what has nothing to do with that goes on, and the day comes no sooner.
  const end = `update person_roles set valid_until = '2022-07-31' where person = $1`
  await api.pool.query(end, [c.id])
  const { id: anybody } = await made()
  expect((await act(anybody, { action: 'disable' })).status).toBe(200)
  expect((await act<ProblemBody>(c.id, { action: 'disable' })).body.detail).toContain('从 2022-07-01 起')
  // A gap that there is becomes no longer either.
  const d = await made({ ...role, from: '2022-08-05' })
  expect((await act<ProblemBody>(d.id, { action: 'disable' })).body.detail).toContain('从 2022-08-05 起')
  const longer = { action: 'grant-role', ...role, from: '2022-07-01' }
  expect((await act(c.id, longer)).status).toBe(200)
  await api.pool.query(`update person_roles set valid_until = null where ${others}`, [[a.id, b.id, c.id]])
  admin = await api.sessionOf(self)
})

it('of two administrators who disable each other at once, one stays', async () => {
  const [a, b] = [
    await made({ office: COUNTY, role: 'administrator' }),
    await made({ office: COUNTY, role: 'administrator' }),
  ]
  await api.pool.query(`delete from person_roles where role = 'administrator' and person <> all($1)`, [
    [a.id, b.id],
  ])
  const [asA, asB] = [await api.sessionOf(a.id), await api.sessionOf(b.id)]
  await Promise.all([act(a.id, { action: 'disable' }, asB), act(b.id, { action: 'disable' }, asA)])
  const left = await rows(api.pool, 'select 1 from people where id = any($1) and active', [[a.id, b.id]])
  expect(left).toHaveLength(1)
  await api.pool.query(`insert into person_roles (person, office, role) values ($1, $2, 'administrator')`, [
    self,
    COUNTY,
  ])
})

it("somebody with a role in another county is managed only by the machine's owner", async () => {
  const { id } = await made()
  await api.pool.query(`insert into person_roles (person, office, role) values ($1, 'sn.ak', 'auditor')`, [
    id,
  ])
  expect((await act(id, { action: 'disable' })).status).toBe(403)
})

const contact = (id: string, change: Json, how = admin) =>
  act<User & ProblemBody>(id, { action: 'change-contact', ...change }, how)

it('how somebody is reached is changed field by field, and the trail names the fields alone', async () => {
  const { id, email } = await made()
  const first = await contact(id, { phone: ' 000-00000199 ', quietDays: [5, 3, 5] })
  expect([first.status, first.body]).toMatchObject([
    200,
    { name: '新人甲', email, phone: '000-00000199', quietDays: [3, 5], version: expect.any(Number) },
  ])
  expect((await contact(id, { phone: '', name: '新名甲' })).body).toMatchObject({
    name: '新名甲',
    phone: null,
  })
  expect((await api.get<User>(`/v1/users/${id}`, admin)).body).toMatchObject({
    ...{ name: '新名甲', email, phone: null, quietDays: [3, 5] },
  })
  expect((await trailOf(id)).slice(1)).toMatchObject([
    { action: 'user.contact', actor: self, outcome: 'done', detail: { fields: ['phone', 'quietDays'] } },
    { action: 'user.contact', detail: { fields: ['name', 'phone'] } },
  ])
})

it('a new address is told to the former one without being named, and links that went there are void', async () => {
  const { id, email } = await made()
  await setPassword(api.pool, id, 'a-hash-of-a-test', Date.now())
  const open = () => row(api.pool, 'select from login_links where person = $1 and used_wall is null', [id])
  expect(await open()).toBeDefined()
  const moved = `moved-${email}`
  const sent = mails.length
  expect((await contact(id, { email: moved })).body).toMatchObject({ email: moved, linkMailed: null })
  expect(await open()).toBeUndefined()
  expect(mails.slice(sent)).toMatchObject([{ to: email, subject: '【督办】登记的邮箱已更改' }])
  expect(mails.at(-1)?.text).not.toContain(moved)
  expect((await act(id, { action: 'reset' })).body.linkMailed).toBe(true)
  expect(mails.at(-1)?.to).toBe(moved)
})

it('the case of letters in somebody’s own address may be changed', async () => {
  const { id, email } = await made()
  const { status, body } = await contact(id, { email: email.toUpperCase() })
  expect([status, body.email]).toEqual([200, email.toUpperCase()])
})

it('a former address that takes no mail does not keep somebody from a new one', async () => {
  const { id, email } = await made()
  kept.taken = false
  const { status, body } = await contact(id, { email: `moved-${email}` })
  kept.taken = true
  expect([status, body.email]).toEqual([200, `moved-${email}`])
})

it.each([
  [{ email: 'HEAD@maoba.ziyang.test' }, 422, '/body/email', '邮箱 HEAD@maoba.ziyang.test 已经登记'],
  [{ email: 'a@maoba.test,b@maoba.test' }, 422, '/body/email', '邮箱'],
  [{ name: ' ' }, 422, '/body/name', '姓名'],
  [{ phone: '打给我' }, 422, '/body/phone', '电话写成'],
  [{ phone: '619999199001010011' }, 422, '/body/phone', '3 到 13 位'],
  [{ quietDays: [1, 2, 3, 4, 5] }, 422, '/body/quietDays', '最多选其中四天'],
  [{ quietDays: [7] }, 422, '/body/quietDays/0', ''],
  [{ role: 'auditor' }, 422, '/body/role', ''],
  [{}, 409, undefined, '没有要改的内容'],
])('contact data %j are refused, and nothing changes', async (change, status, pointer, why) => {
  const people = () => rows(api.pool, 'select * from people order by id')
  const before = await people()
  const answer = await contact(officer, change)
  expect([answer.status, answer.body.errors?.[0]?.pointer]).toEqual([status, pointer])
  expect(answer.text).toContain(why)
  expect(await people()).toEqual(before)
})

it('nobody changes their own contact data, nor those of another county’s or on an outdated version', async () => {
  expect((await contact(self, { phone: '000-00000199' })).status).toBe(403)
  const { id } = await made()
  const { headers } = await api.get(`/v1/users/${id}`, admin)
  const match = { ...admin, headers: { ...admin.headers, 'if-match': String(headers.etag) } }
  expect((await contact(id, { phone: '000-00000198' }, match)).status).toBe(200)
  const slow = await contact(id, { phone: '000-00000199' }, match)
  expect(slow).toMatchObject({
    status: 412,
    body: { params: { by: expect.any(String), at: expect.any(String) } },
  })
  await api.pool.query(`insert into person_roles (person, office, role) values ($1, 'sn.ak', 'auditor')`, [
    id,
  ])
  expect((await contact(id, { phone: '000-00000199' })).status).toBe(403)
})

it('a change based on an outdated version is refused', async () => {
  const { id } = await made()
  const { headers } = await api.get(`/v1/users/${id}`, admin)
  const match = { ...admin, headers: { ...admin.headers, 'if-match': String(headers.etag) } }
  const give = { action: 'grant-role', office: TOWN, role: 'town-head' }
  expect((await act(id, give, match)).status).toBe(200)
  expect((await act(id, { action: 'disable' }, match)).status).toBe(412)
})

it('a day that is none and an address that is another’s are refused at their field, and the form of the page stays', async () => {
  const { id, email } = await made()
  const wrong = await act<ProblemBody>(id, {
    ...{ action: 'grant-role', office: TOWN, role: 'town-head', until: '2022-02-30' },
  })
  expect([wrong.status, wrong.body.errors?.[0]?.pointer]).toEqual([422, '/body/until'])
  const again = await api.post<ProblemBody>('/v1/users', newcomer({ email }), admin)
  expect([again.status, again.body.errors?.[0]?.pointer]).toEqual([422, '/body/email'])
  expect(again.text).toContain('已经登记过')
  const taken = await contact(id, { email: 'officer@maoba.ziyang.test' })
  expect(taken.text).toContain('已经登记在另一个账号上')
})

it('whether there is a password stands with the account, before and after it is set', async () => {
  const { id } = await made()
  const hasPassword = async () => (await act(id, { action: 'reset' })).body['hasPassword']
  expect(await hasPassword()).toBe(false)
  await setPassword(api.pool, id, 'a-hash-of-a-test', Date.now())
  expect(await hasPassword()).toBe(true)
})

it('where administrators need a second factor, a session without one sees no account', async () => {
  const strict = await buildTestApp(
    { day: '2022-06-06' },
    { secondFactor: { administrators: true, revealing: false, everybody: false } },
  )
  try {
    const answer = await strict.get<ProblemBody>('/v1/users', await strict.signedIn('administrator', COUNTY))
    expect([answer.status, answer.body.type]).toEqual([403, 'urn:duban:problem:second-factor-needed'])
  } finally {
    await strict.close()
  }
})
