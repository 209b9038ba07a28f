import { afterAll, beforeAll, describe, expect, it } from 'vitest'
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
const made: Item[] = []

beforeAll(async () => {
  api = await buildTestApp({ day: '2022-06-06' })
  for (let n = 1; n <= 9; n++)
    made.push(
      await foundWarning(api, {
        externalId: `YJ00${n}`,
        level: ['red', 'orange', 'yellow'][n % 3] ?? 'red',
        office: n > 6 ? `${COUNTY}.chengguan` : TOWN,
      }),
    )
})
afterAll(() => api.close())

const list = async (query: string) => (await api.get<Page<Item>>(`/v1/obligations?${query}`)).body
const ids = async (query: string) => (await list(query)).items.map((o) => o.externalId)

describe('an obligation', () => {
  it('has the shape dashboards rely on', async () => {
    const [first] = (await list('externalId=YJ003')).items
    expect(first).toEqual({
      id: made[2]?.id,
      externalId: 'YJ003',
      kind: 'warning',
      title: expect.any(String),
      state: 'open',
      campaignId: null,
      phase: 'verification',
      office: { code: TOWN, name: '毛坝镇' },
      level: 'red',
      cause: 'illness',
      group: null,
      source: 'discovery',
      issuedAt: '2022-06-06T01:00:00.000Z',
      dueAt: '2022-06-09T16:00:00.000Z',
      dueOn: '2022-06-09',
      provisional: false,
      remainingWorkingDays: 3,
      overdue: false,
      overdueWorkingDays: 0,
      everLate: false,
      redoDueOn: null,
      clock: { code: 'due-soon', shape: '◔', words: '剩 3 个工作日' },
      holder: {
        office: { code: TOWN, name: '毛坝镇' },
        person: null,
        assignment: 'perform',
        dueAt: '2022-06-09T16:00:00.000Z',
        dueOn: '2022-06-09',
        provisional: false,
      },
      acknowledgedAt: null,
      outcome: null,
      extensions: [],
      subject: { name: '张**某', idNo: '619999********2163', phone: '199****8219', village: '虚*村' },
      suspended: null,
      version: 1,
      labels: expect.objectContaining({ kind: '预警核查', level: '红色', state: '待办' }),
    })
  })

  it('shows its household masked and never in the clear', async () => {
    const answer = await api.get(`/v1/obligations/${made[0]?.id}`)
    expect(answer.body.subject).toEqual({
      name: '张**某',
      idNo: '619999********2163',
      phone: '199****8219',
      village: '虚*村',
    })
    const everything = [
      answer.text,
      (await api.get('/v1/obligations?limit=200')).text,
      (await api.get(`/v1/obligations/${made[0]?.id}/history`)).text,
      (await api.get(`/v1/obligations/${made[0]?.id}/receipt`)).text,
      api.log.join(''),
    ].join('')
    for (const secret of [HOUSEHOLD.name, HOUSEHOLD.idNo, HOUSEHOLD.phone, HOUSEHOLD.detail])
      expect(everything).not.toContain(secret)
  })

  it('registered by hand twice under one number is a conflict', async () => {
    const again = { kind: 'warning', office: TOWN, level: 'red', externalId: 'YJ001', person: HOUSEHOLD }
    expect((await api.post('/v1/obligations', again)).status).toBe(409)
  })

  it('of another kind is due on the day that was set', async () => {
    const report = { kind: 'report', office: TOWN, title: '临时报告', dueOn: '2022-07-31' }
    const { status, headers, body } = await api.post('/v1/obligations', report)
    expect(status).toBe(201)
    expect(headers.location).toBe(`/v1/obligations/${String(body.id)}`)
    expect(body).toMatchObject({ dueOn: '2022-07-31', subject: null, title: '临时报告' })
    await api.post(`/v1/obligations/${String(body.id)}/actions`, { action: 'cancel', reason: '测试' })
  })
})

describe('the list of obligations', () => {
  it.each([
    ['kind=warning', 9],
    ['kind=report&state=cancelled', 1],
    ['level=red', 3],
    [`office=${COUNTY}&kind=warning`, 9],
    [`office=${TOWN}&kind=warning`, 6],
    [`office=${COUNTY}.chengguan`, 3],
    ['cause=illness', 9],
    ['cause=disability', 0],
    ['source=discovery&phase=verification', 9],
    ['dueTo=2022-06-09', 3],
    ['dueFrom=2022-06-10&kind=warning', 6],
    ['q=j00', 9],
    ['q=%25', 0],
    ['externalId=YJ004', 1],
    ['overdue=true', 0],
    ['overdue=false&kind=warning', 9],
    ['overdue=false&state=cancelled', 1],
  ])('?%s finds %i', async (query, count) => {
    expect((await list(`${query}&limit=200`)).items).toHaveLength(count)
  })

  it.each(['dueAt', '-dueAt', 'issuedAt', '-issuedAt'])(
    'by %s gives each once, page after page',
    async (sort) => {
      const whole = await ids(`kind=warning&sort=${sort}`)
      const seen: (string | null)[] = []
      for (let cursor: string | null = ''; cursor !== null;) {
        const page: Page<Item> = await list(
          `kind=warning&sort=${sort}&limit=2${cursor && `&cursor=${cursor}`}`,
        )
        seen.push(...page.items.map((o) => o.externalId))
        cursor = page.nextCursor
      }
      expect(seen).toEqual(whole)
      expect(new Set(seen).size).toBe(9)
    },
  )

  it('neither repeats nor skips rows around a newcomer', async () => {
    const first = await list('kind=warning&limit=4')
    await foundWarning(api, { externalId: 'YJ900', level: 'red' })
    const rest = await list(`kind=warning&limit=200&cursor=${first.nextCursor}`)
    const seen = [...first.items, ...rest.items].map((o) => o.externalId)
    expect(made.length).toBeGreaterThan(5)
    expect(made.every((o) => seen.filter((id) => id === o.externalId).length === 1)).toBe(true)
  })
})

describe('as time passes, an obligation', () => {
  it('becomes overdue when its day is over, and is late for ever', async () => {
    await api.goTo('2022-06-09', '23:59')
    expect(await ids('overdue=true')).toEqual([])
    await api.goTo('2022-06-10', '00:00')
    expect((await ids('overdue=true')).sort()).toEqual(['YJ003', 'YJ006', 'YJ009', 'YJ900'])
    await api.goTo('2022-06-13')
    const { body } = await api.get<Item>(`/v1/obligations/${made[2]?.id}`)
    expect(body).toMatchObject({
      overdue: true,
      overdueWorkingDays: 2,
      remainingWorkingDays: 0,
      everLate: true,
    })
    await api.post(`/v1/obligations/${made[2]?.id}/actions`, {
      action: 'submit',
      result: { outcome: 'ineligible' },
    })
    await api.post(`/v1/obligations/${made[2]?.id}/actions`, { action: 'accept' })
    const done = (await api.get<Item>(`/v1/obligations/${made[2]?.id}`)).body
    expect(done).toMatchObject({ state: 'accepted', overdue: false, everLate: true, holder: null })
  })
})

describe('the receipt of an obligation', () => {
  it('of a fixed day counts nothing and cites what fixes it', async () => {
    await api.post('/v1/campaigns', { year: 2022 })
    const { items } = await list('standing=unfinished')
    const given = { kind: 'report', office: TOWN, title: '月报', dueOn: '2022-06-18' }
    const { id } = (await api.post<{ id: string }>('/v1/obligations', given)).body
    const { body } = await api.get(`/v1/obligations/${id}/receipt`)
    expect(items.length).toBeGreaterThan(0)
    expect(body).toMatchObject({
      dueOn: '2022-06-18',
      workingDays: null,
      counted: [],
      skipped: [],
      madeUp: [],
    })
    expect(body.basis).toBeNull()
    expect(body['rule']).toBeNull()
  })

  it('explains the open assignment, and names the policy as an example', async () => {
    const { body } = await api.get(`/v1/obligations/${made[3]?.id}/receipt`)
    expect(body).toMatchObject({
      assignment: 'perform',
      start: '2022-06-06',
      workingDays: 5,
      dueOn: '2022-06-13',
      counted: ['2022-06-07', '2022-06-08', '2022-06-09', '2022-06-10', '2022-06-13'],
      skipped: [
        { day: '2022-06-11', reason: 'weekend' },
        { day: '2022-06-12', reason: 'weekend' },
      ],
      madeUp: [],
      policy: { version: 1, example: true },
      rule: '橙色预警核查',
    })
    expect((await api.get('/v1/obligations/none/receipt')).status).toBe(404)
  })
})

describe('the history of an obligation', () => {
  it('tells in order who did what', async () => {
    const { body } = await api.get<Page<Json>>(`/v1/obligations/${made[2]?.id}/history`)
    expect(body.items.map((h) => h.state)).toEqual(['open', 'submitted', 'accepted'])
    expect(body.items[1]).toMatchObject({
      actorName: '测试',
      action: 'submit',
      at: '2022-06-13T01:00:00.000Z',
    })
  })
})

describe('the ETag of an obligation', () => {
  it('is version and business day: 304 until one of them changes', async () => {
    const url = `/v1/obligations/${made[4]?.id}`
    await api.goTo('2022-06-13')
    const tag = String((await api.get(url)).headers.etag)
    expect(tag).toBe('"1-2022-06-13"')
    const same = await api.get(url, { headers: { 'if-none-match': tag } })
    expect([same.status, same.text]).toEqual([304, ''])
    await api.goTo('2022-06-14')
    expect((await api.get(url, { headers: { 'if-none-match': tag } })).status).toBe(200)
  })
})
