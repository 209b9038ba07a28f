import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { buildTestApp, COUNTY, type Json, type Page, type ProblemBody, type TestApp } from '../build.ts'

let api: TestApp
const part = { name: 'temporal', mode: 'built', state: 'ready' as 'ready' | 'building' }
beforeAll(async () => {
  api = await buildTestApp(undefined, { parts: () => Promise.resolve([{ ...part }]) })
})
afterAll(() => api.close())

describe('readiness', () => {
  it('names each part, its mode and state, and what waits', async () => {
    const { status, body } = await api.get('/readyz')
    expect(status).toBe(200)
    expect(body).toMatchObject({ ready: true, unwatched: 0, pendingPokes: expect.any(Number) })
    expect(body.parts).toEqual([
      { name: 'temporal', mode: 'built', state: 'ready' },
      { name: 'migrations', mode: 'embedded', state: 'ready' },
      { name: 'calendar', mode: 'embedded', state: 'ready', detail: '2004-01-01 至 2026-12-31' },
    ])
  })

  it('is 503 while the engine is being built, and says so', async () => {
    part.state = 'building'
    const { status, body } = await api.get('/readyz')
    part.state = 'ready'
    expect(status).toBe(503)
    expect(body).toMatchObject({ ready: false })
  })

  it('names the year that the calendar lacks from December on, and stays ready', async () => {
    await api.goTo('2026-12-01')
    const { status, body } = await api.get<{
      parts: { name: string; detail?: string; attention?: boolean }[]
    }>('/readyz')
    expect(status).toBe(200)
    const calendar = body.parts.find(({ name }) => name === 'calendar')
    expect(calendar).toMatchObject({ state: 'ready', attention: true })
    expect(calendar?.detail).toContain('缺 2027 年的放假调休安排')
    const check = await api.get('/v1/standing-check', await api.signedIn('administrator', COUNTY))
    expect(check.text).toContain('缺 2027 年的放假调休安排')
    await api.goTo('2022-06-06')
  })

  it('is 503 when the calendar ends before today', async () => {
    await api.goTo('2027-01-04')
    expect((await api.get('/readyz')).status).toBe(503)
    await api.goTo('2022-06-06')
  })
})

it('metrics count and name nobody', async () => {
  await api.get('/v1/people')
  const { text } = await api.get('/metrics')
  expect(text).toContain('duban_pokes_pending')
  expect(text).toContain('duban_unaccounted{what="unreached"} 3')
  expect(text).toContain('duban_unaccounted{what="hits"} 0')
  expect(text).toMatch(/duban_http_request_seconds_count\{method="GET",route="\/v1\/people",status="200"\} 1/)
})

describe('the documentation', () => {
  it('describes every route of /v1, its problems, and how to sign in', async () => {
    const { body } = await api.get<{ paths: Record<string, Record<string, { security?: unknown }>> }>(
      '/openapi.json',
    )
    for (const path of [
      '/v1/obligations',
      '/v1/obligations/{id}/actions',
      '/v1/imports',
      '/v1/time-limits/preview',
    ])
      expect(Object.keys(body.paths)).toContain(path)
    const operations = Object.entries(body.paths).filter(([path]) => path.startsWith('/v1'))
    const open = operations.flatMap(([path, methods]) =>
      Object.entries(methods).flatMap(([method, { security }]) => (security ? [] : [`${method} ${path}`])),
    )
    expect(open.sort()).toEqual([
      // The address itself is the secret.
      'get /v1/calendar-feeds/{token}/duban.ics',
      'get /v1/sign-in',
      'get /v1/trial-inbox',
      'get /v1/trial-inbox/{id}',
      'get /v1/trial-inbox/{id}/preview',
      'post /v1/password-links',
      'post /v1/password-resets',
      'post /v1/passwords',
      'post /v1/session',
    ])
  })

  it('is readable by people', async () => {
    expect((await api.get('/docs/')).status).toBe(200)
  })
})

describe('offices and people', () => {
  it('are a tree by parent, and people with their roles', async () => {
    const offices = (
      await api.get<Page<{ code: string; parent: string | null; kind: string }>>('/v1/offices')
    ).body
    const codes = new Set(offices.items.map((o) => o.code))
    expect(offices.items.every((o) => o.parent === null || codes.has(o.parent))).toBe(true)
    expect(offices.items.filter((o) => o.kind === 'town')).toHaveLength(17)
    const people = (await api.get<Page<Json>>('/v1/people')).body
    expect(people.items).toContainEqual(
      expect.objectContaining({
        roles: [{ office: COUNTY, role: 'bureau-leader', label: expect.any(String) }],
      }),
    )
    expect(people.nextCursor).toBeNull()
  })
})

describe('the preview of a time limit', () => {
  it('of three working days over the Dragon Boat Festival lists the skipped days', async () => {
    const { status, body } = await api.post('/v1/time-limits/preview', {
      start: '2022-06-01',
      workingDays: 3,
    })
    expect(status).toBe(200)
    expect(body).toMatchObject({
      dueOn: '2022-06-07',
      dueAt: '2022-06-07T16:00:00.000Z',
      counted: ['2022-06-02', '2022-06-06', '2022-06-07'],
      provisional: false,
    })
    expect(body.skipped).toContainEqual({ day: '2022-06-03', reason: 'holiday', name: '端午' })
  })

  it('counts a make-up Sunday, and a fixed day as it is', async () => {
    const madeUp = await api.post('/v1/time-limits/preview', { start: '2022-04-29', workingDays: 3 })
    expect(madeUp.body.madeUp).toEqual([{ day: '2022-05-07', name: expect.any(String) }])
    const fixed = await api.post('/v1/time-limits/preview', { start: '2026-05-06', dueOn: '2026-05-31' })
    expect(fixed.body).toMatchObject({ dueOn: '2026-05-31' })
  })

  it('is provisional beyond the published calendar', async () => {
    const { body } = await api.post('/v1/time-limits/preview', { start: '2026-12-30', workingDays: 3 })
    expect(body.provisional).toBe(true)
  })

  it.each([
    [{ start: '2022-06-01' }, '/body/workingDays'],
    [{ start: '2022-06-01', workingDays: 3, dueOn: '2022-06-30' }, '/body/workingDays'],
    [{ start: '2022-06-01', workingDays: 0 }, '/body/workingDays'],
    [{ start: '2022-06-01', workingDays: 367 }, '/body/workingDays'],
    [{ start: '2022-06-31', workingDays: 3 }, '/body/start'],
    [{ start: '1999-06-01', workingDays: 3 }, '/body/start'],
    [{ start: '2022-06-01', dueOn: '2024-06-01' }, '/body/dueOn'],
    [{ start: '2022-06-01', workingdays: 3 }, '/body/workingdays'],
  ])('%j is refused with a pointer', async (body, pointer) => {
    const answer = await api.post<ProblemBody>('/v1/time-limits/preview', body)
    expect(answer.status).toBe(422)
    expect(answer.body.errors?.map((e) => e.pointer)).toContain(pointer)
  })

  it('answers for the longest limits too', async () => {
    for (const of of [{ workingDays: 366 }, { dueOn: '2023-10-14' }])
      expect((await api.post('/v1/time-limits/preview', { start: '2022-06-01', ...of })).status).toBe(200)
  })
})

describe('the calendar of a year', () => {
  it('says of every day whether it is worked and why', async () => {
    const { body } = await api.get<{ covered: boolean; days: Json[] }>('/v1/calendar/2022')
    expect(body.covered).toBe(true)
    expect(body.days).toHaveLength(365)
    const made = body.days.find(({ day }) => day === '2022-05-07')
    expect(made).toMatchObject({ working: true, reason: 'make-up', name: expect.any(String) })
  })

  it('is not available for 1999, and uncovered for 2030', async () => {
    expect((await api.get('/v1/calendar/1999')).status).toBe(422)
    expect((await api.get('/v1/calendar/soon')).status).toBe(400)
    expect((await api.get('/v1/calendar/2030')).body.covered).toBe(false)
  })
})

it('the list of policies says that the shipped one is an example', async () => {
  const { body } = await api.get<Page<Json>>('/v1/policies')
  expect(body.items).toMatchObject([{ county: COUNTY, version: 1, example: true }])
})
