import { afterAll, beforeAll, describe, expect, it, test } from 'vitest'
import { createTimelineActivities } from '../../../src/activities/timeline.ts'
import { inTransaction, row } from '../../../src/db/pool.ts'
import { poke } from '../../../src/services/watching/pokes.ts'
import {
  type Asking,
  buildTestApp,
  COUNTY,
  foundWarning,
  type Item,
  type Page,
  type ProblemBody,
  type TestApp,
  TOWN,
} from '../build.ts'

type Work = 'comparison' | 'screening' | 'launch' | 'follow-up' | 'monitoring-visit'

let api: TestApp
let checks: Asking
let officer: Asking
const ids = new Map<Work, string>()
beforeAll(async () => {
  api = await buildTestApp({ day: '2022-05-27' })
  const campaign = (await api.post<{ id: string }>('/v1/campaigns', { year: 2022 })).body.id
  const { tickTimeline } = createTimelineActivities({ pool: api.pool, wallNow: () => Date.now() } as never)
  for (const [n, opens] of ['2022-05-27', '2022-06-01'].entries()) {
    await api.goTo(opens)
    await inTransaction(api.pool, (tx) => poke(tx, 'timeline', [campaign]))
    await tickTimeline(campaign, n + 1)
  }
  await api.goTo('2022-06-06')
  checks = await api.signedIn('verification-centre', `${COUNTY}.hedui`)
  officer = await api.signedIn('town-officer', TOWN)
  const first = async (kind: Work, office: string) => {
    const found = await api.get<Page<Item>>(`/v1/obligations?kind=${kind}&state=open&office=${office}`)
    ids.set(kind, found.body.items[0]!.id)
  }
  await first('comparison', `${COUNTY}.hedui`)
  await first('screening', TOWN)
  await first('launch', TOWN)
  for (const outcome of ['dibao', 'ineligible']) {
    const { id } = await foundWarning(api, {
      group: 'near-poor',
      externalId: outcome,
      issuedOn: '2022-06-02',
    })
    await api.post(`/v1/obligations/${id}/actions`, { action: 'submit', result: { outcome } }, officer)
    expect((await api.post(`/v1/obligations/${id}/actions`, { action: 'accept' })).status).toBe(200)
  }
  await first('follow-up', TOWN)
  await first('monitoring-visit', TOWN)
})
afterAll(() => api.close())

const COMPARED = { day: '2022-06-03', compared: 100, hits: 10, raised: 4, how: 'id-number' }
const COUNTS = { toScreen: 20, screened: 20, eligible: 3, enrolled: 2, monitored: 4, reason: '系统停机' }
const VISIT = { finding: 'unchanged', visitedOn: '2022-06-06', visitedBy: '李干事' }
const done = { on: '2022-06-06', by: '王主任' }
const STEPS = { visit: done, verification: done, publicity: done, supervision: done }

/** Everything of an obligation that handing it in would have changed. */
const standing = (id: string) =>
  row(
    api.pool,
    `select o.state, o.version, o.result, o.due_on as "dueOn",
            (select count(*) from events e where e.obligation = o.id) as events,
            (select count(*) from assignments a where a.obligation = o.id) as assignments,
            (select count(*) from result_texts t where t.obligation = o.id) as texts,
            (select count(*) from decisions d where d.obligation = o.id) as decisions
       from obligations o where id = $1`,
    [id],
  )

describe('counts that do not add up, and days before the start or in the future', () => {
  it.each<[Work, object, string, RegExp]>([
    ['comparison', { ...COMPARED, hits: 101 }, 'hits', /命中 101 条,多于比对的 100 条/],
    ['comparison', { ...COMPARED, raised: 12 }, 'raised', /产生预警 12 条,多于命中的 10 条/],
    ['comparison', { ...COMPARED, day: '2022-06-07' }, 'day', /2022-06-07 晚于今天 2022-06-06/],
    ['comparison', { ...COMPARED, day: '2021-12-31' }, 'day', /2021-12-31 早于.*2022-01-01/],
    ['screening', { ...COUNTS, screened: 21 }, 'screened', /21 户,多于应排查 20 户/],
    ['screening', { ...COUNTS, enrolled: 4 }, 'enrolled', /4 户,多于发现符合条件 3 户/],
    ['screening', { ...COUNTS, monitored: 19 }, 'monitored', /共 21 户,多于已排查 20 户/],
    ['launch', { lookBack: [{ policy: 'due-exit', finding: ' ' }] }, 'lookBack/0/finding', /\p{Script=Han}/u],
    [
      'follow-up',
      { steps: { ...STEPS, visit: { ...done, on: '2022-06-01' } } },
      'steps/visit/on',
      /早于预警发布日 2022-06-02/,
    ],
    [
      'follow-up',
      { steps: { ...STEPS, visit: { ...done, on: '2022-06-07' } } },
      'steps/visit/on',
      /晚于今天 2022-06-06/,
    ],
    ['monitoring-visit', { ...VISIT, visitedOn: '2022-06-01' }, 'visitedOn', /早于预警发布日 2022-06-02/],
    ['monitoring-visit', { ...VISIT, visitedOn: '2022-06-07' }, 'visitedOn', /晚于今天 2022-06-06/],
  ])('of a %s (%o) are refused at %s, and nothing of it is done', async (kind, result, field, words) => {
    const id = ids.get(kind)!
    const before = await standing(id)
    const who = kind === 'comparison' ? checks : officer
    const { status, body } = await api.post<ProblemBody>(
      `/v1/obligations/${id}/actions`,
      { action: 'submit', result },
      who,
    )
    expect([status, body.errors?.[0]]).toMatchObject([
      422,
      { pointer: `/body/result/${field}`, message: expect.stringMatching(words) as string },
    ])
    expect(await standing(id)).toEqual(before)
  })

  test('of many at once are refused one by one, with the same sentence, and none of them is done', async () => {
    const { body } = await api.get<Page<Item>>(`/v1/obligations?kind=screening&state=open&office=${TOWN}`)
    const all = body.items.map(({ id }) => id)
    const before = await Promise.all(all.map(standing))
    const action = { action: 'submit', result: { ...COUNTS, screened: 21 } }
    const answer = await api.post<{ items: { done: boolean; message?: string }[] }>(
      '/v1/obligations/actions',
      { ids: all, action },
      officer,
    )
    expect(answer.body.items).toHaveLength(5)
    for (const { done: isDone, message } of answer.body.items) {
      expect(isDone).toBe(false)
      expect(message).toMatch(/21 户,多于应排查 20 户/)
    }
    expect(await Promise.all(all.map(standing))).toEqual(before)
  })
})

describe('what is registered by hand', () => {
  const count = async () => (await row<{ n: number }>(api.pool, 'select count(*) as n from obligations'))?.n
  const found = { kind: 'warning', office: TOWN, level: 'yellow', person: { name: '赵某' } }
  const own = { kind: 'comparison', office: TOWN, title: '与镇卫生院数据比对' }

  it.each([
    [{ ...found, issuedOn: '2022-06-07' }, 'issuedOn', '不能晚于今天'],
    [{ ...found, issuedOn: '2020-12-31' }, 'issuedOn', '也不能早于一年多以前'],
    [{ ...own, dueOn: '2022-06-05' }, 'dueOn', '不能早于今天'],
  ])('with a day that cannot be (%o) is refused at %s, and is not there', async (body, field, words) => {
    const before = await count()
    const answer = await api.post<ProblemBody>('/v1/obligations', body, officer)
    expect([answer.status, answer.body.errors]).toEqual([
      422,
      [{ pointer: `/body/${field}`, message: expect.stringContaining(words) as string }],
    ])
    expect(await count()).toBe(before)
  })
})
