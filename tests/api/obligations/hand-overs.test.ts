import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { rows } from '../../../src/db/pool.ts'
import {
  type Asking,
  buildTestApp,
  COUNTY,
  foundWarning,
  HOUSEHOLD,
  type Item,
  type Page,
  type ProblemBody,
  type TestApp,
  TOWN,
} from '../build.ts'

const OTHER = `${COUNTY}.donghe`
const OFFER = { action: 'offer-hand-over', toOffice: OTHER, reason: '户籍在洞河镇' }
type Field = { name: string; schema: { enum?: string[]; description?: string } }
type Possible = { items: { action: string; allowed: boolean; who: object[]; fields: Field[] }[] }
type HandOver = { id: string; obligation: string; state: string; heldDays: number | null }

let api: TestApp
let item: Item
let town: Asking
let other: Asking
let third: Asking
let centre: Asking
let auditor: Asking
beforeAll(async () => {
  api = await buildTestApp()
  town = await api.signedIn('town-officer', TOWN)
  other = await api.signedIn('town-officer', OTHER)
  third = await api.signedIn('town-officer', `${COUNTY}.gaoqiao`)
  centre = await api.signedIn('relief-centre', `${COUNTY}.jiuzhu`)
  auditor = await api.signedIn('auditor', COUNTY)
})
beforeEach(async () => {
  await api.goTo('2022-06-06')
  item = await foundWarning(api)
})
afterAll(() => api.close())

const act = <T = ProblemBody>(body: object, how: Asking) =>
  api.post<T>(`/v1/obligations/${item.id}/actions`, body, how)
const read = <T = Item>(part: string, how: Asking) => api.get<T>(`/v1/obligations/${item.id}${part}`, how)
const handOvers = async (how: Asking, query = '') =>
  (await api.get<Page<HandOver>>(`/v1/hand-overs?limit=200&${query}`, how)).body.items.filter(
    ({ obligation }) => obligation === item.id,
  )
const listed = async (how: Asking, query: string) =>
  (await api.get<Page<Item>>(`/v1/obligations?limit=200&${query}`, how)).body.items.map(({ id }) => id)

describe('an offered obligation', () => {
  it('is seen by the office it was offered to, and not before; by no third one', async () => {
    expect((await read('', other)).status).toBe(404)
    expect(await act<Item>(OFFER, town)).toMatchObject({ status: 200, body: { state: 'open' } })
    const { body, text } = await read('', other)
    expect(body).toMatchObject({ office: { code: TOWN }, subject: { idNo: '619999********2163' } })
    for (const secret of [HOUSEHOLD.name, HOUSEHOLD.idNo, HOUSEHOLD.phone]) expect(text).not.toContain(secret)
    expect((await read('', third)).status).toBe(404)
    expect(await listed(other, 'standing=to-receive')).toEqual([item.id])
    expect(await listed(other, '')).not.toContain(item.id)
    expect(await listed(third, 'standing=to-receive')).toEqual([])
  })

  it('shows why it was offered, and not what else was written; its household stays masked, its files are not part of it', async () => {
    await act({ action: 'submit', result: { outcome: 'ineligible', note: '邻居作证' } }, town)
    await act({ action: 'return', reason: '请核对户籍' }, centre)
    await act(OFFER, town)
    const history = await read<{ items: { action: string; text: string | null }[] }>('/history', other)
    expect(history.body.items.map(({ action, text }) => [action, text])).toEqual([
      ['register', null],
      ['submit', null],
      ['return', null],
      ['offer-hand-over', OFFER.reason],
    ])
    expect((await api.post(`/v1/obligations/${item.id}/reveal`, { reason: '核对户籍在哪里' }, other)).status).toBe(403)
    expect((await read<Page<object>>('/attachments', other)).body.items ?? []).toEqual([])
    for (const body of [
      { action: 'submit', result: { outcome: 'ineligible' } },
      { action: 'take' },
      { action: 'withdraw-hand-over' },
    ])
      expect((await act(body, other)).status).toBe(403)
  })

  it('that was refused is theirs no more', async () => {
    await act(OFFER, town)
    expect(await act<Item>({ action: 'refuse-hand-over', reason: '户籍不在本镇' }, other)).toMatchObject({ status: 200 })
    expect((await read('', other)).status).toBe(404)
    expect(await handOvers(other)).toMatchObject([{ state: 'refused' }])
    expect((await read('', town)).body).toMatchObject({ holder: { office: { code: TOWN } } })
    const history = await read<{ items: { action: string; text: string | null }[] }>('/history', town)
    expect(history.body.items.at(-1)).toMatchObject({ action: 'refuse-hand-over', text: '户籍不在本镇' })
  })

  it('that was accepted keeps its day; whoever gave it sees that it went and where, and the receipt who had it how long', async () => {
    await api.goTo('2022-06-08')
    await act(OFFER, town)
    await api.goTo('2022-06-09')
    expect((await act<Item>({ action: 'accept-hand-over' }, other)).status).toBe(200)
    expect((await read('', town)).status).toBe(404)
    const [went] = await handOvers(town, 'direction=given')
    expect(went).toMatchObject({ state: 'accepted', heldDays: 3, to: { code: OTHER, name: '洞河镇' } })
    expect(await handOvers(other, 'direction=given')).toEqual([])
    expect(await handOvers(third)).toEqual([])
    expect((await read('', other)).body).toMatchObject({ dueOn: item.dueOn, office: { code: OTHER } })
    expect((await read<object>('/receipt', other)).body).toMatchObject({
      dueOn: item.dueOn,
      handOvers: [{ from: { code: TOWN }, to: { code: OTHER }, offeredOn: '2022-06-08', answeredOn: '2022-06-09', heldDays: 3 }],
    })
    expect((await api.post(`/v1/obligations/${item.id}/reveal`, { reason: '核对户籍在哪里' }, town)).status).toBe(404)
    const trail = `select detail from audit_events where action = 'obligation.accept-hand-over' and subject = $1`
    expect(await rows(api.pool, trail, [item.id])).toHaveLength(1)
  })

  it('is shown to whoever oversees the county, who answers nothing', async () => {
    await act(OFFER, town)
    expect(await handOvers(auditor)).toMatchObject([{ state: 'pending' }])
    expect((await act({ action: 'accept-hand-over' }, auditor)).status).toBe(403)
    expect((await act({ action: 'accept-hand-over' }, centre)).status).toBe(200)
  })
})

describe('the forms', () => {
  const fieldOf = async (action: string, name: string, how: Asking) => {
    const { items } = (await read<Possible>('/possible-actions', how)).body
    return items.find((one) => one.action === action)?.fields.find((field) => field.name === name)?.schema
  }

  it('offer the other offices of the county and the people of one’s own', async () => {
    const offices = await fieldOf('offer-hand-over', 'toOffice', town)
    expect(offices?.enum).toContain(OTHER)
    expect(offices?.enum).not.toContain(TOWN)
    expect(offices?.description).toContain(`${OTHER} 洞河镇`)
    const people = await fieldOf('assign', 'person', town)
    expect(people?.enum?.length).toBeGreaterThan(0)
    const [person] = people?.enum ?? []
    expect((await act({ action: 'assign', person }, town)).status).toBe(200)
    expect((await read('', town)).body).toMatchObject({ holder: { person: { id: person } } })
    expect(await listed(town, `person=${person}`)).toContain(item.id)
    expect(await act({ action: 'take' }, {})).toMatchObject({ status: 403 })
  })

  it('refuse an office that is none, at its field', async () => {
    expect(await act({ ...OFFER, toOffice: TOWN }, town)).toMatchObject({
      status: 422,
      body: { errors: [{ pointer: '/body/toOffice' }] },
    })
  })
})

describe('the work of a whole office', () => {
  const handOn = (body: object, how: Asking) => api.post<{ count: number }>(`/v1/offices/${TOWN}/hand-on`, body, how)

  it('goes to another town after a dry run, by whoever manages both, and stands in the trail', async () => {
    await act(OFFER, town)
    expect((await handOn({ toOffice: OTHER, dryRun: true }, town)).status).toBe(403)
    const dry = await handOn({ toOffice: OTHER, dryRun: true }, centre)
    expect(dry).toMatchObject({ status: 200, body: { done: false, offers: expect.any(Number) as number } })
    expect((await read('', town)).status).toBe(200)
    expect(await handOn({ toOffice: OTHER, expectedCount: dry.body.count + 1 }, centre)).toMatchObject({
      status: 409,
      body: { detail: expect.stringContaining(`${dry.body.count} 件`) as string },
    })
    expect(await handOn({ toOffice: OTHER, expectedCount: dry.body.count }, centre)).toMatchObject({
      status: 200,
      body: { done: true, count: dry.body.count },
    })
    expect((await read('', town)).status).toBe(404)
    expect((await read('', other)).body).toMatchObject({ holder: { office: { code: OTHER } }, dueOn: item.dueOn })
    expect(await handOvers(town)).toMatchObject([{ state: 'accepted' }, { state: 'lapsed' }])
    const trail = `select detail from audit_events where action = 'office.hand-on' and outcome = 'done'`
    expect(await rows(api.pool, trail)).toEqual([{ detail: { to: OTHER, count: dry.body.count } }])
  })

  it('does not go to a centre, nor from one', async () => {
    expect(await handOn({ toOffice: `${COUNTY}.jiuzhu`, dryRun: true }, centre)).toMatchObject({ status: 422 })
  })
})
