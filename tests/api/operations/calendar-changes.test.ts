import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { row } from '../../../src/db/pool.ts'
import { givenWarning } from '../../support/warnings.ts'
import {
  type Asking,
  buildTestApp,
  COUNTY,
  type Json,
  type ProblemBody,
  type TestApp,
  TOWN,
} from '../build.ts'

let api: TestApp
let centre: Asking
let officer: Asking
type Shown = Json & {
  later: number
  provisional: number
  rows: { name: string; from: string; to: string }[]
  told: { later: number }[]
}
beforeAll(async () => {
  api = await buildTestApp({ day: '2022-08-15' })
  centre = await api.signedIn('relief-centre', `${COUNTY}.jiuzhu`)
  officer = await api.signedIn('town-officer', TOWN)
  await givenWarning(api.pool, { id: 'YJ1', level: 'orange' })
  await givenWarning(api.pool, { id: 'YJ2', level: 'orange', town: 'donghe' })
})
afterAll(() => api.close())

const FLOOD = {
  source: '县防指〔2022〕8号',
  onlyOffices: [TOWN],
  days: [{ from: '2022-08-16', to: '2022-08-17', plan: 'off', name: '汛情' }],
}
const change = <T = Shown>(payload: object, query = '', how: Asking = centre) =>
  api.ask<T>({ method: 'POST', url: `/v1/calendar/changes${query}`, payload }, how)
const dueOn = async (id: string) =>
  (
    await row<{ due: string }>(
      api.pool,
      'select due_on::text as due from obligations where external_id = $1',
      [id],
    )
  )?.due

describe('a change of days', () => {
  test('tells first what it does, by office and level, and who would be told', async () => {
    const { status, body } = await change(FLOOD)
    expect(status).toBe(200)
    expect(body).toMatchObject({ dryRun: true, open: 1, later: 1, earlier: 0 })
    expect(body['offices']).toMatchObject([{ code: TOWN, later: 1 }])
    expect(body['levels']).toMatchObject([{ level: 'orange', later: 1 }])
    expect(body.rows).toMatchObject([{ name: 'YJ1', from: '2022-08-22', to: '2022-08-24' }])
    expect(body.told.length).toBeGreaterThan(0)
    expect(await dueOn('YJ1')).toBe('2022-08-22')
  })

  test('is done where that is asked for, by whoever may alone', async () => {
    expect((await change<ProblemBody>(FLOOD, '?dryRun=false', officer)).status).toBe(403)
    const other = await change<ProblemBody>({ ...FLOOD, expectedCount: 7 }, '?dryRun=false')
    expect(other.status).toBe(409)
    expect(other.body.detail).toMatch(/试算时有 7 件.*现在是 1 件/)
    expect(await dueOn('YJ1')).toBe('2022-08-22')
    expect((await change({ ...FLOOD, expectedCount: 1 }, '?dryRun=false')).status).toBe(200)
    expect(await dueOn('YJ1')).toBe('2022-08-24')
    expect(await dueOn('YJ2')).toBe('2022-08-22')
  })

  test('stands in the year of that office alone, with its document', async () => {
    type Year = { own: string[]; days: { day: string; working: boolean; source?: string }[] }
    const year = async (office: string) =>
      (await api.get<Year>(`/v1/calendar/2022?office=${office}`, officer)).body
    const own = await year(TOWN)
    expect(own.own).toEqual(['2022-08-16', '2022-08-17'])
    expect(own.days.find(({ day }) => day === '2022-08-16')).toMatchObject({
      working: false,
      source: FLOOD.source,
    })
    expect((await year(`${COUNTY}.donghe`)).own).toEqual([])
  })

  test.each([
    [{ ...FLOOD, onlyOffices: ['sn.ak.qx'] }, /本县没有单位 sn.ak.qx/],
    [{ source: '通知', notice: '2022-09-31,放假,国庆节' }, /第 1 行:“2022-09-31”不是日期/],
    [{ source: '通知' }, /days 和 notice/],
    [{ ...FLOOD, days: [{ from: '2022-08-16', plan: 'off' }] }, /节日名称或事由/],
  ])('%j is refused with what would be accepted', async (payload, words) => {
    const { status, text } = await change<ProblemBody>(payload)
    expect(status).toBeGreaterThanOrEqual(400)
    expect(text).toMatch(words)
  })
})

test('from September on the standing check says that next year is missing, until it is published', async () => {
  await api.goTo('2026-09-07')
  const check = async () =>
    (await api.get<{ calendar: Json | null }>('/v1/standing-check', centre)).body.calendar
  expect(await check()).toMatchObject({ missingYear: 2027, coveredTo: '2026-12-31' })
  const notice =
    '关于2027年部分节假日安排的通知\n一、元旦:1月1日至3日放假,共3天。\n二、国庆节:10月1日至7日放假调休,共7天。'
  const { body } = await change({ source: '国办发明电〔2026〕9号', notice }, '?dryRun=false')
  expect(body).toMatchObject({ coveredTo: '2027-12-31', provisional: 0 })
  expect(await check()).toBeNull()
})
