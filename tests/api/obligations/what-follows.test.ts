import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { row } from '../../../src/db/pool.ts'
import {
  type Asking,
  buildTestApp,
  foundWarning,
  type Item,
  type ProblemBody,
  type TestApp,
  TOWN,
} from '../build.ts'

const CENTRE = 'sn.ak.zy.jiuzhu'
const BUREAU = 'sn.ak.zy'

let api: TestApp
let officer: Asking
let centre: Asking
let leader: Asking
let warning: Item
beforeAll(async () => {
  api = await buildTestApp()
  officer = await api.signedIn('town-officer', TOWN)
  centre = await api.signedIn('relief-centre', CENTRE)
  leader = await api.signedIn('bureau-leader', BUREAU)
})
beforeEach(async () => {
  await api.goTo('2022-06-06')
  warning = await foundWarning(api, { group: 'near-poor' })
})
afterAll(() => api.close())

const act = (id: string, body: object, who: Asking) =>
  api.post<ProblemBody & Item>(`/v1/obligations/${id}/actions`, body, who)
const submit = (id: string, result: object) => act(id, { action: 'submit', result }, officer)
const accept = (id: string) => act(id, { action: 'accept' }, centre)
type Detail = Item & { followsFrom: string | null; followedBy: string[] }
const detail = async (id: string) => (await api.get<Detail>(`/v1/obligations/${id}`, officer)).body

/** The warning is verified and passed; what follows from it. */
async function following(outcome: string): Promise<Detail[]> {
  await submit(warning.id, { outcome })
  expect((await accept(warning.id)).status).toBe(200)
  const { followedBy } = await detail(warning.id)
  return Promise.all(followedBy.map(detail))
}

const step = (on: string) => ({ on, by: '王主任', note: '张大山家已走访' })
const three = {
  visit: step('2022-06-06'),
  verification: step('2022-06-07'),
  publicity: step('2022-06-08'),
}

/** All that the ledger and the history hold of an obligation in the clear. */
async function storedOf(id: string): Promise<string> {
  const found = await row<{ text: string }>(
    api.pool,
    `select (select o.result::text from obligations o where o.id = $1) ||
            (select jsonb_agg(e.detail)::text from events e where e.obligation = $1) as text`,
    [id],
  )
  return found?.text ?? ''
}

describe('an exit and a visit', () => {
  it('keep who decided and who went there encrypted, and the next visit begins all the same', async () => {
    const [visit] = await following('ineligible')
    const exit = { outcome: 'moved-away', exitReason: 'moved', decidedBy: '镇长办公会' }
    const other = await foundWarning(api, { externalId: 'EXIT-1' })
    await submit(other.id, exit)
    expect(await storedOf(other.id)).not.toContain('镇长办公会')
    expect((await detail(other.id))['result']).toEqual(exit)
    await api.goTo('2022-08-05')
    const result = { finding: 'unchanged', visitedOn: '2022-08-05', visitedBy: '李干事' }
    expect((await submit(visit!.id, result)).status).toBe(200)
    expect((await accept(visit!.id)).status).toBe(200)
    expect(await storedOf(visit!.id)).not.toContain('李干事')
    expect((await detail(visit!.id)).followedBy).toHaveLength(1)
    expect((await detail(visit!.id))['result']).toEqual(result)
  })
})

describe('who decided an exit', () => {
  const EXIT = { outcome: 'moved-away', exitReason: 'moved', decidedBy: '镇长办公会' }
  const OLD = { ...EXIT, decidedBy: '旧制办公会' }
  /** The column 退出决定人 of the ledger, by number of the warning. */
  async function ledgerFor(who: Asking): Promise<Record<string, string>> {
    const { text } = await api.get('/v1/ledgers/warning?format=csv', who)
    const [head = '', ...lines] = text.replace('\uFEFF', '').trim().split('\r\n')
    const place = head.split(',').indexOf('退出决定人')
    return Object.fromEntries(lines.map((line) => [line.split(',')[0], line.split(',')[place] ?? '']))
  }

  it('stands in the ledger, the result and the history for whoever reads notes there, however it is stored', async () => {
    const fresh = await foundWarning(api, { externalId: 'EXIT-NEW' })
    const old = await foundWarning(api, { externalId: 'EXIT-OLD' })
    for (const { id } of [fresh, old]) expect((await submit(id, EXIT)).status).toBe(200)
    // As releases wrote it before the names were encrypted.
    await api.pool.query('delete from result_texts where obligation = $1', [old.id])
    await api.pool.query('update obligations set result = $2 where id = $1', [old.id, OLD])
    await api.pool.query(`update events set detail = $2 where obligation = $1 and action = 'submit'`, [
      ...[old.id, OLD],
    ])
    const auditor = await api.signedIn('auditor', BUREAU)
    expect(await ledgerFor(officer)).toMatchObject({ 'EXIT-NEW': '镇长办公会', 'EXIT-OLD': '旧制办公会' })
    expect(await ledgerFor(auditor)).toMatchObject({ 'EXIT-NEW': '', 'EXIT-OLD': '' })
    for (const path of ['', '/history', '/story']) {
      const seen = async (who: Asking) => (await api.get(`/v1/obligations/${old.id}${path}`, who)).text
      expect(await seen(officer)).toContain('旧制办公会')
      expect(await seen(auditor)).not.toContain('旧制办公会')
      expect(await seen(auditor)).toContain('moved')
    }
  })
})

describe('an eligible household', () => {
  it('is followed up by the same town, with a limit of its own and the household along', async () => {
    const [followUp, ...others] = await following('dibao')
    expect(others).toEqual([])
    expect(followUp).toMatchObject({
      kind: 'follow-up',
      title: '救助落实:纳入低保',
      state: 'open',
      office: { code: TOWN },
      group: 'near-poor',
      level: null,
      // Ten working days of the example policy.
      dueOn: '2022-06-20',
      followsFrom: warning.id,
      subject: (warning as { subject?: unknown }).subject,
    })
  })

  it('keeps who did each step encrypted, shown to whoever reads notes there', async () => {
    const [followUp] = await following('dibao')
    await api.goTo('2022-06-10')
    const steps = { ...three, supervision: step('2022-06-09') }
    expect((await submit(followUp!.id, { steps })).status).toBe(200)
    expect((await accept(followUp!.id)).status).toBe(200)
    expect(await storedOf(followUp!.id)).not.toContain('王主任')
    type Shown = { result: { steps: { visit: { on: string; by?: string } } } }
    const seen = async (who: Asking) =>
      (await api.get<Shown>(`/v1/obligations/${followUp!.id}`, who)).body.result.steps.visit
    expect(await seen(officer)).toMatchObject({ on: '2022-06-06', by: '王主任' })
    expect(await seen(await api.signedIn('auditor', BUREAU))).toEqual({ on: '2022-06-06' })
  })

  it('has its follow-up refused with three steps, and accepted with four', async () => {
    const [followUp] = await following('dibao')
    await api.goTo('2022-06-10')
    const short = await submit(followUp!.id, { steps: three })
    expect([short.status, short.body.type]).toEqual([422, 'urn:duban:problem:step-missing'])
    expect(short.body.errors).toEqual([
      {
        pointer: '/body/result/steps/supervision',
        message: expect.stringContaining('日常监督管理') as string,
      },
    ])
    const early = { ...three, supervision: step('2022-06-05') }
    expect((await submit(followUp!.id, { steps: early })).body.detail).toContain('早于预警发布日 2022-06-06')
    const four = { ...three, supervision: step('2022-06-10') }
    expect((await submit(followUp!.id, { steps: four, note: '已全部落实' })).status).toBe(200)
    expect((await accept(followUp!.id)).status).toBe(200)
    expect(await detail(followUp!.id)).toMatchObject({ state: 'accepted', followedBy: [] })
  })

  it('has the words of each step kept encrypted, and shown in the history', async () => {
    const [followUp] = await following('dibao')
    await api.goTo('2022-06-10')
    await submit(followUp!.id, { steps: { ...three, supervision: step('2022-06-10') } })
    const stored = await api.pool.query(
      `select o::text || e::text as text from obligations o join events e on e.obligation = o.id where o.id = $1`,
      [followUp!.id],
    )
    expect(JSON.stringify(stored.rows)).not.toContain('张大山')
    const { body } = await api.get<{ items: { text: string | null }[] }>(
      `/v1/obligations/${followUp!.id}/history`,
      officer,
    )
    expect(body.items.at(-1)?.text).toContain('走访排查:张大山家已走访\n调查核实:')
  })

  it('has it closed unfinished by a leader alone, with a reason that stays', async () => {
    const [followUp] = await following('dibao')
    const waive = { action: 'waive', reason: '户主去外省就医,公示无法进行' }
    for (const who of [officer, centre, {}]) expect((await act(followUp!.id, waive, who)).status).toBe(403)
    expect((await act(followUp!.id, { action: 'waive', reason: ' ' }, leader)).status).toBe(422)
    expect((await act(warning.id, waive, leader)).status).toBe(409)
    expect((await act(followUp!.id, waive, leader)).status).toBe(200)
    const { body } = await api.get<{ items: { code: string; text: string | null }[] }>(
      `/v1/obligations/${followUp!.id}/story`,
      officer,
    )
    expect(body.items.filter(({ code }) => code === 'waive')).toMatchObject([{ text: waive.reason }])
  })

  it('is linked both ways in the story, which says what began', async () => {
    const [followUp] = await following('dibao')
    type Story = { followsFrom: Item | null; followedBy: Item[]; items: { code: string; detail: object }[] }
    const story = async (id: string) => (await api.get<Story>(`/v1/obligations/${id}/story`, officer)).body
    const whole = await story(warning.id)
    expect(whole.followedBy).toMatchObject([
      { id: followUp!.id, labels: { kind: '救助落实', state: '待办' } },
    ])
    expect(whole.items.at(-1)).toMatchObject({ code: 'follow', detail: { obligation: followUp!.id } })
    expect((await story(followUp!.id)).followsFrom).toMatchObject({ id: warning.id, kind: 'warning' })
  })
})

describe('an ineligible household of a key group', () => {
  it('is visited sixty days on, moved to a working day, until a visit ends it', async () => {
    const [first] = await following('ineligible')
    expect(first).toMatchObject({ kind: 'monitoring-visit', title: '监测走访第1次', dueOn: '2022-08-05' })
    await api.goTo('2022-08-03')
    const result = { finding: 'unchanged', visitedOn: '2022-08-03', visitedBy: '李干事' }
    const tomorrow = { ...result, visitedOn: '2022-08-04' }
    expect((await submit(first!.id, tomorrow)).body.detail).toContain('2022-08-04 晚于今天 2022-08-03')
    await submit(first!.id, result)
    await accept(first!.id)
    const [nextId] = (await detail(first!.id)).followedBy
    const next = await detail(nextId!)
    expect(next).toMatchObject({ title: '监测走访第2次', dueOn: '2022-10-08', followsFrom: first!.id })
    // The monitoring ledger has both: what was found on the first, and the day of the next.
    const { text } = await api.get('/v1/ledgers/monitoring-visit?format=csv', officer)
    const [heads = '', ...lines] = text.replace('\uFEFF', '').trim().split('\r\n')
    const linesOf = (title: string) => lines.filter((line) => line.includes(title)).join('\n')
    expect(heads).toMatch(/走访日期,走访结果.*到期日/)
    expect(linesOf('监测走访第1次')).toMatch(/2022-08-03.*2022-08-05/)
    expect(linesOf('监测走访第2次')).toContain('2022-10-08')
    await api.goTo('2022-10-08')
    await submit(next.id, { ...result, finding: 'improved', visitedOn: '2022-10-08' })
    await accept(next.id)
    expect((await detail(next.id)).followedBy).toEqual([])
  })
})

it('an exit says why and by whom', async () => {
  const bare = await submit(warning.id, { outcome: 'deceased' })
  expect([bare.status, bare.body.type]).toEqual([422, 'urn:duban:problem:exit-incomplete'])
  const whole = { outcome: 'deceased', exitReason: 'deceased', decidedBy: '镇长办公会' }
  expect((await submit(warning.id, whole)).status).toBe(200)
})
