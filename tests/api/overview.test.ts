import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Asking, buildTestApp, COUNTY, foundWarning, type Item, type TestApp, TOWN } from './build.ts'

type Line = {
  office: { code: string }
  unfinished: number
  overdue: number
  red: number
  place: number | null
  trend: number[]
}
type Overview = { items: Line[]; total: Line | null; wholeCounty: boolean; trendAt: string[] }
type Rows = { count: number; items: Item[] }
type Late = Rows & { byHolder: { office: { code: string }; count: number; longest: number }[] }
type Home = { sections: string[]; mine: Rows | null; toReview: Rows | null; late: Late | null }

let api: TestApp
let officer: Asking
let centre: Asking
let admin: Asking
/** What the watchdog has counted last; null before its first count. */
let gap: number | null = 0
/** Of one town one late and one that waits for review; of another one that is not due. */
beforeAll(async () => {
  api = await buildTestApp({ day: '2022-06-06' }, { gap: () => gap })
  officer = await api.signedIn('town-officer', TOWN)
  centre = await api.signedIn('relief-centre', `${COUNTY}.jiuzhu`)
  admin = await api.signedIn('administrator', COUNTY)
  const started = await api.post('/v1/campaigns', { year: 2022 })
  if (started.status !== 201) throw new Error(started.text)
  await foundWarning(api, { externalId: 'L1', level: 'red', issuedOn: '2022-05-20' })
  const handedIn = await foundWarning(api, { externalId: 'S1' })
  const result = { outcome: 'ineligible' }
  await api.post(`/v1/obligations/${handedIn.id}/actions`, { action: 'submit', result }, officer)
  await foundWarning(api, { externalId: 'N1', office: `${COUNTY}.donghe` })
})
afterAll(() => api.close())

describe('the overview', () => {
  it('has a line for each office, the worst first, and the sum of all', async () => {
    const { body } = await api.get<Overview>('/v1/overview', centre)
    expect(body.items[0]).toMatchObject({
      ...{ office: { code: TOWN }, place: 1, overdue: 1, overdueRed: 1, inReview: 1 },
      longest: expect.any(Number),
    })
    expect(body).toMatchObject({ wholeCounty: true, county: { code: COUNTY }, total: { overdue: 1, red: 1 } })
    // One is late, one waits for review and bears no light of the performer; what else the campaign began is not done either.
    const counted = 'select count(*)::int as n from obligations where office = $1 and state not in ($2, $3)'
    const { rows } = await api.pool.query<{ n: number }>(counted, [TOWN, 'accepted', 'cancelled'])
    expect(body.items[0]?.unfinished).toBe(rows[0]?.n)
    expect(rows[0]?.n).toBeGreaterThanOrEqual(2)
    expect(body.trendAt).toHaveLength(12)
    for (const { trend } of body.items) expect(trend).toHaveLength(12)
  })

  it('of a town has its own line alone and says so', async () => {
    const { body } = await api.get<Overview>('/v1/overview', officer)
    expect(body.items.map(({ office }) => office.code)).toEqual([TOWN])
    expect(body.wholeCounty).toBe(false)
  })
})

describe('the home of', () => {
  it('an officer has what is theirs, and nothing to review', async () => {
    const { body } = await api.get<Home>('/v1/home', officer)
    expect(body).toMatchObject({ mine: { count: 1, overdue: 1 }, toReview: null })
    expect(body.mine?.items.map(({ externalId }) => externalId)).toEqual(['L1'])
  })

  it('the centre has what waits for its review, and who is late', async () => {
    const { body } = await api.get<Home>('/v1/home', centre)
    expect(body.toReview).toMatchObject({ count: 1, items: [{ externalId: 'S1' }] })
    expect(body.late).toMatchObject({ count: 1, byHolder: [{ office: { code: TOWN }, count: 1 }] })
    expect(body.late?.byHolder[0]?.longest).toBeGreaterThan(0)
  })

  it('the administrator shows no obligation', async () => {
    expect((await api.get<Home>('/v1/home', admin)).body).toEqual({
      ...{ sections: ['accounts', 'parts'], mine: null, toReview: null, late: null },
    })
  })
})

it('the burn-down counts what the campaign still has to close', async () => {
  const { body } = await api.get<{ remaining: number; series: { open: number }[] }>('/v1/burn-down', centre)
  expect(body).toMatchObject({ dueOn: '2022-12-15', actualPerDay: 0, expectedOn: null })
  expect(body.remaining).toBeGreaterThan(0)
  expect(body.series.at(-1)?.open).toBe(body.remaining)
  expect((await api.get('/v1/burn-down?campaign=none', centre)).status).toBe(400)
})

it('the standing check says that everything is watched; its parts are for whoever keeps the system', async () => {
  const { body } = await api.get('/v1/standing-check', officer)
  expect(body).toMatchObject({ state: 'all-watched', unwatched: 0, parts: [], holds: [], temporalUi: null })
  expect((await api.get('/v1/standing-check', admin)).body).toMatchObject({
    parts: [{ name: 'database' }, { name: 'calendar' }],
  })
})

it('the standing check says when something was watched by nobody, and when nobody has looked yet', async () => {
  const told = async () =>
    (await api.get<{ state: string; message: string }>('/v1/standing-check', officer)).body
  gap = 2
  expect(await told()).toMatchObject({
    ...{ state: 'watched-again', unwatched: 2, message: '常态核查:2 项一度无人盯,已重新盯上。' },
  })
  gap = null
  expect(await told()).toMatchObject({ state: 'not-run', unwatched: null })
  gap = 0
  expect(await told()).toMatchObject({ state: 'all-watched', unwatched: 0 })
})

it('mails are counted by what became of them', async () => {
  const { body } = await api.get('/v1/mail-fates', centre)
  expect(body).toEqual({ from: '2022-06-06', to: '2022-06-06', total: 0, items: [] })
  await api.pool.query(
    `with round as (insert into rounds (id, county, at, urgent, composed_at)
       values ('rd_fate', $1, '2022-06-06 09:00+08', false, '2022-06-06 09:00+08') returning id)
     insert into mails (id, message_id, county, round, person, to_address, subject, text_body, html_body, headers, thread_id,
       state, composed_at, next_attempt_wall)
     select 'ml_fate', 'ml_fate', $1, round.id, (select id from people order by id limit 1), 'a@b.test', '', '', '', '{}', '',
       'accepted', '2022-06-06 09:00+08', now() from round`,
    [COUNTY],
  )
  const { body: told } = await api.get('/v1/mail-fates', centre)
  expect(told).toMatchObject({ total: 1, items: [{ fate: 'delivered', count: 1 }] })
})

it('a gate names the offices that it waits for', async () => {
  const { items } = (await api.get<{ items: { id: string }[] }>('/v1/campaigns', centre)).body
  const { body } = await api.get<{
    phases: { gate: { blockerCount: number; byOffice: { count: number }[] } }[]
  }>(`/v1/campaigns/${items[0]?.id}/timeline`, centre)
  expect(body.phases.some(({ gate }) => gate.blockerCount > 0)).toBe(true)
  for (const { gate } of body.phases)
    expect(gate.byOffice.reduce((sum, { count }) => sum + count, 0)).toBe(gate.blockerCount)
})
