import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createTimelineActivities } from '../../../src/activities/timeline.ts'
import { inTransaction, rows } from '../../../src/db/pool.ts'
import { poke } from '../../../src/services/watching/pokes.ts'
import { buildTestApp, COUNTY, type Json, type Page, type ProblemBody, type TestApp, TOWN } from '../build.ts'

const SHIPPED = readFileSync(new URL('../../../templates/safety-net-2022.yaml', import.meta.url), 'utf8')

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
  done: number
  kinds: { kind: string; label: string; count: number }[]
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

  it.each([
    [
      'whose references go round in a circle',
      'code: &a\n  - x\n  - *a\n',
      /第 3 行:引用 \*a 套住了它自己,绕成了圈/,
    ],
    [
      'that leaves work to a duty that nobody has',
      SHIPPED.replace('owner: { duty: comparison }', 'owner: { duty: mayor }'),
      /phases\[1\]\.items\[0\]\.owner\.duty:本县没有单位承担“mayor”/,
    ],
  ])('%s is refused with a pointer, and not begun', async (_, templateText, message) => {
    const answer = await api.post<ProblemBody>('/v1/campaigns', { year: 2023, templateText })
    expect([answer.status, answer.body.type]).toEqual([422, 'urn:duban:problem:bad-template'])
    expect(answer.body.errors).toEqual([
      { pointer: '/body/templateText', message: expect.stringMatching(message) as string },
    ])
    expect(await rows(api.pool, 'select year from campaigns')).toEqual([{ year: 2022 }])
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
    // A phase that is called after one kind of work may have others: each is counted by itself too.
    expect(launch?.kinds).toEqual([{ kind: 'launch', label: '启动部署', count: launch?.total }])
    for (const { kinds, total } of shown) expect(kinds.reduce((sum, { count }) => sum + count, 0)).toBe(total)
    const last = shown.at(-1)
    expect(last).toMatchObject({ state: 'planned', total: 0 })
    // What is not done of a phase is what its gate waits for of its own: the two numbers explain each other.
    expect(launch!.total - launch!.done).toBe(launch!.gate.blockerCount - launch!.gate.ofOtherPhases)
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

describe('closing without a reason', () => {
  it('is refused while anything is open, and each blocker is named with its holder and who was told', async () => {
    const { status, body } = await act({ action: 'close' })
    expect([status, body.type]).toEqual([409, 'urn:duban:problem:gate-shut'])
    expect(body.detail).toMatch(/^还有 \d+ 件没有办结,还有 \d+ 个阶段没有开始,行动不能结束/)
    expect(body.errors?.some(({ message }) => message === '“问题整改、销号清零”还没有开始')).toBe(false)
    expect(body.errors?.map(({ message }) => message)).toContain(
      '毛坝镇“启动实施并开展“回头望””,2022-05-31 到期,在毛坝镇手里,还没有告知任何人',
    )
    const [launch] = await phases()
    expect(launch?.gate.blockers[0]).toMatchObject({ holder: { person: null }, told: [] })
    expect((await api.get(`/v1/campaigns/${id}`)).body).toMatchObject({ state: 'open' })
  })
})

describe('the day of a phase', () => {
  type Moved = { from: string; to: string; dryRun: boolean; moved: Json[]; stays: { why: string }[] }
  const move = (phase: string, body: object) =>
    api.post<Moved & ProblemBody>(`/v1/campaigns/${id}/phases/${phase}/due-day`, body)
  const dayOfPhase = async (code: string) => (await phases()).find((p) => p.code === code)?.['dueOn']

  it('is first shown with what would move, and nothing is changed', async () => {
    const { status, body } = await move('screening', { dueOn: '2022-06-17' })
    expect([status, body.from, body.to, body.dryRun]).toEqual([200, '2022-06-15', '2022-06-17', true])
    expect(body.moved).toHaveLength(87)
    expect(await dayOfPhase('screening')).toBe('2022-06-15')
  })

  it('is moved with its work; what was handed in keeps its day, and performers hear of it', async () => {
    const asked = '/v1/obligations?kind=screening&state=open&office=sn.ak.zy.maoba'
    const [handedIn] = (await api.get<Page<Json>>(asked)).body.items
    const counts = { toScreen: 3, screened: 3, eligible: 0, enrolled: 0, monitored: 0, reason: '见纸质台账' }
    const submitted = await api.post(`/v1/obligations/${String(handedIn?.['id'])}/actions`, {
      ...{ action: 'submit', result: counts },
    })
    expect(submitted.status).toBe(200)
    const officer = await api.signedIn('town-officer', TOWN)
    const [taken] = (await api.get<Page<Json>>(asked)).body.items
    const actOnTaken = (action: string) =>
      api.post<ProblemBody>(`/v1/obligations/${String(taken?.['id'])}/actions`, { action }, officer)
    expect((await actOnTaken('take')).status).toBe(200)
    const { body } = await move('screening', { dueOn: '2022-06-17', dryRun: false })
    expect([body.moved.length, body.stays.map(({ why }) => why)]).toEqual([86, ['已报送过,期限不变']])
    expect(await dayOfPhase('screening')).toBe('2022-06-17')
    // It stays with its person; what they did before is not taken back over the new day.
    const still = await api.get<Json>(`/v1/obligations/${String(taken?.['id'])}`)
    expect(still.body).toMatchObject({ holder: { person: { id: expect.any(String) as string } } })
    expect((await actOnTaken('undo')).body.type).toBe('urn:duban:problem:acted-since')
    const open = (await api.get<Page<Json>>(asked)).body.items
    expect(open.map((o) => o['dueOn'])).toEqual(open.map(() => '2022-06-17'))
    const [told] = await rows<{ n: number }>(
      api.pool,
      `select count(*) as n from decisions where action = 'phase-moved'`,
    )
    expect(told?.n).toBe(86)
    const [first] = open
    const { body: story } = await api.get<{ items: Json[] }>(
      `/v1/obligations/${String(first?.['id'])}/history`,
    )
    expect(JSON.stringify(story)).toContain('阶段的日期改了')
  })

  it.each([
    ['screening', '2022-06-17', '就是现在的日期'],
    ['screening', '2022-06-01', '早于今天'],
    ['zero-out', '2022-07-01', '早于这个阶段的开始日'],
    ['screening', '2023-01-04', '晚于当年的最后一天'],
  ])('%s cannot be due on %s', async (phase, dueOn, words) => {
    const { status, body } = await move(phase, { dueOn })
    expect([status, body.errors?.[0]?.pointer]).toEqual([422, '/body/dueOn'])
    expect(body.detail).toContain(words)
  })
})

describe('another year', () => {
  type Preview = { moved: { phase: string; from: string; to: string }[]; phases: Phase[] } & ProblemBody
  const preview = (body: object) => api.post<Preview>('/v1/campaigns/preview', body)

  it('copied from this one has its plan, without the day moved for this year alone; what falls on a free day comes before it', async () => {
    const { body } = await preview({ year: 2026, copyOf: id })
    expect(body.moved).toEqual([
      {
        phase: '启动部署、开展“回头望”',
        item: null,
        from: '2026-05-31',
        to: '2026-05-29',
        provisional: false,
      },
    ])
    expect(body.phases.map((p) => p['dueOn'])).toEqual([
      '2026-05-29',
      '2026-06-15',
      '2026-09-30',
      '2026-12-15',
    ])
  })

  it('of the plan that ships has the right days by its own calendar; what is copied from it has those of the plan', async () => {
    const shipped = await preview({ year: 2026 })
    expect(shipped.body.moved.map(({ from, to }) => [from, to])).toEqual([['2026-05-31', '2026-05-29']])
    const { body } = await api.post<Json>('/v1/campaigns', { year: 2026 })
    const dueDays = async (of: unknown) =>
      (await api.get<{ phases: Phase[] }>(`/v1/campaigns/${String(of)}/timeline`)).body.phases.map(
        (phase) => phase['dueOn'],
      )
    expect(await dueDays(body['id'])).toEqual(['2026-05-29', '2026-06-15', '2026-09-30', '2026-12-15'])
    // 31 May 2027 is a Monday: what the calendar of 2026 moved does not stay moved.
    const next = await preview({ year: 2027, copyOf: body['id'] })
    expect(next.body.phases[0]?.['dueOn']).toBe('2027-05-31')
  })

  it('begins from the text of a plan: the one that ships, or that of a year', async () => {
    const textOf = async (path: string) =>
      (await api.get<{ text: string }>(`/v1/campaigns/${path}`)).body.text
    const shipped = await textOf('template')
    expect(shipped).toContain('# 紫民发〔2022〕79号')
    const written = await textOf(`${id}/template`)
    // The day that was moved for this year alone is no part of it.
    expect(written).toContain('due: 06-15')
    for (const templateText of [shipped, written]) {
      const { status, body } = await preview({ year: 2024, templateText })
      expect([status, body.moved]).toEqual([200, []])
      expect(body.phases.map((p) => p['dueOn'])).toEqual([
        '2024-05-31',
        '2024-06-15',
        '2024-09-30',
        '2024-12-15',
      ])
    }
    expect((await api.get('/v1/campaigns/none/template')).status).toBe(404)
  })

  it('is refused for a campaign that is not there, and for two plans at once', async () => {
    expect((await preview({ year: 2026, copyOf: 'none' })).body.errors?.[0]?.pointer).toBe('/body/copyOf')
    expect((await preview({ year: 2026, copyOf: id, templateText: 'x' })).status).toBe(422)
  })

  it('is launched from a text, whose faults are told by line and field', async () => {
    const templateText =
      'code: own\ntitle: 自己的\nsource: ""\nphases:\n  - code: launch\n    title: 一\n    opens: "06-01"\n    due: "05-01"\n    clause: ""\n    gate: { waitsFor: own }\n    items: []\n'
    const { status, body } = await preview({ year: 2026, templateText })
    expect([status, body.type]).toEqual([422, 'urn:duban:problem:bad-template'])
    expect(body.errors).toEqual([
      {
        pointer: '/body/templateText',
        message: '第 8 行 phases[0].due:到期日 05-01 早于开始日 06-01,请改正其中一个',
      },
    ])
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
    expect(first.body.phases[0]).toMatchObject({
      override: { by: '测试', reason: '动员会已开', blockers: 17, told: null, at: expect.any(String) },
    })
    expect((await act({ action: 'override', phase: 'launch', reason: '再次' }, match)).status).toBe(412)
    const second = await act({ action: 'override', phase: 'launch', reason: '再次' })
    expect([second.status, second.body.type]).toEqual([409, 'urn:duban:problem:already-overridden'])
    expect(second.body.detail).toMatch(/^“.+”已由测试于 2022-\d\d-\d\d \d\d:\d\d 决定放行,不能再放行一次。/u)
    expect((await phases())[0]).toMatchObject({ override: { reason: '动员会已开' } })
    await tick()
    expect((await phases())[0]).toMatchObject({
      state: 'closed',
      override: { told: expect.arrayContaining(['示例·系统管理员']) },
    })
    expect((await act({ action: 'override', phase: 'launch', reason: '再次' })).status).toBe(409)
  })

  it('closes the whole campaign, and what is owed stays owed', async () => {
    const [, { code }] = (await phases()) as [Phase, Phase]
    expect((await act({ action: 'override', phase: code, reason: '省里另有安排' })).status).toBe(200)
    const { status, body } = await act({ action: 'close', reason: '行动提前结束' })
    expect(status).toBe(200)
    const reasons = body.phases.map(({ override }) => (override as { reason: string } | null)?.reason)
    expect(reasons.slice(0, 3)).toEqual(['动员会已开', '省里另有安排', '行动提前结束'])
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
