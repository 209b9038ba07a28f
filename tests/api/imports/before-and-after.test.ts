import { afterAll, beforeAll, expect, test } from 'vitest'
import { applyStaged } from '../../../src/services/imports/apply.ts'
import { undoRegistered } from '../../../src/services/imports/undo.ts'
import { validateUpload } from '../../../src/services/imports/validate.ts'
import { platformFile, platformRow } from '../../support/platform-file.ts'
import { keys, log } from '../../support/worker-deps.ts'
import { addTestKey } from '../../support/scoped.ts'
import { buildTestApp, COUNTY, type ProblemBody, type TestApp } from '../build.ts'

/** What is told before something is done: how the file was read, and what an undo would take back. */
type Import = {
  id: string
  state: string
  silent: boolean
  registered: number
  columns: { name: string; field: string | null; confidence: string; samples: string[] }[]
  undone: { cancelled: number; kept: string[] } | null
}
type Preview = { cancelled: number; kept: number; keptIds: string[]; corrected: number; told: number }

let api: TestApp
let n = 0
beforeAll(async () => {
  api = await buildTestApp()
  await addTestKey(api.pool, 'own', { office: COUNTY })
})
afterAll(() => api.close())

const OWN = { token: 'own' }
const beat = () => undefined
const deps = () => ({ pool: api.worker, keys, log, wallNow: () => Date.now() })
const get = async (id: string) => (await api.get<Import>(`/v1/imports/${id}`, OWN)).body
const preview = (id: string) => api.get<Preview & ProblemBody>(`/v1/imports/${id}/undo-preview`, OWN)
const act = (id: string, action: object) => api.post<Import>(`/v1/imports/${id}/actions`, action, OWN)

async function upload(rows: ReturnType<typeof platformRow>[], query = '', names = {}): Promise<Import> {
  const content = platformFile(rows, names)
  const { body } = await api.upload<Import>(
    `/v1/imports${query}`,
    [{ field: 'file', filename: 'a.csv', content }],
    OWN,
  )
  await validateUpload(deps(), body.id, beat)
  await applyStaged(deps(), body.id, beat)
  return get(body.id)
}
const next = (count: number) => Array.from({ length: count }, () => platformRow(++n))

test('a checked file tells what its columns were taken for, also once it is registered', async () => {
  const checked = await upload(next(2), '?dryRun=true', { externalId: '*预警编号(必填)' })
  expect(checked.state).toBe('validated')
  expect(checked.columns).toHaveLength(12)
  const certain = { confidence: 'certain', samples: expect.any(Array) as string[] }
  expect(checked.columns).toContainEqual({ name: '*预警编号(必填)', field: 'externalId', ...certain })
  expect(checked.columns).toContainEqual({ name: '姓名', field: 'name', ...certain })
  const masked = checked.columns.find(({ field }) => field === 'idNo')?.samples[0]
  expect(masked).toMatch(/^\S+\*+\S+$/)
  await act(checked.id, { action: 'apply' })
  await applyStaged(deps(), checked.id, beat)
  const applied = { state: 'applied', registered: 2, columns: checked.columns }
  expect(await get(checked.id)).toMatchObject(applied)
  expect((await upload(next(1))).columns).toEqual([])
})

test('whether late ones are told of can still be said when it is registered', async () => {
  const [one, other] = [await upload(next(1), '?dryRun=true'), await upload(next(1), '?dryRun=true')]
  expect((await act(one.id, { action: 'apply', silent: true })).body.silent).toBe(true)
  expect((await act(other.id, { action: 'apply' })).body.silent).toBe(false)
})

test('the preview of an undo is what the undo then does', async () => {
  const done = await upload(next(3))
  expect((await preview(done.id)).body).toEqual({
    cancelled: 3,
    kept: 0,
    keptIds: [],
    corrected: 0,
    reopened: 0,
    stayed: 0,
    told: 0,
  })
  const touched = `YJ2022${String(n).padStart(6, '0')}`
  await api.pool.query('update obligations set acknowledged_at = issued_at where external_id = $1', [touched])
  const { body } = await preview(done.id)
  expect(body).toEqual({
    cancelled: 2,
    kept: 1,
    keptIds: [touched],
    corrected: 0,
    reopened: 0,
    stayed: 0,
    told: 0,
  })
  await act(done.id, { action: 'undo' })
  await undoRegistered(deps(), done.id, beat)
  expect((await get(done.id)).undone).toMatchObject({ cancelled: body.cancelled, kept: body.keptIds })
  expect((await preview(done.id)).status).toBe(409)
})

test('who had a mail about what would be taken back is counted once, and not for what stays', async () => {
  const done = await upload(next(2))
  const told = async (number: string) =>
    api.pool.query(
      `insert into notifications (id, county, cause, person, kind, deadline, urgent, round_at, state, created_at)
       select 'nt_' || o.id, o.county, 'test/' || o.id, p.id, 'reminder', a.deadline, false, now(), 'mailed', now()
         from obligations o join assignments a on a.obligation = o.id, (select id from people order by id limit 1) p
        where o.external_id = $1`,
      [number],
    )
  const [first = '', second = ''] = [n - 1, n].map((i) => `YJ2022${String(i).padStart(6, '0')}`)
  await told(first)
  await told(second)
  expect((await preview(done.id)).body).toMatchObject({ cancelled: 2, told: 1 })
  await api.pool.query('update obligations set acknowledged_at = issued_at where import_id = $1', [done.id])
  expect((await preview(done.id)).body).toMatchObject({ cancelled: 0, kept: 2, told: 0 })
})

test('what a file has corrected counts, also where somebody declined the rest of its row', async () => {
  await upload(next(1))
  const done = await upload(next(1))
  await api.pool.query(
    `insert into import_changes (import, "row", obligation, external_id, fields, content, content_hash, state, replaced)
     select $1, 90, o.id, o.external_id, '[]', '{}', 'x', 'dismissed', '[]' from obligations o where o.external_id = $2`,
    [done.id, `YJ2022${String(n - 1).padStart(6, '0')}`],
  )
  expect((await preview(done.id)).body).toMatchObject({ cancelled: 1, corrected: 1 })
})

test('nothing is previewed of what was only checked', async () => {
  const { id } = await upload(next(1), '?dryRun=true')
  expect((await preview(id)).status).toBe(409)
})
