import { type CellValue, writeXlsx } from 'hucre/xlsx'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { rows } from '../../../src/db/pool.ts'
import { parse } from 'csv-parse/sync'
import { applyStaged } from '../../../src/services/imports/apply.ts'
import { validateUpload } from '../../../src/services/imports/validate.ts'
import { platformFile, platformRow } from '../../support/platform-file.ts'
import { addTestKey } from '../../support/scoped.ts'
import { keys, log } from '../../support/worker-deps.ts'
import { buildTestApp, COUNTY, type Page, type Parts, type ProblemBody, type TestApp } from '../build.ts'

type Import = {
  id: string
  state: string
  encoding: string
  registered: number
  accepted: number
  sheet: string | null
  notes: string[]
  otherSheets: string[]
  problem: { code: string } | null
  mapping: { sheets: { name: string; rows: number }[]; columns: unknown[] } | null
}
type StoredMapping = { sheet: string | null; file: string | null; columns: unknown; uses: number }

let api: TestApp
let n = 0
beforeAll(async () => {
  api = await buildTestApp()
  await addTestKey(api.pool, 'own', { office: COUNTY })
})
afterAll(() => api.close())
beforeEach(() => api.pool.query('delete from import_mappings'))

const OWN = { token: 'own' }
const table = (count: number, names: Parameters<typeof platformFile>[1] = {}): CellValue[][] =>
  parse(
    platformFile(
      Array.from({ length: count }, () => platformRow(++n)),
      names,
    ),
    { bom: true },
  )
const workbook = async (sheets: Record<string, CellValue[][]>) =>
  Buffer.from(await writeXlsx({ sheets: Object.entries(sheets).map(([name, rows]) => ({ name, rows })) }))

async function read(id: string): Promise<Import> {
  const deps = { pool: api.pool, keys, log, wallNow: () => Date.now() }
  await validateUpload(deps, id, () => undefined)
  await applyStaged(deps, id, () => undefined)
  return (await api.get<Import>(`/v1/imports/${id}`, OWN)).body
}
async function upload(content: Buffer, query = '', more: Parts = []): Promise<Import> {
  const parts = [{ field: 'file', filename: '预警.xlsx', content }, ...more]
  const { body, status, text } = await api.upload<Import>(`/v1/imports${query}`, parts, OWN)
  if (status !== 202) throw new Error(text)
  return read(body.id)
}
const map = (id: string, said: object) =>
  api.post<Import & ProblemBody>(`/v1/imports/${id}/actions`, { action: 'map', ...said }, OWN)
const remembered = async () => (await api.get<Page<StoredMapping>>('/v1/import-mappings', OWN)).body.items

test('a workbook is registered as its text would be', async () => {
  const done = await upload(await workbook({ 说明: [['请勿改动']], 预警: [['平利县预警'], ...table(3)] }))
  expect(done).toMatchObject({ state: 'applied', encoding: 'xlsx', registered: 3, mapping: null, notes: [] })
})

test('a workbook that nobody can read is refused, and nothing of it is kept', async () => {
  const whole = await workbook({ 预警: table(1) })
  const done = await upload(whole.subarray(0, whole.length - 30))
  expect(done).toMatchObject({ state: 'refused', problem: { code: 'workbook-damaged' } })
  expect(await rows(api.pool, 'select from import_chunks where import = $1', [done.id])).toEqual([])
})

test('of two lists the one that is meant is asked for once, and remembered for workbooks with the same sheets', async () => {
  const asked = await upload(await workbook({ 新增: table(2), 历史: table(4) }))
  expect(asked).toMatchObject({ state: 'mapping-needed', registered: 0 })
  expect(asked.mapping).toMatchObject({
    sheets: [
      { name: '新增', rows: 2 },
      { name: '历史', rows: 4 },
    ],
    columns: [],
  })
  const wrong = await map(asked.id, { sheet: '旧的' })
  expect([wrong.status, wrong.body.errors?.map((e) => e.pointer)]).toEqual([422, ['/body/sheet']])
  expect(wrong.body.errors?.[0]?.message).toContain('新增')
  expect((await map(asked.id, { sheet: '新增' })).status).toBe(202)
  expect(await read(asked.id)).toMatchObject({ state: 'applied', registered: 2, sheet: '新增' })
  expect(await remembered()).toMatchObject([{ sheet: '新增', columns: null, uses: 0 }])

  const next = await upload(await workbook({ 新增: table(3), 历史: table(1) }))
  expect(next).toMatchObject({ state: 'applied', registered: 3, sheet: '新增' })
  expect(next.notes[0]).toContain('没有问要哪张表,照本县以前说明的用了“新增”')
  expect(await remembered()).toMatchObject([{ sheet: '新增', uses: 1, file: '预警.xlsx' }])
  expect(next.notes.join()).not.toMatch(/--sheet|import --/)
  expect((await upload(await workbook({ 新增: table(1), 另一张: table(1) }))).state).toBe('mapping-needed')
})

test('once two sheets of a workbook were registered, the next one is asked about again, also after a third', async () => {
  const file = () => workbook({ 四月: table(1), 五月: table(1), 六月: table(1) })
  for (const content of ['四月', '五月', '六月'])
    expect((await upload(await file(), '', [{ field: 'sheet', content }])).state).toBe('applied')
  expect(await remembered()).toMatchObject([{ sheet: null, columns: {} }])
  expect((await upload(await file())).state).toBe('mapping-needed')
})

test('a word understood from memory is told in a line; one said of this very file is not', async () => {
  const list = (words?: string) =>
    upload(
      Buffer.from(platformFile([platformRow(++n, { level: '中风险' })])),
      '?dryRun=true',
      words === undefined ? [] : [{ field: 'words', content: words }],
    )
  expect((await list('{"level":{"中风险":"orange"}}')).notes).toEqual([])
  expect((await list()).notes).toEqual(['照记住的:中风险=橙色'])
})

test('a sheet that was only checked is not remembered; it is once it is registered', async () => {
  const before = (await remembered()).length
  const file = await workbook({ 六月: table(2), 七月: table(1) })
  const checked = await upload(file, '?dryRun=true', [{ field: 'sheet', content: '六月' }])
  expect(checked).toMatchObject({ state: 'validated', sheet: '六月' })
  expect([checked.notes, checked.otherSheets]).toEqual([[], ['七月']])
  expect(await remembered()).toHaveLength(before)
  expect((await upload(file)).state).toBe('mapping-needed')
  await api.post(`/v1/imports/${checked.id}/actions`, { action: 'apply' }, OWN)
  expect(await read(checked.id)).toMatchObject({ state: 'applied' })
  expect(await remembered()).toHaveLength(before + 1)
})

test('a field beside the file that is too long is refused by name, and is not read as another one', async () => {
  const content = await workbook({ 六月: table(2), 七月: table(1) })
  const file = { field: 'file', filename: '预警.xlsx', content }
  for (const field of ['sheet', 'columns']) {
    const long = { field, content: '长'.repeat(70_000) }
    const { status, body } = await api.upload<ProblemBody>('/v1/imports', [long, file], OWN)
    expect([status, body.type, body.errors?.map((e) => e.pointer)]).toEqual([
      413,
      'urn:duban:problem:too-large',
      [`/body/${field}`],
    ])
  }
})

test('what was mended of a sheet holds while that sheet is said again; of another it is forgotten, and told', async () => {
  const bad = () =>
    parse(platformFile([platformRow(++n, { town: '无此镇' })]), { bom: true }) as CellValue[][]
  const file = await workbook({ 六月: bad(), 七月: bad() })
  const { id } = await upload(file, '?dryRun=true&refuseUnknown=true', [{ field: 'sheet', content: '六月' }])
  const mend = { action: 'mend', rows: [{ row: 2, cells: { 乡镇: '毛坝镇' } }] }
  expect((await api.post(`/v1/imports/${id}/actions`, mend, OWN)).status).toBe(202)
  expect(await read(id)).toMatchObject({ accepted: 1 })
  await map(id, { sheet: '六月' })
  const same = await read(id)
  expect([same.accepted, same.notes[0]]).toEqual([1, '第 2 行照在这里改好的读,原来的文件没有动。'])
  await map(id, { sheet: '七月' })
  const other = await read(id)
  expect([other.accepted, other.notes]).toEqual([
    0,
    ['改读了另一张表:此前在这里改过的 1 行是原来那张表的,不再算数。'],
  ])
  expect((await api.post(`/v1/imports/${id}/actions`, mend, OWN)).status).toBe(202)
  const again = await read(id)
  expect([again.accepted, again.notes]).toEqual([1, ['第 2 行照在这里改好的读,原来的文件没有动。']])
})

test('the only sheet that can be read, said by its name, is no other: what was mended of it holds', async () => {
  const bad = parse(platformFile([platformRow(++n, { town: '无此镇' })]), { bom: true }) as CellValue[][]
  const file = await workbook({ 六月: bad, 说明: [['本表由平台导出。']] })
  const mend = { action: 'mend', rows: [{ row: 2, cells: { 乡镇: '毛坝镇' } }] }
  const mended = ['第 2 行照在这里改好的读,原来的文件没有动。']
  const { id } = await upload(file, '?dryRun=true&refuseUnknown=true')
  expect((await api.post(`/v1/imports/${id}/actions`, mend, OWN)).status).toBe(202)
  await read(id)
  // Also once its columns were asked for in between, when nothing of the sheet is known but its name.
  await map(id, { columns: { 预警编号: null } })
  expect(await read(id)).toMatchObject({ state: 'mapping-needed' })
  await map(id, { sheet: '六月', columns: { 预警编号: 'externalId' } })
  const again = await read(id)
  expect([again.accepted, again.notes]).toEqual([1, mended])
  await map(id, { sheet: '六月' })
  const same = await read(id)
  expect([same.accepted, same.notes]).toEqual([1, mended])
})

test('a text has no other sheet, whatever is said', async () => {
  const content = platformFile([platformRow(++n, { town: '无此镇' })])
  const parts = [{ field: 'file', filename: 'text.csv', content }]
  const { id } = (await api.upload<Import>('/v1/imports?dryRun=true&refuseUnknown=true', parts, OWN)).body
  await read(id)
  const mend = { action: 'mend', rows: [{ row: 2, cells: { 乡镇: '毛坝镇' } }] }
  expect((await api.post(`/v1/imports/${id}/actions`, mend, OWN)).status).toBe(202)
  await read(id)
  await map(id, { sheet: '六月' })
  const { accepted, notes } = await read(id)
  expect([accepted, notes.some((note) => note.includes('改读了另一张表'))]).toEqual([1, false])
})

test('the sheet can be said with the upload, and its columns may still be asked', async () => {
  const names = { externalId: '流转序列', detail: '情形' }
  const file = await workbook({ 甲: table(2), 乙: table(2, names) })
  const asked = await upload(file, '', [{ field: 'sheet', content: '乙' }])
  expect(asked).toMatchObject({ state: 'mapping-needed', mapping: { sheets: [] }, sheet: '乙' })
  expect((await map(asked.id, { columns: { 流转序列: 'externalId', 情形: 'detail' } })).status).toBe(202)
  expect(await read(asked.id)).toMatchObject({ state: 'applied', registered: 2 })
  const nowhere = await upload(file, '', [{ field: 'sheet', content: '丙' }])
  expect(nowhere).toMatchObject({ state: 'refused', problem: { code: 'no-such-sheet' } })
})

test('what a sheet hides is told with the import', async () => {
  const hidden = await writeXlsx({
    sheets: [{ name: '预警', rows: table(3), rowDefs: new Map([[2, { hidden: true }]]) }],
  })
  const done = await upload(Buffer.from(hidden), '?dryRun=true')
  expect(done).toMatchObject({ state: 'validated', accepted: 3, notes: ['第 3 行在表中是隐藏的,也读入了。'] })
})
