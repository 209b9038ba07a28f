import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { rows } from '../../../src/db/pool.ts'
import { inScope } from '../../../src/db/row-scope.ts'
import { type Asking, buildTestApp, COUNTY, foundWarning, type Json, type TestApp, TOWN } from '../build.ts'

type View = { id: string; name: string; own: boolean; office: { code: string } | null; query: Json }
type Views = { items: View[] }
type Seen = { items: { id: string; version: number }[] }

const CENTRE = `${COUNTY}.jiuzhu`
let api: TestApp
let officer: Asking
let other: Asking
let centre: Asking
beforeAll(async () => {
  api = await buildTestApp({ day: '2022-06-06' })
  officer = await api.signedIn('town-officer', TOWN)
  other = await api.signedIn('town-officer', `${COUNTY}.donghe`)
  centre = await api.signedIn('relief-centre', CENTRE)
})
afterAll(() => api.close())

const keep = (body: object, how: Asking) => api.post<View>('/v1/list-views', body, how)
const namesOf = async (how: Asking) =>
  (await api.get<Views>('/v1/list-views', how)).body.items.map(({ name }) => name)

describe('views of the work list', () => {
  it('are kept as their address has them, and found again by whoever kept them', async () => {
    const query = { standing: 'overdue', level: 'red', mine: 'true', sort: '-issuedAt' }
    const { status, body } = await keep({ name: '红色逾期', query }, officer)
    expect(status).toBe(201)
    expect(body).toMatchObject({ own: true, office: null, query })
    expect(await namesOf(officer)).toEqual(['红色逾期'])
    expect(await namesOf(centre)).toEqual([])
    expect(await namesOf(other)).toEqual([])
  })

  it('are replaced by their owner alone, under their link, and not by the name of another one', async () => {
    const { body: one } = await keep({ name: '要改的', query: { level: 'red' } }, officer)
    const { body: two } = await keep({ name: '另一个', query: {} }, officer)
    const put = async (id: string, payload: object, how: Asking) =>
      (await api.ask({ method: 'PUT', url: `/v1/list-views/${id}`, payload }, how)).status
    const content = { name: '改过的', office: TOWN, query: { level: 'orange' } }
    expect(await put(one.id, content, officer)).toBe(200)
    const { body } = await api.get<Views>('/v1/list-views', officer)
    expect(body.items.find(({ id }) => id === one.id)).toMatchObject({
      ...{ name: '改过的', office: { code: TOWN }, query: { level: 'orange' } },
    })
    expect(await put(one.id, { ...content, name: '另一个' }, officer)).toBe(409)
    expect(await put(one.id, { ...content, office: `${COUNTY}.donghe` }, officer)).toBe(422)
    expect(await put(one.id, content, centre)).toBe(404)
    expect(await put('lv_none', content, officer)).toBe(404)
    for (const { id } of [one, two]) await api.ask({ method: 'DELETE', url: `/v1/list-views/${id}` }, officer)
  })

  it('that are shared are seen by whoever reads of the office, and dropped there by their owner alone', async () => {
    const { body } = await keep({ name: '本镇今日', office: TOWN, query: { standing: 'due-today' } }, officer)
    expect(await namesOf(centre)).toEqual(['本镇今日'])
    expect(await namesOf(other)).toEqual([])
    expect((await api.ask({ method: 'DELETE', url: `/v1/list-views/${body.id}` }, centre)).status).toBe(404)
    expect((await api.ask({ method: 'DELETE', url: `/v1/list-views/${body.id}` }, officer)).status).toBe(204)
    expect(await namesOf(centre)).toEqual([])
  })

  it('that are shared may be dropped by whoever manages the accounts of their county, private ones by nobody', async () => {
    const administrator = await api.signedIn('administrator', COUNTY)
    const { body: shared } = await keep({ name: '留下的', office: TOWN, query: {} }, officer)
    const { body: own } = await keep({ name: '自己的', query: {} }, officer)
    const drop = async (id: string, how: Asking) =>
      (await api.ask({ method: 'DELETE', url: `/v1/shared-views/${id}` }, how)).status
    const { body } = await api.get<Views>('/v1/shared-views', administrator)
    expect(body.items.map(({ name }) => name)).toEqual(['留下的'])
    expect(await drop(shared.id, centre)).toBe(403)
    expect(await drop(own.id, administrator)).toBe(404)
    expect(await drop(shared.id, administrator)).toBe(204)
    expect(await namesOf(officer)).toEqual(['红色逾期', '自己的'])
    await api.ask({ method: 'DELETE', url: `/v1/list-views/${own.id}` }, officer)
  })

  it('that are shared with another county are left to that county by the database itself', async () => {
    const { body } = await keep({ name: '本县的', office: TOWN, query: {} }, officer)
    const abroad = { person: 'pe_abroad', offices: [], counties: ['sn.ak.other'], audit: false }
    const asked = 'delete from list_views where id = $1 returning id'
    const gone = await inScope(api.gate, abroad, (tx) => rows(tx, asked, [body.id]))
    expect(gone).toEqual([])
    await api.ask({ method: 'DELETE', url: `/v1/list-views/${body.id}` }, officer)
  })

  it('come with one’s own first, whatever the names of the shared ones', async () => {
    const { body: shared } = await keep({ name: '1 共用', office: TOWN, query: {} }, officer)
    const { body: own } = await keep({ name: '9 自己', query: {} }, centre)
    expect(await namesOf(centre)).toEqual(['9 自己', '1 共用'])
    await api.ask({ method: 'DELETE', url: `/v1/list-views/${own.id}` }, centre)
    await api.ask({ method: 'DELETE', url: `/v1/list-views/${shared.id}` }, officer)
  })

  it('are fifty at most, also where several are kept at once', async () => {
    const head = await api.signedIn('town-head', TOWN)
    for (let n = 1; n < 50; n++) await keep({ name: `视图 ${n}`, query: {} }, head)
    const answers = await Promise.all(
      ['甲', '乙', '丙', '丁', '戊'].map((name) => keep({ name, query: {} }, head)),
    )
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409, 409, 409, 409])
    expect(await namesOf(head)).toHaveLength(50)
  })

  it.each([
    ['a filter that nobody knows', { name: 'x', query: { nothing: 'y' } }, 422],
    ['an office that is none', { name: 'x', query: { office: 'sn.ak.zy.nowhere' } }, 422],
    [
      'sharing with an office one does not read of',
      { name: 'x', office: `${COUNTY}.donghe`, query: {} },
      422,
    ],
    ['a second view of the same name', { name: '红色逾期', query: {} }, 409],
  ])('refuse %s', async (_what, body, status) => {
    expect((await keep(body, officer)).status).toBe(status)
  })

  it('leave an entry in the trail when they are kept', async () => {
    const found = await rows<Json>(
      api.pool,
      `select action, subject like 'lv_%' as named from audit_events where action like '%list-views%' and outcome = 'done'`,
    )
    expect(found).toContainEqual({ action: 'POST /v1/list-views', named: true })
  })
})

describe('what somebody has looked at', () => {
  const seen = async (ids: string[], how: Asking) =>
    (await api.get<Seen>(`/v1/seen?ids=${ids.join(',')}`, how)).body.items
  const mark = (items: object[], how: Asking) =>
    api.ask({ method: 'PUT', url: '/v1/seen', payload: { items } }, how)

  it('is known to them alone, and never at an earlier version than before', async () => {
    const { id, version } = await foundWarning(api, { externalId: 'S1' })
    expect((await mark([{ id, version }], officer)).status).toBe(204)
    expect((await mark([{ id, version: 0 }], officer)).status).toBe(204)
    expect(await seen([id], officer)).toEqual([{ id, version }])
    expect(await seen([id], centre)).toEqual([])
  })

  it('is never ahead of the obligation, so that the next change is shown', async () => {
    const { id, version } = await foundWarning(api, { externalId: 'S2' })
    await mark([{ id, version: version + 50 }], officer)
    expect(await seen([id], officer)).toEqual([{ id, version }])
  })

  it('is not kept of an obligation of another town', async () => {
    const { id, version } = await foundWarning(api, { externalId: 'S3', office: `${COUNTY}.donghe` })
    expect((await mark([{ id, version }], officer)).status).toBe(204)
    expect(await rows(api.pool, 'select 1 from seen_obligations where obligation = $1', [id])).toEqual([])
  })
})

describe('a view as a file', () => {
  const file = async (query: string, how: Asking) => {
    const { text } = await api.get(`/v1/obligations/export.csv?${query}`, how)
    return text.replace('\uFEFF', '').trim().split('\r\n')
  }

  it('has the rows of the list in its order and the columns that were asked for, the household masked', async () => {
    const [head, ...lines] = await file('sort=externalId&columns=externalId,office,name', officer)
    expect(head).toBe('编号,单位,姓名(已遮盖)')
    expect(lines.map((line) => line.split(',')[0])).toEqual(['S1', 'S2'])
    for (const line of lines) expect(line).toMatch(/\*/)
  })

  const trail = async () => {
    const asked = `select detail from audit_events where action = 'obligation.export' order by id desc limit 1`
    return (await rows<{ detail: Json }>(api.pool, asked))[0]?.detail
  }

  it('says in the trail how many rows were taken, which columns and by which filters', async () => {
    await file(`kind=warning&mine=true&office=${TOWN}&columns=externalId,village`, officer)
    expect(await trail()).toEqual({
      rows: 2,
      columns: ['externalId', 'village'],
      filters: { kind: 'warning', mine: true, office: TOWN },
    })
  })

  it('keeps nothing in the trail that was typed freely, but that it was', async () => {
    await api.pool.query(`update obligations set import_id = 'im_1' where external_id = 'S2'`)
    await file(
      `q=${encodeURIComponent('张测试某')}&externalId=S1&person=619999195001012163&import=im_1&columns=externalId`,
      officer,
    )
    expect(await trail()).toEqual({
      rows: 0,
      columns: ['externalId'],
      filters: { import: 'im_1' },
      withheld: ['externalId', 'q', 'person'],
    })
    await file('externalId=S1&columns=externalId', officer)
    expect(await trail()).toMatchObject({ rows: 1, withheld: ['externalId'] })
    // What was typed as the number of an import is refused, and is in no trail either.
    const typed = '619999195001012163'
    const refused = await api.get(`/v1/obligations/export.csv?import=${typed}&columns=externalId`, officer)
    expect([refused.status, refused.text.includes(typed)]).toEqual([400, false])
    const told = `select 1 from audit_events e where e::text like $1`
    expect(await rows(api.pool, told, [`%${typed}%`])).toEqual([])
  })

  it('refuses a column that nobody knows', async () => {
    expect((await api.get('/v1/obligations/export.csv?columns=idNo', officer)).status).toBe(400)
  })

  it('shows nobody rows of another town', async () => {
    expect(await file('columns=externalId', other)).toEqual(['编号', 'S3'])
  })
})
