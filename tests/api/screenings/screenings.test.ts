import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createTimelineActivities } from '../../../src/activities/timeline.ts'
import { inTransaction, row, rows } from '../../../src/db/pool.ts'
import { poke } from '../../../src/services/watching/pokes.ts'
import {
  type Asking,
  buildTestApp,
  COUNTY,
  HOUSEHOLD,
  type Item,
  type Page,
  type ProblemBody,
  type TestApp,
  TOWN,
} from '../build.ts'

type Entry = { id: string; subject: Record<string, string>; finding: string | null; version: number }
type Cell = { id: string; coverage: number | null; byEntries: boolean; screened: number | null } | null
type Matrix = {
  screenings: { code: string; title: string }[]
  towns: { office: { code: string }; cells: Cell[] }[]
  totals: { toScreen: number }[]
}

let api: TestApp
let officer: Asking
let neighbour: Asking
let centre: Asking
let id: string
let campaign: string

beforeAll(async () => {
  api = await buildTestApp({ day: '2022-06-01' })
  campaign = (await api.post<{ id: string }>('/v1/campaigns', { year: 2022 })).body.id
  await inTransaction(api.pool, (tx) => poke(tx, 'timeline', [campaign]))
  await createTimelineActivities({ pool: api.pool, wallNow: () => Date.now() } as never).tickTimeline(
    campaign,
    1,
  )
  await api.goTo('2022-06-06')
  officer = await api.signedIn('town-officer', TOWN)
  neighbour = await api.signedIn('town-officer', `${COUNTY}.donghe`)
  centre = await api.signedIn('relief-centre', `${COUNTY}.jiuzhu`)
  const { body } = await api.get<Page<Item>>(`/v1/obligations?kind=screening&office=${TOWN}`)
  id = body.items.find(({ title }) => title.startsWith('排查一'))!.id
})
afterAll(() => api.close())

const entries = () => `/v1/screenings/${id}/entries`
const FOUND = { visitedOn: '2022-06-05', finding: 'eligible', follow: 'enrolled', visitors: '李干事' }
const put = (entry: string, payload: object, who: Asking = officer) =>
  api.ask<Entry & ProblemBody>({ method: 'PUT', url: `${entries()}/${entry}`, payload }, who)
const submit = (result: object) =>
  api.post<ProblemBody>(`/v1/obligations/${id}/actions`, { action: 'submit', result }, officer)
const matrixOf = async (who?: Asking) =>
  (await api.get<Matrix>(`/v1/screenings/matrix?campaign=${campaign}`, who)).body
const cellOf = (matrix: Matrix, town: string) => {
  const nth = matrix.screenings.findIndex(({ code }) => code === 'screening-1')
  return matrix.towns.find(({ office }) => office.code === town)?.cells[nth]
}

describe('the households of a screening', () => {
  it('are written down, masked at once, and stand nowhere in the clear', async () => {
    const made = await api.post<Entry>(entries(), { person: HOUSEHOLD, ...FOUND }, officer)
    expect(made.status).toBe(201)
    expect(made.body.subject['name']).not.toBe(HOUSEHOLD.name)
    expect(made.text).not.toContain(HOUSEHOLD.idNo)
    const stored = await row<{ text: string }>(
      api.pool,
      `select (select jsonb_agg(to_jsonb(e)) from screening_entries e)::text ||
              (select coalesce(jsonb_agg(to_jsonb(a)), '[]') from audit_events a)::text as text`,
    )
    for (const part of [HOUSEHOLD.name, HOUSEHOLD.idNo, HOUSEHOLD.phone, FOUND.visitors])
      expect(stored!.text).not.toContain(part)
  })

  it('stand there once each: the same number is refused', async () => {
    const again = await api.post<ProblemBody>(entries(), { person: HOUSEHOLD }, officer)
    expect([again.status, again.body.type]).toEqual([409, 'urn:duban:problem:exists'])
  })

  it('may stand there before anybody went, and are changed without writing the household again', async () => {
    const { body } = await api.post<Entry>(
      entries(),
      { person: { name: '王某某', village: '双河村' } },
      officer,
    )
    const changed = await put(body.id, { visitedOn: '2022-06-06', finding: 'not-in-need', follow: 'none' })
    expect([changed.status, changed.body.finding, changed.body.version]).toEqual([200, 'not-in-need', 2])
    expect(changed.body.subject).toEqual(body.subject)
  })

  it('keep what is not said, empty what is said to be empty, and are not changed over another change', async () => {
    const whole = { name: '孙某某', idNo: '', phone: '19900000010', village: '双河村', detail: '河边第二家' }
    const { body } = await api.post<Entry>(entries(), { person: whole, visitors: '李干事' }, officer)
    const url = `${entries()}/${body.id}`
    const change = (payload: object, version: number) =>
      api.ask<Entry & ProblemBody>(
        { method: 'PUT', url, payload, headers: { 'if-match': `"${version}"` } },
        officer,
      )
    const changed = await change({ person: { phone: '', detail: '河边第三家' } }, 1)
    expect(changed).toMatchObject({ status: 200, body: { version: 2, visitors: '李干事' } })
    const { body: known } = await api.post<Record<string, string>>(
      `${url}/reveal`,
      { reason: '上门前确认身份' },
      officer,
    )
    expect(known).toMatchObject({ ...whole, phone: '', detail: '河边第三家' })
    const late = await change({ person: { name: '改名' } }, 1)
    expect(late).toMatchObject({
      status: 412,
      body: { detail: expect.stringContaining('重新读取') as string },
    })
    const remove = (version: number) =>
      api.ask({ method: 'DELETE', url, headers: { 'if-match': `"${version}"` } }, officer)
    expect((await remove(1)).status).toBe(412)
    expect((await remove(2)).status).toBe(200)
    const trail = await rows<{ action: string }>(
      api.pool,
      `select action from audit_events where detail ->> 'entry' = $1 and outcome = 'done' order by id`,
      [body.id],
    )
    expect(trail.map(({ action }) => action)).toEqual(
      ['add', 'change', 'remove'].map((what) => `screening.entry-${what}`),
    )
  })

  it.each([
    [{ ...FOUND, visitedOn: '2022-06-07' }, '/body/visitedOn', /晚于今天 2022-06-06/],
    [{ ...FOUND, visitedOn: '2022-05-31' }, '/body/visitedOn', /早于本次排查起算的 2022-06-0/],
    [{ ...FOUND, follow: null }, '/body/follow', /后续安排/],
    [{ ...FOUND, finding: 'not-found' }, '/body/follow', /查无此户/],
  ])('with %o are refused at %s', async (visit, pointer, message) => {
    const { status, body } = await api.post<ProblemBody>(
      entries(),
      { person: { name: '赵某' }, ...visit },
      officer,
    )
    expect([status, body.errors]).toEqual([
      422,
      [{ pointer, message: expect.stringMatching(message) as string }],
    ])
  })

  it('are listed page by page, and by what was found', async () => {
    const first = await api.get<Page<Entry>>(`${entries()}?limit=1`, officer)
    expect(first.body.items).toHaveLength(1)
    const second = await api.get<Page<Entry>>(`${entries()}?limit=1&cursor=${first.body.nextCursor}`, officer)
    expect(second.body.items[0]?.id).not.toBe(first.body.items[0]?.id)
    const eligible = await api.get<Page<Entry>>(`${entries()}?finding=eligible`, officer)
    expect(eligible.body.items.map(({ finding }) => finding)).toEqual(['eligible'])
    expect((await api.get<Page<Entry>>(`${entries()}?finding=none`, officer)).body.items).toEqual([])
  })

  it('are not there for another town, and the centre may look and not write', async () => {
    expect((await api.get(entries(), neighbour)).status).toBe(404)
    expect((await api.get(entries(), centre)).status).toBe(200)
    const written = await api.post<ProblemBody>(entries(), { person: { name: '钱某' } }, centre)
    expect(written.status).toBe(403)
  })

  it('are revealed with a reason, and the trail says so without the household', async () => {
    const { body } = await api.get<Page<Entry>>(`${entries()}?finding=eligible`, officer)
    const entry = body.items[0]!.id
    const revealed = await api.post<Record<string, string>>(
      `${entries()}/${entry}/reveal`,
      { reason: '上门前确认身份' },
      officer,
    )
    expect(revealed.body).toMatchObject({ name: HOUSEHOLD.name, idNo: HOUSEHOLD.idNo, looksLeft: 48 })
    const trail = await rows<{ action: string; subject: string }>(
      api.pool,
      `select action, subject from audit_events where action like 'screening.%' or action = 'household.reveal' order by id`,
    )
    expect(trail.at(-1)).toEqual({ action: 'household.reveal', subject: entry })
    expect(trail).toContainEqual({ action: 'screening.entry-add', subject: id })
  })

  it('belong to screenings alone', async () => {
    const { body } = await api.get<Page<Item>>(`/v1/obligations?kind=launch&office=${TOWN}`)
    const [launch] = body.items
    expect(launch).toBeDefined()
    const { status } = await api.post(
      `/v1/screenings/${launch?.id}/entries`,
      { person: { name: '孙某' } },
      officer,
    )
    expect(status).toBe(409)
  })
})

describe('the matrix', () => {
  it('has the five screenings of the template and every town, with the coverage of entries', async () => {
    const matrix = await matrixOf()
    expect(matrix.screenings.map(({ code }) => code)).toEqual([1, 2, 3, 4, 5].map((n) => `screening-${n}`))
    expect(matrix.towns).toHaveLength(17)
    expect(cellOf(matrix, TOWN)).toMatchObject({ id, byEntries: true, screened: 2, coverage: 1 })
    expect(cellOf(matrix, `${COUNTY}.donghe`)).toMatchObject({ byEntries: false, coverage: null })
    expect(matrix.totals[0]).toMatchObject({ toScreen: 2, screened: 2 })
  })

  it('has for a town its own line alone', async () => {
    expect((await matrixOf(officer)).towns.map(({ office }) => office.code)).toEqual([TOWN])
  })
})

describe('handing in', () => {
  it('is refused while a household is not reached, naming both numbers', async () => {
    const left = await api.post<Entry>(entries(), { person: { name: '周某某' } }, officer)
    const refused = await submit({})
    expect([refused.status, refused.body.errors?.[0]?.pointer]).toEqual([422, '/body/result/screened'])
    expect(refused.body.detail).toContain('应排查 3 户,已排查 2 户,还差 1 户')
    const removed = await api.ask({ method: 'DELETE', url: `${entries()}/${left.body.id}` }, officer)
    expect(removed.status).toBe(200)
  })

  it('is refused with a count that the entries do not come to', async () => {
    const refused = await submit({ enrolled: 2 })
    expect(refused.body.detail).toMatch(/填的是 2 户,逐户记录是 1 户/)
  })

  it('is not asked back from anybody while it is paused: whoever paused it resumes it', async () => {
    const act = (body: object) => api.post(`/v1/obligations/${id}/actions`, body, centre)
    const pause = { action: 'suspend', reasonCode: 'disaster', reason: '汛情', until: '2022-06-10' }
    expect((await act(pause)).status).toBe(200)
    const paused = await api.post<ProblemBody>(entries(), { person: { name: '吴某' } }, officer)
    expect([paused.status, paused.body.type]).toEqual([409, 'urn:duban:problem:not-while-suspended'])
    expect(paused.body.detail).toContain('已暂停')
    expect(paused.body.detail).not.toContain('退回')
    expect((await act({ action: 'resume' })).status).toBe(200)
  })

  it('takes its counts from the entries, and after it nothing of them is changed', async () => {
    expect((await submit({ note: '已逐户走访' })).status).toBe(200)
    const detail = await api.get<{ result: object }>(`/v1/obligations/${id}`, officer)
    expect(detail.body.result).toEqual({ toScreen: 2, screened: 2, eligible: 1, enrolled: 1, monitored: 0 })
    const late = await api.post<ProblemBody>(entries(), { person: { name: '吴某' } }, officer)
    expect([late.status, late.body.type]).toEqual([409, 'urn:duban:problem:not-while-submitted'])
    const { body } = await api.get<Page<Entry>>(entries(), officer)
    expect((await put(body.items[0]!.id, FOUND)).status).toBe(409)
  })

  it('stands in the ledger with the counts that its entries come to', async () => {
    const { text } = await api.get('/v1/ledgers/screening?format=csv', officer)
    const [head = '', ...lines] = text.replace('\uFEFF', '').trim().split('\r\n')
    const cells = lines.find((line) => line.includes('排查一'))!.split(',')
    const cellOfHead = (words: string) => cells[head.split(',').findIndex((one) => one.startsWith(words))]
    expect(['应排查', '已排查', '发现符合条件', '已纳入保障', '已纳入监测'].map(cellOfHead)).toEqual([
      '2',
      '2',
      '1',
      '1',
      '0',
    ])
  })

  it('without entries keeps its reason encrypted, shown to whoever reads notes there', async () => {
    const { body } = await api.get<Page<Item>>(`/v1/obligations?kind=screening&office=${TOWN}`)
    const second = body.items.find(({ title }) => title.startsWith('排查二'))!.id
    const url = `/v1/obligations/${second}/actions`
    const counts = { toScreen: 9, screened: 9, eligible: 1, enrolled: 1, monitored: 2 }
    const bare = await api.post<ProblemBody>(url, { action: 'submit', result: counts }, officer)
    expect(bare.body.type).toBe('urn:duban:problem:entries-required')
    const reason = '双河村李某某家另报'
    const result = { ...counts, reason }
    expect((await api.post(url, { action: 'submit', result }, officer)).status).toBe(200)
    const stored = await row<{ text: string }>(
      api.pool,
      'select o.result::text || e.detail::text as text from obligations o join events e on e.obligation = o.id where o.id = $1 order by e.id desc limit 1',
      [second],
    )
    expect(stored!.text).not.toContain('李某某')
    const seen = async (who: Asking) =>
      (await api.get<{ result: { reason?: string } }>(`/v1/obligations/${second}`, who)).body.result.reason
    expect(await seen(officer)).toBe(reason)
    expect(await seen(await api.signedIn('auditor', COUNTY))).toBeUndefined()
  })
})
