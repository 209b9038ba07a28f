import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { updateImport } from '../../../src/services/imports/store.ts'
import { buildTestApp, type Json, type Page, type Parts, type ProblemBody, type TestApp } from '../build.ts'

let api: TestApp
beforeAll(async () => {
  api = await buildTestApp()
})
afterAll(() => api.close())

type Import = { id: string; state: string; version: number; dryRun: boolean } & Json
const MB = 1024 * 1024
const file = (content: string | Buffer, filename = '预警.csv'): Parts => [
  { field: 'file', filename, content },
]
const upload = async (query = '') =>
  (await api.upload<Import>(`/v1/imports${query}`, file('预警编号,姓名\nYJ1,张不可见\n'))).body
const act = (id: string, action: string, headers: Record<string, string> = {}) =>
  api.post<ProblemBody & Import>(`/v1/imports/${id}/actions`, { action }, { headers })

describe('an upload', () => {
  it('is accepted and encrypted, and the engine is poked in the same transaction', async () => {
    const { status, headers, body } = await api.upload<Import>(
      '/v1/imports?dryRun=true',
      file('预警编号,姓名\nYJ1,张不可见\n'),
    )
    expect(status).toBe(202)
    expect(headers.location).toBe(`/v1/imports/${body.id}`)
    expect(body).toMatchObject({
      state: 'validating',
      dryRun: true,
      silent: false,
      filename: '预警.csv',
      rows: 0,
      errors: [],
    })
    const pokes = await api.pool.query('select subject from pokes where kind = $1', ['import'])
    expect(pokes.rows).toContainEqual({ subject: body.id })
    const kept = await api.pool.query<{ encrypted: Buffer }>(
      'select encrypted from import_chunks where import = $1',
      [body.id],
    )
    expect(kept.rows).toHaveLength(1)
    expect(kept.rows[0]?.encrypted.includes(Buffer.from('张不可见'))).toBe(false)
  })

  it('is stored in pieces of 256 KB', async () => {
    const { body } = await api.upload<Import>('/v1/imports?dryRun=true', file(Buffer.alloc(2 * MB + 1, 'x')))
    const kept = await api.pool.query<{ n: number }>(
      'select count(*) as n from import_chunks where import = $1',
      [body.id],
    )
    expect(Number(kept.rows[0]?.n)).toBe(9)
  })

  it('over 64 MB is refused with what to do, and nothing of it is stored', async () => {
    const before = await api.pool.query('select id from imports')
    const { status, body } = await api.upload<ProblemBody>(
      '/v1/imports',
      file(Buffer.alloc(64 * MB + 1, 'x')),
    )
    expect(status).toBe(413)
    expect(body.detail).toContain('64 MB')
    expect((await api.pool.query('select id from imports')).rowCount).toBe(before.rowCount)
  })

  it.each<[string, Parts, string]>([
    ['no file', [], '/body/file'],
    ['the file under another name', [{ field: 'data', filename: 'a.csv', content: 'x' }], '/body/file'],
    [
      'a field that belongs in the address',
      [{ field: 'dryRun', content: 'true' }, ...file('x')],
      '/body/dryRun',
    ],
  ])('with %s is refused with a pointer', async (_what, parts, pointer) => {
    const { status, body } = await api.upload<ProblemBody>('/v1/imports', parts)
    expect(status).toBe(422)
    expect(body.errors?.map((e) => e.pointer)).toEqual([pointer])
  })

  it('is refused without a file, for an unknown county, and with a mistyped parameter', async () => {
    expect((await api.post('/v1/imports', { file: 'x' })).status).toBe(415)
    expect((await api.upload('/v1/imports?county=sn.none', file('x'))).status).toBe(422)
    expect((await api.upload('/v1/imports?dryrun=true', file('x'))).status).toBe(400)
    expect((await api.upload('/v1/imports?dryRun=yes', file('x'))).status).toBe(400)
  })
})

describe('an import', () => {
  it('goes from validated to applying, and from applied to undoing', async () => {
    const { id } = await upload('?dryRun=true')
    expect((await act(id, 'apply')).status).toBe(409)
    await updateImport(api.pool, id, { state: 'validated' })
    const applying = await act(id, 'apply')
    expect([applying.status, applying.body.state]).toEqual([202, 'applying'])
    expect((await act(id, 'cancel')).body.detail).toContain('尚未登记')
    await updateImport(api.pool, id, { state: 'applied' })
    expect((await act(id, 'undo')).body.state).toBe('undoing')
    expect((await act(id, 'undo')).body.detail).toBe('这次导入正在撤回。')
    await updateImport(api.pool, id, { state: 'undone' })
    const again = await act(id, 'undo')
    expect([again.status, again.body.detail]).toEqual([409, '这次导入已经撤回过了。'])
  })

  it('is cancelled only by somebody who has seen its last state', async () => {
    const { id } = await upload()
    await updateImport(api.pool, id, { state: 'validated' })
    expect((await act(id, 'cancel', { 'if-match': '"1"' })).status).toBe(412)
    const { headers } = await api.get(`/v1/imports/${id}`)
    expect((await act(id, 'cancel', { 'if-match': String(headers.etag) })).body.state).toBe('cancelled')
    expect((await act(id, 'apply')).status).toBe(409)
    expect((await act(id, 'burn')).status).toBe(422)
    expect((await act('none', 'apply')).status).toBe(404)
  })

  it('has no ETag while it runs, since progress raises no version', async () => {
    const { id } = await upload()
    expect((await api.get(`/v1/imports/${id}`)).headers.etag).toBeUndefined()
  })

  it('gives all its errors, however many', async () => {
    const { id } = await upload()
    await api.pool.query(
      `insert into import_errors (import, seq, "row", column_name, rule, message)
       select $1, n, n + 2, '姓名', 'missing-name', '姓名为空' from generate_series(0, 2499) n`,
      [id],
    )
    const { text } = await api.get(`/v1/imports/${id}/errors.csv`)
    const rows = text.trimEnd().split('\r\n').slice(1)
    expect(rows.map((line) => Number(line.split(',')[0]))).toEqual(
      Array.from({ length: 2500 }, (_n, i) => i + 2),
    )
  })

  it('gives its errors as a table for spreadsheets, with formulas disarmed', async () => {
    const { id } = await upload()
    await api.pool.query(
      `insert into import_errors (import, seq, "row", column_name, rule, message) values
         ($1, 0, 3, '预警等级', 'unknown-level', '=1+1'), ($1, 1, 7, '身份证号', 'id-number', '校验码不对')`,
      [id],
    )
    const { status, headers, text } = await api.get(`/v1/imports/${id}/errors.csv`)
    expect(status).toBe(200)
    expect(headers['content-type']).toBe('text/csv; charset=utf-8')
    expect(headers['content-disposition']).toContain("filename*=UTF-8''")
    expect(text.codePointAt(0)).toBe(0xfeff)
    expect(text.split(/\r?\n/).filter(Boolean)).toHaveLength(3)
    expect(text).not.toMatch(/(^|,)"?=1/m)
    expect((await api.get(`/v1/imports/${id}`)).body.errors).toContainEqual({
      row: 7,
      column: '身份证号',
      rule: 'id-number',
      message: '校验码不对',
      // Nothing of it was kept.
      mendable: false,
      externalId: null,
      household: null,
      found: null,
    })
  })
})

it('imports are listed newest first, page by page', async () => {
  const whole = (await api.get<Page<Import>>('/v1/imports?limit=200')).body.items.map((i) => i.id)
  const seen: string[] = []
  for (let cursor: string | null = ''; cursor !== null;) {
    const { body }: { body: Page<Import> } = await api.get(
      `/v1/imports?limit=2${cursor && `&cursor=${cursor}`}`,
    )
    seen.push(...body.items.map((i) => i.id))
    cursor = body.nextCursor
  }
  expect(seen).toEqual(whole)
  expect(seen).toEqual([...seen].sort().reverse())
})
