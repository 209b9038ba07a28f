import { afterAll, beforeAll, expect, it } from 'vitest'
import { createTimelineActivities } from '../../../src/activities/timeline.ts'
import { inTransaction } from '../../../src/db/pool.ts'
import { poke } from '../../../src/services/watching/pokes.ts'
import { addTestKey } from '../../support/scoped.ts'
import {
  type Asking,
  buildTestApp,
  COUNTY,
  HOUSEHOLD,
  type Item,
  type Page,
  type TestApp,
  TOWN,
} from '../build.ts'

const SIBLING = `${COUNTY}.donghe`

let api: TestApp
let officer: Asking
let neighbour: Asking
let centre: Asking
beforeAll(async () => {
  api = await buildTestApp({ day: '2022-06-01' })
  const { id } = (await api.post<{ id: string }>('/v1/campaigns', { year: 2022 })).body
  await inTransaction(api.pool, (tx) => poke(tx, 'timeline', [id]))
  await createTimelineActivities({ pool: api.pool, wallNow: () => Date.now() } as never).tickTimeline(id, 1)
  await api.goTo('2022-06-06')
  officer = await api.signedIn('town-officer', TOWN)
  neighbour = await api.signedIn('town-officer', SIBLING)
  centre = await api.signedIn('relief-centre', `${COUNTY}.jiuzhu`)
}, 60_000)
afterAll(() => api.close())

type Story = {
  screenings: {
    screening: string
    title: string
    office: { code: string }
    visitedOn: string | null
    finding: string
  }[]
  checks: { id: string; state: string; agrees: boolean | null; method: string | null; labels: object }[]
}
const storyOf = async (id: string, how: Asking) => (await api.get<Story>(`/v1/households/${id}`, how)).body

async function screenedIn(office: string, visit: object, how: Asking): Promise<string> {
  const { items } = (await api.get<Page<Item>>(`/v1/obligations?kind=screening&office=${office}`)).body
  const { id } = items.find(({ title }) => title.startsWith('排查一'))!
  const made = await api.post(`/v1/screenings/${id}/entries`, { person: HOUSEHOLD, ...visit }, how)
  expect(made.status, made.text).toBe(201)
  return id
}
async function act(id: string, body: object, how: Asking): Promise<void> {
  const { status, text } = await api.post(`/v1/obligations/${id}/actions`, body, how)
  expect(status, text).toBe(200)
}

it('one household is followed through the screenings that reached it and the county’s check', async () => {
  const body = { kind: 'warning', office: TOWN, level: 'yellow', group: 'near-poor', person: HOUSEHOLD }
  const { id } = (await api.post<Item>('/v1/obligations', body, officer)).body
  expect(await storyOf(id, centre)).toMatchObject({ screenings: [], checks: [] })

  const found = { visitedOn: '2022-06-05', finding: 'ineligible', follow: 'monitored', visitors: '李干事' }
  const own = await screenedIn(TOWN, found, officer)
  const beside = await screenedIn(SIBLING, {}, neighbour)
  await act(id, { action: 'submit', result: { outcome: 'ineligible' } }, officer)
  await act(id, { action: 'accept' }, centre)
  const drawn = await api.post('/v1/samples', { seed: 'a', percent: 100, dueOn: '2022-09-30' }, centre)
  expect(drawn.status, drawn.text).toBe(201)

  const { screenings, checks } = await storyOf(id, centre)
  expect(screenings).toMatchObject([
    { screening: own, office: { code: TOWN }, visitedOn: '2022-06-05', finding: 'ineligible' },
    { screening: beside, office: { code: SIBLING }, visitedOn: null, finding: null },
  ])
  expect(checks).toMatchObject([{ state: 'open', agrees: null, method: null }])
  await act(checks[0]!.id, { action: 'submit', result: { method: 'phone', agrees: true } }, centre)
  expect((await storyOf(id, centre)).checks).toMatchObject([
    { state: 'submitted', agrees: true, method: 'phone', labels: { method: '电话核查' } },
  ])
  // The same from the visit that followed.
  const visit = (await api.get<{ followedBy: string[] }>(`/v1/obligations/${id}`)).body.followedBy[0]!
  expect((await storyOf(visit, centre)).screenings).toEqual(screenings)

  // Also where the check was drawn from the roster, on which the household stands no more.
  const listed = { group: 'near-poor', cover: 'none', person: HOUSEHOLD, office: TOWN }
  const made = await api.post<{ id: string }>('/v1/roster', listed, officer)
  expect(made.status, made.text).toBe(201)
  await api.pool.query(
    'update sample_households set obligation = null, roster = $2 where check_obligation = $1',
    [checks[0]!.id, made.body.id],
  )
  expect((await storyOf(id, centre)).checks).toHaveLength(1)
  await api.pool.query('update roster_households set removed_at = now() where id = $1', [made.body.id])
  expect(await storyOf(id, centre)).toMatchObject({ roster: null, checks: [{ id: checks[0]!.id }] })

  // A town sees its own visits, and no sample of the county's; who sees no households is told of none.
  const ofTown = await storyOf(id, officer)
  expect(ofTown.screenings.map((one) => one.screening)).toEqual([own])
  expect(ofTown.checks).toEqual([])
  await addTestKey(api.pool, 'sees-no-households', { personal: false })
  expect((await storyOf(id, { token: 'sees-no-households' })).screenings).toEqual([])
})
