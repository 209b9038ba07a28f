import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { WITHHELD } from '../../../src/api/ledgers/ledger-rows.ts'
import { rows } from '../../../src/db/pool.ts'
import { canariesIn, canary } from '../../security/canaries.ts'
import { personWith } from '../../support/scoped.ts'
import { type Asking, buildTestApp, COUNTY, type Item, type TestApp, TOWN } from '../build.ts'
import { allText, packOf, sheetsOf } from './reading.ts'

const SIBLING = `${COUNTY}.donghe`
const REASON = '省级检查组现场核对'
const { name: NAME, note: WRONG } = canary(1)
const MEASURE = canary(2).note
const DECIDED = canary(3).name
/** No colleague has this name. */
const ANSWERS = canary(4).name

let api: TestApp
let campaign: string
let centre: Asking
let officer: Asking
let colleague: { id: string; name: string }

beforeAll(async () => {
  api = await buildTestApp({ day: '2022-06-01' })
  campaign = (await api.post<{ id: string }>('/v1/campaigns', { year: 2022 })).body.id
  centre = await api.signedIn('relief-centre', `${COUNTY}.jiuzhu`)
  officer = await api.signedIn('town-officer', TOWN)
  const id = await personWith(api.pool, 'town-officer', SIBLING)
  const [found] = await rows<{ name: string }>(api.pool, 'select name from people where id = $1', [id])
  colleague = { id, name: found!.name }
  await problem({ offices: [TOWN], responsible: ANSWERS })
  await problem({ offices: [SIBLING], responsible: colleague.name, measure: '' })
  await exit()
}, 120_000)
afterAll(() => api.close())

async function problem(more: object): Promise<void> {
  const of = { origin: 'audit', type: 'missed-cover', wrong: WRONG, measure: MEASURE, dueOn: '2022-11-30' }
  const answer = await api.post('/v1/problems', { ...of, ...more }, centre)
  expect(answer.status, answer.text).toBe(201)
}

/** A household that left its cover, with whoever decided it. */
async function exit(): Promise<void> {
  const person = { name: '赵小河', idNo: '619999199001012163', phone: '', village: '东坪村' }
  const found = { kind: 'warning', office: TOWN, level: 'yellow', group: 'near-poor', person }
  const { id } = (await api.post<Item>('/v1/obligations', found, officer)).body
  const act = async (body: object, who: Asking) => {
    const answer = await api.post(`/v1/obligations/${id}/actions`, body, who)
    expect(answer.status, answer.text).toBe(200)
  }
  const result = { outcome: 'moved-away', exitReason: 'moved', decidedBy: DECIDED }
  await act({ action: 'submit', result }, officer)
  await act({ action: 'accept' }, centre)
}

const pack = async (payload: object, how: Asking) => (await packOf(api, campaign, payload, how)).files

/** The lines of a ledger, by the names of its columns. */
function ledgerOf(files: Awaited<ReturnType<typeof pack>>, name: string): Record<string, unknown>[] {
  const [heads = [], ...lines] = sheetsOf(files.get(`${name}台账.xlsx`)!)[0]!.lines
  return lines.map((line) => Object.fromEntries(heads.map((head, i) => [String(head), line[i]])))
}
const problemsIn = (files: Awaited<ReturnType<typeof pack>>) =>
  ledgerOf(files, '问题整改').filter((line) => line['问题类型'])

describe('what people wrote, in a masked pack', () => {
  it.each([
    ['the relief centre', () => centre],
    ['the town itself', () => officer],
  ])('stands nowhere, whoever may read it: %s', async (_, who) => {
    const files = await pack({}, who())
    expect(canariesIn(Buffer.from(allText(files)))).toEqual([])
  })

  it('is told to have been written, and what was not is left empty', async () => {
    const files = await pack({}, centre)
    const lines = problemsIn(files)
    const of = (responsible: string) => lines.find((line) => line['责任人'] === responsible)
    expect(of(WITHHELD)).toMatchObject({ 问题: WITHHELD, 整改措施: WITHHELD, 责任人: WITHHELD })
    // A colleague of the directory is no secret of a household.
    expect(of(colleague.name)).toMatchObject({ 问题: WITHHELD })
    expect(of(colleague.name)?.['整改措施'] ?? '').toBe('')
    const [left] = ledgerOf(files, '预警核查')
    expect(left).toMatchObject({ 核查结论: '已迁出', 退出决定人: WITHHELD })
  })

  it('is withheld too where an earlier release wrote it beside the codes', async () => {
    await api.pool.query(
      `update obligations set result = result || jsonb_build_object('decidedBy', $1::text) where kind = 'warning'`,
      [NAME],
    )
    await api.pool.query('delete from result_texts')
    const files = await pack({}, centre)
    expect(canariesIn(Buffer.from(allText(files)))).toEqual([])
    expect(ledgerOf(files, '预警核查')[0]?.['退出决定人']).toBe(WITHHELD)
  })

  it('is spoken of on the cover', async () => {
    const facts = sheetsOf((await pack({}, centre)).get('封面.xlsx')!)[0]!.lines
    expect(Object.fromEntries(facts as [string, string][])['文字']).toContain(`“${WITHHELD}”`)
  })
})

describe('what people wrote, in a pack with households in the clear', () => {
  it('stands where its maker may see households', async () => {
    const files = await pack({ households: 'clear', reason: REASON }, officer)
    expect(problemsIn(files)).toEqual([
      expect.objectContaining({ 问题: WRONG, 整改措施: MEASURE, 责任人: ANSWERS }),
    ])
  })

  it('does not stand for an office whose households they do not see', async () => {
    const person = await personWith(api.pool, 'town-head', TOWN)
    await api.pool.query(
      `insert into person_roles (person, office, role) values ($1, $2, 'auditor') on conflict do nothing`,
      [person, COUNTY],
    )
    const files = await pack({ households: 'clear', reason: REASON }, await api.sessionOf(person))
    const words = problemsIn(files).map((line) => line['问题'])
    expect(words).toHaveLength(2)
    expect(words.filter((word) => word === WRONG)).toHaveLength(1)
  })
})

describe('a pack asked for in the clear', () => {
  const cover = (files: Awaited<ReturnType<typeof pack>>) =>
    Object.fromEntries(sheetsOf(files.get('封面.xlsx')!)[0]!.lines as [string, string][])

  it('has no words and says so where no household stands behind its work', async () => {
    const files = await pack({ households: 'clear', reason: REASON, office: SIBLING }, centre)
    expect(problemsIn(files).map((line) => line['问题'])).toEqual([WITHHELD])
    expect(canariesIn(Buffer.from(allText(files)))).toEqual([])
    expect(cover(files)).toMatchObject({ 户的信息: '没有可以查看的户,都已遮盖' })
  })

  it('has the words about a household only where it has the household', async () => {
    const left = { kind: 'warning', office: TOWN, level: 'yellow' }
    const person = { name: '钱小河', idNo: '619999199001012171', phone: '', village: '东坪村' }
    await api.post('/v1/obligations', { ...left, person }, officer)
    const decided = async () => {
      const files = await pack({ households: 'clear', reason: REASON }, officer)
      return ledgerOf(files, '预警核查').flatMap((line) => line['退出决定人'] ?? [])
    }
    // As an earlier release wrote it, by the test above.
    expect(await decided()).toEqual([NAME])
    await api.pool.query(
      `update subjects set anonymised_wall = now()
        where obligation in (select id from obligations where state = 'accepted' and kind = 'warning')`,
    )
    expect(await decided()).toEqual([WITHHELD])
  })
})
