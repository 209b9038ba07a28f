import { afterAll, beforeAll, expect, test } from 'vitest'
import {
  type Asking,
  buildTestApp,
  COUNTY,
  foundWarning,
  type Item,
  type Page,
  type TestApp,
  TOWN,
} from '../build.ts'

// Issued on Monday 6 June 2022, three working days for red: due on the 9th.
let api: TestApp
let asOfficer: Asking
let asRelief: Asking
beforeAll(async () => {
  api = await buildTestApp({ day: '2022-06-06' })
  asOfficer = await api.signedIn('town-officer', TOWN)
  asRelief = await api.signedIn('relief-centre', `${COUNTY}.jiuzhu`)
})
afterAll(() => api.close())

const one = async (id: string) => (await api.get<Item>(`/v1/obligations/${id}`, asRelief)).body
const listed = async (query: string) =>
  (await api.get<Page<Item>>(`/v1/obligations?${query}`, asRelief)).body.items
const submit = (id: string) =>
  api.post(
    `/v1/obligations/${id}/actions`,
    { action: 'submit', result: { outcome: 'ineligible' } },
    asOfficer,
  )

test('an open obligation says whose limit its due day is', async () => {
  const { id } = await foundWarning(api, { externalId: 'YJ-1', level: 'red' })
  const { body } = await api.get(`/v1/obligations/${id}/receipt`, asRelief)
  expect(body).toMatchObject({ assignment: 'perform', workingDays: 3, start: '2022-06-06' })
})

test.each([
  ['in time', 'YJ-2', '2022-06-08', false, '2022-06-15'],
  ['late', 'YJ-3', '2022-06-10', true, '2022-06-17'],
])(
  'an obligation submitted %s has both clocks during its review',
  async (_how, externalId, day, everLate, reviewDue) => {
    await api.goTo('2022-06-06')
    const { id } = await foundWarning(api, { externalId, level: 'red' })
    await api.goTo(day, '10:00')
    expect((await submit(id)).status).toBe(200)
    expect(await one(id)).toMatchObject({
      ...{ dueOn: '2022-06-09', everLate },
      holder: { assignment: 'review', dueOn: reviewDue },
    })
    const { body } = await api.get(`/v1/obligations/${id}/receipt`, asRelief)
    expect(body).toMatchObject({ assignment: 'review', workingDays: 5 })
  },
)

test('working days late are called working days', async () => {
  await api.goTo('2022-06-06')
  const { id } = await foundWarning(api, { externalId: 'YJ-5', level: 'red' })
  await api.goTo('2022-06-15')
  expect((await one(id))['clock']).toMatchObject({ shape: '▲', words: '逾期 4 个工作日' })
})

test('one and list have the same clock, of a late review and on a day off', async () => {
  await api.goTo('2022-06-06')
  const review = await foundWarning(api, { externalId: 'YJ-7', level: 'red' })
  expect((await submit(review.id)).status).toBe(200)
  const report = { kind: 'report', office: TOWN, title: '月报', dueOn: '2022-06-18' }
  const fixed = await api.post<{ id: string }>('/v1/obligations', report)
  await api.goTo('2022-06-17')
  const rows = await listed('standing=unfinished')
  for (const [id, words] of [
    [review.id, '复核已过期限'],
    [fixed.body.id, '须今日办完'],
  ] as const) {
    expect((await one(id))['clock']).toMatchObject({ words })
    expect(rows.find((row) => row.id === id)?.['clock']).toEqual((await one(id))['clock'])
  }
})

test("by the holder's day an obligation in review stands at its review's, and by its own day at its own", async () => {
  await api.goTo('2022-06-06')
  const first = await foundWarning(api, { externalId: 'RV-1', level: 'orange' })
  const second = await foundWarning(api, { externalId: 'RV-2', level: 'red' })
  expect((await submit(first.id)).status).toBe(200)
  await api.goTo('2022-06-08')
  expect((await submit(second.id)).status).toBe(200)
  const order = async (query: string) => (await listed(`q=RV-&${query}`)).map(({ externalId }) => externalId)
  expect(await order('standing=in-review&sort=holderDueAt')).toEqual(['RV-1', 'RV-2'])
  expect(await order('standing=unfinished')).toEqual(['RV-2', 'RV-1'])
  expect(await order('standing=all')).toEqual(['RV-2', 'RV-1'])
})

test('an obligation tells what its import did not understand', async () => {
  const { id } = await foundWarning(api, { externalId: 'YJ-90', level: 'red' })
  expect(await one(id)).toMatchObject({ remarks: [] })
  const remarks = [{ column: '数据来源部门', message: '“气象台”不在名录中,没有登记这一项。' }]
  await api.pool.query('update obligations set facts = $2 where id = $1', [id, { remarks }])
  expect(await one(id)).toMatchObject({ remarks })
})
