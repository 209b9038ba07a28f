import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createTimelineActivities } from '../../../src/activities/timeline.ts'
import { inTransaction } from '../../../src/db/pool.ts'
import { poke } from '../../../src/services/watching/pokes.ts'
import { buildTestApp, COUNTY, type Json, type Page, type ProblemBody, type TestApp } from '../build.ts'

let api: TestApp
let id: string
beforeAll(async () => {
  api = await buildTestApp({ day: '2022-05-27' })
  id = (await api.post<{ id: string }>('/v1/campaigns', { year: 2022 })).body.id
  await tick()
})
afterAll(() => api.close())

/** What the campaign's workflow does when poked. */
async function tick(): Promise<void> {
  await inTransaction(api.pool, (tx) => poke(tx, 'timeline', [id]))
  const { tickTimeline } = createTimelineActivities({ pool: api.pool, wallNow: () => Date.now() } as never)
  await tickTimeline(id, 1)
}

type Phase = {
  code: string
  state: string
  total: number
  gate: { ready: boolean; blockers: Json[]; blockerCount: number; ofOtherPhases: number }
} & Json
const phases = async () => (await api.get<{ phases: Phase[] }>(`/v1/campaigns/${id}/timeline`)).body.phases
const act = (body: object, headers: Record<string, string> = {}) =>
  api.post<ProblemBody & { phases: Phase[] }>(`/v1/campaigns/${id}/actions`, body, { headers })

describe('a campaign', () => {
  it('is made from the template, once a year in a county', async () => {
    const again = await api.post<ProblemBody>('/v1/campaigns', { year: 2022, county: COUNTY })
    expect([again.status, again.body.type]).toEqual([409, 'urn:duban:problem:campaign-exists'])
    const { body } = await api.get<Page<Json>>('/v1/campaigns')
    expect(body.items).toMatchObject([
      { id, year: 2022, county: COUNTY, state: 'open', template: 'safety-net-2022' },
    ])
  })

  it.each([
    [{ year: 1999 }, '/body/year'],
    [{ year: '2023' }, '/body/year'],
    [{ year: 2023, county: 'sn.none' }, '/body/county'],
    [{ year: 2023, template: 'other' }, '/body/template'],
    [{ year: 2023, name: 'x' }, '/body/name'],
  ])('%j is refused with a pointer', async (body, pointer) => {
    const answer = await api.post<ProblemBody>('/v1/campaigns', body)
    expect(answer.status).toBe(422)
    expect(answer.body.errors?.map((e) => e.pointer)).toEqual([pointer])
  })

  it('gives 304 to a reader who has its version', async () => {
    const { headers } = await api.get(`/v1/campaigns/${id}`)
    const again = await api.get(`/v1/campaigns/${id}`, { headers: { 'if-none-match': String(headers.etag) } })
    expect(again.status).toBe(304)
  })
})

describe('the timeline', () => {
  it('shows four phases, the open work in each, and the blockers', async () => {
    const shown = await phases()
    expect(shown.map((p) => p.code)).toEqual(['launch', 'screening', 'verification', 'zero-out'])
    const [launch] = shown
    expect(launch).toMatchObject({ state: 'open', gate: { ready: false }, override: null })
    expect(launch?.gate.blockerCount).toBe(launch?.total)
    expect(launch?.gate.blockers[0]).toMatchObject({ office: expect.any(String), dueOn: expect.any(String) })
    expect(launch?.gate.ofOtherPhases).toBe(0)
    const last = shown.at(-1)
    expect(last).toMatchObject({ state: 'planned', total: 0 })
    // The zero-out waits for the whole campaign, of which nothing is its own yet.
    expect(last?.gate.ofOtherPhases).toBe(last?.gate.blockerCount)
    expect(last?.gate.blockerCount).toBeGreaterThan(0)
  })

  it('shows a phase as overdue when it is past its day with open work', async () => {
    await api.goTo('2022-06-06')
    await tick()
    expect((await phases())[0]).toMatchObject({ state: 'overdue' })
  })
})

describe("a leader's override", () => {
  it('lets one phase close, with the reason on record', async () => {
    expect((await act({ action: 'override', phase: 'launch', reason: ' ' })).status).toBe(422)
    expect((await act({ action: 'override', phase: 'none', reason: 'x' })).status).toBe(422)
    const { headers } = await api.get(`/v1/campaigns/${id}`)
    const match = { 'if-match': String(headers.etag) }
    const first = await act({ action: 'override', phase: 'launch', reason: '动员会已开' }, match)
    expect(first.status).toBe(200)
    expect(first.body.phases[0]).toMatchObject({ override: { by: '测试', reason: '动员会已开' } })
    expect((await act({ action: 'override', phase: 'launch', reason: '再次' }, match)).status).toBe(412)
    await tick()
    expect((await phases())[0]).toMatchObject({ state: 'closed' })
    expect((await act({ action: 'override', phase: 'launch', reason: '再次' })).status).toBe(409)
  })

  it('closes the whole campaign, and what is owed stays owed', async () => {
    const { status, body } = await act({ action: 'close', reason: '行动提前结束' })
    expect(status).toBe(200)
    expect(new Set(body.phases.map((p) => p.state))).toEqual(new Set(['closed']))
    expect((await api.get(`/v1/campaigns/${id}`)).body).toMatchObject({
      state: 'closed',
      closedAt: expect.any(String),
    })
    expect((await api.get<Page<Json>>('/v1/obligations?state=open')).body.items.length).toBeGreaterThan(0)
    expect((await act({ action: 'close', reason: '再次' })).status).toBe(409)
    await tick()
    expect((await api.get(`/v1/campaigns/${id}`)).body).toMatchObject({ state: 'closed' })
  })

  it('is 404 for a campaign that does not exist', async () => {
    expect((await api.post('/v1/campaigns/none/actions', { action: 'close', reason: 'x' })).status).toBe(404)
    expect((await api.get('/v1/campaigns/none/timeline')).status).toBe(404)
  })
})
