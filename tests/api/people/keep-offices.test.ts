import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { inTransaction, row, rows, type Sql } from '../../../src/db/pool.ts'
import { inScope } from '../../../src/db/row-scope.ts'
import type { TemplateItem } from '../../../src/domain/obligation/campaign-template.ts'
import { instantAt } from '../../../src/domain/time/days.ts'
import { startCampaign } from '../../../src/services/campaigns/store.ts'
import { holdOffices } from '../../../src/services/people/offices.ts'
import { layNeighbours } from '../../security/authorization/county.ts'
import { personWith } from '../../support/scoped.ts'
import {
  type Asking,
  buildTestApp,
  COUNTY,
  type Json,
  type Page,
  type ProblemBody,
  type TestApp,
  TOWN,
} from '../build.ts'

type Office = Json & { code: string; name: string; duties: string[] }

let api: TestApp
let admin: Asking
let leader: Asking
beforeAll(async () => {
  api = await buildTestApp({ day: '2022-06-06' })
  await layNeighbours(api.pool)
  admin = await api.sessionOf(await personWith(api.pool, 'administrator', COUNTY))
  leader = await api.signedIn('bureau-leader', COUNTY)
})
afterAll(() => api.close())

const newOffice = (more: Json = {}) => ({
  ...{ parent: COUNTY, shortCode: 'xin', kind: 'town', name: '新设镇', ...more },
})
const add = <T = Office>(more: Json = {}, how = admin) => api.post<T>('/v1/offices', newOffice(more), how)
const act = <T = Office>(code: string, body: object, how = admin) =>
  api.post<T>(`/v1/offices/${code}/actions`, body, how)
/** Until somebody in the database waits for another's lock. */
const waitsForALock = () =>
  vi.waitFor(async () => {
    const waiting = `select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`
    expect(await rows(api.pool, waiting)).not.toEqual([])
  }, SOON)
const SOON = { timeout: 20_000, interval: 20 }
const listed = async () => (await api.get<Page<Office>>('/v1/offices', admin)).body.items

describe('an administrator', () => {
  it('adds an office, which is in the list at once, and the trail says who', async () => {
    const { status, body } = await add()
    expect(status).toBe(201)
    expect(body).toMatchObject({ code: `${COUNTY}.xin`, parent: COUNTY, kind: 'town', duties: [] })
    expect((await listed()).find(({ code }) => code === body.code)).toEqual(body)
    const trail = await rows(
      api.pool,
      `select action, outcome from audit_events where detail->>'office' = $1`,
      [body.code],
    )
    expect(trail).toEqual([{ action: 'office.add', outcome: 'done' }])
  })

  it('names it anew and says what it does', async () => {
    const centre = await add({ shortCode: 'zhongxin', kind: 'county-centre', name: '县督查中心' })
    const { code } = centre.body
    expect((await act(code, { action: 'rename', name: '县督查服务中心' })).body.name).toBe('县督查服务中心')
    expect((await act(code, { action: 'set-duties', duties: ['problems'], seen: [] })).status).toBe(200)
    const late = await act(code, { action: 'set-duties', duties: [], seen: [] })
    expect(late.status).toBe(412)
    // Whoever was slower is told who was faster, and when.
    const who = (late.body as Json)['params'] as Json
    expect(who['by']).toMatch(/^(?!pe_)./)
    expect(who['at']).toMatch(/^\d{4}-.*Z$/)
    const slow = await act(code, { action: 'rename', name: '县督查室', seen: '县督查中心' })
    expect([slow.status, (slow.body as Json)['params']]).toEqual([412, who])
    const trail = await rows(
      api.pool,
      `select action, county, detail->'from' as "from", detail->'to' as "to" from audit_events
        where detail->>'office' = $1 and action <> 'office.add' and outcome = 'done' order by id`,
      [code],
    )
    expect(trail).toEqual([
      { action: 'office.rename', county: COUNTY, from: '县督查中心', to: '县督查服务中心' },
      { action: 'office.duties', county: COUNTY, from: [], to: ['problems'] },
    ])
    expect((await listed()).find((one) => one.code === code)).toMatchObject({
      ...{ name: '县督查服务中心', duties: ['problems'] },
    })
  })

  it('removes what was entered wrongly, and nothing that is used', async () => {
    const { body } = await add({ shortCode: 'cuo', name: '写错镇' })
    expect((await act(body.code, { action: 'remove' })).status).toBe(200)
    expect((await listed()).some(({ code }) => code === body.code)).toBe(false)
    const used = await act<ProblemBody>(TOWN, { action: 'remove' })
    expect(used).toMatchObject({ status: 409, body: { type: 'urn:duban:problem:in-use' } })
    expect((await act(COUNTY, { action: 'remove' })).status).toBe(409)
    expect((await listed()).map(({ code }) => code)).toEqual(expect.arrayContaining([TOWN, COUNTY]))
  })

  it('keeps the only office that does what a running year still needs', async () => {
    const centre = await add({
      shortCode: 'du',
      kind: 'county-centre',
      name: '县独家中心',
      duties: ['only-ours'],
    })
    const { code } = centre.body
    const phase = { code: 'screening', title: '比对排查', clause: 'R4', gate: { waitsFor: 'own' } } as const
    const items: TemplateItem[] = [
      { code: '1', title: '1', kind: 'launch', owner: { duty: 'only-ours' }, clause: 'R4' },
    ]
    const template = {
      ...{ code: 't', title: 't', source: 't', comparisons: [] },
      phases: [{ ...phase, opens: '12-01', due: '12-15', items }],
    }
    const year = await inTransaction(api.pool, (tx) =>
      startCampaign(tx, { county: COUNTY, year: 2022, template }, instantAt('2022-06-06', '09:00')),
    )
    const needed = { status: 409, body: { type: 'urn:duban:problem:duty-needed' } }
    const giveUp = { action: 'set-duties', duties: ['problems'], seen: ['only-ours'] }
    expect(await act<ProblemBody>(code, giveUp)).toMatchObject(needed)
    expect(await act<ProblemBody>(code, { action: 'remove' })).toMatchObject(needed)
    expect((await act(code, { ...giveUp, duties: ['only-ours', 'problems'] })).status).toBe(200)
    await add({ shortCode: 'ye', kind: 'county-centre', name: '县接手中心', duties: ['only-ours'] })
    expect((await act(code, { action: 'remove' })).status).toBe(200)
    await api.pool.query(`update campaigns set state = 'closed' where id = $1`, [year])
    expect((await act(`${COUNTY}.ye`, { action: 'remove' })).status).toBe(200)
  })

  it('keeps an office that a file names which is not registered yet', async () => {
    const { body } = await add({ shortCode: 'wenjian', name: '文件镇' })
    await stageRowOf(api.pool, body.code)
    const named = { status: 409, body: { type: 'urn:duban:problem:named-in-file' } }
    expect(await act<ProblemBody>(body.code, { action: 'remove' })).toMatchObject(named)
    await api.pool.query('delete from import_rows')
    expect((await act(body.code, { action: 'remove' })).status).toBe(200)
  })

  it('waits for a file that is just being read, and keeps the office that it names', async () => {
    const { body } = await add({ shortCode: 'dengdai', name: '等待镇' })
    const reading = await api.pool.connect()
    await reading.query('begin')
    await holdOffices(reading, [body.code])
    const removing = act<ProblemBody>(body.code, { action: 'remove' })
    await waitsForALock()
    await stageRowOf(reading, body.code)
    await reading.query('commit')
    reading.release()
    expect(await removing).toMatchObject({ status: 409, body: { type: 'urn:duban:problem:named-in-file' } })
    expect((await listed()).some(({ code }) => code === body.code)).toBe(true)
    await api.pool.query('delete from import_rows')
    expect((await act(body.code, { action: 'remove' })).status).toBe(200)
    // Whoever read it before and comes with its rows now is told, and reads anew.
    await expect(inTransaction(api.worker, (tx) => holdOffices(tx, [body.code, TOWN]))).rejects.toThrow(
      'gone',
    )
    await inTransaction(api.worker, (tx) => holdOffices(tx, [TOWN, TOWN]))
  })

  it.each([
    [{ parent: 'sn' }, 422, 'parent'],
    [{ kind: 'county-bureau' }, 422, 'kind'],
    [{ kind: 'village' }, 422, 'kind'],
    [{ shortCode: 'a.b' }, 422, 'shortCode'],
    [{ name: ' ' }, 422, 'name'],
    [{ shortCode: TOWN.slice(COUNTY.length + 1), name: '另一镇' }, 409, 'shortCode'],
  ])('is refused %j, at the field', async (more, status, field) => {
    const answer = await add<ProblemBody>(more)
    expect(answer).toMatchObject({ status, body: { errors: [{ pointer: `/body/${field}` }] } })
  })

  it('gives no second office the name of another', async () => {
    const name = (await listed()).find(({ code }) => code === TOWN)?.name
    // Files match names without their spaces.
    for (const same of [name, name?.split('').join(' ')])
      expect(await add<ProblemBody>({ shortCode: 'er', name: same })).toMatchObject({
        ...{ status: 409, body: { type: 'urn:duban:problem:exists', errors: [{ pointer: '/body/name' }] } },
      })
  })
})

it('an office of another county is not theirs, and nobody else keeps any', async () => {
  const foreign = await row<{ code: string }>(
    api.pool,
    `select code from offices where code not like $1 and kind = 'town' limit 1`,
    [`${COUNTY}%`],
  )
  expect(foreign).toBeDefined()
  expect((await act(foreign!.code, { action: 'rename', name: '改名镇' })).status).toBe(404)
  expect((await add({ shortCode: 'bie', name: '别人镇' }, leader)).status).toBe(403)
  expect((await act(TOWN, { action: 'rename', name: '改名镇' }, leader)).status).toBe(403)
})

it('the database itself keeps the gate from the offices of a county that the transaction does not name', async () => {
  const foreign = { person: 'pe_x', offices: [], counties: ['sn.ak.elsewhere'], audit: false }
  const renamed = await inScope(api.gate, foreign, (tx) =>
    rows(tx, `update offices set name = 'x' where code = $1 returning 1`, [TOWN]),
  )
  expect(renamed).toEqual([])
  await expect(
    inScope(api.gate, foreign, (tx) =>
      tx.query(`insert into offices (code, parent, kind, name) values ($1, $2, 'town', 'x')`, [
        `${COUNTY}.x`,
        COUNTY,
      ]),
    ),
  ).rejects.toMatchObject({ code: '42501' })
})

/** A row of a file that was read and not registered yet. */
async function stageRowOf(pool: Sql, office: string): Promise<void> {
  await pool.query(
    `insert into imports (id, county, filename, bytes, dry_run, state, actor, created_at)
     values ('im_x', $1, 'a.csv', 1, false, 'validated', 'pe_x', now()) on conflict do nothing`,
    [COUNTY],
  )
  await pool.query(
    `insert into import_rows (import, "row", obligation, key, external_id, office, level, issued_at, start_on, content_hash, encrypted, key_id)
     values ('im_x', 2, 'ob_x', 'k', 'YJ-x', $1, 'red', now(), '2022-06-06', '', '', 'k')`,
    [office],
  )
}
