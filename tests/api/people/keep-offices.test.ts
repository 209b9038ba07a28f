import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { row, rows } from '../../../src/db/pool.ts'
import { inScope } from '../../../src/db/row-scope.ts'
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
    expect((await act(code, { action: 'set-duties', duties: ['problems'] })).status).toBe(200)
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
    expect(await add<ProblemBody>({ shortCode: 'er', name })).toMatchObject({
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
