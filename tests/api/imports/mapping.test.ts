import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { rows } from '../../../src/db/pool.ts'
import { applyStaged } from '../../../src/services/imports/apply.ts'
import { validateUpload } from '../../../src/services/imports/validate.ts'
import { platformFile, platformRow } from '../../support/platform-file.ts'
import { addTestKey } from '../../support/scoped.ts'
import { keys, log } from '../../support/worker-deps.ts'
import { layNeighbours, OTHER_COUNTY } from '../../security/authorization/county.ts'
import { buildTestApp, COUNTY, type Page, type Parts, type ProblemBody, type TestApp } from '../build.ts'

type Column = { name: string; samples: string[]; field: string | null; confidence: string }
type Word = { field: string; word: string; rows: number; blocks: boolean; formerly?: string }
type Import = {
  id: string
  state: string
  rows: number
  accepted: number
  refused: number
  registered: number
  duplicates: number
  changed: number
  errorGroups: { rule: string; message: string }[]
  problem: { code: string } | null
  mapping: {
    columns: Column[]
    missing: string[]
    mayLack: string[]
    words: Word[]
    choices: Record<string, { code: string; name: string }[]>
  } | null
  unknownWords: Word[]
  skipped: { row: number; what: string }[]
  notes: string[]
}
type RememberedItem = {
  id: string
  county: string
  columns: Record<string, string | null> | null
  word: { field: string; word: string; meaning: string; label: string | null } | null
  uses: number | null
}

let api: TestApp
let n = 0
beforeAll(async () => {
  api = await buildTestApp()
  await layNeighbours(api.pool)
  await addTestKey(api.pool, 'own', { office: COUNTY })
  await addTestKey(api.pool, 'reader', {
    office: COUNTY,
    permissions: ['imports:read', 'obligations:read'],
    personal: false,
  })
  await addTestKey(api.pool, 'uploader', {
    ...{
      office: COUNTY,
      permissions: ['imports:read', 'imports:manage', 'obligations:read'],
      personal: false,
    },
  })
  await addTestKey(api.pool, 'abroad', { office: OTHER_COUNTY })
})
afterAll(() => api.close())
beforeEach(async () => {
  await api.pool.query('delete from import_mappings')
  await api.pool.query('delete from import_words')
})

const OWN = { token: 'own' }
type Row = ReturnType<typeof platformRow>
const next = (count: number) => Array.from({ length: count }, () => platformRow(++n))
/** What nobody foresaw as the name of a warning's number, and as no column at all. */
const NAMES = { externalId: '流转序列', detail: '情形' } as const

async function read(id: string): Promise<Import> {
  const deps = { pool: api.worker, keys, log, wallNow: () => Date.now() }
  await validateUpload(deps, id, () => undefined)
  await applyStaged(deps, id, () => undefined)
  return (await api.get<Import>(`/v1/imports/${id}`, OWN)).body
}
async function upload(text: string, query = '', more: { before?: Parts; after?: Parts } = {}, as = OWN) {
  const parts = [...(more.before ?? []), { field: 'file', filename: 'a.csv', content: text }]
  const {
    body,
    status,
    text: said,
  } = await api.upload<Import & ProblemBody>(`/v1/imports${query}`, [...parts, ...(more.after ?? [])], as)
  if (status !== 202) throw new Error(said)
  return read(body.id)
}
const act = (id: string, action: object, as = OWN) =>
  api.post<Import & ProblemBody>(`/v1/imports/${id}/actions`, action, as)
async function map(id: string, action: object): Promise<Import> {
  const { status, text } = await act(id, { action: 'map', ...action })
  if (status !== 202) throw new Error(text)
  return read(id)
}
const remembered = async (as = OWN) =>
  (await api.get<Page<RememberedItem>>('/v1/import-mappings', as)).body.items
const left = async (id: string) =>
  (await rows(api.pool, 'select from import_chunks where import = $1', [id])).length

describe('a file with a column that nobody knows', () => {
  test('waits, names what is missing, and shows masked samples of every column', async () => {
    const asked = await upload(platformFile(next(6), NAMES))
    expect(asked).toMatchObject({ state: 'mapping-needed', accepted: 0, registered: 0 })
    const { columns = [] } = asked.mapping ?? {}
    expect(columns.find((c) => c.name === '流转序列')?.confidence).not.toBe('certain')
    const name = columns.find((c) => c.field === 'name')
    expect(name?.samples[0]).toMatch(/^户\*/)
    expect(columns.find((c) => c.field === 'idNo')?.samples[0]).toMatch(/^619999\*+/)
    expect(await left(asked.id)).toBe(1)
  })

  test('keeps its samples encrypted, and shows them to nobody who does not import', async () => {
    const { id } = await upload(platformFile(next(6), NAMES))
    const kept = await rows<{ encrypted: Buffer }>(
      api.pool,
      'select findings_encrypted as encrypted from imports where id = $1',
      [id],
    )
    expect(kept[0]?.encrypted.includes(Buffer.from('流转序列'))).toBe(false)
    const auditor = await api.signedIn('auditor', COUNTY)
    const { body } = await api.get<Import>(`/v1/imports/${id}`, auditor)
    expect(Object.keys(body).filter((key) => /^(findings|given)/.test(key))).toEqual([])
    expect(body.mapping?.columns.length).toBeGreaterThan(0)
    for (const { samples } of body.mapping?.columns ?? []) expect(samples).toEqual([])
  })

  test('is registered once its columns are explained, by codes or by Chinese names', async () => {
    const { id } = await upload(platformFile(next(3), NAMES))
    const applied = await map(id, { columns: { 流转序列: '预警编号', 情形: 'detail' } })
    expect(applied).toMatchObject({ state: 'applied', rows: 3, registered: 3, mapping: null })
  })

  test('is asked about once: the next file with that head comes in by itself, and each use is counted', async () => {
    const { id } = await upload(platformFile(next(3), NAMES))
    await map(id, { columns: { 流转序列: 'externalId', 情形: 'detail' } })
    expect(await upload(platformFile(next(4), NAMES))).toMatchObject({ state: 'applied', registered: 4 })
    expect(await remembered()).toMatchObject([
      {
        county: COUNTY,
        columns: { 流转序列: 'externalId', 情形: 'detail' },
        word: null,
        uses: 1,
        file: 'a.csv',
      },
    ])
  })

  test('is not asked about under another head, where the county has said the same of a column of that name', async () => {
    const unsure = (count: number) => next(count).map((row) => ({ ...row, group: '其他' }))
    const asked = await upload(platformFile([...unsure(3), ...next(1)], { group: '人群类型' }))
    expect(asked.mapping?.columns.filter((c) => c.confidence === 'likely').map((c) => c.name)).toEqual([
      '人群类型',
    ])
    await map(asked.id, { columns: { 人群类型: 'group' } })
    const wider = platformFile([...unsure(3), ...next(1)], { group: '人群类型' })
      .split('\n')
      .map((line, i) => (line === '' ? line : `${line.trimEnd()},${i === 0 ? '附记' : '甲'}`))
      .join('\n')
    const done = await upload(wider)
    expect(done).toMatchObject({ state: 'applied', registered: 4 })
    expect(done.notes).toContain('照记住的列:人群类型→重点人群类别。')
    // Nobody has said anything of this head.
    expect(await remembered()).toHaveLength(1)
  })

  test('is asked about again once it is forgotten', async () => {
    const { id } = await upload(platformFile(next(3), NAMES))
    await map(id, { columns: { 流转序列: 'externalId', 情形: 'detail' } })
    const [mapping] = await remembered()
    const forget = () => api.ask({ method: 'DELETE', url: `/v1/import-mappings/${mapping?.id}` }, OWN)
    expect((await forget()).status).toBe(204)
    expect((await forget()).status).toBe(404)
    expect(await remembered()).toEqual([])
    expect((await upload(platformFile(next(3), NAMES))).state).toBe('mapping-needed')
  })

  test("is asked about in another county, which neither sees nor forgets this county's answer", async () => {
    const { id } = await upload(platformFile(next(3), NAMES))
    await map(id, { columns: { 流转序列: 'externalId', 情形: 'detail' } })
    const [mapping] = await remembered()
    const abroad = { token: 'abroad' }
    expect(await remembered(abroad)).toEqual([])
    const url = `/v1/import-mappings/${mapping?.id}`
    expect((await api.ask({ method: 'DELETE', url }, abroad)).status).toBe(404)
    expect((await remembered()).length).toBe(1)
    const { body } = await api.upload<Import>(
      '/v1/imports',
      [{ field: 'file', filename: 'a.csv', content: platformFile(next(3), NAMES) }],
      abroad,
    )
    await read(body.id)
    expect((await api.get<Import>(`/v1/imports/${body.id}`, abroad)).body.state).toBe('mapping-needed')
  })

  test('can be cancelled, and nothing of it is kept', async () => {
    const { id } = await upload(platformFile(next(3), NAMES))
    expect((await act(id, { action: 'apply' })).body.type).toContain('not-while-mapping-needed')
    expect((await act(id, { action: 'cancel' })).body.state).toBe('cancelled')
    const found = await rows(api.pool, 'select from imports where id = $1 and findings_encrypted is null', [
      id,
    ])
    expect(found).toHaveLength(1)
    expect((await act(id, { action: 'map', columns: { 情形: null } })).status).toBe(409)
  })

  test.each([
    [{ columns: { 流水: 'externalId' } }, '/body/columns/流水', '流转序列'],
    [{ columns: { 流转序列: 'number' } }, '/body/columns/流转序列', '预警编号 externalId'],
    [{ columns: { 流转序列: 'name', 情形: '姓名' } }, '/body/columns/情形', '姓名'],
    [{ words: { 颜色: { 深: 'red' } } }, '/body/words/颜色', '预警等级 level'],
    [{ words: { level: { 高风险: '紫色' } } }, '/body/words/level/高风险', '红色、橙色、黄色'],
    [{ words: { town: { 'a/b': '别处镇' } } }, '/body/words/town/a~1b', '毛坝镇'],
    [{ words: { town: { '619999195001010012': '毛坝镇' } } }, '/body/words/town/619999195001010012', '号码'],
    [{}, '/body', '至少'],
  ])('says of %j where it does not fit and what would', async (said, pointer, accepted) => {
    const { id } = await upload(platformFile(next(2), NAMES))
    const { status, body } = await act(id, { action: 'map', ...said })
    expect([status, body.type]).toEqual([422, 'urn:duban:problem:bad-mapping'])
    expect(body.errors?.map((e) => e.pointer)).toEqual([pointer])
    expect(body.errors?.[0]?.message).toContain(accepted)
    expect(await left(id)).toBe(1)
  })
})

describe('an upload', () => {
  const columns = JSON.stringify({ 流转序列: 'externalId', 情形: '预警内容' })
  const field = (content: string, name = 'columns'): Parts => [{ field: name, content }]

  test.each<['before' | 'after']>([['before'], ['after']])(
    'may say what its columns are in a field %s the file',
    async (where) => {
      const done = await upload(platformFile(next(3), NAMES), '', { [where]: field(columns) })
      expect(done).toMatchObject({ state: 'applied', registered: 3 })
      expect(await remembered()).toMatchObject([{ uses: 0 }])
    },
  )

  test('may say what its words mean', async () => {
    const text = platformFile(next(3).map((row) => ({ ...row, level: '一等' })))
    const words = JSON.stringify({ 等级: { 一等: '红色' } })
    expect(await upload(text, '', { after: field(words, 'words') })).toMatchObject({ registered: 3 })
    expect(await remembered()).toMatchObject([
      { word: { field: 'level', word: '一等', meaning: 'red', label: '红色' } },
    ])
  })

  test.each([
    [field('{'), '/body/columns'],
    [field('[1]'), '/body/columns'],
    [field('{"情形":"number"}'), '/body/columns/情形'],
    [field('{"level":"red"}', 'words'), '/body/words'],
    [field('x', 'mapping'), '/body/mapping'],
  ])('with the field %j is refused with a pointer, and nothing of it is kept', async (parts, pointer) => {
    const before = await rows(api.pool, 'select from imports')
    const file: Parts = [{ field: 'file', filename: 'a.csv', content: platformFile(next(1), NAMES) }]
    const { status, body } = await api.upload<ProblemBody>('/v1/imports', [...file, ...parts], OWN)
    expect([status, body.errors?.map((e) => e.pointer)]).toEqual([422, [pointer]])
    expect((await rows(api.pool, 'select from imports')).length).toBe(before.length)
  })
})

describe('words that nobody knows', () => {
  const withLevel = (level: string, count: number) => next(count).map((row) => ({ ...row, level }))

  test('of most rows stop the import before anything is registered, without a dry run too', async () => {
    const text = platformFile([...withLevel('一等', 3), ...next(2)])
    const asked = await upload(text)
    expect(asked).toMatchObject({ state: 'mapping-needed', rows: 5, accepted: 0, registered: 0, refused: 0 })
    expect(asked.mapping).toMatchObject({
      ...{ columns: [], missing: [], words: [{ field: 'level', word: '一等', rows: 3, blocks: true }] },
      choices: {
        level: [{ code: 'red', name: '红色', workingDays: 3 }, { workingDays: 5 }, { workingDays: 10 }],
      },
    })
    expect(await map(asked.id, { words: { level: { 一等: '橙色' } } })).toMatchObject({
      ...{ state: 'applied', registered: 5, unknownWords: [] },
    })
    const others = await upload(platformFile(withLevel('一等', 3)))
    expect(others).toMatchObject({ state: 'applied', registered: 3 })
  })

  test('of few rows are told, and the others are registered', async () => {
    const done = await upload(platformFile([...withLevel('一等', 2), ...next(2)]))
    expect(done).toMatchObject({
      ...{ state: 'applied', registered: 2, refused: 2, mapping: null },
      unknownWords: [{ field: 'level', word: '一等', rows: 2 }],
    })
  })

  test('of one row alone are a slip of the pen', async () => {
    expect(await upload(platformFile(withLevel('一等', 1)))).toMatchObject({ state: 'applied', refused: 1 })
  })

  test('are refused without a question where that is wished, with the upload or afterwards', async () => {
    const text = () => platformFile(withLevel('二等', 3))
    expect(await upload(text(), '?refuseUnknown=true')).toMatchObject({ state: 'applied', refused: 3 })
    const { id } = await upload(text())
    expect(await map(id, { refuseUnknown: true })).toMatchObject({ state: 'applied', refused: 3 })
  })

  test('can be explained after a dry run', async () => {
    const text = platformFile([...next(2), ...withLevel('三等', 2)])
    const checked = await upload(text, '?dryRun=true')
    expect(checked).toMatchObject({ state: 'validated', accepted: 2, refused: 2 })
    const again = await map(checked.id, { words: { 预警等级: { 三等: 'yellow' } } })
    expect(again).toMatchObject({ state: 'validated', accepted: 4, refused: 0 })
    const wrong = await act(checked.id, { action: 'map', columns: { 没有: 'name' } })
    expect(wrong.body.errors?.[0]?.message).toContain('预警编号')
  })

  test('that stood for a town which has gone are asked about anew, and said to have stood for it', async () => {
    const town = `${COUNTY}.gone`
    await api.pool.query(`insert into offices (code, parent, kind, name) values ($1, $2, 'town', '旧镇')`, [
      town,
      COUNTY,
    ])
    const text = () => platformFile(next(3).map((row) => ({ ...row, town: '老街办' })))
    const words = JSON.stringify({ town: { 老街办: '旧镇' } })
    const first = await upload(text(), '?dryRun=true', { after: [{ field: 'words', content: words }] })
    expect(first).toMatchObject({ state: 'validated', accepted: 3 })
    await api.pool.query('delete from offices where code = $1', [town])
    expect((await remembered())[0]?.word).toMatchObject({ meaning: town, label: null })
    const asked = await upload(text())
    expect(asked).toMatchObject({ state: 'mapping-needed' })
    expect(asked.mapping?.words).toEqual([
      { field: 'town', word: '老街办', rows: 3, blocks: true, formerly: town },
    ])
  })

  test('explained anew take the new meaning; the trail names both answers and quotes neither', async () => {
    const text = platformFile(withLevel('四等', 3))
    await map((await upload(text)).id, { words: { level: { 四等: 'red' } } })
    const [before] = await remembered()
    const { id } = await upload(platformFile(withLevel('四等', 1)), '?dryRun=true')
    await map(id, { words: { level: { 四等: 'orange' } } })
    const items = await remembered()
    expect(items.map((i) => i.word?.meaning)).toEqual(['orange'])
    await api.ask({ method: 'DELETE', url: `/v1/import-mappings/${items[0]?.id}` }, OWN)
    const trail = await rows<{ action: string; subject: string; actor: string; detail: object }>(
      api.pool,
      `select action, subject, actor, detail from audit_events where subject = any($1) order by id`,
      [[before?.id, items[0]?.id]],
    )
    expect(trail.map((e) => [e.action, e.subject, e.actor])).toEqual([
      ['mapping.remember', before?.id, 'ak_own'],
      ['mapping.remember', items[0]?.id, 'ak_own'],
      ['DELETE /v1/import-mappings/:id', items[0]?.id, 'ak_own'],
    ])
    const all = await rows(api.pool, `select from audit_events where detail::text like '%四等%'`)
    expect(all).toEqual([])
  })
})

describe('a file that has no column for numbers of households', () => {
  const withoutNumbers = (count: number) =>
    platformFile(next(count))
      .trimEnd()
      .split('\n')
      .map((line) =>
        line
          .split(',')
          .filter((_cell, i) => i !== 6)
          .join(','),
      )
      .join('\n')

  test('is asked about, although nothing is left to be mapped, and comes in once somebody says so', async () => {
    const asked = await upload(withoutNumbers(2))
    expect(asked).toMatchObject({ state: 'mapping-needed', mapping: { missing: ['idNo'] } })
    expect(asked.mapping?.mayLack).toContain('idNo')
    expect(asked.mapping?.mayLack).not.toContain('name')
    const done = await map(asked.id, { without: ['身份证号'] })
    expect(done).toMatchObject({ state: 'applied', registered: 2, remarked: 2 })
    expect(await upload(withoutNumbers(2))).toMatchObject({ state: 'applied', registered: 2 })
  })

  test('may say so with the upload', async () => {
    const said: Parts = [{ field: 'without', content: '["idNo"]' }]
    expect(await upload(withoutNumbers(2), '', { before: said })).toMatchObject({ registered: 2 })
  })

  test.each([
    ['姓名', '不能登记预警'],
    ['号码', '没有这个字段'],
  ])('cannot lack %s', async (field, words) => {
    const { id } = await upload(withoutNumbers(1))
    const { status, body } = await act(id, { action: 'map', without: [field] })
    expect([status, body.errors?.[0]?.pointer]).toEqual([422, '/body/without/0'])
    expect(body.errors?.[0]?.message).toContain(words)
  })

  test('is refused where the county takes no such household, and its rows are told as ones to mend', async () => {
    await api.pool.query(`update policies set changes = '{"withoutNumber":"refuse"}' where county = $1`, [
      COUNTY,
    ])
    try {
      expect(await upload(withoutNumbers(2))).toMatchObject({
        ...{ state: 'refused', problem: { code: 'missing-column' } },
      })
      const rows = next(2).map((row, i) => (i === 0 ? { ...row, idNo: '无' } : row))
      expect(await upload(platformFile(rows))).toMatchObject({ state: 'applied', registered: 1, refused: 1 })
    } finally {
      await api.pool.query('update policies set changes = null where county = $1', [COUNTY])
    }
  })
})

test.each(['reader', 'uploader'])(
  'an unknown word is masked for the key %s, since it may be a name',
  async (token) => {
    const rows = next(3).map((row) => ({ ...row, town: '王某某', cause: '李某某' }))
    const asked = await upload(platformFile(rows))
    expect(asked.mapping?.words.map(({ word }) => word)).toContain('王某某')
    const { body, text, status } = await api.get<Import>(`/v1/imports/${asked.id}`, { token })
    expect(status).toBe(200)
    expect(text).not.toContain('王某某')
    expect(text).not.toContain('李某某')
    expect(body.mapping?.words.map(({ word }) => word)).toEqual(
      body.mapping?.words.map(() => expect.stringMatching(/^.\*+/)),
    )
    expect(body.mapping?.words.map(({ field, blocks }) => [field, blocks])).toContainEqual(['cause', false])
    const done = await map(asked.id, { refuseUnknown: true })
    expect(done.unknownWords.length).toBeGreaterThan(0)
    expect((await api.get(`/v1/imports/${asked.id}`, { token })).text).not.toContain('王某某')
  },
)

test('a number twice in a file is a row of its own to mend, and empty cells are counted apart from wrong ones', async () => {
  const [one, two, three, four] = next(4) as [Row, Row, Row, Row]
  const text = platformFile([
    ...[one, { ...one, level: '红色' }, { ...two, town: '' }, { ...three, town: '别处镇' }, four],
  ])
  const done = await upload(text)
  expect(done).toMatchObject({ registered: 2, changed: 0, refused: 3 })
  expect(done.errorGroups.map(({ rule, message }) => [rule, message.slice(0, 5)]).sort()).toEqual([
    ['repeated', '重复行:本'],
    ['unknown-town', '乡镇为空('],
    ['unknown-town', '本县没有这'],
  ])
})

test('a number that the ledger has in other capitals is the same warning', async () => {
  const [row] = next(1) as [Row]
  const number = `ab${n}`
  expect(await upload(platformFile([{ ...row, externalId: number }]))).toMatchObject({ registered: 1 })
  const again = await upload(platformFile([{ ...row, externalId: number.toUpperCase() }]))
  expect(again).toMatchObject({ registered: 0, duplicates: 1 })
})

test('rows that are passed over are told with what they are', async () => {
  const done = await upload(`${platformFile(next(2))}合计,2,,,,,,,,,,\n`)
  expect(done).toMatchObject({ state: 'applied', rows: 2, skipped: [{ row: 4, what: '合计' }] })
})

test('a file that is refused for a column leaves the count of the rows that were read, all refused', async () => {
  const zeroed = next(20).map((row) => ({ ...row, idNo: `${row.idNo.slice(0, 15)}000` }))
  const done = await upload(platformFile(zeroed))
  expect(done).toMatchObject({ state: 'refused', rows: 20, refused: 20, accepted: 0 })
  expect(done.problem?.code).toBe('digits-lost')
})
