import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { rows } from '../../../src/db/pool.ts'
import {
  type Asking,
  buildTestApp,
  COUNTY,
  foundWarning,
  type Item,
  type ProblemBody,
  type TestApp,
  TOWN,
} from '../build.ts'

let api: TestApp
let item: Item
let town: Asking
let centre: Asking
let leader: Asking
let auditor: Asking
beforeAll(async () => {
  api = await buildTestApp()
  town = await api.signedIn('town-officer', TOWN)
  centre = await api.signedIn('relief-centre', `${COUNTY}.jiuzhu`)
  leader = await api.signedIn('bureau-leader', COUNTY)
  auditor = await api.signedIn('auditor', COUNTY)
})
beforeEach(async () => {
  await api.goTo('2022-06-06')
  item = await foundWarning(api)
})
afterAll(() => api.close())

type Receipt = { dueOn: string; counted: string[]; paused: string[]; pauses: object[]; extensions: object[] }
type Possible = {
  items: { action: string; allowed: boolean; who: object[]; fields: { name: string; schema: object }[] }[]
}
const act = <T = ProblemBody>(body: object, how: Asking) =>
  api.post<T>(`/v1/obligations/${item.id}/actions`, body, how)
const read = async <T = Item>(part = '', how = centre) =>
  (await api.get<T>(`/v1/obligations/${item.id}${part}`, how)).body
const PAUSE = { action: 'suspend', reasonCode: 'disaster', reason: '进村道路冲毁', until: '2022-06-10' }
const ASK = { action: 'request-extension', reason: '户主在外住院', days: 3 }

describe('a pause', () => {
  it('is approved by the role the policy names, moves the due day at once, and stands in the receipt', async () => {
    expect(item.dueOn).toBe('2022-06-20')
    expect((await act(PAUSE, town)).status).toBe(403)
    expect(await act<Item>(PAUSE, centre)).toMatchObject({ status: 200, body: { state: 'suspended' } })
    expect(await read()).toMatchObject({
      dueOn: '2022-06-24',
      clock: { code: 'suspended' },
      suspended: {
        reasonCode: 'disaster',
        label: '灾害、疫情等不可抗力',
        from: '2022-06-06',
        until: '2022-06-10',
      },
      holder: { assignment: 'pause', office: { code: `${COUNTY}.jiuzhu` }, dueOn: '2022-06-10' },
    })
    const receipt = await read<Receipt>('/receipt')
    expect(receipt).toMatchObject({
      ...{ dueOn: '2022-06-24', assignment: 'perform', workingDays: 10 },
      paused: ['2022-06-07', '2022-06-08', '2022-06-09', '2022-06-10'],
      pauses: [{ from: '2022-06-06', until: '2022-06-10', resumedOn: null, workingDays: 4, resumedBy: null }],
    })
    expect(receipt.counted).toHaveLength(10)
  })

  it('resumed early is counted anew, and says who resumed it', async () => {
    await act(PAUSE, centre)
    await api.goTo('2022-06-08')
    expect(await act<Item>({ action: 'resume', note: '道路已通' }, centre)).toMatchObject({
      body: { state: 'open' },
    })
    expect(await read()).toMatchObject({
      dueOn: '2022-06-22',
      suspended: null,
      holder: { assignment: 'perform' },
    })
    expect(await read<Receipt>('/receipt')).toMatchObject({
      dueOn: '2022-06-22',
      pauses: [{ resumedOn: '2022-06-08', workingDays: 2, resumedBy: expect.stringMatching(/./) as string }],
    })
  })

  it('is shown by its codes to everybody and by its words to whoever may read notes', async () => {
    await act(PAUSE, centre)
    const told = async (how: Asking) => {
      const { items } = await read<{ items: { action: string; text: string | null; detail: object }[] }>(
        '/history',
        how,
      )
      return items.find(({ action }) => action === 'suspend')
    }
    const detail = { reasonCode: 'disaster', until: '2022-06-10' }
    expect(await told(town)).toMatchObject({ text: '进村道路冲毁', detail })
    expect(await told(auditor)).toMatchObject({ text: null, detail })
    const trail = `select detail from audit_events where action = 'obligation.suspend' and subject = $1`
    expect(await rows(api.pool, trail, [item.id])).toEqual([{ detail: { from: 'open', to: 'suspended' } }])
  })

  it('of a red warning is decided by the leader, and a key decides nothing', async () => {
    item = await foundWarning(api, { level: 'red' })
    expect(await act(PAUSE, centre)).toMatchObject({
      status: 403,
      body: { detail: '这件事由分管局领导决定。' },
    })
    expect(await act(PAUSE, {})).toMatchObject({
      status: 403,
      body: { detail: '暂停和延期由分管局领导本人决定。' },
    })
    expect((await act(PAUSE, leader)).status).toBe(200)
  })

  it('until a day that is over is refused at its field', async () => {
    expect(await act({ ...PAUSE, until: '2022-06-06' }, centre)).toMatchObject({
      status: 422,
      body: { errors: [{ pointer: '/body/until' }] },
    })
  })

  it('stands in nobody’s list of what to do, and in that of the paused', async () => {
    await act(PAUSE, centre)
    const ids = async (query: string, how: Asking) =>
      (await api.get<{ items: Item[] }>(`/v1/obligations?limit=200&${query}`, how)).body.items.map(
        ({ id }) => id,
      )
    expect(await ids('standing=held', centre)).not.toContain(item.id)
    expect(await ids('standing=held', town)).not.toContain(item.id)
    expect(await ids('state=suspended', town)).toContain(item.id)
  })
})

describe('more time', () => {
  it('is asked for with a form that names its fields, answered by the centre, and shown for good', async () => {
    const { items } = await read<Possible>('/possible-actions', town)
    const form = items.find(({ action }) => action === 'request-extension')
    expect(form).toMatchObject({ allowed: true })
    expect(form?.fields.map(({ name, schema }) => [name, (schema as { title?: string }).title])).toEqual([
      ['reason', '原因'],
      ['days', '申请延长的工作日'],
    ])
    expect((await act(ASK, town)).status).toBe(200)
    const asked = {
      state: 'pending',
      label: '待答复',
      workingDays: 3,
      office: { code: `${COUNTY}.jiuzhu` },
      onLastDay: false,
    }
    expect(await read()).toMatchObject({
      dueOn: '2022-06-23',
      extensions: [asked],
      holder: { office: { code: TOWN } },
    })
    const waiting = await api.get<{ items: Item[] }>('/v1/obligations?standing=to-answer', centre)
    expect(waiting.body.items.map(({ id }) => id)).toContain(item.id)
    expect(await act({ action: 'grant-extension', grantedDays: 4 }, centre)).toMatchObject({
      status: 422,
      body: { errors: [{ pointer: '/body/grantedDays' }] },
    })
    expect((await act({ action: 'grant-extension', grantedDays: 2 }, centre)).status).toBe(200)
    expect(await read()).toMatchObject({
      dueOn: '2022-06-22',
      extensions: [{ state: 'granted', grantedDays: 2 }],
    })
    expect(await read<Receipt>('/receipt')).toMatchObject({
      dueOn: '2022-06-22',
      extensions: [{ askedOn: '2022-06-06', workingDays: 3, grantedDays: 2, label: '已批准', waitedDays: 0 }],
    })
  })

  it('is not asked for twice, nor after the day', async () => {
    await act(ASK, town)
    expect(await act(ASK, town)).toMatchObject({
      status: 409,
      body: { type: expect.stringContaining('already-requested') as string },
    })
    item = await foundWarning(api)
    await api.goTo('2022-06-21')
    expect(await act(ASK, town)).toMatchObject({
      status: 409,
      body: { type: expect.stringContaining('too-late') as string },
    })
  })

  it('refused, the old day stands, and what was waited for past it is in the receipt', async () => {
    await api.goTo('2022-06-20')
    await act(ASK, town)
    expect(await read()).toMatchObject({ extensions: [{ onLastDay: true }] })
    await api.goTo('2022-06-22')
    expect(await read()).toMatchObject({ overdue: false, everLate: false })
    await act({ action: 'refuse-extension', reason: '可以电话核实' }, centre)
    expect(await read()).toMatchObject({ dueOn: '2022-06-22', overdue: false, everLate: false })
    expect(await read<Receipt>('/receipt')).toMatchObject({
      dueOn: '2022-06-22',
      extensions: [{ state: 'refused', grantedDays: null, waitedDays: 2, onLastDay: true }],
    })
    // Each wait moves the day: asking again would give days for ever.
    expect(await act(ASK, town)).toMatchObject({
      status: 409,
      body: { type: expect.stringContaining('already-refused') as string },
    })
    const { items } = await read<Possible>('/possible-actions', town)
    expect(items.find(({ action }) => action === 'request-extension')).toMatchObject({ allowed: false })
    await api.goTo('2022-06-23')
    expect(await read()).toMatchObject({ overdue: true, overdueWorkingDays: 1 })
  })

  it('refused in time is asked for again', async () => {
    await act(ASK, town)
    expect((await act({ action: 'refuse-extension', reason: '可以电话核实' }, centre)).status).toBe(200)
    expect((await act(ASK, town)).status).toBe(200)
  })

  it('that nobody answered lapses when the work is handed in', async () => {
    await act(ASK, town)
    const result = { outcome: 'ineligible', note: '已走访' }
    expect((await act({ action: 'submit', result }, town)).status).toBe(200)
    expect(await read()).toMatchObject({ extensions: [{ state: 'lapsed', label: '已失效' }] })
    const waiting = await api.get<{ items: Item[] }>('/v1/obligations?standing=to-answer', centre)
    expect(waiting.body.items.map(({ id }) => id)).not.toContain(item.id)
  })
})
