import { afterAll, beforeAll, describe, expect, it, test } from 'vitest'
import { codesOf } from '../../../src/domain/obligation/vocabulary.ts'
import { SORT_LABELS } from '../../../src/contract/api/obligation-filter.ts'
import {
  type Asking,
  buildTestApp,
  COUNTY,
  foundWarning,
  type Item,
  type Page,
  type ProblemBody,
  type TestApp,
  TOWN,
} from '../build.ts'
import { addTestKey } from '../../support/scoped.ts'

const holderOf = (item: Item) => item['holder'] as { office: { code: string }; dueOn: string } | null
type Inboxes = { items: { code: string; count: number; query: Record<string, string> }[] }

let api: TestApp
let officer: Asking
let centre: Asking
/** Late, due today, yellow and long not due, and one that waits for review; the last of another town. */
beforeAll(async () => {
  api = await buildTestApp({ day: '2022-06-06' })
  officer = await api.signedIn('town-officer', TOWN)
  centre = await api.signedIn('relief-centre', `${COUNTY}.jiuzhu`)
  await foundWarning(api, { externalId: 'B2', level: 'red', issuedOn: '2022-05-20' })
  await foundWarning(api, { externalId: 'A1', level: 'red', issuedOn: '2022-06-01' })
  await foundWarning(api, { externalId: 'C3' })
  const handedIn = await foundWarning(api, { externalId: 'D4', level: 'orange' })
  await api.post(
    `/v1/obligations/${handedIn.id}/actions`,
    { action: 'submit', result: { outcome: 'ineligible' } },
    officer,
  )
  await foundWarning(api, { externalId: 'E5', office: `${COUNTY}.donghe` })
})
afterAll(() => api.close())

const list = async (query: string, how?: Asking) =>
  (await api.get<Page<Item>>(`/v1/obligations?${query}`, how)).body
const numbers = async (query: string, how?: Asking) =>
  (await list(query, how)).items.map(({ externalId }) => externalId)

describe('inboxes', () => {
  test.each(['officer', 'centre'])('count what their lists show, for the %s', async (who) => {
    const how = who === 'officer' ? officer : centre
    const { items } = (await api.get<Inboxes>('/v1/inboxes', how)).body
    for (const { code, count, query } of items) {
      const asked = new URLSearchParams({ ...query, limit: '200' }).toString()
      expect(await numbers(asked, how), code).toHaveLength(count)
    }
    expect(items.find(({ code }) => code === 'to-review')?.count).toBe(who === 'centre' ? 1 : 0)
    expect(items.find(({ code }) => code === 'mine-overdue')?.count).toBe(who === 'officer' ? 1 : 0)
  })
})

describe('the total of a question', () => {
  test.each([
    ['', 5],
    [`office=${TOWN}`, 4],
    ['standing=overdue', 1],
    ['q=毛坝', 4],
    // Each where it stands: the office, the title, the number.
    ['q=毛坝%20因病%20%20B', 1],
    ['q=洞河%20B2', 0],
    ['q=%20', 5],
    ['assignment=review', 1],
    ['externalId=none', 0],
  ])('?%s is %i', async (query, count) => {
    expect((await api.get(`/v1/obligations/count?${query}`)).body).toEqual({ count })
    expect((await list(query)).items).toHaveLength(count)
  })

  it('is that of the reader', async () => {
    expect((await api.get('/v1/obligations/count', officer)).body).toEqual({ count: 4 })
  })
})

test('what one import registered is a list, of which each reader sees their own', async () => {
  await api.pool.query(`update obligations set import_id = 'im_1' where external_id in ('A1', 'E5')`)
  expect(await numbers('import=im_1&sort=externalId')).toEqual(['A1', 'E5'])
  expect(await numbers('import=im_1', officer)).toEqual(['A1'])
  expect(await numbers(`import=im_1&office=${COUNTY}.donghe&officeOnly=true&standing=all`)).toEqual(['E5'])
  expect((await api.get('/v1/obligations/count?import=im_1')).body).toEqual({ count: 2 })
  const of = (id: string, as?: typeof officer) => api.get<ProblemBody>(`/v1/obligations?import=${id}`, as)
  for (const answer of [
    await of('im_2'),
    await of('im_2', officer),
    await api.get('/v1/obligations/count?import=im_2'),
  ])
    expect(answer).toMatchObject({
      status: 400,
      body: { type: 'urn:duban:problem:unknown-import', errors: [{ pointer: '/querystring/import' }] },
    })
  const unknown = '没有这次导入,或者其中没有您能看到的事项,请核对编号'
  expect((await of('im_2')).body.detail).toBe(`${unknown};导入的编号见 GET /v1/imports。`)
  // Whoever may not ask for the list is not sent there.
  await addTestKey(api.pool, 'no-imports', { permissions: ['obligations:read'] })
  expect((await of('im_2', { token: 'no-imports' })).body.detail).toBe(`${unknown}。`)
  // One that registered nothing is known to whoever sees the file.
  await api.pool.query(
    `insert into imports (id, county, filename, bytes, dry_run, state, actor, created_at)
     values ('im_2', $1, '预警.csv', 1, false, 'applied', 'pe_x', now())`,
    [COUNTY],
  )
  expect(await numbers('import=im_2')).toEqual([])
  expect((await of('im_2', officer)).status).toBe(400)
})

describe('a sorted list', () => {
  it.each(codesOf(SORT_LABELS))('%s pages through every row once', async (sort) => {
    const seen: (string | null)[] = []
    let cursor: string | null = ''
    while (cursor !== null) {
      const page: Page<Item> = await list(`sort=${sort}&limit=2${cursor && `&cursor=${cursor}`}`)
      seen.push(...page.items.map(({ externalId }) => externalId))
      cursor = page.nextCursor
    }
    expect([...seen].sort()).toEqual(['A1', 'B2', 'C3', 'D4', 'E5'])
    const back = sort.startsWith('-') ? sort.slice(1) : `-${sort}`
    expect(await numbers(`sort=${back}`)).toEqual([...seen].reverse())
  })

  it('is in the order of the column', async () => {
    expect(await numbers('sort=externalId')).toEqual(['A1', 'B2', 'C3', 'D4', 'E5'])
    expect((await list('sort=level')).items.map(({ level }) => level)).toEqual([
      ...['red', 'red', 'orange', 'yellow', 'yellow'],
    ])
    expect((await numbers('sort=office'))[0]).toBe('E5')
    // As the work goes: what is to be done comes before what waits for review.
    expect((await list('sort=state')).items.map(({ state }) => state)).toEqual([
      ...['open', 'open', 'open', 'open', 'submitted'],
    ])
    const holders = (await list('sort=holder')).items.map((item) => holderOf(item)?.office.code)
    expect(holders).toEqual([...holders].sort())
    expect(new Set(holders).size).toBe(3)
  })

  it.each(['level', 'state', 'holder'])('by %s has the earliest day first among equals', async (sort) => {
    const { items } = await list(`sort=${sort}`)
    const sameAs = (item: Item) =>
      ({ level: item.level, state: item.state, holder: holderOf(item)?.office.code })[sort] ?? ''
    for (const one of new Set(items.map(sameAs))) {
      const days = items.filter((item) => sameAs(item) === one).map((item) => holderOf(item)?.dueOn ?? '')
      expect(days).toEqual([...days].sort())
    }
    expect(new Set(items.map(sameAs)).size).toBeGreaterThan(1)
  })

  it('has what nobody holds last, whatever it is sorted by in words', async () => {
    const done = await foundWarning(api, { externalId: 'F6', office: `${COUNTY}.donghe` })
    const body = { action: 'cancel', reason: '重复登记' }
    expect((await api.post(`/v1/obligations/${done.id}/actions`, body, centre)).status).toBe(200)
    expect((await numbers('sort=holder&standing=all')).at(-1)).toBe('F6')
    expect((await numbers('sort=state&standing=all')).at(-1)).toBe('F6')
    expect((await numbers('sort=-holder&standing=all'))[0]).toBe('F6')
  })

  it('refuses the cursor of another order', async () => {
    const { nextCursor } = await list('sort=level&limit=1')
    expect((await api.get(`/v1/obligations?sort=dueAt&cursor=${nextCursor}`)).status).toBe(400)
  })
})

describe('neighbours', () => {
  it('are the rows before and after in the same list', async () => {
    const { items } = await list('standing=unfinished&sort=externalId')
    for (const [i, { id }] of items.entries())
      expect(
        (await api.get(`/v1/obligations/${id}/neighbours?standing=unfinished&sort=externalId`)).body,
      ).toEqual({
        previous: items[i - 1]?.id ?? null,
        next: items[i + 1]?.id ?? null,
      })
  })

  it('are those the reader may see', async () => {
    const [first] = (await list('externalId=D4')).items
    const { body } = await api.get(`/v1/obligations/${first?.id}/neighbours?sort=externalId`, officer)
    expect(body).toMatchObject({ next: null })
  })
})

it('each row has the state of its clock as a code and in words', async () => {
  const [late] = (await list('externalId=B2')).items
  expect(late?.['clock']).toMatchObject({ code: 'overdue', shape: '▲' })
})
