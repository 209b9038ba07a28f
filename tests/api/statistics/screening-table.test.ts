import { read, utils } from '@e965/xlsx'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createTimelineActivities } from '../../../src/activities/timeline.ts'
import { inTransaction, rows } from '../../../src/db/pool.ts'
import { poke } from '../../../src/services/watching/pokes.ts'
import { householdOf } from '../../support/households.ts'
import { type Asking, buildTestApp, type Item, type Page, type TestApp, TOWN } from '../build.ts'

let api: TestApp
let campaign: string
let officer: Asking
beforeAll(async () => {
  api = await buildTestApp({ day: '2022-06-01' })
  campaign = (await api.post<{ id: string }>('/v1/campaigns', { year: 2022 })).body.id
  await inTransaction(api.pool, (tx) => poke(tx, 'timeline', [campaign]))
  const timeline = createTimelineActivities({ pool: api.pool, wallNow: () => Date.now() } as never)
  await timeline.tickTimeline(campaign, 1)
  await api.goTo('2022-06-06')
  officer = await api.signedIn('town-officer', TOWN)
  const { items } = (await api.get<Page<Item>>(`/v1/obligations?kind=screening&limit=200`)).body
  const visits = [
    { visitedOn: '2022-06-05', finding: 'eligible', follow: 'enrolled' },
    { visitedOn: '2022-06-05', finding: 'ineligible', follow: 'monitored' },
    { visitedOn: '2022-06-04', finding: 'not-in-need', follow: 'none' },
    {},
  ]
  for (const [nth, { id }] of items.slice(0, 40).entries())
    for (const visit of visits.slice(nth % 3)) {
      const person = householdOf(nth * 4 + visits.indexOf(visit))
      const { status, text } = await api.post(`/v1/screenings/${id}/entries`, { person, ...visit })
      expect(status, text).toBe(201)
    }
}, 120_000)
afterAll(() => api.close())

type Line = { office: string; title: string; counts: number[] }
/** The same counts from the entries alone. */
const apart = () =>
  rows<Line>(
    api.pool,
    `select f.name as office, o.title, array[count(*), count(*) filter (where e.finding is not null),
            count(*) filter (where e.finding = 'eligible'), count(*) filter (where e.follow = 'enrolled'),
            count(*) filter (where e.follow = 'monitored')]::int[] as counts
       from screening_entries e join obligations o on o.id = e.obligation join offices f on f.code = o.office
      group by 1, 2`,
  )

test('the screening table has towns down and screenings across, as the entries count', async () => {
  const { text, status } = await api.get(`/v1/statistics/screenings/file?format=csv&campaign=${campaign}`)
  expect(status).toBe(200)
  const [titles = [], heads = [], ...lines] = text
    .replace('\uFEFF', '')
    .trim()
    .split('\r\n')
    .map((line) => line.split(','))
  expect(heads.slice(1, 7)).toEqual([
    ...['应排查户数', '已排查户数', '发现符合条件户数', '已纳入保障户数', '已纳入监测户数', '覆盖面'],
  ])
  expect(titles.filter((title) => title !== '' && title !== '单位')).toHaveLength(5)
  expect(lines).toHaveLength(18)
  const expected = await apart()
  expect(expected.length).toBeGreaterThan(30)
  for (const { office, title, counts } of expected) {
    const at = titles.indexOf(title)
    const line = lines.find(([name]) => name === office) ?? []
    expect(line.slice(at, at + 5).map(Number), `${office} ${title}`).toEqual(counts)
    expect(line[at + 5]).toBe(`${Math.floor(((counts[1] ?? 0) / (counts[0] ?? 1)) * 100)}%`)
  }
  const sumOf = (title: string, nth: number) =>
    expected.filter((one) => one.title === title).reduce((sum, { counts }) => sum + (counts[nth] ?? 0), 0)
  const [last = []] = lines.slice(-1)
  for (const title of titles.filter((title) => title.startsWith('排查')))
    expect(last.slice(titles.indexOf(title), titles.indexOf(title) + 2).map(Number)).toEqual([
      ...[sumOf(title, 0), sumOf(title, 1)],
    ])
})

test('a screening that was called off is counted nowhere', async () => {
  const sums = async () => {
    const { text } = await api.get(`/v1/statistics/screenings/file?format=csv&campaign=${campaign}`)
    const lines = text
      .trim()
      .split('\r\n')
      .map((line) => line.split(','))
    return lines.at(-1)!.map((cell) => Number(cell) || 0)
  }
  const before = await sums()
  const [{ id } = { id: '' }] = await rows<{ id: string }>(
    api.pool,
    `select obligation as id from screening_entries e group by 1 order by count(*) desc, 1 limit 1`,
  )
  const counted = await rows(api.pool, 'select from screening_entries where obligation = $1', [id])
  const off = await api.post(`/v1/obligations/${id}/actions`, { action: 'cancel', reason: '两镇合并排查' })
  expect(off.status, off.text).toBe(200)
  const after = await sums()
  const inHeads = [0, 1, 2, 3, 4].map((nth) => 1 + nth * 6)
  expect(counted.length).toBeGreaterThan(0)
  expect(inHeads.map((at) => before[at]! - after[at]!).filter((less) => less !== 0)).toEqual([counted.length])
})

test('as a workbook its heads reach over the columns of a screening, and a town has its own line alone', async () => {
  const { rawPayload, headers } = await api.app.inject({
    ...{ method: 'GET', url: '/v1/statistics/screenings/file', headers: officer.headers ?? {} },
  })
  expect(decodeURIComponent(String(headers['content-disposition']))).toContain('排查统计表-2022-06-06.xlsx')
  const sheet = read(rawPayload).Sheets['排查统计表']!
  expect(sheet['!merges']).toHaveLength(5)
  const lines = utils.sheet_to_json<unknown[]>(sheet, { header: 1 })
  expect(lines.slice(2).map(([name]) => name)).toEqual(['毛坝镇', '合计'])
  const { text } = await api.get(`/v1/audit?limit=5`)
  expect(text).toContain('统计表:导出')
})
