import { afterAll, beforeAll, expect, test } from 'vitest'
import { createTimelineActivities } from '../../../src/activities/timeline.ts'
import { inTransaction, row, rows } from '../../../src/db/pool.ts'
import { poke } from '../../../src/services/watching/pokes.ts'
import {
  type Asking,
  buildTestApp,
  COUNTY,
  type Item,
  type Json,
  type Page,
  type TestApp,
  TOWN,
} from '../build.ts'

let api: TestApp
let officer: Asking
let centre: Asking
beforeAll(async () => {
  api = await buildTestApp({ day: '2022-05-27' })
  const campaign = (await api.post<{ id: string }>('/v1/campaigns', { year: 2022 })).body.id
  await inTransaction(api.pool, (tx) => poke(tx, 'timeline', [campaign]))
  const timeline = createTimelineActivities({ pool: api.pool, wallNow: () => Date.now() } as never)
  await timeline.tickTimeline(campaign, 1)
  officer = await api.signedIn('town-officer', TOWN)
  centre = await api.signedIn('relief-centre', `${COUNTY}.jiuzhu`)
})
afterAll(() => api.close())

type Found = { id: string; finding: number | null; title: string; state: string }
type Problem = Item & {
  wrong: string
  type: string
  origin: string
  foundBy: { id: string; finding: number } | null
}

test('the findings of a look-back that are marked become problems of the town, once, linked both ways', async () => {
  const { body } = await api.get<Page<Item>>(`/v1/obligations?kind=launch&office=${TOWN}`)
  const launch = body.items[0]!.id
  const act = async (action: Json, who: Asking) =>
    expect((await api.post(`/v1/obligations/${launch}/actions`, action, who)).status).toBe(200)
  const lookBack = [
    { policy: 'full-cover', finding: '双河村有两户应保未保', problem: true },
    { policy: 'tekun-care', finding: '照料护理协议已签订' },
    { policy: 'fund-supervision', finding: '一笔资金滞留三个月', problem: true },
  ]
  const submit = (list: Json[] = lookBack) => act({ action: 'submit', result: { lookBack: list } }, officer)
  const problems = async () => (await api.get<Page<Problem>>('/v1/problems', centre)).body.items
  await submit()
  expect(await problems()).toEqual([])
  await act({ action: 'accept' }, centre)
  const made = await problems()
  const byPlace = [...made].sort((a, b) => a.foundBy!.finding - b.foundBy!.finding)
  expect(byPlace.map(({ foundBy, type, origin }) => [foundBy, type, origin])).toEqual([
    [{ id: launch, finding: 0 }, 'missed-cover', 'self-check'],
    [{ id: launch, finding: 2 }, 'other', 'self-check'],
  ])
  expect(byPlace[0]!.wrong).toContain('双河村有两户应保未保')
  const detail = await api.get<{ found: Found[] }>(`/v1/obligations/${launch}`, officer)
  expect(detail.body.found.map(({ id, finding }) => [id, finding])).toEqual(
    byPlace.map(({ id, foundBy }) => [id, foundBy!.finding]),
  )
  const stored = await row<{ text: string }>(
    api.pool,
    `select (select jsonb_agg(to_jsonb(p)) from problems p)::text || (select jsonb_agg(to_jsonb(o)) from obligations o)::text ||
            (select jsonb_agg(to_jsonb(e)) from events e)::text as text`,
  )
  expect(stored!.text).not.toContain('应保未保')
  await act({ action: 'reopen', reason: '补充' }, centre)
  await submit()
  await act({ action: 'accept' }, centre)
  expect((await problems()).map(({ id }) => id)).toEqual(made.map(({ id }) => id))
  // A new finding stands before those that are known.
  await act({ action: 'reopen', reason: '补充' }, centre)
  await submit([{ policy: 'due-exit', finding: '东坪村一户已迁出仍在领取', problem: true }, ...lookBack])
  await act({ action: 'accept' }, centre)
  const more = await problems()
  expect(more).toHaveLength(3)
  const known = new Map(made.map(({ id, foundBy }) => [id, foundBy!.finding]))
  for (const { id, foundBy, wrong } of more)
    if (known.has(id)) expect(foundBy!.finding).toBe(known.get(id)! + 1)
    else expect([foundBy!.finding, wrong]).toEqual([0, expect.stringContaining('东坪村一户') as string])
})

test('what a look-back found is cancelled as its acceptance is taken back, and found again as it is accepted again', async () => {
  const asked = `/v1/obligations?kind=launch&office=${COUNTY}.donghe`
  const launch = (await api.get<Page<Item>>(asked)).body.items[0]!.id
  const town = await api.signedIn('town-officer', `${COUNTY}.donghe`)
  const act = async (action: Json, who: Asking) =>
    expect((await api.post(`/v1/obligations/${launch}/actions`, action, who)).status).toBe(200)
  const lookBack = [{ policy: 'full-cover', finding: '双河村有两户应保未保', problem: true }]
  const states = async () =>
    (
      await rows<{ state: string }>(
        api.pool,
        'select o.state from problems p join obligations o on o.id = p.obligation where p.found_by = $1 order by 1',
        [launch],
      )
    ).map(({ state }) => state)
  await act({ action: 'submit', result: { lookBack } }, town)
  await act({ action: 'accept' }, centre)
  expect(await states()).toEqual(['open'])
  await act({ action: 'undo' }, centre)
  expect(await states()).toEqual(['cancelled'])
  await act({ action: 'accept' }, centre)
  expect(await states()).toEqual(['cancelled', 'open'])
})
