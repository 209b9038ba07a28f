import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { buildTestApp, COUNTY, HOUSEHOLD, type ProblemBody, type TestApp, TOWN } from '../build.ts'

let api: TestApp
beforeAll(async () => {
  api = await buildTestApp()
})
afterAll(() => api.close())

const ROUTES = [
  '/v1/offices',
  '/v1/people',
  '/v1/campaigns',
  '/v1/imports',
  '/v1/obligations',
  '/v1/deadlines',
  '/v1/mails',
  '/v1/not-reached',
  '/v1/policies',
  '/v1/calendar/2022',
]

describe('the token', () => {
  it.each(ROUTES)('is needed for %s: 401 without it, 200 with it', async (route) => {
    for (const token of [null, 'another', ''])
      expect((await api.get<ProblemBody>(route, { token })).status).toBe(401)
    expect((await api.get(route)).status).toBe(200)
  })

  it('in another scheme is refused, and the answer says how to send it', async () => {
    const answer = await api.get<ProblemBody>('/v1/offices', {
      token: null,
      headers: { authorization: 'Basic eDp5' },
    })
    expect(answer.status).toBe(401)
    expect(answer.headers['www-authenticate']).toBe('Bearer')
    expect(answer.body.detail).toContain('Bearer')
  })

  it.each(['/healthz', '/openapi.json'])('is not needed for %s', async (route) => {
    expect((await api.get(route, { token: null })).status).toBe(200)
  })
})

describe('a problem document', () => {
  it('follows RFC 9457, with the id that log and header have', async () => {
    const answer = await api.get<ProblemBody>('/v1/obligations/ob_none')
    expect(answer.headers['content-type']).toContain('application/problem+json')
    expect(answer.body).toMatchObject({
      type: 'urn:duban:problem:not-found',
      title: '没有找到',
      status: 404,
      detail: '没有这个事项。',
    })
    expect(answer.body.requestId).toBe(answer.headers['x-request-id'])
  })

  it.each([...ROUTES, '/v1/campaigns/x', '/v1/obligations/x/history'])(
    'for %s refuses an unknown parameter',
    async (route) => {
      const answer = await api.get<ProblemBody>(`${route}?offcie=x`)
      expect(answer.status).toBe(400)
      const message = expect.stringMatching(/^没有这个字段;(可以用:\w|这里不接受任何字段)/)
      expect(answer.body.errors).toEqual([{ pointer: '/querystring/offcie', message, rule: 'unknown-field' }])
    },
  )

  it('names a hundred faults of thousands, so that no answer is longer than what was sent', async () => {
    const unknown = Object.fromEntries(Array.from({ length: 5_000 }, (_, n) => [`k${n}`, n]))
    const lists = [unknown, { ids: Array.from({ length: 200 }, () => 1), action: { action: 'acknowledge' } }]
    for (const body of lists) {
      const answer = await api.post<ProblemBody>('/v1/obligations/actions', body)
      expect(answer.status).toBe(422)
      expect(answer.body.errors).toHaveLength(100)
    }
  })

  it.each([
    ['/v1/obligations?limit=201', 'limit'],
    ['/v1/obligations?limit=x', 'limit'],
    ['/v1/obligations?kind=chore', 'kind'],
    ['/v1/obligations?dueFrom=2022-02-30', 'dueFrom'],
    ['/v1/obligations?dueTo=0000-01-01', 'dueTo'],
    ['/v1/obligations?overdue=yes', 'overdue'],
    ['/v1/obligations?sort=title', 'sort'],
    ['/v1/obligations?cursor=abc', 'cursor'],
    [`/v1/obligations?cursor=${Buffer.from('[1e300,"x"]').toString('base64url')}`, 'cursor'],
    ['/v1/mails?state=lost', 'state'],
    ['/v1/deadlines?open=1', 'open'],
  ])('for %s points at %s', async (route, field) => {
    const answer = await api.get<ProblemBody>(route)
    expect(answer.status).toBe(400)
    expect(answer.body.errors?.map((e) => e.pointer)).toEqual([`/querystring/${field}`])
  })

  it.each(['abc', '0', '201', '1.5', ''])('for a limit of “%s” says what is allowed', async (limit) => {
    const answer = await api.get<ProblemBody>(`/v1/obligations?limit=${limit}`)
    expect(answer.body.errors).toMatchObject([
      { pointer: '/querystring/limit', message: 'limit 要是 1 到 200 的整数' },
    ])
  })

  it.each([
    [{ name: '', email: 'a@town.test', office: TOWN, role: 'town-officer' }, 'name', 'empty', 1],
    [
      { name: '甲'.repeat(101), email: 'a@town.test', office: TOWN, role: 'town-officer' },
      'name',
      'too-long',
      100,
    ],
    [{ name: '甲', office: TOWN, role: 'town-officer' }, 'email', 'missing', undefined],
    [{ name: '甲', email: 7, office: TOWN, role: 'town-officer' }, 'email', 'wrong-type', undefined],
    [{ name: '甲', email: 'a@town.test', office: TOWN, role: 'king' }, 'role', 'not-a-choice', undefined],
  ])('of %j says by which rule the field is refused', async (body, field, rule, limit) => {
    const admin = await api.signedIn('administrator', COUNTY)
    const { errors } = (await api.post<ProblemBody>('/v1/users', body, admin)).body
    expect(errors).toMatchObject([
      { pointer: `/body/${field}`, rule, ...(limit !== undefined && { params: { limit } }) },
    ])
  })

  it.each([
    [
      { kind: 'warning', office: TOWN, level: 'yellow', person: { ...HOUSEHOLD, nick: '' } },
      '/body/person/nick',
    ],
    [{ kind: 'warning', office: TOWN, level: 'blue', person: HOUSEHOLD }, '/body/level'],
    [{ kind: 'warning', office: TOWN, level: 'red' }, '/body/person'],
    [{ kind: 'chore' }, '/body/kind'],
    [{ kind: 'report', office: TOWN, title: '月报', dueOn: 7 }, '/body/dueOn'],
    [{ kind: 'report', office: TOWN, title: '月报', dueOn: '2022-01-01' }, '/body/dueOn'],
    [{ kind: 'report', office: 'sn.elsewhere', title: '月报', dueOn: '2022-06-30' }, '/body/office'],
    [
      { kind: 'warning', office: TOWN, level: 'red', person: HOUSEHOLD, issuedOn: '2022-06-07' },
      '/body/issuedOn',
    ],
  ])('for a body %j points at the wrong field', async (body, pointer) => {
    const answer = await api.post<ProblemBody>('/v1/obligations', body)
    expect(answer.status).toBe(422)
    expect(answer.body.errors?.map((e) => e.pointer)).toEqual([pointer])
  })

  it('is the answer to no JSON, no JSON type, and too much', async () => {
    const send = (payload: string, type: string) =>
      api.ask<ProblemBody>({
        method: 'POST',
        url: '/v1/obligations',
        payload,
        headers: { 'content-type': type },
      })
    const answers = [
      await send('{', 'application/json'),
      await send('', 'application/json'),
      await send('{"__proto__":{}}', 'application/json'),
      await send('<a/>', 'application/xml'),
      await send(`"${'x'.repeat(1_100_000)}"`, 'application/json'),
    ]
    expect(answers.map(({ body: { status, type } }) => [status, type.split(':').at(-1)])).toEqual([
      [400, 'bad-json'],
      [400, 'bad-json'],
      [400, 'bad-json'],
      [415, 'bad-content-type'],
      [413, 'too-large'],
    ])
    expect(answers[0]?.body.detail).toContain('不是正确的 JSON')
  })

  it('is 404 for an unknown route or id, and 405 for another method', async () => {
    expect((await api.get('/v1/nothing')).status).toBe(404)
    const other = await api.ask<ProblemBody>({ method: 'DELETE', url: '/v1/offices' })
    expect(other).toMatchObject({ status: 405, headers: { allow: 'GET, HEAD, POST' } })
    expect(other.body.type).toBe('urn:duban:problem:no-method')
    for (const one of ['obligations', 'deadlines', 'mails', 'imports', 'campaigns'])
      expect((await api.get(`/v1/${one}/none`)).status).toBe(404)
  })

  it('blames the sender for a character that the database cannot store', async () => {
    expect((await api.get('/v1/obligations/%00')).status).toBe(422)
    expect((await api.get('/v1/obligations?q=%00')).status).toBe(422)
    const manual = { kind: 'report', office: 'sn.ak.zy.hedui', title: 'a\u0000b', dueOn: '2022-09-30' }
    expect((await api.post('/v1/obligations', manual)).status).toBe(422)
  })
})

describe('a fault of ours', () => {
  it('reveals the contents of the statement neither to the caller nor to the log', async () => {
    const secret = '张不可见'
    await api.pool.query(`alter table subjects add constraint planted check (key_id <> key_id) not valid`)
    const body = { kind: 'warning', office: TOWN, level: 'red', person: { ...HOUSEHOLD, name: secret } }
    const answer = await api.post<ProblemBody>('/v1/obligations', body)
    await api.pool.query('alter table subjects drop constraint planted')
    expect(answer.status).toBe(500)
    expect(answer.text).not.toMatch(/subjects|insert|planted|at .*\.ts/)
    expect(api.log.filter((line) => line.includes('23514'))).toHaveLength(1)
    expect(api.log.join('') + answer.text).not.toMatch(/张不可见|insert into|619999195001012163/)
  })
})
