import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { inTransaction, row, rows } from '../../../src/db/pool.ts'
import { instantAt } from '../../../src/domain/time/days.ts'
import { readCampaignTemplate } from '../../../src/services/campaigns/template.ts'
import { startCampaign } from '../../../src/services/campaigns/store.ts'
import { addTestKey } from '../../support/scoped.ts'
import {
  type Asking,
  buildTestApp,
  COUNTY,
  type Json,
  type Page,
  type ProblemBody,
  type TestApp,
} from '../build.ts'

const MAOBA = `${COUNTY}.maoba`
const DONGHE = `${COUNTY}.donghe`
const WRONG = '核查发现一户已脱贫户被漏保三个月'

let api: TestApp
let centre: Asking
let officer: Asking
let campaign: string
beforeAll(async () => {
  api = await buildTestApp({ day: '2022-10-10' })
  const template = await readCampaignTemplate('safety-net-2022')
  campaign = await inTransaction(api.pool, (tx) =>
    startCampaign(tx, { county: COUNTY, year: 2022, template }, instantAt('2022-05-27', '09:00')),
  )
  centre = await api.signedIn('relief-centre', `${COUNTY}.jiuzhu`)
  officer = await api.signedIn('town-officer', MAOBA)
})
afterAll(() => api.close())

type Entry = Json & { id: string; office: { code: string }; strikeOff: string | null; state: string }
type Registered = { items: { id: string; office: { code: string } }[]; batch: string }
const problem = (more: Json = {}) => ({
  ...{ offices: [MAOBA], origin: 'audit', type: 'missed-cover', wrong: WRONG, dueOn: '2022-11-30' },
  ...more,
})
const register = async (more: Json = {}, as: Asking = centre) => {
  const answer = await api.post<Registered>('/v1/problems', problem(more), as)
  if (answer.status !== 201) throw new Error(answer.text)
  return answer.body
}
const listed = async (question = '', as: Asking = centre) =>
  (await api.get<Page<Entry>>(`/v1/problems?limit=200${question}`, as)).body.items
const act = (id: string, body: Json, as: Asking) => api.post<Json>(`/v1/obligations/${id}/actions`, body, as)
const handIn = (id: string) =>
  act(id, { action: 'submit', result: { note: '已按规定重新纳入', noEvidence: 'on-paper' } }, officer)

describe('a problem', () => {
  test('of several towns becomes one for each, of one entry', async () => {
    const { items, batch } = await register({
      ...{ offices: [MAOBA, DONGHE], measure: '逐户复核,补发待遇', responsible: '某干部' },
    })
    expect(items.map(({ office }) => office.code)).toEqual([MAOBA, DONGHE])
    const all = (await listed()).filter((entry) => entry.batch === batch)
    expect(all).toHaveLength(2)
    expect(all[0]).toMatchObject({
      ...{ title: '审计发现的漏保问题整改', origin: 'audit', type: 'missed-cover', wrong: WRONG },
      ...{ measure: '逐户复核,补发待遇', responsible: { id: null, name: '某干部' }, strikeOff: null },
      ...{
        labels: { origin: '审计', type: '漏保', state: '待办' },
        campaignId: campaign,
        dueOn: '2022-11-30',
      },
    })
  })

  test('is one of the list; the task of an office’s whole list is none, and says so', async () => {
    const { items } = await register()
    const isTask = async (id?: string) =>
      (await api.get(`/v1/obligations/${id}`, centre)).body['ofProblemList']
    const given = { kind: 'rectification', office: MAOBA, title: '问题清单整改销号', dueOn: '2022-12-01' }
    const task = await api.post<{ id: string }>('/v1/obligations', given, centre)
    expect([await isTask(items[0]?.id), await isTask(task.body.id)]).toEqual([false, true])
  })

  test('belongs to the phase of striking off, and the county’s centre reviews it', async () => {
    const { items } = await register()
    const found = await row(api.pool, 'select phase, reviewer, campaign from obligations where id = $1', [
      items[0]?.id,
    ])
    expect(found).toEqual({ phase: 'zero-out', reviewer: `${COUNTY}.jiuzhu`, campaign })
  })

  test('names the person of the office who answers for it', async () => {
    const head = await row<{ id: string; name: string }>(
      api.pool,
      `select p.id, p.name from people p join person_roles r on r.person = p.id where r.office = $1 and r.role = 'town-head'`,
      [MAOBA],
    )
    const { items } = await register({ responsible: head?.name })
    const entry = (await listed()).find(({ id }) => id === items[0]?.id)
    expect(entry?.responsible).toEqual(head)
  })

  test('due after the end of the phase is refused, and both days are named', async () => {
    const { status, body } = await api.post<ProblemBody>(
      '/v1/problems',
      problem({ dueOn: '2022-12-20' }),
      centre,
    )
    expect(status).toBe(422)
    expect(body.errors?.[0]?.pointer).toBe('/body/dueOn')
    expect(body.detail).toContain('2022-12-20')
    expect(body.detail).toContain('2022-12-15')
    expect((await register({ dueOn: '2022-12-15' })).items).toHaveLength(1)
  })

  test.each([
    [{ dueOn: '2022-10-09' }, '/body/dueOn', '2022-10-09'],
    [{ title: '整改13800001111' }, '/body/title', '电话'],
    [{ offices: [MAOBA, 'sn.ak.zy.none'] }, '/body/offices/1', '单位'],
    [{ origin: 'rumour' }, '/body/origin', '问题来源'],
  ])('%j is refused at %s', async (wrong, pointer, words) => {
    const before = (await listed()).length
    const { status, body } = await api.post<ProblemBody>('/v1/problems', problem(wrong), centre)
    expect(status).toBeGreaterThanOrEqual(400)
    expect(body.errors?.map((error) => error.pointer)).toContain(pointer)
    expect(JSON.stringify(body)).toContain(words)
    expect((await listed()).length).toBe(before)
  })

  test('of another town is registered by no town', async () => {
    const answer = await api.post<ProblemBody>('/v1/problems', problem({ offices: [MAOBA, DONGHE] }), officer)
    expect(answer.status).toBe(422)
    expect((await register({ origin: 'self-check' }, officer)).items).toHaveLength(1)
    const own = (await listed('', officer)).map(({ office }) => office.code)
    expect(new Set(own)).toEqual(new Set([MAOBA]))
  })

  test('is registered once for one Idempotency-Key', async () => {
    const before = (await listed()).length
    const headers = { 'idempotency-key': 'problem-once-1' }
    for (let i = 0; i < 2; i++)
      await api.ask({ method: 'POST', url: '/v1/problems', payload: problem(), headers }, centre)
    expect((await listed()).length).toBe(before + 1)
  })

  test('keeps its words from whoever may not read notes, and from the database in the clear', async () => {
    const auditor = await api.signedIn('auditor', COUNTY)
    const seen = await listed('', auditor)
    expect(seen.length).toBeGreaterThan(2)
    expect(seen.every(({ wrong, measure, responsible }) => !wrong && !measure && !responsible)).toBe(true)
    await addTestKey(api.pool, 'no-households', { office: COUNTY, personal: false })
    const withoutPeople = await listed('', { token: 'no-households' })
    expect(withoutPeople.map(({ wrong }) => wrong)).toEqual(seen.map(() => null))
    const stored = await rows(api.pool, 'select * from obligations o join events e on e.obligation = o.id')
    expect(JSON.stringify(stored)).not.toContain('漏保三个月')
  })

  test('is found by office, origin, kind and state', async () => {
    await register({ origin: 'one-card', type: 'perfunctory', offices: [DONGHE] })
    expect(await listed('&origin=one-card&type=perfunctory&state=open')).toHaveLength(1)
    expect(await listed(`&origin=one-card&office=${MAOBA}`)).toEqual([])
    const first = await api.get<Page<Entry>>('/v1/problems?limit=2', centre)
    const second = await api.get<Page<Entry>>(`/v1/problems?limit=2&cursor=${first.body.nextCursor}`, centre)
    const ids = [...first.body.items, ...second.body.items].map(({ id }) => id)
    expect(new Set(ids).size).toBe(4)
  })
})

describe('what is handed in', () => {
  test('says what was done and what shows it', async () => {
    const { items } = await register()
    const id = items[0]!.id
    const without = await act(id, { action: 'submit', result: { noEvidence: 'on-site' } }, officer)
    expect(without).toMatchObject({ status: 422, body: { errors: [{ pointer: '/body/result/note' }] } })
    const unshown = await act(id, { action: 'submit', result: { note: '已整改' } }, officer)
    expect(unshown).toMatchObject({ status: 422, body: { errors: [{ pointer: '/body/result/evidence' }] } })
    expect((await handIn(id)).status).toBe(200)
  })

  test('names no file of another obligation', async () => {
    const { items } = await register()
    const result = { note: '已整改', evidence: ['at_of_another'] }
    const answer = await act(items[0]!.id, { action: 'submit', result }, officer)
    expect(answer).toMatchObject({ status: 422, body: { errors: [{ pointer: '/body/result/evidence' }] } })
  })
})

describe('striking off', () => {
  const strikeOffOf = async (id: string) => (await listed()).find((entry) => entry.id === id)?.strikeOff
  const numbersOf = async () =>
    (
      await rows<{ number: number }>(
        api.pool,
        'select number from problems where number is not null order by 1',
      )
    ).map(({ number }) => number)

  test('gives each accepted problem the next number, without gaps', async () => {
    const { items } = await register({ offices: [MAOBA] })
    const other = await register({ offices: [MAOBA] })
    const [first, second] = [items[0]!.id, other.items[0]!.id]
    for (const id of [first, second]) await handIn(id)
    expect((await act(second, { action: 'accept' }, centre)).status).toBe(200)
    expect((await act(first, { action: 'accept' }, centre)).status).toBe(200)
    expect(await strikeOffOf(second)).toBe('销号〔2022〕001')
    expect(await strikeOffOf(first)).toBe('销号〔2022〕002')
  })

  test('side by side gives no number twice and leaves none out', async () => {
    const ids = (await Promise.all(Array.from({ length: 6 }, () => register()))).map(
      (made) => made.items[0]!.id,
    )
    for (const id of ids) await handIn(id)
    const answers = await Promise.all(ids.map((id) => act(id, { action: 'accept' }, centre)))
    expect(answers.map(({ status }) => status)).toEqual(ids.map(() => 200))
    const numbers = await numbersOf()
    expect(numbers).toEqual(numbers.map((_, i) => i + 1))
  })

  test('gives no number of the year twice, within the campaign or beside it', async () => {
    const id = (await register()).items[0]!.id
    await api.pool.query('update obligations set campaign = null where id = $1', [id])
    await handIn(id)
    expect((await act(id, { action: 'accept' }, centre)).status).toBe(200)
    const numbers = await numbersOf()
    expect(numbers).toEqual(numbers.map((_, i) => i + 1))
    await api.pool.query('update obligations set campaign = $2 where id = $1', [id, campaign])
  })

  test('an acceptance that does not happen takes no number', async () => {
    const before = await numbersOf()
    const { items } = await register()
    expect((await act(items[0]!.id, { action: 'accept' }, centre)).status).toBe(409)
    expect(await numbersOf()).toEqual(before)
  })

  test('a problem that is reopened is no longer struck off, and comes back under its number', async () => {
    const id = (await register()).items[0]!.id
    await handIn(id)
    await act(id, { action: 'accept' }, centre)
    const number = await strikeOffOf(id)
    expect(number).toMatch(/^销号〔2022〕\d{3}$/)
    await act(id, { action: 'reopen', reason: '抽查发现没有补发' }, centre)
    expect(await strikeOffOf(id)).toBeNull()
    await handIn(id)
    await act(id, { action: 'accept' }, centre)
    expect(await strikeOffOf(id)).toBe(number)
  })
})

test('the ledger of rectification has what is wrong, the measure, who answers for it and the number', async () => {
  const id = (await register({ measure: '逐户复核,补发待遇', responsible: '某干部' })).items[0]!.id
  await handIn(id)
  expect((await act(id, { action: 'accept' }, centre)).status).toBe(200)
  const number = (await listed()).find((entry) => entry.id === id)?.strikeOff
  expect(number).toMatch(/^销号/)
  const ledger = async (as: Asking) => {
    const { text } = await api.get('/v1/ledgers/rectification?format=csv', as)
    return text.split('\r\n').find((line) => line.includes(String(number)))
  }
  for (const said of [WRONG, '逐户复核,补发待遇', '某干部']) expect(await ledger(centre)).toContain(said)
  // Whoever reads no notes reads the number alone.
  const auditor = await api.signedIn('auditor', COUNTY)
  const line = await ledger(auditor)
  for (const said of [WRONG, '逐户复核', '某干部']) expect(line).not.toContain(said)
})

describe('the burn-down', () => {
  test('counts by office, and says the pace that is required and the pace that is kept', async () => {
    await api.goTo('2022-10-12')
    const { body } = await api.get<Json & { items: Json[] }>('/v1/problems/burn-down', centre)
    const all = await listed()
    const open = all.filter(({ state }) => state !== 'accepted')
    expect(body).toMatchObject({ campaignId: campaign, dueOn: '2022-12-15', remaining: open.length })
    expect(body).toMatchObject({ registered: all.length, struckOff: all.length - open.length, overdue: 0 })
    const town = body.items.find((item) => (item.office as { code: string }).code === DONGHE)
    const theirs = open.filter(({ office }) => office.code === DONGHE).length
    expect(town).toMatchObject({ remaining: theirs, registered: theirs, struckOff: 0, actualPerDay: 0 })
    expect(town?.neededPerDay).toBeCloseTo(theirs / Number(body.workingDaysLeft))
    expect(town?.expectedOn).toBeNull()
  })

  test('shows a town its own alone', async () => {
    const { body } = await api.get<Json & { items: Json[] }>('/v1/problems/burn-down', officer)
    expect(body.items.map((item) => (item.office as { code: string }).code)).toEqual([MAOBA])
  })
})

describe('beside others, a problem', () => {
  test('has its neighbours in the list as it is narrowed, in the order of the list', async () => {
    const dues = ['2022-10-20', '2022-10-21', '2022-10-22', '2022-10-23']
    const origins = ['spot-check', 'audit', 'spot-check', 'spot-check']
    const ids: string[] = []
    for (const [i, dueOn] of dues.entries()) {
      const { items } = await register({ offices: [DONGHE], type: 'perfunctory', origin: origins[i], dueOn })
      ids.push(items[0]!.id)
    }
    const question = `&office=${DONGHE}&type=perfunctory&origin=spot-check`
    // Done with, it stands behind all that is open, whenever it was due.
    await act(ids[0]!, { action: 'cancel', reason: '重复登记' }, centre)
    const order = (await listed(question)).map(({ id }) => id)
    expect(order).toEqual([ids[2], ids[3], ids[0]])
    const around = async (id?: string) =>
      (await api.get<Json>(`/v1/problems/${id}/neighbours?${question.slice(1)}`, centre)).body
    expect(await around(ids[2])).toEqual({ previous: null, next: ids[3] })
    expect(await around(ids[3])).toEqual({ previous: ids[2], next: ids[0] })
    expect(await around(ids[0])).toEqual({ previous: ids[3], next: null })
    // It is walked on from where it stands, also by one that the list leaves out.
    expect(await around(ids[1])).toEqual({ previous: null, next: ids[2] })
    expect((await api.get('/v1/problems/ob_none/neighbours', centre)).status).toBe(404)
  })
})

test('a campaign with one open problem does not close, and the problem is named', async () => {
  await api.goTo('2022-12-14')
  const { items } = await register({ title: '敷衍塞责一件', dueOn: '2022-12-15' })
  const { body } = await api.get<Json>(`/v1/campaigns/${campaign}/timeline`, centre)
  const zeroOut = (body.phases as Json[]).find(({ code }) => code === 'zero-out')
  expect(JSON.stringify(zeroOut)).toContain(items[0]!.id)
  expect(JSON.stringify(zeroOut)).toContain('敷衍塞责一件')
})
