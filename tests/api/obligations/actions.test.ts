import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { row } from '../../../src/db/pool.ts'
import { personWith } from '../../support/scoped.ts'
import {
  type Asking,
  buildTestApp,
  foundWarning,
  type Item,
  type ProblemBody,
  type TestApp,
  TOWN,
} from '../build.ts'
import { endAssignments } from '../../../src/services/obligations/assignments.ts'

let api: TestApp
let item: Item
beforeAll(async () => {
  api = await buildTestApp()
})
beforeEach(async () => {
  item = await foundWarning(api)
})
afterAll(() => api.close())

type Bulk = { items: { id: string; done: boolean; refused?: string; message?: string }[] }
const submit = { action: 'submit', result: { outcome: 'ineligible', note: '已走访' } }
const act = <T = ProblemBody>(body: object, headers: Record<string, string> = {}) =>
  api.post<T>(`/v1/obligations/${item.id}/actions`, body, { headers })
const bulk = <T = Bulk>(body: object) => api.post<T>('/v1/obligations/actions', body)

describe('an action', () => {
  it('leads through the life of a warning and raises the version each time', async () => {
    const steps = [
      { action: 'acknowledge' },
      submit,
      { action: 'return', reason: '缺照片' },
      submit,
      { action: 'accept', note: '同意' },
      { action: 'reopen', reason: '有反映' },
      { action: 'cancel', reason: '重复' },
    ]
    const answers = []
    for (const step of steps) answers.push((await act<Item>(step)).body)
    expect(answers.map((a) => [a.state, a.version])).toEqual([
      ['open', 2],
      ['submitted', 3],
      ['returned', 4],
      ['submitted', 5],
      ['accepted', 6],
      ['returned', 7],
      ['cancelled', 8],
    ])
  })

  it('that sends it back leaves it a day of its own to be redone by, also once it is done', async () => {
    const read = async () => (await api.get<Item>(`/v1/obligations/${item.id}`)).body
    await act(submit)
    expect(await read()).toMatchObject({ redoDueOn: null })
    await act({ action: 'return', reason: '缺照片' })
    const back = await read()
    expect(back).toMatchObject({ holder: { dueOn: back.redoDueOn } })
    await act(submit)
    await act({ action: 'accept' })
    expect(await read()).toMatchObject({
      ...{ state: 'accepted', dueOn: item.dueOn, redoDueOn: back.redoDueOn, holder: null },
    })
  })

  it('hands a submitted warning to the relief centre with a clock of its own', async () => {
    await act(submit)
    const { body } = await api.get(`/v1/obligations/${item.id}`)
    expect(body).toMatchObject({
      holder: { office: { code: 'sn.ak.zy.jiuzhu' }, assignment: 'review', dueOn: '2022-06-13' },
      outcome: 'ineligible',
      dueOn: item.dueOn,
    })
  })

  it.each([
    [{ action: 'accept' }, 409, 'not-while-open'],
    [{ action: 'submit' }, 422, 'outcome-required'],
    [{ action: 'return', reason: ' ' }, 422, 'invalid'],
    [{ action: 'cancel' }, 422, 'invalid'],
    [{ action: 'grant' }, 422, 'invalid'],
    [{ action: 'acknowledge', by: 'x' }, 422, 'invalid'],
  ])('%j on an open warning is refused: %i %s', async (body, status, code) => {
    const answer = await act(body)
    expect([answer.status, answer.body.type]).toEqual([status, `urn:duban:problem:${code}`])
    expect(answer.body.detail).toMatch(/[。]$/)
  })

  it("to accept is refused for one's own submission, whatever one's roles", async () => {
    const centre = await api.signedIn('relief-centre', 'sn.ak.zy.jiuzhu')
    const officer = await personWith(api.pool, 'town-officer', TOWN)
    await api.pool.query(
      `insert into person_roles (person, office, role) values ($1, 'sn.ak.zy.jiuzhu', 'relief-centre')`,
      [officer],
    )
    const both = await api.sessionOf(officer)
    const as = (body: object, who: Asking) =>
      api.post<ProblemBody>(`/v1/obligations/${item.id}/actions`, body, who)
    expect((await as(submit, both)).status).toBe(200)
    const own = await as({ action: 'accept' }, both)
    expect([own.status, own.body.detail]).toEqual([403, expect.stringContaining('自己提交的')])
    const another = (await as({ action: 'accept' }, centre)).status
    await api.pool.query(`delete from person_roles where person = $1 and role = 'relief-centre'`, [officer])
    expect(another).toBe(200)
  })

  it('a substitute hands in for the absent colleague, and the trail says on whose behalf', async () => {
    const absent = await personWith(api.pool, 'town-officer', TOWN)
    const substitute = await personWith(api.pool, 'town-officer', 'sn.ak.zy.donghe')
    const asSubstitute = () => api.sessionOf(substitute)
    const url = `/v1/obligations/${item.id}/actions`
    expect((await api.post(url, submit, await asSubstitute())).status).toBe(404)
    await api.pool.query(`update people set absent_from = '2022-06-01', substitute = $2 where id = $1`, [
      absent,
      substitute,
    ])
    const done = await api.post(url, submit, await asSubstitute())
    await api.pool.query('update people set absent_from = null, substitute = null where id = $1', [absent])
    expect(done.status).toBe(200)
    const trail = await row(
      api.pool,
      `select actor, behalf, action from audit_events where subject = $1 and outcome = 'done' order by id desc limit 1`,
      [item.id],
    )
    expect(trail).toEqual({ actor: substitute, behalf: absent, action: 'obligation.submit' })
  })

  it.each(['/v1/obligations/:id/actions', '/v1/obligations/actions'])(
    'the route %s declares the permission it needs',
    (url) => {
      const route = api.app.routeTable.find((r) => r.method === 'POST' && r.url === url)
      expect(route?.permission).toBe('obligations:act')
    },
  )

  it('to reopen is refused after an undo, since the file may have come again', async () => {
    await api.pool.query(
      `update obligations set state = 'cancelled', closed_at = now(), key = null where id = $1`,
      [item.id],
    )
    await endAssignments(api.pool, [item.id], Date.now())
    const answer = await act({ action: 'reopen', reason: '又要办' })
    expect([answer.status, answer.body.type]).toEqual([409, 'urn:duban:problem:withdrawn'])
  })

  it('with an identity number as id leaves no trace of it in the trail', async () => {
    await api.post('/v1/obligations/619999199001011234/actions', submit)
    await bulk({ ids: ['619999199001011234'], action: submit })
    const trail = await row<{ n: number }>(
      api.pool,
      `select count(*) as n from audit_events e where e::text like '%619999199001011234%'`,
    )
    expect(trail?.n).toBe(0)
  })

  it('on an unknown obligation is 404', async () => {
    expect((await api.post('/v1/obligations/none/actions', submit)).status).toBe(404)
  })
})

describe('If-Match', () => {
  it('allows an action on the version that was read, on whatever day', async () => {
    expect((await act({ action: 'acknowledge' }, { 'if-match': '"1-2022-05-30"' })).status).toBe(200)
    expect((await act(submit, { 'if-match': '*' })).status).toBe(200)
  })

  it('refuses a version that somebody else has changed, and changes nothing', async () => {
    await act({ action: 'acknowledge' })
    const late = await act(submit, { 'if-match': '"1-2022-06-06"' })
    expect(late.status).toBe(412)
    expect((await api.get(`/v1/obligations/${item.id}`)).body).toMatchObject({ state: 'open', version: 2 })
    expect((await act(submit, { 'if-match': 'W/1' })).status).toBe(400)
  })
})

describe('actions on many obligations at once', () => {
  it('are answered one by one', async () => {
    const other = await foundWarning(api)
    await api.post(`/v1/obligations/${other.id}/actions`, submit)
    const { status, body } = await bulk({ ids: [item.id, other.id, item.id, 'none'], action: submit })
    expect(status).toBe(200)
    expect(body.items.map((i) => [i.id, i.done, i.refused])).toEqual([
      [item.id, true, undefined],
      [other.id, false, 'not-while-submitted'],
      ['none', false, 'not-found'],
    ])
  })

  it('by a filter are done only when it finds as many as were seen', async () => {
    const filter = { office: TOWN, state: 'submitted' }
    const wrong = await bulk<ProblemBody>({ filter, expectedCount: 999, action: { action: 'accept' } })
    expect([wrong.status, wrong.body.type]).toEqual([409, 'urn:duban:problem:count-changed'])
    const seen = (await api.get<{ items: Item[] }>('/v1/obligations?state=submitted&limit=200')).body.items
      .length
    const { body } = await bulk({ filter, expectedCount: seen, action: { action: 'accept' } })
    expect(seen).toBeGreaterThan(0)
    expect(body.items).toHaveLength(seen)
    expect(body.items.every((i) => i.done)).toBe(true)
  })

  it.each([
    { action: submit },
    { ids: [], action: submit },
    { filter: { state: 'open' }, action: submit },
    { ids: ['a'], filter: { state: 'open' }, expectedCount: 1, action: submit },
    { filter: { sate: 'open' }, expectedCount: 1, action: submit },
  ])('with %j are refused', async (body) => {
    const answer = await bulk<ProblemBody>(body)
    expect(answer.status).toBe(422)
    expect(answer.body.errors).toHaveLength(1)
  })
})
