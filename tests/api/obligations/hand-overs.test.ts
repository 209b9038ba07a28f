import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { rows } from '../../../src/db/pool.ts'
import { addTestKey, personWith } from '../../support/scoped.ts'
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
  (await api.get<Page<HandOver>>(`/v1/obligations/hand-overs?limit=200&${query}`, how)).body.items.filter(
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
    const inbox = async (how: Asking) =>
      (await api.get<{ items: { code: string; count: number }[] }>('/v1/inboxes', how)).body.items.find(
        (one) => one.code === 'to-receive',
      )?.count
    expect([await inbox(other), await inbox(third)]).toEqual([1, 0])
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
    expect(
      (await api.post(`/v1/obligations/${item.id}/reveal`, { reason: '核对户籍在哪里' }, other)).status,
    ).toBe(403)
    expect((await read<Page<object>>('/attachments', other)).body.items ?? []).toEqual([])
    for (const body of [
      { action: 'submit', result: { outcome: 'ineligible' } },
      { action: 'take' },
      { action: 'withdraw-hand-over' },
    ])
      expect((await act(body, other)).status).toBe(403)
  })

  it('is counted for the office that has it, and for the other one as what it is to answer', async () => {
    await api.goTo('2022-07-29')
    await act(OFFER, town)
    type Line = { office: { code: string }; overdue: number; trend: number[] }
    type Late = { late: { byHolder: { office: { code: string } }[] } }
    const overview = await api.get<{ items: Line[] }>('/v1/overview', other)
    // It holds nothing of its own.
    expect(overview.body.items).toEqual([])
    expect((await api.get<Late>('/v1/home', other)).body.late.byHolder).toEqual([])
    const mine = await api.get<{ items: Line[] }>('/v1/overview', town)
    expect(mine.body.items.find(({ office }) => office.code === TOWN)?.overdue).toBeGreaterThan(0)
    // Whoever works in two towns, and asks for one of them.
    const inbox = async (code: string, office: string) =>
      (
        await api.get<{ items: { code: string; count: number }[] }>(`/v1/inboxes?office=${office}`, centre)
      ).body.items.find((one) => one.code === code)?.count
    expect(await inbox('to-receive', TOWN)).toBe(0)
  })

  it('is no work of a key of the office it is offered to, which may answer', async () => {
    await act(OFFER, town)
    await addTestKey(api.pool, `other-${item.id}`, { office: OTHER })
    const key = { token: `other-${item.id}` }
    expect(await act({ action: 'submit', result: { outcome: 'ineligible' } }, key)).toMatchObject({
      status: 403,
    })
    expect((await act({ action: 'acknowledge' }, key)).body.type).toBe('urn:duban:problem:forbidden')
    expect((await act({ action: 'cancel', reason: '来源撤回' }, key)).status).toBe(403)
    expect((await act({ action: 'accept-hand-over' }, key)).status).toBe(200)
  })

  it('that was refused is theirs no more', async () => {
    await act(OFFER, town)
    expect(await act<Item>({ action: 'refuse-hand-over', reason: '户籍不在本镇' }, other)).toMatchObject({
      status: 200,
    })
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
      handOvers: [
        {
          from: { code: TOWN },
          to: { code: OTHER },
          offeredOn: '2022-06-08',
          answeredOn: '2022-06-09',
          heldDays: 3,
        },
      ],
    })
    expect(
      (await api.post(`/v1/obligations/${item.id}/reveal`, { reason: '核对户籍在哪里' }, town)).status,
    ).toBe(404)
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
  const handOn = (body: object, how: Asking) =>
    api.post<{ count: number }>(`/v1/offices/${TOWN}/hand-on`, body, how)

  it('goes to another town after a dry run, by whoever manages both, and stands in the trail', async () => {
    await act(OFFER, town)
    expect((await handOn({ toOffice: OTHER, dryRun: true }, town)).status).toBe(403)
    const dry = await handOn({ toOffice: OTHER, dryRun: true }, centre)
    expect(dry).toMatchObject({ status: 200, body: { done: false, offers: expect.any(Number) as number } })
    expect((await read('', town)).status).toBe(200)
    expect(await handOn({ toOffice: OTHER }, centre)).toMatchObject({
      status: 422,
      body: { errors: [{ pointer: '/body/expectedCount' }] },
    })
    expect(await handOn({ toOffice: OTHER, expectedCount: dry.body.count + 1 }, centre)).toMatchObject({
      status: 409,
      body: { detail: expect.stringContaining(`${dry.body.count} 件`) as string },
    })
    expect(await handOn({ toOffice: OTHER, expectedCount: dry.body.count }, centre)).toMatchObject({
      status: 200,
      body: { done: true, count: dry.body.count },
    })
    expect((await read('', town)).status).toBe(404)
    expect((await read('', other)).body).toMatchObject({
      holder: { office: { code: OTHER } },
      dueOn: item.dueOn,
    })
    expect(await handOvers(town)).toMatchObject([{ state: 'accepted' }, { state: 'lapsed' }])
    const trail = `select detail from audit_events where action = 'office.hand-on' and outcome = 'done'`
    expect(await rows(api.pool, trail)).toEqual([{ detail: { to: OTHER, count: dry.body.count } }])
  })

  it('does not go to a centre, nor from one', async () => {
    expect(await handOn({ toOffice: `${COUNTY}.jiuzhu`, dryRun: true }, centre)).toMatchObject({
      status: 422,
    })
  })
})

describe('a day of an officer', () => {
  it('signs for work, asks for more time, hands over, submits and takes back, and the story tells all of it', async () => {
    expect((await act({ action: 'acknowledge' }, town)).status).toBe(200)
    expect((await act({ action: 'request-extension', reason: '户主住院', days: 2 }, town)).status).toBe(200)
    // One thing waits at a time, and the centre is asked once.
    expect(await act(OFFER, town)).toMatchObject({
      status: 409,
      body: { type: expect.stringContaining('request-pending') as string },
    })
    expect((await act({ action: 'grant-extension' }, centre)).status).toBe(200)
    expect((await act(OFFER, town)).status).toBe(200)
    expect((await act({ action: 'undo' }, town)).status).toBe(200)
    expect((await read('', other)).status).toBe(404)
    expect((await act({ action: 'submit', result: { outcome: 'ineligible' } }, town)).status).toBe(200)
    // It was the wrong conclusion.
    expect((await act({ action: 'undo' }, centre)).status).toBe(403)
    expect(await act<Item>({ action: 'undo' }, town)).toMatchObject({ status: 200, body: { state: 'open' } })
    expect((await read('', town)).body).toMatchObject({
      outcome: null,
      holder: { assignment: 'perform' },
      dueOn: '2022-06-22',
    })
    expect((await act({ action: 'submit', result: { outcome: 'dibao' } }, town)).status).toBe(200)
    expect((await act({ action: 'accept' }, centre)).status).toBe(200)
    const history = await read<{ items: { action: string }[] }>('/history', town)
    expect(history.body.items.map(({ action }) => action)).toEqual([
      ...['register', 'acknowledge', 'request-extension', 'grant-extension', 'offer-hand-over', 'undo'],
      ...['submit', 'undo', 'submit', 'accept', 'follow'],
    ])
    const { items } = (await read<Possible>('/possible-actions', centre)).body
    expect(items.find(({ action }) => action === 'undo')).toMatchObject({ allowed: true })
  })

  it('whoever was faster is named, with what they did and when', async () => {
    const version = { 'if-match': `"${item.version}"` }
    await act({ action: 'acknowledge' }, town)
    const late = await act(
      { action: 'cancel', reason: '来源撤回' },
      { ...centre, headers: { ...centre.headers, ...version } },
    )
    expect(late).toMatchObject({
      status: 412,
      body: { detail: expect.stringMatching(/2022-06-06 09:00 .+ 签收。写下的内容没有丢/) as string },
    })
    await act({ action: 'submit', result: { outcome: 'ineligible' } }, town)
    expect(await act({ action: 'submit', result: { outcome: 'dibao' } }, town)).toMatchObject({
      status: 409,
      body: {
        detail: expect.stringMatching(
          /只有待办或被退回的事项.*最近的变动:2022-06-06 09:00 .+ 提交。/,
        ) as string,
      },
    })
  })

  it('signs for many at once, and takes all of it back with one question', async () => {
    const ids = [item.id, (await foundWarning(api)).id, (await foundWarning(api)).id]
    const many = (action: object) =>
      api.post<{ items: { done: boolean; refused?: string }[] }>(
        '/v1/obligations/actions',
        { ids, action },
        town,
      )
    const taken = (await many({ action: 'take' })).body.items
    expect(taken.map(({ done }) => done)).toEqual([true, true, true])
    await act({ action: 'acknowledge' }, town)
    await act({ action: 'put-back' }, town)
    const back = (await many({ action: 'undo' })).body.items
    expect(back.map(({ done }) => done)).toEqual([true, true, true])
    expect((await many({ action: 'undo' })).body.items.every(({ done }) => done)).toBe(false)
  })
})

describe('two at once', () => {
  const both = async (...asked: [object, Asking][]) => {
    const answers = await Promise.all(asked.map(([body, how]) => act(body, how)))
    const [lost] = answers.filter(({ status }) => status !== 200)
    return { won: answers.filter(({ status }) => status === 200).length, lost }
  }

  it('answer and withdraw an offer: one wins, the other reads who did what, and when', async () => {
    await act(OFFER, town)
    const { won, lost } = await both(
      [{ action: 'accept-hand-over' }, other],
      [{ action: 'withdraw-hand-over' }, town],
    )
    expect([won, lost?.status]).toEqual([1, 409])
    expect(lost?.body.detail).toMatch(/2022-06-06 09:00 .+(接受|收回|撤回)/)
  })

  it('answer an offer: whoever no longer sees it reads where it is', async () => {
    await act(OFFER, town)
    const refuse = { action: 'refuse-hand-over', reason: '不是本镇的户' }
    const head = await api.signedIn('town-head', OTHER)
    const { won, lost } = await both([refuse, other], [refuse, head])
    expect([won, lost?.status]).toEqual([1, 409])
    expect(lost?.body.detail).toMatch(/2022-06-06 09:00 .+拒绝/)
  })

  it('take back the same step: the second reads that it was taken back', async () => {
    await act({ action: 'acknowledge' }, town)
    const { won, lost } = await both([{ action: 'undo' }, town], [{ action: 'undo' }, town])
    expect([won, lost?.status]).toEqual([1, 409])
    expect(lost?.body.detail).toMatch(/最近的变动:2022-06-06 09:00 .+ 撤回刚才的操作。/)
  })
})

describe('somebody of several towns', () => {
  it('is listed what is theirs alone; what is offered to one of their towns stands among the offers', async () => {
    const several = await personWith(api.pool, 'town-officer', OTHER)
    await api.pool.query(`insert into person_roles (person, office, role) values ($1, $2, 'town-officer')`, [
      several,
      `${COUNTY}.gaoqiao`,
    ])
    const how = await api.sessionOf(several)
    await act(OFFER, town)
    const answers = {
      all: await listed(how, 'kind=warning'),
      offers: await listed(how, 'standing=to-receive'),
      count: (await api.get<{ count: number }>(`/v1/obligations/count?externalId=${item.externalId}`, how))
        .body,
    }
    await api.pool.query('delete from person_roles where person = $1 and office = $2', [
      several,
      `${COUNTY}.gaoqiao`,
    ])
    expect([answers.all.includes(item.id), answers.offers.includes(item.id)]).toEqual([false, true])
    expect(answers.count).toEqual({ count: 0 })
  })
})

describe('a telephone call', () => {
  it('is noted by whoever presses, stands in the story, and its promise comes back to them alone', async () => {
    const { items } = (await read<Possible>('/possible-actions', centre)).body
    const contacted = items
      .find(({ action }) => action === 'record-contact')
      ?.fields.find(({ name }) => name === 'contacted')?.schema.enum?.[0]
    const call = {
      ...{ action: 'record-contact', means: 'telephone', contacted, contactedOn: '2022-06-06' },
      ...{ said: '周三以前入户', promisedOn: '2022-06-08' },
    }
    expect((await act(call, town)).status).toBe(403)
    expect(await act({ ...call, contactedOn: '2022-06-07' }, centre)).toMatchObject({
      status: 422,
      body: { errors: [{ pointer: '/body/contactedOn' }] },
    })
    expect((await act({ ...call, promisedOn: '2022-06-05' }, centre)).status).toBe(422)
    expect((await act({ ...call, contacted: 'pe_nobody' }, centre)).status).toBe(422)
    expect((await act(call, centre)).status).toBe(200)
    type Told = { items: { code: string; text: string | null; contact: object | null }[] }
    const told = async (how: Asking) =>
      (await read<Told>('/story', how)).body.items.find(({ code }) => code === 'record-contact')
    expect(await told(town)).toMatchObject({
      text: '周三以前入户',
      contact: {
        person: { id: contacted },
        means: 'telephone',
        promisedOn: '2022-06-08',
        kept: false,
        isOver: false,
      },
    })
    expect(await told(auditor)).toMatchObject({ text: null })
    const broken = (how: Asking) => listed(how, 'standing=promise-broken')
    expect(await broken(centre)).not.toContain(item.id)
    await api.goTo('2022-06-09')
    expect(await broken(centre)).toContain(item.id)
    expect(await broken(town)).not.toContain(item.id)
    await act({ action: 'submit', result: { outcome: 'ineligible' } }, town)
    expect(await broken(centre)).not.toContain(item.id)
    expect(await told(town)).toMatchObject({ contact: { kept: true } })
  })
})
