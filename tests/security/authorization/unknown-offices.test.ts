import type { OpenAPIV3_1 } from 'openapi-types'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Asking, buildTestApp, type ProblemBody, type TestApp } from '../../api/build.ts'
import { addTestKey } from '../../support/scoped.ts'
import { COUNTY, layNeighbours, OTHER_COUNTY, PLACES, TOWN } from './county.ts'

let api: TestApp
let officer: Asking
let lists: string[]
beforeAll(async () => {
  api = await buildTestApp()
  await layNeighbours(api.pool)
  officer = await api.signedIn('town-officer', TOWN)
  const { paths = {} } = (await api.get<OpenAPIV3_1.Document>('/openapi.json')).body
  lists = Object.entries(paths).flatMap(([path, methods]) => {
    const parameters = (methods?.get?.parameters ?? []) as OpenAPIV3_1.ParameterObject[]
    // What is about one thing asks for that thing first.
    const isList = !path.includes('{')
    return isList && parameters.some((p) => p.name === 'office') ? [path] : []
  })
})
afterAll(() => api.close())

/** A file may be a workbook: of its text one can tell. */
const asked = (list: string, office: string) =>
  `${list}?office=${office}${list.endsWith('/file') ? '&format=csv' : ''}`
const about = (office: string, as: Asking = officer) =>
  Promise.all(lists.map((list) => api.get<ProblemBody & { items: unknown[] }>(asked(list, office), as)))

type Counted = { count?: number; total?: { items?: number } }
type Told = { body: { items?: unknown[]; count?: number } | null; text: string }
/** What an answer tells of: the rows of a list or of a file, and each count that is not nothing. */
const toldIn = ({ body, text }: Told) =>
  body === null
    ? text
        .trim()
        .split('\r\n')
        .slice(1)
        .filter((line) => /[1-9]/.test(line))
    : (body.items ?? [body]).filter((item) => {
        const { count, total } = item as Counted
        return count !== 0 && total?.items !== 0
      })

describe('a list asked for one office', () => {
  test('is refused for an unknown code, and the refusal says where codes are found', async () => {
    expect(lists.length).toBeGreaterThanOrEqual(3)
    for (const { status, body } of await about(`${TOWN}x`)) {
      expect(status).toBe(400)
      expect(body).toMatchObject({
        type: 'urn:duban:problem:unknown-office',
        errors: [{ pointer: '/querystring/office' }],
      })
      expect(body.detail).toContain('/v1/offices')
    }
  })

  test('answers for an office of another county as for an unknown one', async () => {
    const nowhere = await about(`${TOWN}x`)
    const abroad = await about(PLACES.abroad)
    const but = (body: ProblemBody) => ({ ...body, requestId: '' })
    expect(abroad.map(({ status, body }) => [status, but(body)])).toEqual(
      nowhere.map(({ status, body }) => [status, but(body)]),
    )
  })

  test.each([PLACES.sibling, COUNTY, PLACES.child, TOWN])(
    'is empty for %s, which the directory shows but which has nothing for the reader',
    async (office) => {
      for (const answer of await about(office)) {
        expect(answer.status).toBe(200)
        expect(toldIn(answer)).toEqual([])
      }
    },
  )

  test('tells a key without the directory of no office but its own', async () => {
    await addTestKey(api.pool, 'town-alone', {
      office: TOWN,
      permissions: ['obligations:read', 'deadlines:read', 'mails:read'],
    })
    const key = { token: 'town-alone' }
    for (const office of [TOWN, PLACES.child])
      for (const { status } of await about(office, key)) expect(status, office).toBe(200)
    for (const office of [PLACES.sibling, COUNTY])
      for (const { status } of await about(office, key)) expect(status, office).toBe(400)
  })
})

test("a list for an unknown campaign, or another county's, is refused", async () => {
  await api.pool.query(
    `insert into campaigns (id, county, year, template, title, state, created_at)
     select id, county, 2022, 'safety-net-2022', '行动', 'open', now() from (values ('cp_own', $1), ('cp_abroad', $2)) v(id, county)`,
    [COUNTY, OTHER_COUNTY],
  )
  const listed = (campaign: string) => api.get<ProblemBody>(`/v1/obligations?campaign=${campaign}`, officer)
  expect((await listed('cp_own')).status).toBe(200)
  for (const campaign of ['cp_none', 'cp_abroad'])
    expect((await listed(campaign)).body).toMatchObject({
      ...{ status: 400, type: 'urn:duban:problem:unknown-campaign' },
      errors: [{ pointer: '/querystring/campaign' }],
    })
  const acting = await api.post<ProblemBody>(
    '/v1/obligations/actions',
    { filter: { campaign: 'cp_none' }, expectedCount: 0, action: { action: 'acknowledge' } },
    officer,
  )
  expect(acting.body).toMatchObject({ status: 422, errors: [{ pointer: '/body/filter/campaign' }] })
})

test('acting on all results of a filter refuses such an office too', async () => {
  const { status, body } = await api.post<ProblemBody>(
    '/v1/obligations/actions',
    { filter: { office: PLACES.abroad }, expectedCount: 0, action: { action: 'acknowledge' } },
    officer,
  )
  expect(status).toBe(422)
  expect(body.errors).toEqual([
    { pointer: '/body/filter/office', message: expect.stringContaining('单位') as string },
  ])
})
