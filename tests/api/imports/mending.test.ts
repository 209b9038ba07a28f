import { afterAll, beforeAll, expect, test } from 'vitest'
import { rows } from '../../../src/db/pool.ts'
import { applyStaged } from '../../../src/services/imports/apply.ts'
import { mendedOf } from '../../../src/services/imports/mended.ts'
import { validateUpload } from '../../../src/services/imports/validate.ts'
import { platformFile, platformRow } from '../../support/platform-file.ts'
import { addTestKey } from '../../support/scoped.ts'
import { keys, log } from '../../support/worker-deps.ts'
import { buildTestApp, COUNTY, type ProblemBody, type TestApp } from '../build.ts'

type Fault = {
  row: number
  column: string
  found: string | null
  externalId: string | null
  household: string | null
  mendable: boolean
}
type Import = {
  id: string
  state: string
  version: number
  rows: number
  accepted: number
  refused: number
  registered: number
  duplicates: number
  hasDecided: boolean
  errors: Fault[]
  notes: string[]
}

const OWN = { token: 'own' }
const RIGHT_ID = platformRow(2).idNo
let api: TestApp
let n = 0
beforeAll(async () => {
  api = await buildTestApp()
  await addTestKey(api.pool, 'own', { office: COUNTY })
})
afterAll(() => api.close())

async function read(id: string): Promise<Import> {
  const deps = { pool: api.worker, keys, log, wallNow: () => Date.now() }
  await validateUpload(deps, id, () => undefined)
  await applyStaged(deps, id, () => undefined)
  return (await api.get<Import>(`/v1/imports/${id}`, OWN)).body
}
/** Six good rows, and between them a strange town (row 4) and a damaged identity number (row 6). */
async function spoiled(): Promise<Import> {
  const [wrongTown, damaged] = [
    { ...platformRow(1, { town: '无此镇' }), externalId: `MEND${++n}A` },
    { ...platformRow(2, { idNo: `${RIGHT_ID.slice(0, 17)}*` }), externalId: `MEND${n}B` },
  ]
  const good = [3, 4, 5, 6, 7, 8].map((i) => ({ ...platformRow(i), externalId: `MEND${n}G${i}` }))
  const content = platformFile([good[0]!, good[1]!, wrongTown, good[2]!, damaged, ...good.slice(3)])
  const parts = [{ field: 'file', filename: 'spoiled.csv', content }]
  return read((await api.upload<Import>('/v1/imports?dryRun=true', parts, OWN)).body.id)
}
const act = (id: string, action: object) => api.post<ProblemBody>(`/v1/imports/${id}/actions`, action, OWN)
async function mend(id: string, mended: object[]): Promise<Import> {
  const { status, text } = await act(id, { action: 'mend', rows: mended })
  if (status !== 202) throw new Error(text)
  return read(id)
}
const uploads = async () => (await rows(api.pool, 'select from imports')).length

test('rows mended in place stay in their import, with the numbers of the file, and are registered with the others', async () => {
  const before = await spoiled()
  expect([before.rows, before.accepted, before.refused]).toEqual([8, 6, 2])
  expect(before.errors.map(({ row }) => row)).toEqual([4, 6])
  const files = await uploads()
  const once = await mend(before.id, [{ row: 4, cells: { 乡镇: '毛坝镇' } }])
  expect(once).toMatchObject({ id: before.id, state: 'validated', rows: 8, accepted: 7, refused: 1 })
  expect(once.errors.map(({ row }) => row)).toEqual([6])
  expect(once.notes[0]).toBe('第 4 行照在这里改好的读,原来的文件没有动。')
  // What was mended before is still mended.
  const twice = await mend(before.id, [{ row: 6, cells: { 身份证号: RIGHT_ID } }])
  expect(twice).toMatchObject({ rows: 8, accepted: 8, refused: 0, errors: [] })
  expect(await uploads()).toBe(files)
  expect((await act(before.id, { action: 'apply' })).status).toBe(202)
  expect(await read(before.id)).toMatchObject({ state: 'applied', registered: 8, refused: 0 })
  const items = 'select from obligations where import_id = $1'
  expect(await rows(api.pool, items, [before.id])).toHaveLength(8)
})

test('a row is told by its number at the platform and a masked name; an identity number is never in the clear', async () => {
  const { errors, id } = await spoiled()
  expect(errors[1]).toMatchObject({ row: 6, externalId: expect.stringMatching(/^MEND\d+B$/) })
  expect(errors[1]?.household).toMatch(/^户\*./)
  expect(JSON.stringify(errors)).not.toContain(RIGHT_ID.slice(0, 17))
  await mend(id, [{ row: 6, cells: { 身份证号: RIGHT_ID } }])
  const [kept] = await rows<{ encrypted: Buffer }>(
    api.pool,
    'select encrypted from import_chunks where import = $1 and seq < 0',
    [id],
  )
  expect(kept?.encrypted.includes(Buffer.from(RIGHT_ID))).toBe(false)
  expect(Object.values(await mendedOf(api.pool, keys, id))).toHaveLength(1)
  const trail = await rows<{ detail: object }>(
    api.pool,
    `select detail from audit_events where subject = $1 and detail->>'action' = 'mend'`,
    [id],
  )
  expect(trail).toEqual([{ detail: { action: 'mend', rows: 1, cells: 1 } }])
})

test('mended wrongly, a row is refused as it now reads and can be mended again; nothing of it outlives the import', async () => {
  const { id } = await spoiled()
  const again = await mend(id, [{ row: 4, cells: { 乡镇: '也无此镇' } }])
  expect([again.accepted, again.refused, again.errors[0]?.found]).toEqual([6, 2, '也无此镇'])
  expect(await mend(id, [{ row: 4, cells: { 乡镇: '毛坝镇' } }])).toMatchObject({ accepted: 7, refused: 1 })
  await act(id, { action: 'apply' })
  expect(await read(id)).toMatchObject({ state: 'applied', registered: 7, refused: 1 })
  expect(await mendedOf(api.pool, keys, id)).toEqual({})
})

test('what somebody has decided about a change is not forgotten: the file is not read anew', async () => {
  const [known, wrong] = [`MEND${++n}A`, `MEND${n}B`]
  const upload = (list: ReturnType<typeof platformRow>[], how = '') =>
    api.upload<Import>(
      `/v1/imports${how}`,
      [{ field: 'file', filename: 'again.csv', content: platformFile(list) }],
      OWN,
    )
  await read((await upload([{ ...platformRow(9), externalId: known, level: '黄色' }])).body.id)
  const again = [
    { ...platformRow(9), externalId: known, level: '红色' },
    { ...platformRow(10, { town: '无此镇' }), externalId: wrong },
  ]
  const { id, hasDecided } = await read((await upload(again, '?dryRun=true')).body.id)
  expect(hasDecided).toBe(false)
  const dismissed = { action: 'dismiss', rows: [2] }
  expect((await api.post(`/v1/imports/${id}/changes/actions`, dismissed, OWN)).status).toBeLessThan(300)
  expect((await api.get<Import>(`/v1/imports/${id}`, OWN)).body.hasDecided).toBe(true)
  for (const action of [
    { action: 'mend', rows: [{ row: 3, cells: { 乡镇: '毛坝镇' } }] },
    { action: 'map', words: { town: { 无此镇: '毛坝镇' } } },
  ]) {
    const { status, body } = await act(id, action)
    expect([status, body.type]).toEqual([409, 'urn:duban:problem:not-while-validated'])
    expect(body.detail).toContain('有更改已经决定采用或不采用')
  }
  await act(id, { action: 'apply' })
  expect(await read(id)).toMatchObject({ state: 'applied', refused: 1 })
  const level = 'select level from obligations where external_id = $1'
  expect(await rows(api.pool, level, [known])).toEqual([{ level: 'yellow' }])
})

test('rows without a problem, and columns that the file has not, are not mended; nor is what is registered', async () => {
  const { id } = await spoiled()
  const { status, body } = await act(id, {
    action: 'mend',
    rows: [
      { row: 3, cells: { 乡镇: '毛坝镇' } },
      { row: 4, cells: { 没有的列: '1' } },
    ],
  })
  expect([status, body.type, body.errors?.map((e) => e.pointer)]).toEqual([
    422,
    'urn:duban:problem:bad-mends',
    ['/body/rows/0/row', '/body/rows/1/cells/没有的列'],
  ])
  await act(id, { action: 'apply' })
  await read(id)
  const late = await act(id, { action: 'mend', rows: [{ row: 4, cells: { 乡镇: '毛坝镇' } }] })
  expect([late.status, late.body.type]).toEqual([409, 'urn:duban:problem:not-while-applied'])
})

test('a list of withdrawn numbers keeps no rows: it is mended in its file, and the refusal says so', async () => {
  const content = Buffer.from('预警编号,撤回原因\nMENDW1,误报\n,没有编号\n')
  const parts = [{ field: 'file', filename: 'withdrawn.csv', content }]
  const { id } = (await api.upload<Import>('/v1/imports?kind=withdrawals', parts, OWN)).body
  const found = await read(id)
  expect(found).toMatchObject({ state: 'validated', refused: 2 })
  expect(found.errors.map(({ mendable }) => mendable)).toEqual([false, false])
  const { status, body } = await act(id, { action: 'mend', rows: [{ row: 3, cells: { 预警编号: 'X1' } }] })
  expect([status, body.type]).toEqual([409, 'urn:duban:problem:not-mended-here'])
  expect(body.detail).toContain('撤回名单不能在这里改')
})
