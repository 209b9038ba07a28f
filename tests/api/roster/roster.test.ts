import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createTimelineActivities } from '../../../src/activities/timeline.ts'
import { inTransaction, row, rows } from '../../../src/db/pool.ts'
import { countOwed } from '../../../src/services/obligations/owed-households.ts'
import { uncoveredHouseholds } from '../../../src/services/sampling/population.ts'
import { poke } from '../../../src/services/watching/pokes.ts'
import { householdOf } from '../../support/households.ts'
import { addTestKey } from '../../support/scoped.ts'
import {
  type Asking,
  buildTestApp,
  COUNTY,
  type Item,
  type Json,
  type Page,
  type ProblemBody,
  type TestApp,
  TOWN,
} from '../build.ts'

const DONGHE = `${COUNTY}.donghe`

let api: TestApp
let officer: Asking
let neighbour: Asking
let centre: Asking
let auditor: Asking
let campaign: string

beforeAll(async () => {
  api = await buildTestApp({ day: '2022-06-01' })
  campaign = (await api.post<{ id: string }>('/v1/campaigns', { year: 2022 })).body.id
  await inTransaction(api.pool, (tx) => poke(tx, 'timeline', [campaign]))
  const timeline = createTimelineActivities({ pool: api.pool, wallNow: () => Date.now() } as never)
  await timeline.tickTimeline(campaign, 1)
  await api.goTo('2022-06-06')
  officer = await api.signedIn('town-officer', TOWN)
  neighbour = await api.signedIn('town-officer', DONGHE)
  centre = await api.signedIn('relief-centre', `${COUNTY}.jiuzhu`)
  auditor = await api.signedIn('auditor', COUNTY)
})
afterAll(() => api.close())

type Numbers = { total: number; covered: number; reached: number; owed: number; unreached: number }
type Entry = Json & { id: string; version: number; reach: string; subject: { name: string; idNo: string } }
type Roster = Page<Entry> & { counts: (Numbers & { office: { code: string }; group: string })[] }
type FileAnswer = Json & { id: string | null; added: number; changed: number; unchanged: number; bad: number }

const HEAD = '乡镇,村,姓名,身份证号,联系电话,重点人群类别,保障情况,纳入时间'
const line = (n: number, { town = '毛坝镇', group = '边缘户', cover = '无', since = '' } = {}) => {
  const { name, idNo, phone, village } = householdOf(n)
  return [town, village, name, idNo, phone, group, cover, since].join(',')
}
const upload = <T = FileAnswer>(
  lines: string[],
  question = '',
  as = centre,
  head = HEAD,
  more: Json[] = [],
) =>
  api.upload<T>(
    `/v1/roster/import?${question}`,
    [{ field: 'file', filename: '名册.csv', content: [head, ...lines].join('\n') }, ...(more as never[])],
    as,
  )
const roster = async (question = '', as: Asking = centre) =>
  (await api.get<Roster>(`/v1/roster?limit=200&${question}`, as)).body
const sumOf = ({ counts }: Roster, field: keyof Numbers) => counts.reduce((sum, one) => sum + one[field], 0)
const screeningOf = async (nth: string, town = TOWN) => {
  const { body } = await api.get<Page<Item>>(`/v1/obligations?kind=screening&office=${town}`)
  return body.items.find(({ title }) => title.startsWith(nth))!.id
}
const act = (id: string, body: Json, as: Asking) =>
  api.post<Json & ProblemBody>(`/v1/obligations/${id}/actions`, body, as)

const FILE = [1, 2, 3, 4, 5]
  .map((n) => line(n))
  .concat(line(6, { cover: '农村低保', since: '2021-03-01' }))
  .concat([7, 8].map((n) => line(n, { town: '洞河镇', group: '因疫因灾遇困群众' })))

describe('a roster from a file', () => {
  test('is only compared first', async () => {
    const { status, body } = await upload(FILE)
    expect([status, body]).toMatchObject([200, { id: null, read: 8, good: 8, bad: 0, added: 8, changed: 0 }])
    expect((await roster()).items).toEqual([])
  })

  test('comes in whole or not at all, and nothing of it stands in the clear', async () => {
    const bad = [...FILE, line(9, { group: '听说' })]
    expect((await upload(bad, 'dryRun=false')).body).toMatchObject({ id: null, bad: 1 })
    expect((await roster()).items).toEqual([])
    const { body } = await upload(FILE, 'dryRun=false')
    expect(body).toMatchObject({ added: 8, id: expect.stringMatching(/^ri_/) as string })
    const stored = await row<{ text: string }>(
      api.pool,
      `select (select jsonb_agg(to_jsonb(h)) from roster_households h)::text || (select jsonb_agg(to_jsonb(i)) from roster_imports i)::text ||
              (select coalesce(jsonb_agg(to_jsonb(a)), '[]') from audit_events a)::text as text`,
    )
    for (const n of [1, 6, 8])
      for (const part of [householdOf(n).name, householdOf(n).idNo, householdOf(n).phone])
        expect(stored!.text).not.toContain(part)
  })

  test('has counts by town and group, and each household with its cover, masked', async () => {
    const all = await roster()
    expect(all.counts).toMatchObject([
      { office: { code: DONGHE }, group: 'epidemic-or-disaster', total: 2, owed: 2, covered: 0 },
      { office: { code: TOWN }, group: 'near-poor', total: 6, owed: 5, covered: 1, unreached: 0 },
    ])
    const covered = await roster('cover=dibao')
    expect(covered.items).toMatchObject([{ coveredSince: '2021-03-01', reach: 'covered' }])
    expect(JSON.stringify(all)).not.toContain(householdOf(1).idNo)
    expect(all.items[0]?.subject.idNo).toMatch(/\*/)
    const page = async (more = '') => (await api.get<Roster>(`/v1/roster?limit=1${more}`, centre)).body
    const first = await page()
    expect(first.counts).toEqual(all.counts)
    expect((await page(`&cursor=${first.nextCursor}`)).counts).toEqual([])
  })

  test('the same again changes nothing; a new state of cover changes that household', async () => {
    expect((await upload(FILE, 'dryRun=false')).body).toMatchObject({ added: 0, changed: 0, unchanged: 8 })
    const enrolled = line(5, { cover: '低保', since: '2022-06-01' })
    expect((await upload([enrolled], 'dryRun=false')).body).toMatchObject({ added: 0, changed: 1 })
    expect((await roster('cover=dibao')).items).toHaveLength(2)
  })

  test('is taken back: what it brought goes, what it changed is as before, what was worked with stays', async () => {
    const { body } = await upload([line(5, { cover: '无' }), line(20), line(21)], 'dryRun=false')
    expect(body).toMatchObject({ added: 2, changed: 1 })
    const before = await roster()
    const [, mine] = before.items.filter(({ import: from }) => from === body.id)
    const url = `/v1/roster/${mine!.id}`
    const changed = await api.ask({ method: 'PUT', url, payload: { group: 'sudden-hardship' } }, officer)
    expect(changed.status).toBe(200)
    const undo = () => api.post<Json & ProblemBody>(`/v1/roster/imports/${body.id}/undo`, {}, centre)
    const undone = await undo()
    expect([undone.status, undone.body]).toEqual([200, { removed: 1, restored: 1, kept: 1 }])
    expect((await roster()).items).toHaveLength(before.items.length - 1)
    expect((await roster('cover=dibao')).items).toHaveLength(2)
    const again = await undo()
    expect([again.status, again.body.type]).toEqual([409, 'urn:duban:problem:not-while-undone'])
    expect((await api.ask({ method: 'DELETE', url }, officer)).status).toBe(200)
    const files = await api.get<Page<{ id: string; state: string }>>('/v1/roster/imports', centre)
    expect(files.body.items.find(({ id }) => id === body.id)?.state).toBe('undone')
    expect((await api.get<Page<Json>>('/v1/roster/imports', auditor)).body.items).not.toEqual([])
  })

  test('whose numbers were completed, or left out, has no household twice', async () => {
    const bare = (n: number) => line(n).replace(householdOf(n).idNo, '')
    const first = await upload([bare(70), line(71)], 'dryRun=false')
    expect(first.body).toMatchObject({ added: 2, changed: 0 })
    const second = await upload([line(70), bare(71)], 'dryRun=false')
    expect(second.body).toMatchObject({ added: 0, changed: 1, unchanged: 1 })
    expect((await upload([70, 71].map((n) => line(n)))).body).toMatchObject({ added: 0, unchanged: 2 })
    const made = (await roster()).items.filter(({ import: from }) => from === first.body.id)
    expect(made).toHaveLength(2)
    for (const { id } of made)
      expect((await api.ask({ method: 'DELETE', url: `/v1/roster/${id}` }, officer)).status).toBe(200)
    expect((await roster()).items).toHaveLength(8)
  })

  test('takes nothing away by a column that it does not have', async () => {
    const { name, idNo } = householdOf(6)
    const short = async (cover: string) => {
      const head = '乡镇,姓名,身份证号,重点人群类别,保障情况'
      const lines = [`毛坝镇,${name},${idNo},边缘户,${cover}`]
      return (await upload(lines, 'dryRun=false', centre, head)).body
    }
    expect(await short('农村低保')).toMatchObject({ changed: 0, unchanged: 1 })
    const { id } = await short('特困')
    const [changed] = (await roster('cover=tekun')).items
    expect(changed).toMatchObject({ coveredSince: '2021-03-01', version: 2 })
    expect(Object.values(changed!.subject)).not.toContain('')
    expect((await api.post(`/v1/roster/imports/${id}/undo`, {}, centre)).status).toBe(200)
    expect((await upload(FILE.slice(5, 6))).body).toMatchObject({ unchanged: 1 })
  })

  test('with a column that nobody knows is explained by the form', async () => {
    const head = HEAD.replace('姓名', '甲列')
    const refused = await upload<ProblemBody>([line(30)], '', centre, head)
    expect([refused.status, refused.body.detail]).toEqual([422, expect.stringContaining('姓名') as string])
    const columns = { field: 'columns', content: JSON.stringify({ 甲列: 'name' }) }
    expect((await upload([line(30)], '', centre, head, [columns])).body).toMatchObject({ added: 1 })
    const wrong = { field: 'columns', content: '{"甲列":"nonsense"}' }
    expect((await upload<ProblemBody>([line(30)], '', centre, head, [wrong])).status).toBe(422)
  })

  test('is the centre’s to register, not a town’s', async () => {
    expect((await upload([line(31)], '', officer)).status).toBe(403)
    expect((await upload([line(31)], '', auditor)).status).toBe(403)
  })
})

describe('a household of the roster', () => {
  const NEW = { group: 'near-poor', cover: 'none', person: householdOf(40) }

  test('is entered by its town, once, and seen by nobody else', async () => {
    const made = await api.post<Entry>('/v1/roster', { ...NEW, office: TOWN }, officer)
    expect([made.status, made.body.reach]).toEqual([201, 'owed'])
    const again = await api.post<ProblemBody>('/v1/roster', { ...NEW, office: TOWN }, officer)
    expect([again.status, again.body.type]).toEqual([409, 'urn:duban:problem:exists'])
    expect((await api.post('/v1/roster', { ...NEW, office: DONGHE }, officer)).status).toBe(422)
    expect((await roster('', neighbour)).items.map(({ id }) => id)).not.toContain(made.body.id)
    const elsewhere = await api.post<ProblemBody>('/v1/roster', { ...NEW, office: DONGHE }, neighbour)
    expect([elsewhere.status, elsewhere.body.detail]).toEqual([
      409,
      expect.stringContaining('别的镇') as string,
    ])
    const url = `/v1/roster/${made.body.id}`
    expect((await api.ask({ method: 'PUT', url, payload: {} }, neighbour)).status).toBe(404)
    const late = { method: 'DELETE' as const, url, headers: { 'if-match': '"7"' } }
    expect((await api.ask(late, officer)).status).toBe(412)
    expect((await api.ask({ method: 'DELETE', url }, officer)).status).toBe(200)
  })

  test('is read as it stands now, masked, by whoever sees its town, until it is taken off', async () => {
    const one = { ...NEW, office: TOWN, person: householdOf(42) }
    const { body: made } = await api.post<Entry>('/v1/roster', one, officer)
    const url = `/v1/roster/${made.id}`
    await api.ask({ method: 'PUT', url, payload: { cover: 'dibao', coveredSince: '2022-06-01' } }, officer)
    const read = await api.get<Entry>(url, officer)
    expect(read.body).toMatchObject({ id: made.id, version: 2, cover: 'dibao', coveredSince: '2022-06-01' })
    expect(read.body.subject).toEqual(made.subject)
    expect(JSON.stringify(read.body)).not.toContain(one.person.idNo)
    expect((await api.get(url, neighbour)).status).toBe(404)
    await api.ask({ method: 'DELETE', url }, officer)
    expect((await api.get(url, officer)).status).toBe(404)
  })

  test('that clashes with something else is not said to have the number of another', async () => {
    await api.pool.query('create unique index roster_of_a_test on roster_households (phone_index)')
    const person = { ...householdOf(41), phone: householdOf(1).phone }
    const { status } = await api.post('/v1/roster', { ...NEW, person, office: TOWN }, officer)
    await api.pool.query('drop index roster_of_a_test')
    expect(status).toBe(500)
  })

  test.each([
    [{ cover: 'none', coveredSince: '2022-01-01' }, /未纳入保障,却有/],
    [{ cover: 'dibao', coveredSince: '2022-06-07' }, /晚于今天/],
  ])('with %o is refused', async (cover, message) => {
    const { status, body } = await api.post<ProblemBody>(
      '/v1/roster',
      { ...NEW, ...cover, office: TOWN },
      officer,
    )
    expect([status, body.detail]).toEqual([422, expect.stringMatching(message) as string])
  })
})

describe('a screening that must reach the roster', () => {
  let id: string
  const entries = () => `/v1/screenings/${id}/entries`
  const VISIT = { visitedOn: '2022-06-05', finding: 'not-in-need', follow: 'none' }
  beforeAll(async () => {
    id = await screeningOf('排查二')
  })
  const VISITS = '姓名,身份证号,村,走访日期,查到的情况,后续安排'
  const visit = (n: number) => {
    const { name, idNo, village } = householdOf(n)
    return `${name},${idNo},${village},2022-06-05,没有困难,不需跟进`
  }
  const send = (lines: string[], question: string, as = officer) => {
    const file = { field: 'file', filename: '排查.csv', content: [VISITS, ...lines].join('\n') }
    return api.upload<Json & ProblemBody>(`${entries()}/import?${question}`, [file], as)
  }

  test('is not handed in with fewer households than the roster has', async () => {
    const counts = { toScreen: 3, screened: 3, eligible: 0, enrolled: 0, monitored: 0, reason: '见纸质台账' }
    const { status, body } = await act(id, { action: 'submit', result: counts }, officer)
    expect([status, body.errors?.[0]?.pointer]).toEqual([422, '/body/result/toScreen'])
    expect(body.detail).toContain('名册上这项排查应到户的就有 4 户')
  })

  test('counts what nobody has reached yet, household by household', async () => {
    const { name, idNo } = householdOf(1)
    const person = { name, idNo }
    expect((await api.post(entries(), { person, ...VISIT }, officer)).status).toBe(201)
    const refused = await act(id, { action: 'submit', result: {} }, officer)
    expect(refused.body.detail).toContain('应排查 4 户,已排查 1 户,还差 3 户(其中 3 户在名册上、还没有记录')
    const matrix = await api.get<{ towns: { office: { code: string }; cells: Json[] }[] }>(
      '/v1/screenings/matrix',
    )
    const cell = matrix.body.towns.find(({ office }) => office.code === TOWN)!.cells[1]
    expect(cell).toMatchObject({ toScreen: 4, screened: 1, owed: 3, coverage: 0.25 })
    expect(sumOf(await roster(`office=${TOWN}`), 'reached')).toBe(1)
  })

  test('counts the same by village, masked, for whoever sees the town', async () => {
    type Village = Numbers & { office: { code: string }; village: string }
    const villages = async (as: Asking, office = TOWN) =>
      (await api.get<Page<Village>>(`/v1/roster/villages?office=${office}`, as)).body.items
    const shown = await villages(officer)
    const total = (field: keyof Numbers) => shown.reduce((sum, one) => sum + one[field], 0)
    const counted = await roster(`office=${TOWN}`, officer)
    for (const field of ['total', 'covered', 'reached', 'owed', 'unreached'] as const)
      expect([field, total(field)]).toEqual([field, sumOf(counted, field)])
    expect(total('reached')).toBe(1)
    for (const { village } of shown) expect(village).toMatch(/^.\*+.?$/u)
    expect(await villages(neighbour)).toEqual([])
    // Who may not know who the households are, reads of the town alone.
    await addTestKey(api.pool, 'no-villages', { office: COUNTY, personal: false })
    const [only, ...others] = await villages({ token: 'no-villages' })
    expect([only?.village, only?.total, others]).toEqual(['', total('total'), []])
  })

  test('takes them over from the roster as not visited yet, once', async () => {
    const carry = () => api.post<Json>(`${entries()}/from-roster`, {}, officer)
    expect((await carry()).body).toEqual({ added: 3, known: 1 })
    expect((await carry()).body).toEqual({ added: 0, known: 4 })
    expect((await api.post(`${entries()}/from-roster`, {}, neighbour)).status).toBe(404)
    const { body } = await api.get<Page<Json>>(`${entries()}?finding=none`, officer)
    expect(body.items).toHaveLength(3)
    expect(body.items[0]).toMatchObject({ roster: expect.stringMatching(/^rh_/) as string, visitedOn: null })
  })

  test('takes visits from a file: those that are there are changed, others come new', async () => {
    const lines = [2, 3, 50].map(visit)
    const plan = { added: 1, changed: 2, replaced: 0, unchanged: 0, registered: false }
    expect((await send(lines, '')).body).toMatchObject(plan)
    const wrong = [...lines, visit(51).replace('2022-06-05', '2022-06-09')]
    const checked = await send(wrong, 'dryRun=false')
    expect(checked.body).toMatchObject({
      bad: 1,
      registered: false,
      faults: [{ row: 5, column: '走访日期' }],
    })
    expect((await send(wrong, 'dryRun=false&keepGood=true')).body).toMatchObject({ added: 1, changed: 2 })
    expect((await send(lines, '', neighbour)).status).toBe(404)
    expect((await send(lines, '', centre)).status).toBe(403)
    // Whoever may not write is told so before the file is read.
    const noFile = await api.post(`${entries()}/import`, { not: 'a file' }, centre)
    expect(noFile.status).toBe(403)
    const stored = await row<{ text: string }>(
      api.pool,
      'select jsonb_agg(to_jsonb(e))::text as text from screening_entries e',
    )
    expect(stored!.text).not.toContain(householdOf(50).idNo)
  })

  test('loses no visit, telephone or visitor to a file, and what is the same stays as it is', async () => {
    type Written = Json & { id: string; subject: { phone: string } }
    const listed = async () => (await api.get<Page<Written>>(entries(), officer)).body.items
    const second = (await listed()).find(({ visitedOn, subject }) => visitedOn && subject.phone !== '')!
    const payload = { ...VISIT, visitors: '李干事' }
    await api.ask({ method: 'PUT', url: `${entries()}/${second.id}`, payload }, officer)
    const before = await listed()
    const lines = [2, 3].map(visit)
    const blank = lines.map((text) => text.replace('2022-06-05,没有困难,不需跟进', ',,'))
    for (const file of [lines, blank])
      expect((await send(file, 'dryRun=false')).body).toMatchObject({
        ...{ added: 0, changed: 0, replaced: 0, unchanged: 2, registered: true },
      })
    expect(await listed()).toEqual(before)
    expect(before.map(({ visitors }) => visitors)).toContain('李干事')
    const asked = { reason: '上门前确认身份' }
    const { body } = await api.post<Json>(`${entries()}/${second.id}/reveal`, asked, officer)
    expect([2, 3].map((n) => householdOf(n).phone)).toContain(body['phone'])
    const another = lines.map((text) => text.replace('2022-06-05', '2022-06-06'))
    expect((await send(another, '')).body).toMatchObject({ changed: 2, replaced: 2, unchanged: 0 })
    const completed = visit(1)
    expect((await send([completed], '')).body).toMatchObject({ changed: 1, replaced: 0 })
  })

  test('is handed in once all are reached, and the standing check counts them', async () => {
    const left = await act(id, { action: 'submit', result: {} }, officer)
    expect(left.body.detail).toContain('还差 1 户')
    const { body } = await api.get<Page<{ id: string }>>(`${entries()}?finding=none`, officer)
    await api.ask({ method: 'PUT', url: `${entries()}/${body.items[0]!.id}`, payload: VISIT }, officer)
    expect((await act(id, { action: 'submit', result: {} }, officer)).status).toBe(200)
    const check = await api.get<{ roster: Numbers & { message: string } }>('/v1/standing-check', centre)
    expect(check.body.roster).toMatchObject({ total: 8, covered: 2, reached: 4, owed: 2, unreached: 0 })
    expect(check.body.roster.message).toContain('没有遗漏')
  })

  test('what comes onto the roster after it is reached by nothing, and is named', async () => {
    const late = { group: 'near-poor', cover: 'none', person: householdOf(60), office: TOWN }
    const { body } = await api.post<Entry>('/v1/roster', late, officer)
    expect(body.reach).toBe('unreached')
    expect((await roster('reach=unreached')).items.map(({ id: one }) => one)).toEqual([body.id])
    const check = await api.get<{ roster: { message: string } }>('/v1/standing-check', centre)
    expect(check.body.roster.message).toContain('还有 1 户没有任何工作到户')
    const warned = { kind: 'warning', office: TOWN, level: 'yellow', person: householdOf(60) }
    const warning = await api.post<Item>('/v1/obligations', warned, officer)
    expect((await roster('reach=unreached')).items).toEqual([])
    const story = await api.get<{ roster: Json }>(`/v1/households/${warning.body.id}`, officer)
    expect(story.body.roster).toMatchObject({ id: body.id, group: 'near-poor', cover: 'none' })
  })
})

test('a town does not see what another town did, so it may take for unreached what the county knows as reached', async () => {
  const made = { group: 'near-poor', cover: 'none', person: householdOf(62), office: TOWN }
  const { body } = await api.post<Entry>('/v1/roster', made, officer)
  const warned = { kind: 'warning', office: DONGHE, level: 'yellow', person: householdOf(62) }
  expect((await api.post('/v1/obligations', warned, neighbour)).status).toBe(201)
  const reachFor = async (as: Asking) => (await roster('', as)).items.find(({ id }) => id === body.id)?.reach
  expect([await reachFor(officer), await reachFor(centre)]).toEqual(['unreached', 'reached'])
  const document = await api.get<{ paths: Record<string, { get: { description: string } }> }>('/openapi.json')
  expect(document.body.paths['/v1/roster']?.get.description).toContain('镇和县可能不同')
  expect((await api.ask({ method: 'DELETE', url: `/v1/roster/${body.id}` }, officer)).status).toBe(200)
})

describe('a household whose name is deleted', () => {
  test('is owed by no screening, counted as reached by nothing nowhere, and taken off all the same', async () => {
    const made = { group: 'near-poor', cover: 'none', person: householdOf(61), office: TOWN }
    const { body } = await api.post<Entry>('/v1/roster', made, officer)
    const screening = await screeningOf('排查二')
    const owed = await countOwed(api.pool, screening)
    const total = sumOf(await roster(`office=${TOWN}`), 'total')
    const emptied = 'update roster_households set anonymised_wall = now(), id_no_index = null where id = $1'
    await api.pool.query(emptied, [body.id])
    expect(await countOwed(api.pool, screening)).toBe(owed - 1)
    const left = await roster(`office=${TOWN}`)
    expect(sumOf(left, 'total')).toBe(total - 1)
    expect(left.items.find(({ id }) => id === body.id)?.subject).toBeNull()
    const { households } = await uncoveredHouseholds(api.pool, { county: COUNTY, campaign })
    expect(households.length).toBeGreaterThan(0)
    expect(households.map(({ id }) => id)).not.toContain(body.id)
    const url = `/v1/roster/${body.id}`
    expect((await api.ask({ method: 'PUT', url, payload: {} }, officer)).status).toBe(409)
    expect((await api.ask({ method: 'DELETE', url }, officer)).status).toBe(200)
  })
})

describe('the county’s checks', () => {
  test('are drawn from the roster’s uncovered, and what differs is a problem of the household’s town', async () => {
    const asked = { seed: '名册 1', dueOn: '2022-11-30', percent: 20 }
    const { status, body } = await api.post<{
      id: string
      population: number
      households: {
        household: string
        state: string
        office: { code: string }
        check: { id: string } | null
      }[]
    }>('/v1/samples', asked, centre)
    expect(status).toBe(201)
    expect(body.population).toBe(sumOf(await roster(), 'total') - sumOf(await roster(), 'covered'))
    expect(body.households.every(({ household }) => household.startsWith('rh_'))).toBe(true)
    const ours = body.households.filter(({ office }) => office.code === TOWN)
    const drawn = ours.find(({ state }) => state === 'drawn')!
    const replaced = await api.post<typeof body>(
      `/v1/samples/${body.id}/replacements`,
      { household: drawn.household, reason: 'moved' },
      centre,
    )
    const next = replaced.body.households.find(
      ({ state, office, household }) =>
        state === 'drawn' && office.code === TOWN && household !== drawn.household,
    )!
    const result = { method: 'phone', agrees: false, differs: ['should-be-covered'] }
    expect((await act(next.check!.id, { action: 'submit', result }, centre)).status).toBe(200)
    const leader = await api.signedIn('bureau-leader', COUNTY)
    expect((await act(next.check!.id, { action: 'accept' }, leader)).status).toBe(200)
    const problems = await api.get<Page<Json & { office: { code: string } }>>('/v1/problems', centre)
    expect(problems.body.items).toMatchObject([
      { office: { code: TOWN }, type: 'missed-cover', foundBy: { id: next.check!.id, finding: null } },
    ])
    const check = await api.get<{ found: { id: string }[] }>(`/v1/obligations/${next.check!.id}`, centre)
    expect(check.body.found.map(({ id }) => id)).toEqual(problems.body.items.map(({ id }) => id))
  })

  test('nothing of the roster is missing from the trail', async () => {
    const trail = await rows<{ action: string }>(
      api.pool,
      `select distinct action from audit_events where outcome = 'done' and (action like 'roster.%' or action like 'screening.entries%') order by 1`,
    )
    expect(trail.map(({ action }) => action)).toEqual(
      ['roster.add', 'roster.change', 'roster.import', 'roster.remove', 'roster.undo-file'].concat([
        'screening.entries-carry',
        'screening.entries-import',
      ]),
    )
  })
})
