import { createHash } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createTimelineActivities } from '../../../src/activities/timeline.ts'
import { KIND_CODES, KIND_LABELS } from '../../../src/kinds/kinds.ts'
import { inTransaction, row, rows } from '../../../src/db/pool.ts'
import { poke } from '../../../src/services/watching/pokes.ts'
import { givenHouseholds, householdOf } from '../../support/households.ts'
import { addTestKey, personWith } from '../../support/scoped.ts'
import {
  type Asking,
  buildTestApp,
  COUNTY,
  foundWarning,
  HOUSEHOLD,
  type ProblemBody,
  type TestApp,
  TOWN,
} from '../build.ts'
import { encryptPerson, makeKeyring } from '../../../src/services/vault/encryption.ts'
import { allText, type Lines, packOf, sheetsOf } from './reading.ts'

let api: TestApp
let campaign: string
let centre: Asking
let officer: Asking
let auditor: Asking
const MANY = 12

beforeAll(async () => {
  api = await buildTestApp({ day: '2022-06-01' }, { revealLimit: 38 })
  campaign = (await api.post<{ id: string }>('/v1/campaigns', { year: 2022 })).body.id
  await inTransaction(api.pool, (tx) => poke(tx, 'timeline', [campaign]))
  const timeline = createTimelineActivities({ pool: api.pool, wallNow: () => Date.now() } as never)
  await timeline.tickTimeline(campaign, 1)
  const keys = makeKeyring(Buffer.alloc(32, 7))
  await givenHouseholds(api.pool, keys, { from: 1, count: MANY })
  await givenHouseholds(api.pool, keys, { from: 101, count: 3, town: 'donghe' })
  await foundWarning(api, { externalId: 'FOUND-1' })
  const override = { action: 'override', phase: 'screening', reason: '汛期道路中断,汛后补办' }
  const opened = await api.post(`/v1/campaigns/${campaign}/actions`, override)
  expect(opened.status, opened.text).toBe(200)
  centre = await api.signedIn('relief-centre', `${COUNTY}.jiuzhu`)
  officer = await api.signedIn('town-officer', TOWN)
  auditor = await api.signedIn('auditor', COUNTY)
}, 120_000)
afterAll(() => api.close())

const pack = (payload: object, how: Asking) => packOf(api, campaign, payload, how)
/** Tables of a statistic have two lines of heads. */
const headsOf = (lines: Lines) => (lines[0]?.[0] === '单位' && !lines[1]?.[0] ? 2 : 1)
/** Lines that somebody counts: neither heads, nor sums, nor words about other sheets. */
const countedIn = ({ name, lines }: { name: string; lines: Lines }) =>
  name === '说明' ? 0 : lines.length - headsOf(lines) - lines.filter(([first]) => first === '合计').length
const lastOf = (query: string) => row<{ action: string; detail: Record<string, unknown> }>(api.pool, query)

describe('the cover of an inspection pack', () => {
  it('has for each file the rows, bytes and digest that it has', async () => {
    const { files, headers } = await pack({}, centre)
    expect(headers['content-type']).toBe('application/zip')
    expect(decodeURIComponent(String(headers['content-disposition']))).toContain(
      '迎检资料包-2022-2022-06-01.zip',
    )
    const cover = files.get('封面.xlsx')!
    const [facts, listed] = sheetsOf(cover)
    const lines = listed!.lines.slice(1)
    expect(lines.map(([name]) => name)).toEqual([...files.keys()].filter((name) => name !== '封面.xlsx'))
    let sum = 0
    for (const [name, , count, bytes, sha256] of lines) {
      const file = files.get(String(name))!
      const own = sheetsOf(file).reduce((all, sheet) => all + countedIn(sheet), 0)
      expect(own, String(name)).toBe(count)
      expect(file.length).toBe(bytes)
      expect(createHash('sha256').update(file).digest('hex')).toBe(sha256)
      sum += own
    }
    const told = Object.fromEntries(facts!.lines as [string, string][])
    expect(told['行数']).toBe(`共 ${sum} 行,不含表头、合计和说明`)
    expect(told).toMatchObject({ 范围: '全县', 户的信息: '已遮盖', 数据截至: '2022-06-01 09:00' })
    expect(told['制作人']).toBeTruthy()
  })

  it('stands with a ledger of each kind, whose rows are those of the ledger', async () => {
    const { files } = await pack({}, centre)
    for (const kind of KIND_CODES) {
      const [sheet] = sheetsOf(files.get(`${KIND_LABELS[kind]}台账.xlsx`)!)
      const counted = await row<{ n: number }>(
        api.pool,
        'select count(*)::int as n from obligations where kind = $1 and campaign = $2',
        [kind, campaign],
      )
      expect(sheet!.lines.length - 1, kind).toBe(counted!.n)
    }
    const [found] = sheetsOf(files.get('主动发现台账.xlsx')!)
    expect(found!.lines).toHaveLength(2)
    const statistics = sheetsOf(files.get('统计表.xlsx')!).map(({ name }) => name)
    expect(statistics).toContain('排查统计表')
    expect(statistics).toContain('致贫返贫因素')
  })

  it('names who opened a gate and why', async () => {
    const [gates] = sheetsOf((await pack({}, auditor)).files.get('阶段和放行.xlsx')!)
    const opened = gates!.lines.filter((line) => line.includes('汛期道路中断,汛后补办'))
    expect(opened).toHaveLength(1)
    const [all = []] = await rows<unknown[]>(
      api.pool,
      `select title, overridden_by as by, overridden_blockers as left from phases where campaign = $1 and overridden_by is not null`,
      [campaign],
    )
    expect(Object.values(all)).toHaveLength(3)
    for (const told of Object.values(all)) expect(opened[0]).toContain(told)
    expect(gates!.lines).toHaveLength(5)
  })
})

describe('households of a pack', () => {
  const people = [householdOf(1), householdOf(5), HOUSEHOLD]

  it('are masked, nowhere in the clear', async () => {
    const { files } = await pack({}, centre)
    const [sheet] = sheetsOf(files.get('户清单(已遮盖).xlsx')!)
    expect(sheet!.lines).toHaveLength(1 + MANY + 3 + 1)
    const text = allText(files)
    for (const { name, idNo, phone } of people)
      for (const part of [name, idNo, phone]) expect(text).not.toContain(part)
    expect(text).toContain(HOUSEHOLD.idNo.slice(-4))
    const told = await lastOf(
      `select action, detail from audit_events where action = 'campaign.pack' order by id desc limit 1`,
    )
    expect(told?.detail).toMatchObject({ households: 'masked', revealed: 0 })
  })

  it('are in the clear for whoever may see them and says why, each a look that is kept', async () => {
    const before = await rows(api.pool, 'select from reveals')
    const reason = '省级检查组现场核对'
    const { files } = await pack({ households: 'clear', reason }, officer)
    const [sheet] = sheetsOf(files.get('户清单(完整).xlsx')!)
    expect(sheet!.lines).toHaveLength(1 + MANY + 1)
    const text = JSON.stringify(sheet!.lines)
    for (const { name, idNo, phone } of people)
      for (const part of [name, idNo, phone]) expect(text).toContain(part)
    const after = await rows(api.pool, 'select from reveals')
    expect(after.length - before.length).toBe(MANY + 1)
    const told = await lastOf(
      `select action, detail from audit_events where action = 'campaign.pack' order by id desc limit 1`,
    )
    expect(told?.detail).toMatchObject({ households: 'clear', revealed: MANY + 1 })
    // The trail tells of each obligation who saw its household.
    const seen = await rows<{ obligation: string; person: string }>(
      api.pool,
      'select obligation, person from reveals',
    )
    for (const { obligation, person } of seen)
      expect(
        await rows(
          api.pool,
          `select actor, detail from audit_events where action = 'household.reveal' and subject = $1`,
          [obligation],
        ),
      ).toEqual([{ actor: person, detail: { campaign } }])
    const stored = await row<{ text: string }>(
      api.pool,
      `select (select jsonb_agg(to_jsonb(r)) from reveals r)::text || (select jsonb_agg(to_jsonb(a)) from audit_events a)::text as text`,
    )
    expect(stored!.text).not.toContain(reason)
    expect(allText(files)).not.toContain(reason)
  })

  it('are refused in the clear without a reason, the right, a person, or beyond the looks of a day, and none is counted', async () => {
    const before = await rows(api.pool, 'select from reveals')
    const ask = (body: object, how?: Asking) =>
      api.post<ProblemBody>(`/v1/campaigns/${campaign}/pack`, body, how)
    const clear = { households: 'clear', reason: '省级检查组现场核对' }
    expect((await ask({ households: 'clear' }, officer)).status).toBe(422)
    expect((await ask(clear, auditor)).status).toBe(403)
    expect((await ask(clear)).status).toBe(403)
    const keys = makeKeyring(Buffer.alloc(32, 7))
    await givenHouseholds(api.pool, keys, { from: 401, count: 39, town: 'haoping' })
    const refused = await ask(clear, await api.signedIn('town-officer', `${COUNTY}.haoping`))
    expect([refused.status, refused.body.type]).toEqual([429, 'urn:duban:problem:too-many-looks'])
    expect(await rows(api.pool, 'select from reveals')).toHaveLength(before.length)
  })

  it('that a download shows again within a day count once, each with its reason and in the trail', async () => {
    const reason = '下载中断,重新制作'
    const looks = async () =>
      row<{ all: number; counted: number; entries: number }>(
        api.pool,
        `select count(*)::int as all, count(*) filter (where counted)::int as counted,
                (select count(*) from audit_events where action = 'household.reveal')::int as entries from reveals`,
      )
    const before = (await looks())!
    // 13 households three times over are more than the 38 looks of a day.
    for (let nth = 1; nth <= 3; nth++) {
      await pack({ households: 'clear', reason }, officer)
      const { all, counted, entries } = (await looks())!
      expect(all - before.all).toBe(nth * (MANY + 1))
      expect(entries - before.entries).toBe(nth * (MANY + 1))
      expect(counted).toBe(before.counted)
    }
    await api.pool.query(`update reveals set at_wall = at_wall - interval '25 hours'`)
    await pack({ households: 'clear', reason }, officer)
    expect((await looks())!.counted).toBe(before.counted + MANY + 1)
    // A look that was not counted makes none free a day later.
    for (const [hours, counted] of [
      [23, before.counted + MANY + 1],
      [2, before.counted + 2 * (MANY + 1)],
    ]) {
      await api.pool.query(`update reveals set at_wall = at_wall - make_interval(hours => $1)`, [hours])
      await pack({ households: 'clear', reason }, officer)
      expect((await looks())!.counted).toBe(counted)
    }
  })

  it('are listed and counted while something of them is kept', async () => {
    const keys = makeKeyring(Buffer.alloc(32, 7))
    const [gone = ''] = await givenHouseholds(api.pool, keys, { from: 501, town: 'huangu' })
    await givenHouseholds(api.pool, keys, { from: 502, count: 2, town: 'huangu' })
    const nothing = encryptPerson(keys, gone, { name: '', idNo: '', phone: '', village: '', detail: '' })
    await api.pool.query(
      `update subjects set encrypted = $2, id_no_index = null, phone_index = null, anonymised_wall = now() where obligation = $1`,
      [gone, nothing],
    )
    const ofTown = { office: `${COUNTY}.huangu` }
    const { files } = await pack(ofTown, centre)
    const lines = sheetsOf(files.get('户清单(已遮盖).xlsx')!)[0]!.lines
    expect(lines).toHaveLength(1 + 2)
    const ending = sheetsOf(files.get('统计表.xlsx')!)[0]!.lines
    expect(ending.at(-1)?.slice(-2)).toEqual([3, 2])
    const cover = sheetsOf(files.get('封面.xlsx')!)[1]!.lines
    expect(cover.find(([name]) => name === '户清单(已遮盖).xlsx')?.[2]).toBe(2)
  })

  it('are left out for a key that was granted no personal data', async () => {
    await addTestKey(api.pool, 'pack-key', { personal: false })
    const { files } = await pack({}, { token: 'pack-key' })
    expect([...files.keys()]).toContain('统计表.xlsx')
    expect([...files.keys()].filter((name) => name.startsWith('户清单'))).toEqual([])
    expect(allText(files)).not.toContain('619999')
  })
})

describe('a pack', () => {
  it('of a town has its own work alone', async () => {
    const { files } = await pack({}, officer)
    const [sheet] = sheetsOf(files.get('预警核查台账.xlsx')!)
    expect(sheet!.lines).toHaveLength(1 + MANY + 1)
    const told = Object.fromEntries(sheetsOf(files.get('封面.xlsx')!)[0]!.lines as [string, string][])
    expect(told['范围']).toContain('毛坝镇')
    expect(allText(files)).not.toContain('洞河镇')
  })

  it('is narrowed to an office, and refused for one that nobody knows', async () => {
    const { files, headers } = await pack({ office: `${COUNTY}.donghe` }, centre)
    expect(decodeURIComponent(String(headers['content-disposition']))).toContain(
      '迎检资料包-2022-洞河镇-2022-06-01.zip',
    )
    const [sheet] = sheetsOf(files.get('预警核查台账.xlsx')!)
    expect(sheet!.lines).toHaveLength(1 + 3)
    const screenings = sheetsOf(files.get('统计表.xlsx')!).find(({ name }) => name === '排查统计表')!
    expect(screenings.lines.slice(2).map(([place]) => place)).toEqual(['洞河镇', '合计'])
    const gates = sheetsOf(files.get('阶段和放行.xlsx')!)[0]!.lines
    const total = gates[0]!.indexOf('应办')
    const counted = await row<{ n: number }>(
      api.pool,
      `select count(*)::int as n from obligations where campaign = $1 and office = $2 and phase is not null and state <> 'cancelled'`,
      [campaign, `${COUNTY}.donghe`],
    )
    expect(gates.slice(1).reduce((sum, line) => sum + Number(line[total]), 0)).toBe(counted!.n)
    expect(counted!.n).toBeGreaterThan(3)
    const unknown = await api.post<ProblemBody>(`/v1/campaigns/${campaign}/pack`, { office: 'xx.yy' }, centre)
    expect([unknown.status, unknown.body.type]).toEqual([422, 'urn:duban:problem:unknown-office'])
    const ofNeighbour = { office: `${COUNTY}.donghe` }
    const foreign = await api.post<ProblemBody>(`/v1/campaigns/${campaign}/pack`, ofNeighbour, officer)
    expect([foreign.status, foreign.body.errors?.map(({ pointer }) => pointer)]).toEqual([
      403,
      ['/body/office'],
    ])
    expect((await api.post('/v1/campaigns/cp_none/pack', {}, centre)).status).toBe(404)
  })
})

describe('a second pack of the same caller', () => {
  it('is refused while the first is being made, and made afterwards', async () => {
    const ask = (how: Asking) => api.post<ProblemBody>(`/v1/campaigns/${campaign}/pack`, {}, how)
    const [first, second, other] = await Promise.all([ask(centre), ask(centre), ask(auditor)])
    expect([first.status, second.status].sort()).toEqual([200, 429])
    const refused = first.status === 429 ? first : second
    expect(refused.body.type).toBe('urn:duban:problem:pack-under-way')
    expect(refused.body.detail).toContain('等它下载完')
    expect(other.status).toBe(200)
    await pack({}, centre)
  })

  it('is made after one that was refused', async () => {
    const clear = { households: 'clear', reason: '省级检查组现场核对' }
    expect((await api.post(`/v1/campaigns/${campaign}/pack`, clear, auditor)).status).toBe(403)
    await pack({}, auditor)
  })
})

describe('a pack that cannot be finished', () => {
  /** Connections of the API that wait in a transaction that nobody ends. */
  const waiting = () =>
    row<{ n: number }>(
      api.pool,
      `select count(*)::int as n from pg_stat_activity where datname = current_database() and state like 'idle in transaction%'`,
    )

  it.each([
    [
      'a household cannot be read',
      `update subjects set encrypted = set_byte(encrypted, 20, 255 - get_byte(encrypted, 20))`,
      `update subjects set encrypted = set_byte(encrypted, 20, 255 - get_byte(encrypted, 20))`,
    ],
    ['a query fails', `revoke select on phases from duban_api`, `grant select on phases to duban_api`],
  ])('because %s leaves no transaction open', async (_, fault, mend) => {
    await api.pool.query(fault)
    await expect(pack({}, centre)).rejects.toThrow()
    await api.pool.query(mend)
    await expect.poll(waiting).toEqual({ n: 0 })
    await pack({}, centre)
  })
})

it('shows all that somebody may see in the clear, however much they see masked', async () => {
  await givenHouseholds(api.pool, makeKeyring(Buffer.alloc(32, 7)), { from: 201, count: 40, town: 'donghe' })
  await givenHouseholds(api.pool, makeKeyring(Buffer.alloc(32, 7)), { from: 301, count: 3, town: 'hongchun' })
  const head = await personWith(api.pool, 'town-head', `${COUNTY}.hongchun`)
  await api.pool.query(
    `insert into person_roles (person, office, role) values ($1, $2, 'auditor') on conflict do nothing`,
    [head, COUNTY],
  )
  const clear = { households: 'clear', reason: '省级检查组现场核对' }
  const { files } = await pack(clear, await api.sessionOf(head))
  const [sheet] = sheetsOf(files.get('户清单(完整).xlsx')!)
  const numbers = sheet!.lines.map((line) => line[sheet!.lines[0]!.indexOf('身份证号')])
  expect(numbers.filter((number) => /^\d{17}[\dX]$/.test(String(number)))).toHaveLength(3)
})
