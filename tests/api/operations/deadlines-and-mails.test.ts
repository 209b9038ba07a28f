import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { inTransaction } from '../../../src/db/pool.ts'
import { poke } from '../../../src/services/watching/pokes.ts'
import { makeInlineEngine } from '../../../src/demo/inline-engine.ts'
import { instantAt } from '../../../src/domain/time/days.ts'
import {
  buildTestApp,
  COUNTY,
  foundWarning,
  HOUSEHOLD,
  type Item,
  type Json,
  type Page,
  type TestApp,
  TOWN,
} from '../build.ts'

let api: TestApp
let red: Item
let yellow: Item

/** A red and a yellow warning of one town, up to the morning after the red one's day. */
beforeAll(async () => {
  api = await buildTestApp({ day: '2022-06-06' })
  // Mails of the town alone are looked at; the daily check goes to the county.
  await api.pool.query('update policies set standing_check = null')
  await inTransaction(api.pool, (tx) => poke(tx, 'courier', [COUNTY]))
  red = await foundWarning(api, { externalId: 'R1', level: 'red' })
  yellow = await foundWarning(api, { externalId: 'Y1' })
  const engine = makeInlineEngine({
    pool: api.pool,
    wallNow: () => Date.now(),
    letters: {
      dashboardUrl: 'http://127.0.0.1:1',
      from: { name: '督办', address: 'duban@duban.example' },
      replyTo: 'contact@bureau.ziyang.test',
      mailDomain: 'duban.example',
      trial: true,
      archive: true,
    },
  } as never)
  await engine.advanceTo(instantAt('2022-06-10', '09:00'))
})
afterAll(() => api.close())

type Deadline = { id: string; obligationId: string | null; open: number } & Json
type Mail = {
  id: string
  to: string
  state: string
  person: { id: string }
  roundAt: string
  why: Json[]
} & Json
const deadlines = async (query = '') => (await api.get<Page<Deadline>>(`/v1/deadlines?${query}`)).body.items
const mails = async (query = '') => (await api.get<Page<Mail>>(`/v1/mails?${query}`)).body.items

describe('deadlines', () => {
  it('are listed by due instant, with the next wake', async () => {
    expect(await deadlines()).toMatchObject([
      { obligationId: red.id, dueOn: '2022-06-09', open: 1, office: { code: TOWN } },
      { obligationId: null, dueOn: yellow.dueOn, open: 1, watchedUntil: expect.stringMatching(/^2022-06-/) },
    ])
  })

  it.each([
    [`office=${COUNTY}`, 2],
    [`office=${COUNTY}.chengguan`, 0],
    ['dueTo=2022-06-09', 1],
    ['dueFrom=2022-06-10', 1],
    ['open=true', 2],
    ['open=false', 0],
    ['limit=1', 1],
  ])('?%s finds %i', async (query, count) => {
    expect(await deadlines(query)).toHaveLength(count)
  })

  it('show one by one what was planned and fired, who was told, and the fate of the mail', async () => {
    const [of] = await deadlines()
    const { body } = await api.get<{ fired: Json[]; planned: Json[] }>(`/v1/deadlines/${of?.id}`)
    expect(body.fired.map((f) => f.name)).toEqual(
      expect.arrayContaining(['assigned', 'remind-1wd', 'due-day', 'rung-1']),
    )
    expect(body.fired[0]).toMatchObject({
      told: [
        { person: expect.any(String), state: 'mailed', mailId: expect.any(String), mailState: 'archived' },
      ],
    })
    expect(body.planned).toContainEqual({
      name: 'rung-2',
      label: expect.any(String),
      at: '2022-06-13T00:30:00.000Z',
      provisional: false,
    })
  })

  it('with nothing open are listed apart and plan nothing', async () => {
    await api.post(`/v1/obligations/${red.id}/actions`, { action: 'cancel', reason: '重复' })
    const [ended] = await deadlines('open=false')
    expect(ended).toMatchObject({ obligationId: red.id, open: 0 })
    expect((await api.get(`/v1/deadlines/${ended?.id}`)).body.planned).toEqual([])
  })
})

describe('mails', () => {
  it('are listed newest first, each with its fate', async () => {
    const all = await mails()
    expect(all.length).toBeGreaterThan(3)
    const times = all.map((m) => String(m.composedAt))
    expect(times).toEqual([...times].sort().reverse())
    expect(all[0]).toMatchObject({ state: 'archived', messageId: expect.stringContaining('@duban.example') })
  })

  it('are found by person, office, state and day', async () => {
    const all = await mails('limit=200')
    const person = all[0]?.person.id
    expect(await mails(`person=${person}`)).toEqual(all.filter((m) => m.person.id === person))
    expect(await mails('person=pe_none')).toEqual([])
    expect(await mails(`office=${COUNTY}`)).toHaveLength(all.length)
    const inTown = await mails(`office=${TOWN}`)
    expect(inTown.length).toBe(all.length)
    expect(await mails(`office=${COUNTY}.chengguan`)).toEqual([])
    expect(await mails('state=failed')).toEqual([])
    const dayOne = await mails('from=2022-06-06&to=2022-06-06')
    expect(dayOne).toEqual(all.filter((m) => m.roundAt.startsWith('2022-06-06')))
    expect(dayOne.length).toBeGreaterThan(0)
  })

  it('come page by page, none twice', async () => {
    const whole = (await mails('limit=200')).map((m) => m.id)
    expect(whole.length).toBeGreaterThan(2)
    const seen: string[] = []
    for (let cursor: string | null = ''; cursor !== null;) {
      const { body }: { body: Page<Mail> } = await api.get(
        `/v1/mails?limit=2${cursor && `&cursor=${cursor}`}`,
      )
      seen.push(...body.items.map((m) => m.id))
      cursor = body.nextCursor
    }
    expect(seen).toEqual(whole)
  })

  it('show one by one both parts, the headers and the reason, never a household', async () => {
    const all = await mails('limit=200')
    expect(all.length).toBeGreaterThan(0)
    for (const { id } of all) {
      const { body, text } = await api.get<Mail>(`/v1/mails/${id}`)
      expect(body.why.length).toBeGreaterThan(0)
      expect(body).toMatchObject({
        text: expect.stringContaining('毛坝镇'),
        html: expect.stringContaining('<'),
      })
      expect(body.headers).toMatchObject({ 'Auto-Submitted': 'auto-generated' })
      for (const secret of [HOUSEHOLD.name, HOUSEHOLD.idNo, HOUSEHOLD.phone, HOUSEHOLD.village])
        expect(text).not.toContain(secret)
    }
  })
})

describe('the not-reached list', () => {
  it('names the vacant rung, and who was told instead', async () => {
    await api.pool.query(
      `insert into not_reached (id, cause, county, office, role, person, reason, passed_to, at)
       select 'nr_1', 'a/rung-1', $1, $2, 'town-head', null, 'vacant', id, now() from people order by id limit 1`,
      [COUNTY, TOWN],
    )
    const { body } = await api.get<Page<Json>>('/v1/not-reached')
    expect(body.items).toMatchObject([
      {
        office: { code: TOWN },
        role: 'town-head',
        person: null,
        reason: 'vacant',
        passedTo: expect.any(String),
      },
    ])
  })
})
