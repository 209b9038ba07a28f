import { afterAll, beforeAll, expect, test } from 'vitest'
import { applyStaged } from '../../../src/services/imports/apply.ts'
import { undoRegistered } from '../../../src/services/imports/undo.ts'
import { validateUpload } from '../../../src/services/imports/validate.ts'
import { platformFile, platformRow } from '../../support/platform-file.ts'
import { addTestKey } from '../../support/scoped.ts'
import { keys, log } from '../../support/worker-deps.ts'
import { buildTestApp, COUNTY, type ProblemBody, type TestApp } from '../build.ts'

/** Rows with faults that are mended once the good ones are registered: an import of its own, and both know of each other. */
type Import = {
  id: string
  filename: string
  state: string
  refused: number
  refusedLeft: number
  registered: number
  mends: { id: string; filename: string } | null
  mendedBy: { id: string; filename: string; state: string; rows: number }[]
  errors: { row: number }[]
  errorGroups: { rows: number }[]
}
const OWN = { token: 'own' }
let api: TestApp
let n = 0
beforeAll(async () => {
  api = await buildTestApp()
  await addTestKey(api.pool, 'own', { office: COUNTY })
})
afterAll(() => api.close())

const deps = () => ({ pool: api.worker, keys, log, wallNow: () => Date.now() })
const seen = async (id: string) => (await api.get<Import>(`/v1/imports/${id}`, OWN)).body
async function read(id: string): Promise<Import> {
  await validateUpload(deps(), id, () => undefined)
  await applyStaged(deps(), id, () => undefined)
  await undoRegistered(deps(), id, () => undefined)
  return seen(id)
}
const upload = (rows: ReturnType<typeof platformRow>[], filename: string, query = '') =>
  api.upload<Import & ProblemBody>(
    `/v1/imports?dryRun=true${query}`,
    [{ field: 'file', filename, content: platformFile(rows) }],
    OWN,
  )
async function act(id: string, action: string): Promise<Import> {
  await api.post(`/v1/imports/${id}/actions`, { action }, OWN)
  return read(id)
}

const [GOOD, A, B] = [1, 2, 3].map((i) => platformRow(i))
const wrong = { town: '无此镇' }
/** Registered, with good rows (2, 5 and 6) and two of a strange town (3 and 4): fewer than half, so nobody is asked about it. */
async function registered() {
  const own = `AP${++n}`
  const rows = [GOOD!, { ...A!, ...wrong }, { ...B!, ...wrong }, platformRow(4), platformRow(5)].map(
    (row, i) => ({
      ...row,
      externalId: `${own}R${i + 2}`,
    }),
  )
  const first = await read((await upload(rows, `${own}.csv`)).body.id)
  expect(await act(first.id, 'apply')).toMatchObject({ registered: 3, refused: 2, refusedLeft: 2 })
  const row = (i: 3 | 4, more = {}) => ({ ...(i === 3 ? A! : B!), externalId: `${own}R${i}`, ...more })
  return { own, id: first.id, row }
}
const mending = async (of: string, rows: ReturnType<typeof platformRow>[], numbers: string) => {
  const { status, text, body } = await upload(rows, '改正.csv', `&mends=${of}&mendsRows=${numbers}`)
  if (status !== 202) throw new Error(text)
  return read(body.id)
}

test('both name each other with their state, and the count is of what is still not registered', async () => {
  const { own, id, row } = await registered()
  const mended = await mending(id, [row(3), row(4, wrong)], '3,4')
  expect(mended).toMatchObject({ state: 'validated', mends: { id, filename: `${own}.csv` }, mendedBy: [] })
  const link = { id: mended.id, filename: '改正.csv', rows: 2 }
  expect(await seen(id)).toMatchObject({
    ...{ mends: null, mendedBy: [{ ...link, state: 'validated' }], refused: 2, refusedLeft: 2 },
  })
  await act(mended.id, 'apply')
  const half = await seen(id)
  expect(half).toMatchObject({ mendedBy: [{ ...link, state: 'applied' }], refused: 2, refusedLeft: 1 })
  expect(half.errors.map((one) => one.row)).toEqual([4])
  expect(half.errorGroups.map((group) => group.rows)).toEqual([1])
  const file = (await api.get(`/v1/imports/${id}/errors.csv`, OWN)).text
  expect([file.includes(`${own}R3`), file.includes(`${own}R4`)]).toEqual([false, true])
  const { items } = (await api.get<{ items: Import[] }>('/v1/imports', OWN)).body
  expect(items.find((one) => one.id === id)).toMatchObject({
    ...{ mendedBy: [{ ...link, state: 'applied' }], refusedLeft: 1 },
  })
  expect(items.find((one) => one.id === mended.id)).toMatchObject({ mends: { id }, refusedLeft: 1 })
})

test('what the second refuses is mended again, and the first knows; taken back, its rows are missing again', async () => {
  const { id, row } = await registered()
  const second = await mending(id, [row(3), row(4, wrong)], '3,4')
  await act(second.id, 'apply')
  const third = await mending(second.id, [row(4)], '3')
  await act(third.id, 'apply')
  expect(await seen(id)).toMatchObject({ refusedLeft: 0, errors: [], errorGroups: [] })
  expect(await seen(second.id)).toMatchObject({ refusedLeft: 0, mendedBy: [{ id: third.id }] })
  expect(await act(second.id, 'undo')).toMatchObject({ state: 'undone' })
  const after = await seen(id)
  expect([after.refusedLeft, after.errors.map((one) => one.row)]).toEqual([1, [3]])
})

test('a page that is kept is read anew once the other changed', async () => {
  const { id, row } = await registered()
  const tag = async () => String((await api.get(`/v1/imports/${id}`, OWN)).headers['etag'])
  const before = await tag()
  const mended = await mending(id, [row(3)], '3')
  const checked = await tag()
  await act(mended.id, 'apply')
  expect(new Set([before, checked, await tag()]).size).toBe(3)
})

test('nor does a mark come again once a file with two settled rows is taken back', async () => {
  const { id, row } = await registered()
  const mended = await mending(id, [row(3), row(4)], '3,4')
  const tags: string[] = []
  const tag = async () => tags.push(String((await api.get(`/v1/imports/${id}`, OWN)).headers['etag']))
  await tag()
  await act(mended.id, 'apply')
  await tag()
  await api.post(`/v1/imports/${mended.id}/actions`, { action: 'undo' }, OWN)
  await tag()
  await read(mended.id)
  await tag()
  expect(new Set(tags).size).toBe(4)
})

test('a row counts as registered only where the file has it, in the order of what was named', async () => {
  const { id, row } = await registered()
  await act((await mending(id, [row(3)], '3,4')).id, 'apply')
  expect(await seen(id)).toMatchObject({ refusedLeft: 2 })
  const [head = '', ...lines] = platformFile([row(3, wrong), row(4)])
    .toString()
    .split('\n')
  const titled = [head.split(',').fill('').fill('改好的行', 0, 1).join(','), head, ...lines].join('\n')
  const { body } = await api.upload<Import>(
    `/v1/imports?dryRun=true&mends=${id}&mendsRows=3,4`,
    [{ field: 'file', filename: '有标题.csv', content: titled }],
    OWN,
  )
  const moved = await read(body.id)
  expect(moved.errors.map((one) => one.row)).toEqual([3])
  await act(moved.id, 'apply')
  expect((await seen(id)).errors.map((one) => one.row)).toEqual([3])
})

test('a mended row whose number is known with other content is settled once its change is applied', async () => {
  const { own, id, row } = await registered()
  const known = { ...row(3), externalId: `${own}R2` }
  const before = await mending(id, [known], '3')
  await act(before.id, 'apply')
  const waiting = (await api.get(`/v1/imports/${before.id}`, OWN)).headers['etag']
  expect(await seen(before.id)).toMatchObject({ changed: 1 })
  expect(await seen(id)).toMatchObject({ refusedLeft: 2 })
  await api.post(`/v1/imports/${before.id}/changes/actions`, { action: 'dismiss', all: true }, OWN)
  expect(await seen(id)).toMatchObject({ refusedLeft: 2 })
  const dismissed = await api.get<{ hasDecided: boolean }>(`/v1/imports/${before.id}`, {
    ...OWN,
    headers: { 'if-none-match': String(waiting) },
  })
  expect([dismissed.status, dismissed.body.hasDecided]).toEqual([200, true])
  const other = { ...row(4), externalId: `${own}R5`, name: '欧阳改' }
  const written = await mending(id, [other], '4')
  await api.post(`/v1/imports/${written.id}/changes/actions`, { action: 'apply', all: true }, OWN)
  await act(written.id, 'apply')
  expect((await seen(id)).errors.map((one) => one.row)).toEqual([3])
})

test('only rows that are refused there and registered nowhere can be said to be mended', async () => {
  const { id, row } = await registered()
  const refused = async (query: string) => {
    const { status, body } = await upload([row(3)], '改正.csv', query)
    return [status, body.errors?.[0]?.pointer]
  }
  const atImport = [422, '/querystring/mends']
  const atRows = [422, '/querystring/mendsRows']
  expect(await refused(`&mends=${id}`)).toEqual(atRows)
  expect(await refused(`&mends=${id}&mendsRows=2`)).toEqual(atRows)
  const twice = await upload([row(3)], '改正.csv', `&mends=${id}&mendsRows=3,3`)
  expect(twice.body.errors?.[0]?.message).toContain('不止一次')
  expect(await refused('&mends=im_none&mendsRows=3')).toEqual(atImport)
  const waiting = await read((await upload([row(3, wrong)], '未登记.csv')).body.id)
  expect(await refused(`&mends=${waiting.id}&mendsRows=2`)).toEqual(atImport)
  await act((await mending(id, [row(3)], '3')).id, 'apply')
  expect(await refused(`&mends=${id}&mendsRows=3`)).toEqual(atRows)
})
