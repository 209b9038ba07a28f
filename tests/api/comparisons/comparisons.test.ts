import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createTimelineActivities } from '../../../src/activities/timeline.ts'
import { inTransaction, rows } from '../../../src/db/pool.ts'
import { poke } from '../../../src/services/watching/pokes.ts'
import {
  type Asking,
  buildTestApp,
  COUNTY,
  type Page,
  type ProblemBody,
  type TestApp,
  TOKEN,
  TOWN,
} from '../build.ts'
import { givenWarning } from '../../support/warnings.ts'

type Line = {
  id: string
  title: string
  byTown: boolean
  takesHits: boolean
  hits: number | null
  office: { code: string }
}
type QuotaLine = { partner: string; period: string; projectedShortfall: number } & Record<string, unknown>
type Quota = { wholeCounty: boolean; items: QuotaLine[]; shortfall: number }

let api: TestApp
let campaign: string
let officer: Asking
let centre: Asking
beforeAll(async () => {
  api = await buildTestApp({ day: '2022-06-06' })
  campaign = (await api.post<{ id: string }>('/v1/campaigns', { year: 2022 })).body.id
  await tick()
  officer = await api.signedIn('town-officer', TOWN)
  centre = await api.signedIn('verification-centre', `${COUNTY}.hedui`)
})
afterAll(() => api.close())

async function tick(): Promise<void> {
  await inTransaction(api.pool, (tx) => poke(tx, 'timeline', [campaign]))
  await createTimelineActivities({ pool: api.pool, wallNow: () => Date.now() } as never).tickTimeline(
    campaign,
    1,
  )
}

const RESULT = { day: '2022-06-03', compared: 4200, hits: 31, raised: 12, how: 'id-number' }
const quota = async (who?: Asking) =>
  (await api.get<Quota>(`/v1/comparisons/quota?campaign=${campaign}`, who)).body
const lineOf = ({ items }: Quota, partner: string, period: string) =>
  items.find((line) => line.partner === partner && line.period === period)
const ledger = async (who?: Asking, more = '') =>
  (await api.get<Page<Line>>(`/v1/comparisons?campaign=${campaign}${more}`, who)).body.items

describe('the quota', () => {
  it('asks two partners for each half and eight for the year, all of them planned', async () => {
    const { items, wholeCounty, shortfall } = await quota()
    expect(wholeCounty).toBe(true)
    expect(items).toHaveLength(12)
    expect(shortfall).toBe(0)
    expect(lineOf(await quota(), 'medical-insurance', 'H2')).toMatchObject({
      ...{ required: 1, done: 0, planned: 1, late: 0, dueOn: '2022-12-15', obligations: [] },
    })
  })

  it('is that of the year’s own copy of its template, whatever ships by now', async () => {
    await api.pool.query('update campaigns set comparisons = $2 where id = $1', [
      campaign,
      JSON.stringify([{ partner: 'medical-insurance', every: 'year' }]),
    ])
    expect((await quota()).items.map(({ partner, period }) => [partner, period])).toEqual([
      ['medical-insurance', 'Y'],
    ])
    await api.pool.query('update campaigns set comparisons = null where id = $1', [campaign])
    expect((await quota()).items).toHaveLength(12)
  })

  it('counts what was accepted as done', async () => {
    const [mine] = await ledger(centre, '&partner=medical-insurance&period=H1')
    const act = (body: object, who?: Asking) => api.post(`/v1/obligations/${mine!.id}/actions`, body, who)
    expect((await act({ action: 'submit', result: RESULT }, centre)).status).toBe(200)
    const relief = await api.signedIn('relief-centre', `${COUNTY}.jiuzhu`)
    const leader = await api.signedIn('bureau-leader', COUNTY)
    const accepted = await act({ action: 'accept' }, leader)
    if (accepted.status !== 200) expect((await act({ action: 'accept' }, relief)).status).toBe(200)
    expect(lineOf(await quota(), 'medical-insurance', 'H1')).toMatchObject({ done: 1, planned: 0 })
    const [line] = await ledger(undefined, '&partner=medical-insurance&period=H1')
    expect(line).toMatchObject({
      hits: 31,
      byTown: false,
      labels: { level: '县级', how: '按身份证号逐条比对' },
    })
  })

  it('names the partner and the half that is missing once it is late', async () => {
    await api.goTo('2022-06-20')
    const late = await quota()
    expect(late.items.filter(({ projectedShortfall }) => projectedShortfall > 0)).toMatchObject([
      {
        partner: 'rural-revitalisation',
        period: 'H1',
        late: 1,
        labels: { partner: '乡村振兴局', period: '上半年' },
      },
    ])
    expect(late.shortfall).toBe(1)
  })

  it('says who was told of what is late: by a mail that left, each once', async () => {
    const late = async () =>
      (await quota()).items.find(({ projectedShortfall }) => projectedShortfall > 0) as QuotaLine & {
        told: { name: string }[]
        obligations: string[]
      }
    const { obligations, told } = await late()
    expect(told).toEqual([])
    const tell = (id: string, state: string, role: string) =>
      api.pool.query(
        `insert into notifications (id, county, cause, person, kind, urgent, round_at, created_at, deadline, state)
         select $1, $2, $1, (select person from person_roles where role = $3 and office like $2 || '%' order by person limit 1),
                'correction', false, now(), now(),
                (select deadline from assignments where obligation = $4 and stage = 'perform'), $5`,
        [id, COUNTY, role, obligations[0], state],
      )
    await tell('nt_q1', 'mailed', 'verification-centre')
    await tell('nt_q2', 'mailed', 'verification-centre')
    await tell('nt_q3', 'queued', 'bureau-leader')
    const [only, ...others] = (await late()).told
    expect(others).toEqual([])
    expect(only?.name).toContain('核对')
  })

  it('is not told to a town, which does not see the comparisons of the county', async () => {
    expect(await quota(officer)).toMatchObject({ wholeCounty: false, items: [] })
  })
})

it('the gate of its phase counts what it waits for by kind', async () => {
  type Timeline = { phases: { code: string; gate: { byKind: { kind: string; count: number }[] } }[] }
  const { body } = await api.get<Timeline>(`/v1/campaigns/${campaign}/timeline`)
  const screening = body.phases.find(({ code }) => code === 'screening')
  expect(screening?.gate.byKind).toMatchObject([
    { kind: 'screening', label: '全面排查', count: 85 },
    { kind: 'comparison', label: '数据比对', count: 1 },
    { kind: 'report', count: 1 },
  ])
})

describe("a town's own comparison", () => {
  it('stands in the same ledger, marked, and does not count for the county', async () => {
    const before = lineOf(await quota(), 'education', 'Y')
    const made = await api.post<{ id: string; source: string; facts: object }>(
      '/v1/obligations',
      {
        ...{ kind: 'comparison', office: TOWN, title: '与镇卫生院数据比对', dueOn: '2022-06-20' },
        facts: { partner: 'education', period: 'Y' },
      },
      officer,
    )
    expect(made.status).toBe(201)
    expect(made.body).toMatchObject({ source: 'education', facts: { partner: 'education', period: 'Y' } })
    const [line] = await ledger(officer)
    expect(line).toMatchObject({ byTown: true, office: { code: TOWN }, labels: { level: '镇级' } })
    expect(line).toMatchObject({ id: made.body.id, takesHits: true })
    expect((await ledger(centre)).filter(({ takesHits }) => takesHits).length).toBeGreaterThan(0)
    expect((await ledger(centre)).find(({ id }) => id === made.body.id)).toMatchObject({ takesHits: false })
    expect(await ledger(undefined, `&office=${TOWN}`)).toHaveLength(1)
    expect(lineOf(await quota(), 'education', 'Y')).toEqual(before)
  })

  it('with facts that its kind does not know is refused', async () => {
    const body = {
      kind: 'comparison',
      office: TOWN,
      title: '比对',
      dueOn: '2022-06-20',
      facts: { period: 'Q1' },
    }
    expect((await api.post('/v1/obligations', body, officer)).status).toBe(422)
  })

  it.each([
    ['rectification', { origin: 'audit', type: 'other' }, 'origin', 'POST /v1/problems'],
    ['spot-check', { sample: 'sm_x', warning: 'ob_x' }, 'sample', '不接受'],
    ['monitoring-visit', { visit: 7 }, 'visit', '不接受'],
  ])('of what only the product knows, %s %o is refused', async (kind, facts, field, words) => {
    const body = { kind, office: TOWN, title: '自己写的', dueOn: '2022-06-20' }
    const refused = await api.post<ProblemBody>('/v1/obligations', { ...body, facts }, officer)
    expect(refused.status).toBe(422)
    expect(refused.body.errors?.[0]).toMatchObject({
      pointer: `/body/facts/${field}`,
      message: expect.stringContaining(words) as string,
    })
    expect((await api.post('/v1/obligations', body, officer)).status).toBe(201)
  })
})

describe('a file of hits', () => {
  type Detail = { comparison: string | null; raised: { id: string; title: string }[] }
  type Filed = Line & { files: { id: string; state: string; rows: number; registered: number }[] }
  const HEAD = '预警编号,姓名,身份证号,联系电话,乡镇,村,预警等级,发布时间'
  const send = (comparison: string, question = '') =>
    api.upload<{ id: string } & ProblemBody>(`/v1/imports?comparison=${comparison}${question}`, [
      { field: 'file', filename: '命中.csv', content: `${HEAD}\nBD1,张三,,,毛坝镇,双河村,黄色,2022-06-06` },
    ])
  const detail = async (id: string, who?: Asking) =>
    (await api.get<Detail>(`/v1/obligations/${id}`, who)).body

  it('raises warnings that are linked with the comparison both ways', async () => {
    const [comparison] = (await ledger()).filter(({ byTown }) => !byTown)
    const { status, body } = await send(comparison!.id)
    expect(status).toBe(202)
    // What the worker does with the file, as far as this test asks.
    await api.pool.query(`update imports set state = 'applied', "rows" = 1, registered = 1 where id = $1`, [
      body.id,
    ])
    await givenWarning(api.pool, { id: 'BD1', level: 'yellow' })
    const [warning] = await rows<{ id: string }>(
      api.pool,
      `update obligations set import_id = $1 where external_id = 'BD1' returning id`,
      [body.id],
    )
    expect(await detail(comparison!.id)).toMatchObject({
      ...{ comparison: null, raised: [{ id: warning!.id }] },
      hitsFiles: [{ id: body.id, filename: '命中.csv', state: 'applied', rows: 1, registered: 1 }],
    })
    expect(await detail(warning!.id)).toMatchObject({
      ...{ comparison: comparison!.id, raised: [], hitsFiles: null },
    })
    // Who does not see the files of the county is told of none.
    expect(await detail(warning!.id, officer)).toMatchObject({ comparison: null })
    const line = ((await ledger()) as Filed[]).find(({ id }) => id === comparison!.id)
    expect(line?.files).toMatchObject([{ id: body.id, state: 'applied', rows: 1, registered: 1 }])
  })

  it('says what the comparison came to: another number is refused with both sides, or taken with a reason', async () => {
    const asked = {
      kind: 'comparison',
      office: `${COUNTY}.hedui`,
      title: '与住建局补充比对',
      dueOn: '2022-07-20',
    }
    const { body: comparison } = await api.post<{ id: string }>('/v1/obligations', asked)
    const { body } = await send(comparison.id)
    const submit = (change: object) =>
      api.post<ProblemBody>(
        `/v1/obligations/${comparison.id}/actions`,
        { action: 'submit', result: { ...RESULT, day: '2022-06-06', ...change } },
        centre,
      )
    const waiting = await submit({ raised: 5 })
    expect([waiting.status, waiting.body.detail]).toEqual([
      422,
      expect.stringContaining('还有 1 个命中名单没有登记'),
    ])
    await api.pool.query(`update imports set state = 'applied', "rows" = 6, registered = 5 where id = $1`, [
      body.id,
    ])
    const refused = await submit({ raised: 7 })
    expect(refused.status).toBe(422)
    expect(refused.body.errors?.[0]).toEqual({
      pointer: '/body/result/raised',
      message: '产生预警填的是 7 条,命中名单登记了 5 条;请改正其中一个,或在“原因”中写明为什么。',
    })
    expect((await submit({ hits: 5, raised: 5 })).body.errors?.[0]?.pointer).toBe('/body/result/hits')
    expect((await submit({ raised: 7, reason: '两户在上一批已经登记' })).status).toBe(200)
  })

  it('is refused for what is no comparison of the county, and beside another claim', async () => {
    const [comparison] = await ledger()
    for (const answer of [await send('ob_none'), await send(comparison!.id, '&kind=withdrawals')]) {
      expect(answer.status).toBe(422)
      expect(answer.body.errors?.[0]?.pointer).toBe('/querystring/comparison')
      expect(answer.body.detail).toMatch(/\p{Script=Han}/u)
    }
  })
})

describe('the ledger as a file', () => {
  it('is a workbook with the columns of its kind, and the same as CSV', async () => {
    const csv = await api.get('/v1/ledgers/comparison?format=csv')
    const lines = csv.text.replace('\uFEFF', '').trim().split('\r\n')
    expect(lines[0]).toBe(
      '承办单位,比对部门,期次,事项,比对日期,比对条数,命中条数,产生预警条数,比对方式,到期日,重办到期日,办理状态,是否逾期',
    )
    const book = await api.app.inject({
      url: '/v1/ledgers/comparison',
      headers: { authorization: `Bearer ${TOKEN}` },
    })
    expect(book.headers['content-type']).toContain('spreadsheetml')
    const { read, utils } = await import('@e965/xlsx')
    const { Sheets, SheetNames } = read(book.rawPayload)
    const cells = utils.sheet_to_json<string[]>(Sheets[SheetNames[0]!]!, { header: 1 })
    expect(SheetNames).toEqual(['数据比对'])
    expect(cells).toHaveLength(lines.length)
    expect(cells[0]?.join(',')).toBe(lines[0])
  })

  it('shows a town only its own', async () => {
    const { text } = await api.get('/v1/ledgers/screening?format=csv', officer)
    expect(text.trim().split('\r\n')).toHaveLength(6)
  })

  it('is refused for a kind that is none', async () => {
    expect((await api.get('/v1/ledgers/none')).status).toBe(400)
  })
})
