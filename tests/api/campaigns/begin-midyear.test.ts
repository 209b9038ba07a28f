import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createTimelineActivities } from '../../../src/activities/timeline.ts'
import { rows } from '../../../src/db/pool.ts'
import { onTimeWords } from '../../../src/domain/obligation/on-time.ts'
import { instantAt } from '../../../src/domain/time/days.ts'
import { officeCounts } from '../../../src/services/obligations/office-counts.ts'
import { poke } from '../../../src/services/watching/pokes.ts'
import { inTransaction } from '../../../src/db/pool.ts'
import { COUNTY } from '../../support/county.ts'
import { buildTestApp, type Json, type Page, type ProblemBody, type TestApp } from '../build.ts'

let api: TestApp
beforeAll(async () => {
  api = await buildTestApp({ day: '2022-11-10', time: '10:00' })
})
afterAll(() => api.close())

const BEGIN = [
  { phase: 'launch', as: 'done-before', wordOf: '示例·救助中心主任' },
  { phase: 'screening', as: 'taken-over', dueOn: '2022-12-09' },
  { phase: 'verification', as: 'late' },
]

type Preview = {
  mailState: string
  firstRoundAt: string | null
  phases: { code: string; begunAs: string | null; wordOf: string | null; opensNow: boolean; items: Json[] }[]
  mails: { name: string; office: string; lines: number; obligations: number }[]
}
const preview = (begin: object[] = []) => api.post<Preview>('/v1/campaigns/preview', { year: 2022, begin })

describe('the preview of a launch', () => {
  it('takes what is past as done before, and mails only what is not past', async () => {
    const { status, body } = await preview()
    expect(status).toBe(200)
    expect(
      body.phases.map(({ code, begunAs, wordOf, opensNow }) => [code, begunAs, wordOf, opensNow]),
    ).toEqual([
      ['launch', 'done-before', '测试', true],
      ['screening', 'done-before', '测试', true],
      ['verification', 'done-before', '测试', true],
      ['zero-out', null, null, true],
    ])
    expect(body.phases[0]?.items).toEqual([
      {
        title: '启动实施并开展“回头望”',
        kind: 'launch',
        dueOn: '2022-05-31',
        begunAs: 'done-before',
        originalDueOn: null,
        offices: 17,
      },
    ])
    expect(body.mailState).toBe('open')
    // The phase that runs is nobody's past: ten comparisons of the information centre, and an obligation of each town.
    const mails = body.mails.map(({ office, lines, obligations }) => [office, lines, obligations])
    expect(mails.filter(([office]) => office === '县信息核对中心')).toEqual([['县信息核对中心', 1, 10]])
    expect(mails.filter(([, lines, obligations]) => lines === 1 && obligations === 1).length).toBe(17)
    expect(mails.length).toBe(18)
  })

  it('says whom the first round mails, and how many lines, as the round then does', async () => {
    const { body } = await preview(BEGIN)
    // What begins goes with the next morning's round: 08:30 in Beijing.
    expect(body.firstRoundAt).toBe('2022-11-11T00:30:00.000Z')
    // A late quarterly report of the information centre, what it takes over, and what is not past yet.
    expect(body.mails.map(({ office, lines, obligations }) => [office, lines, obligations])).toEqual(
      expect.arrayContaining([
        ['县信息核对中心', 4, 14],
        ['毛坝镇', 2, 6],
      ]),
    )
    expect(body.phases[1]).toMatchObject({
      begunAs: 'taken-over',
      dueOn: '2022-12-09',
      originalDueOn: '2022-06-15',
    })
  })

  it('writes nothing', async () => {
    await preview(BEGIN)
    expect((await api.get<Page<Json>>('/v1/campaigns')).body.items).toEqual([])
    expect(await rows(api.pool, 'select 1 from obligations')).toEqual([])
    expect(await rows(api.pool, 'select 1 from pokes')).toEqual([])
  })
})

describe('choices that cannot be taken', () => {
  it.each([
    [{ phase: 'zero-out', as: 'late' }, '/body/begin/1/phase'],
    [{ phase: 'launch', as: 'late' }, '/body/begin/1/phase'],
    [{ phase: 'screening', as: 'taken-over', dueOn: '2022-11-09' }, '/body/begin/1/dueOn'],
    [{ phase: 'screening', as: 'taken-over', dueOn: '2023-11-11' }, '/body/begin/1/dueOn'],
  ])('%j is refused with a pointer, by preview and launch alike', async (choice, pointer) => {
    for (const url of ['/v1/campaigns', '/v1/campaigns/preview']) {
      const body = { year: 2022, begin: [{ phase: 'launch', as: 'late' }, choice] }
      const answer = await api.post<ProblemBody>(url, body)
      expect([answer.status, answer.body.type]).toEqual([422, 'urn:duban:problem:bad-beginning'])
      expect(answer.body.errors?.map((e) => e.pointer)).toEqual([pointer])
    }
  })
})

describe('a year begun in its middle', () => {
  let id: string
  beforeAll(async () => {
    const made = await api.post<{ id: string }>('/v1/campaigns', { year: 2022, begin: BEGIN })
    expect(made.status).toBe(201)
    id = made.body.id
    await inTransaction(api.pool, (tx) => poke(tx, 'timeline', [id]))
    const { tickTimeline } = createTimelineActivities({ pool: api.pool, wallNow: () => Date.now() } as never)
    await tickTimeline(id, 1)
  })
  const obligations = async (phase: string) =>
    (await api.get<Page<Json & { id: string }>>(`/v1/obligations?limit=200`)).body.items.filter(
      (o) => o['phase'] === phase,
    )

  it('shows on the timeline how each past phase began', async () => {
    const { body } = await api.get<{ phases: Json[] }>(`/v1/campaigns/${id}/timeline`)
    expect(body.phases).toMatchObject([
      {
        code: 'launch',
        state: 'closed',
        begunAs: 'done-before',
        wordOf: '示例·救助中心主任',
        total: 17,
        done: 17,
      },
      {
        code: 'screening',
        state: 'open',
        begunAs: 'taken-over',
        dueOn: '2022-12-09',
        originalDueOn: '2022-06-15',
      },
      { code: 'verification', state: 'overdue', begunAs: 'late' },
      { code: 'zero-out', state: 'open', begunAs: null },
    ])
  })

  it('says in history and receipt on whose word it was done, and not late', async () => {
    const [one] = await obligations('launch')
    expect(one).toMatchObject({ state: 'accepted', everLate: false, overdue: false, holder: null })
    const { body } = await api.get<{ items: Json[] }>(`/v1/obligations/${one?.id}/history`)
    expect(body.items).toMatchObject([
      { action: 'register' },
      {
        ...{ action: 'begun-done-before', actorName: '测试', detail: { wordOf: '示例·救助中心主任' } },
        labels: { action: '启用前已办结', state: '已办结' },
      },
    ])
    const receipt = await api.get(`/v1/obligations/${one?.id}/receipt`)
    expect(receipt.body).toMatchObject({ dueOn: '2022-05-31', workingDays: null, originalDueOn: null })
  })

  it('does not judge what was done before, which stays among what is done', async () => {
    const today = '2022-11-10'
    const counts = await officeCounts(
      api.pool,
      { county: COUNTY, offices: [`${COUNTY}.maoba`] },
      instantAt(today, '10:00'),
      today,
    )
    const town = counts.find(({ code }) => code === `${COUNTY}.maoba`)
    expect(town).toMatchObject({ done: 1, doneUnheld: 1, doneLate: 0, openLate: 0 })
    expect(onTimeWords(town!)).toBe('–')
    const leader = await api.signedIn('bureau-leader', 'sn.ak.zy')
    const { body } = await api.get<{ items: Json[]; rules: Json }>('/v1/overview', leader)
    expect(body.rules['onTime']).toContain('启用前已办结的不计')
    expect(body.items.map((line) => line['onTimeRate'])).not.toContain(1)
  })

  it('keeps the day the plan fixed of what was taken over', async () => {
    const taken = await obligations('screening')
    expect(new Set(taken.map(({ dueOn }) => dueOn))).toEqual(new Set(['2022-12-09']))
    const { body } = await api.get(`/v1/obligations/${taken[0]?.id}/receipt`)
    expect(['2022-06-15', '2022-06-30']).toContain(body['originalDueOn'])
    expect(body).toMatchObject({ dueOn: '2022-12-09' })
  })

  it('stands in the trail with the word it rests on', async () => {
    const trail = await rows(
      api.pool,
      `select detail from audit_events where action = 'POST /v1/campaigns' and outcome = 'done'`,
    )
    expect(trail).toEqual([
      {
        detail: {
          year: 2022,
          begun: [
            { phase: 'launch', as: 'done-before', wordOf: '示例·救助中心主任' },
            { phase: 'screening', as: 'taken-over', dueOn: '2022-12-09', originalDueOn: '2022-06-15' },
            { phase: 'verification', as: 'late' },
          ],
        },
      },
    ])
  })

  it('tells of each how it began, in the timeline and in the story', async () => {
    const leader = await api.signedIn('bureau-leader', 'sn.ak.zy')
    const { items } = (await api.get<Page<Json>>('/v1/campaigns', leader)).body
    const { body } = await api.get<{ phases: Json[] }>(
      `/v1/campaigns/${String(items[0]?.['id'])}/timeline`,
      leader,
    )
    expect(body.phases.slice(0, 3)).toMatchObject([
      { begunAs: 'done-before', wordOf: '示例·救助中心主任' },
      { begunAs: 'taken-over', originalDueOn: '2022-06-15' },
      { begunAs: 'late' },
    ])
    const details = async (phase: string) => {
      const [one] = await obligations(phase)
      const story = await api.get<{ items: Json[] }>(`/v1/obligations/${one?.id}/story`, leader)
      return story.body.items.map(({ detail }) => detail)
    }
    expect(await details('launch')).toContainEqual({ wordOf: '示例·救助中心主任' })
    expect(await details('screening')).toContainEqual(
      expect.objectContaining({ originalDueOn: expect.stringMatching(/^2022-06-(15|30)$/) as string }),
    )
  })
})
