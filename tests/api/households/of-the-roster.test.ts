import { afterAll, beforeAll, expect, it } from 'vitest'
import { createTimelineActivities } from '../../../src/activities/timeline.ts'
import { inTransaction } from '../../../src/db/pool.ts'
import { poke } from '../../../src/services/watching/pokes.ts'
import { addTestKey } from '../../support/scoped.ts'
import { type Asking, buildTestApp, COUNTY, type Item, type Page, type TestApp, TOWN } from '../build.ts'

const SIBLING = `${COUNTY}.donghe`
const PERSON = { name: '赵小河', idNo: '619999199001012163', phone: '19900008219', village: '东坪村' }
const NUMBERLESS = { name: '钱大江', idNo: '', phone: '', village: '西坪村' }

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
  subject: { name: string; idNo: string; phone: string; village: string } | null
  cover: { outcome: string } | null
  roster: { id: string; office: { code: string }; group: string; cover: string } | null
  screenings: { screening: string; finding: string | null }[]
  checks: { id: string; state: string }[]
  items: Item[]
}
const ask = (id: string, how: Asking) => api.get<Story>(`/v1/households/${id}`, how)
const storyOf = async (id: string, how: Asking) => (await ask(id, how)).body

async function listed(person: object, more: object = {}): Promise<string> {
  const body = { group: 'near-poor', cover: 'none', person, office: TOWN, ...more }
  const made = await api.post<{ id: string }>('/v1/roster', body, officer)
  expect(made.status, made.text).toBe(201)
  return made.body.id
}

it('a household that only the roster knows has its story, masked, and nothing that was done', async () => {
  const id = await listed(PERSON, { cover: 'marginal', coveredSince: '2021-03-01' })
  const { body, text } = await ask(id, officer)
  expect(body).toEqual({
    subject: { name: '赵*河', idNo: '619999********2163', phone: '199****8219', village: '东*村' },
    roster: {
      ...{ id, office: { code: TOWN, name: '毛坝镇' }, group: 'near-poor', cover: 'marginal' },
      coveredSince: '2021-03-01',
      labels: { group: expect.any(String), cover: expect.any(String) },
    },
    ...{ cover: null, monitored: false, exits: [], screenings: [], checks: [], links: [], items: [] },
  })
  for (const secret of Object.values(PERSON)) expect(text).not.toContain(secret)
  expect(await storyOf(id, centre)).toEqual(body)

  expect((await ask(id, neighbour)).status).toBe(404)
  const none = await ask('rh_none', centre)
  expect([none.status, none.text]).toEqual([404, expect.stringContaining('没有这一户。')])
  expect((await ask(`${id}/twins`, officer)).status).toBe(404)
})

it('whoever sees no households is told where it stands, and neither who it is nor what was done', async () => {
  const id = await listed({ ...NUMBERLESS, name: '孙大湖' })
  await addTestKey(api.pool, 'sees-no-households', { personal: false })
  const { body, text } = await ask(id, { token: 'sees-no-households' })
  expect(body).toMatchObject({ subject: null, roster: { id, office: { code: TOWN } }, items: [] })
  expect(text).not.toContain('孙')
})

it('what is done about it later belongs to the same story, wherever it begins', async () => {
  const person = { ...PERSON, idNo: '619999198505054539', phone: '' }
  const id = await listed(person)
  const body = { kind: 'warning', office: TOWN, level: 'yellow', group: 'near-poor', person }
  const warning = (await api.post<Item>('/v1/obligations', body, officer)).body.id
  const [ofRoster, ofItem] = [await storyOf(id, officer), await storyOf(warning, officer)]
  expect(ofRoster.items.map((item) => item.id)).toEqual([warning])
  expect(ofItem).toEqual(ofRoster)
})

it('screenings that carried it over and the county’s check of it are told, also without a number', async () => {
  const id = await listed(NUMBERLESS)
  const { items } = (await api.get<Page<Item>>(`/v1/obligations?kind=screening&office=${TOWN}`)).body
  const screening = items.find(({ title }) => title.startsWith('排查二'))!.id
  const carried = await api.post(`/v1/screenings/${screening}/entries/from-roster`, {}, officer)
  expect(carried.status, carried.text).toBe(200)
  const drawn = await api.post('/v1/samples', { seed: 'a', percent: 100, dueOn: '2022-09-30' }, centre)
  expect(drawn.status, drawn.text).toBe(201)
  const story = await storyOf(id, centre)
  expect(story.screenings).toMatchObject([{ screening, finding: null }])
  expect(story.checks).toMatchObject([{ state: 'open' }])
  // The county's samples are none of the town's business.
  expect(await storyOf(id, officer)).toMatchObject({ checks: [], screenings: [{ screening }] })
})

it('one that was taken off the roster has no story there any more', async () => {
  const id = await listed({ ...NUMBERLESS, name: '李小山' })
  const { body } = await api.get<Page<{ id: string; version: number }>>('/v1/roster?limit=200', officer)
  const { version } = body.items.find((one) => one.id === id)!
  const asked = {
    method: 'DELETE' as const,
    url: `/v1/roster/${id}`,
    headers: { 'if-match': `"${version}"` },
  }
  expect((await api.ask(asked, officer)).status).toBe(200)
  expect((await ask(id, officer)).status).toBe(404)
})
