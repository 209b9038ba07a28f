import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Asking, buildTestApp, COUNTY, foundWarning, type TestApp, TOWN } from './build.ts'

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

const page = async (id: string) => (await api.get(`/obligations/${id}`, asRelief)).text.replace(/\s+/g, ' ')
const submit = (id: string) =>
  api.post(
    `/v1/obligations/${id}/actions`,
    { action: 'submit', result: { outcome: 'ineligible' } },
    asOfficer,
  )

test('what is open says whose limit counts to its due day', async () => {
  const { id } = await foundWarning(api, { externalId: 'YJ-1', level: 'red' })
  const text = await page(id)
  expect(text).toContain('红色承办限 3 个工作日:从 2022-06-06 的次日起算')
  expect(text).not.toContain('承办截止')
})

test.each([
  ['in time', 'YJ-2', '2022-06-08', '按时提交', '2022-06-15'],
  ['late', 'YJ-3', '2022-06-10', '迟交', '2022-06-17'],
])(
  'what was handed in %s shows both clocks while it is reviewed',
  async (_how, externalId, day, said, reviewDue) => {
    await api.goTo('2022-06-06')
    const { id } = await foundWarning(api, { externalId, level: 'red' })
    await api.goTo(day, '10:00')
    expect((await submit(id)).status).toBe(200)
    const text = await page(id)
    expect(text).toContain(`承办截止</dt> <dd> 2022-06-09 24:00 北京时间,${day} 10:00`)
    expect(text).toContain(said)
    expect(text).toContain(`复核截止</dt> <dd>${reviewDue} 24:00`)
    expect(text).toContain('复核限 5 个工作日')
  },
)
