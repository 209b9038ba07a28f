import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { row, rows } from '../../../src/db/pool.ts'
import { applyStaged } from '../../../src/services/imports/apply.ts'
import { platformFile } from '../../support/platform-file.ts'
import { addTestKey } from '../../support/scoped.ts'
import {
  type Asking,
  buildTestApp,
  COUNTY,
  type Page,
  type ProblemBody,
  type TestApp,
  TOWN,
} from '../build.ts'
import { bringing, hit, type Import, type Row } from './bringing.ts'

const CENTRE = `${COUNTY}.hedui`
const SIBLING = `${COUNTY}.donghe`

let api: TestApp
let officer: Asking
let neighbour: Asking
let centre: Asking
let relief: Asking
beforeAll(async () => {
  api = await buildTestApp({ day: '2022-06-06' })
  officer = await api.signedIn('town-officer', TOWN)
  neighbour = await api.signedIn('town-officer', SIBLING)
  centre = await api.signedIn('verification-centre', CENTRE)
  relief = await api.signedIn('relief-centre', `${COUNTY}.jiuzhu`)
})
afterAll(() => api.close())

type Detail = { takesHits: boolean; hitsFiles: { id: string }[]; raised: { id: string }[]; version: number }

const { deps, comparisonOf, send, read, checked, settled, submit, handedOver } = bringing(() => api)
const detail = async (id: string, as: Asking) => (await api.get<Detail>(`/v1/obligations/${id}`, as)).body
describe('a town’s own comparison', () => {
  it('takes a file of hits from the town, registers those of the town alone, and says why not the others', async () => {
    const comparison = await comparisonOf(TOWN, officer)
    expect(await detail(comparison, officer)).toMatchObject({ takesHits: true, hitsFiles: [] })
    const sent = await send(comparison, officer, [hit(), hit({ town: '洞河镇', village: '洞河村' }), hit()])
    expect(sent.status).toBe(202)
    const found = await checked(sent.body.id, officer)
    expect(found).toMatchObject({ state: 'validated', settles: true, reach: TOWN, accepted: 2, refused: 1 })
    expect(found.errors).toMatchObject([{ row: 3, column: '乡镇', rule: 'outside-reach' }])
    expect(found.errors[0]?.message).toContain('只登记本镇的户')
    const waiting = await submit(comparison, {}, officer)
    expect([waiting.status, waiting.body.errors?.[0]?.pointer]).toEqual([422, '/body/result/raised'])
    expect(await settled(sent.body.id, 'apply', officer)).toMatchObject({ state: 'applied', registered: 2 })
    const raised = await rows<{ office: string }>(
      api.pool,
      'select office from obligations where import_id = $1',
      [sent.body.id],
    )
    expect(raised).toEqual([{ office: TOWN }, { office: TOWN }])
    expect((await detail(comparison, officer)).raised).toHaveLength(2)
    // What is handed in is held against the file, as the county's is.
    const wrong = await submit(comparison, { hits: 3, raised: 1 }, officer)
    expect(wrong.body.errors?.[0]?.message).toContain('命中名单登记了 2 条')
    expect((await submit(comparison, { hits: 3, raised: 2 }, officer)).status).toBe(200)
  })

  it('gives its refused rows in the clear to the town, with an entry in the trail, and the mended row goes in', async () => {
    const comparison = await comparisonOf(TOWN, officer)
    const list = [hit({ name: '欧阳测试', town: '洞河镇' })]
    const { id } = (await send(comparison, officer, list)).body
    await checked(id, officer)
    const { text } = await api.get(`/v1/imports/${id}/errors.csv`, officer)
    expect(text).toContain('欧阳测试')
    const entry = await row<{ n: number }>(
      api.pool,
      `select count(*)::int as n from audit_events where action = 'import.reveal' and subject = $1`,
      [id],
    )
    expect(entry?.n).toBe(1)
    const mended = (await send(comparison, officer, [{ ...list[0]!, town: '毛坝镇' }])).body
    expect(await checked(mended.id, officer)).toMatchObject({ accepted: 1, refused: 0 })
    await api.post(`/v1/imports/${mended.id}/actions`, { action: 'cancel' }, officer)
  })

  it('counts a mended row once where the hits are handed in, however it came again', async () => {
    const comparison = await comparisonOf(TOWN, officer)
    const list = [hit(), hit({ town: '毛坎镇' }), hit({ level: '红橙' }), hit(), hit()]
    const mended = list.map((one) => ({ ...one, town: '毛坝镇', level: '红色' }))
    list.splice(3, 2, ...mended.slice(3))
    list[0] = mended[0]!
    const bring = async (those: readonly Row[]) => {
      const { id } = (await send(comparison, officer, those)).body
      await checked(id, officer)
      return settled(id, 'apply', officer)
    }
    expect(await bring(list)).toMatchObject({ registered: 3, refused: 2 })
    expect(await bring([mended[1]!])).toMatchObject({ registered: 1 })
    // The whole list once more, mended in place.
    expect(await bring(mended)).toMatchObject({ registered: 1 })
    expect((await submit(comparison, { hits: 4, raised: 5 }, officer)).status).toBe(422)
    expect((await submit(comparison, { hits: 5, raised: 5 }, officer)).status).toBe(200)
  })

  it('is kept from the next town, its file with it', async () => {
    const comparison = await comparisonOf(TOWN, officer)
    const { id } = (await send(comparison, officer)).body
    await checked(id, officer)
    const foreign = await send(comparison, neighbour)
    expect([foreign.status, foreign.body.errors?.[0]?.pointer]).toEqual([422, '/querystring/comparison'])
    for (const path of ['', '/errors.csv', '/changes', '/undo-preview'])
      expect((await api.get(`/v1/imports/${id}${path}`, neighbour)).status, path).toBe(404)
    for (const action of ['apply', 'cancel', 'undo'])
      expect((await api.post(`/v1/imports/${id}/actions`, { action }, neighbour)).status).toBe(404)
    expect((await api.get<Page<Import>>('/v1/imports', neighbour)).body.items).toEqual([])
    expect((await api.get<Page<Import>>('/v1/imports', officer)).body.items.length).toBeGreaterThan(0)
    const trail = await row<{ detail: { reach: string } }>(
      api.pool,
      `select detail from audit_events where action = 'POST /v1/imports' and subject = $1 and outcome = 'done' order by id limit 1`,
      [id],
    )
    expect(trail?.detail).toMatchObject({ comparison, reach: TOWN })
  })

  it('changes nothing that the ledger has: a known number with other content is a refused row', async () => {
    const elsewhere = hit({ town: '洞河镇', village: '洞河村', level: '红色' })
    const own = hit({ level: '红色' })
    const first = await api.upload<Import>(
      '/v1/imports',
      [{ field: 'file', filename: '导出.csv', content: platformFile([elsewhere, own]) }],
      relief,
    )
    await checked(first.body.id, relief)
    await applyStaged(deps(), first.body.id, () => undefined)
    const comparison = await comparisonOf(TOWN, officer)
    const moved = [
      { ...elsewhere, town: '毛坝镇', level: '黄色' },
      { ...own, level: '黄色' },
    ]
    const { id } = (await send(comparison, officer, moved)).body
    expect(await checked(id, officer)).toMatchObject({ accepted: 0, changed: 0, refused: 2 })
    expect((await read(id, officer)).errors.map(({ rule }) => rule)).toEqual(['known-number', 'known-number'])
    // They stand in the file of rows to be mended, as every row that can be.
    const { text } = await api.get(`/v1/imports/${id}/errors.csv`, officer)
    expect(text.trim().split('\n')).toHaveLength(3)
    for (const { externalId } of moved) expect(text).toContain(externalId)
    await settled(id, 'apply', officer)
    const kept = await rows(
      api.pool,
      'select office, level from obligations where external_id = any($1) order by external_id',
      [[elsewhere.externalId, own.externalId]],
    )
    expect(kept).toEqual([
      { office: SIBLING, level: 'red' },
      { office: TOWN, level: 'red' },
    ])
  })

  it('neither changes a number that the county’s file brought between check and registration', async () => {
    const comparison = await comparisonOf(TOWN, officer)
    const one = hit({ level: '黄色' })
    const { id } = (await send(comparison, officer, [one])).body
    expect(await checked(id, officer)).toMatchObject({ accepted: 1 })
    const meanwhile = await api.upload<Import>(
      '/v1/imports',
      [{ field: 'file', filename: '导出.csv', content: platformFile([{ ...one, level: '红色' }]) }],
      relief,
    )
    await checked(meanwhile.body.id, relief)
    await applyStaged(deps(), meanwhile.body.id, () => undefined)
    expect(await settled(id, 'apply', officer)).toMatchObject({ registered: 0, changed: 0, refused: 1 })
    const kept = await row(api.pool, 'select level from obligations where external_id = $1', [one.externalId])
    expect(kept).toEqual({ level: 'red' })
  })

  it('teaches the county nothing: what was said of the file holds for the file', async () => {
    const comparison = await comparisonOf(TOWN, officer)
    const list = [hit({ level: '高风险' }), hit({ level: '高风险' })]
    const { id } = (await send(comparison, officer, list)).body
    expect(await checked(id, officer)).toMatchObject({ state: 'mapping-needed', settles: true })
    const map = { action: 'map', words: { level: { 高风险: 'yellow' } } }
    expect((await api.post(`/v1/imports/${id}/actions`, map, officer)).status).toBe(202)
    expect(await checked(id, officer)).toMatchObject({ state: 'validated', accepted: 2 })
    await settled(id, 'apply', officer)
    const { body } = await api.get<Page<{ word: unknown }>>('/v1/import-mappings', relief)
    expect(body.items).toEqual([])
  })

  it('may have a strange town explained as any town, whose rows then stay out', async () => {
    const comparison = await comparisonOf(TOWN, officer)
    const list = [hit({ town: '老洞河公社' }), hit({ town: '老洞河公社' }), hit()]
    const { id } = (await send(comparison, officer, list)).body
    type Asked = Import & { mapping: { choices: { town: { code: string }[] } } }
    await checked(id, officer)
    const { body } = await api.get<Asked>(`/v1/imports/${id}`, officer)
    expect(body.mapping.choices.town.map(({ code }) => code)).toEqual(expect.arrayContaining([TOWN, SIBLING]))
    const map = { action: 'map', words: { town: { 老洞河公社: SIBLING } } }
    expect((await api.post(`/v1/imports/${id}/actions`, map, officer)).status).toBe(202)
    const found = await checked(id, officer)
    expect(found).toMatchObject({ state: 'validated', accepted: 1, refused: 2 })
    expect(found.errors.map(({ rule }) => rule)).toEqual(['outside-reach', 'outside-reach'])
    await api.post(`/v1/imports/${id}/actions`, { action: 'cancel' }, officer)
  })

  it('is the relief centre’s once it was handed in: the town brings and takes back no more', async () => {
    const comparison = await comparisonOf(TOWN, officer)
    const { id } = (await send(comparison, officer)).body
    await checked(id, officer)
    await settled(id, 'apply', officer)
    const { etag } = (await api.get(`/v1/imports/${id}`, officer)).headers
    const again = async () =>
      (
        await api.get(`/v1/imports/${id}`, {
          ...officer,
          headers: { ...officer.headers, 'if-none-match': String(etag) },
        })
      ).status
    expect(await again()).toBe(304)
    expect((await submit(comparison, { hits: 1, raised: 1 }, officer)).status).toBe(200)
    expect(await again()).toBe(200)
    expect(await detail(comparison, officer)).toMatchObject({ takesHits: false })
    const late = await send(comparison, officer)
    expect([late.status, late.body.type]).toEqual([403, 'urn:duban:problem:not-the-performer'])
    const undo = await api.post<ProblemBody>(`/v1/imports/${id}/actions`, { action: 'undo' }, officer)
    expect([undo.status, undo.body.type]).toEqual([403, 'urn:duban:problem:not-the-performer'])
    expect((await read(id, officer)).settles).toBe(false)
    // The relief centre still may; its file, too, stays within the town.
    const added = await send(comparison, relief, [hit({ town: '洞河镇' }), hit()])
    expect(await checked(added.body.id, relief)).toMatchObject({ reach: TOWN, accepted: 1, refused: 1 })
  })

  it('is taken back as a whole by the town while it has it', async () => {
    const comparison = await comparisonOf(TOWN, officer)
    const { id } = (await send(comparison, officer)).body
    await checked(id, officer)
    await settled(id, 'apply', officer)
    expect(await settled(id, 'undo', officer)).toMatchObject({ state: 'undone' })
    expect((await detail(comparison, officer)).hitsFiles).toEqual([])
  })
})

describe('what the relief centre brings for a town’s comparison', () => {
  it('shows the town no household of another town: neither in the list, nor in the file of refused rows', async () => {
    const comparison = await comparisonOf(TOWN, officer)
    const own = hit({ name: '欧阳本镇', level: '无此级' })
    const foreign = hit({ name: '欧阳他镇', town: '洞河镇', village: '洞河村', phone: '12' })
    // Whose they are cannot be read: nobody's town, none, a village of another town, a column too narrow.
    const unread = [
      hit({ name: '欧阳未知', town: '不知镇' }),
      hit({ name: '欧阳未知', town: '' }),
      hit({ name: '欧阳未知', village: '洞河镇洞河村' }),
      hit({ name: '欧阳未知', town: '########' }),
    ]
    const { id } = (await send(comparison, relief, [own, foreign, ...unread], '&refuseUnknown=true')).body
    expect(await checked(id, relief)).toMatchObject({ reach: TOWN, settles: true, refused: 6 })
    type Found = { errors: { row: number; externalId: string | null; found: string | null }[] }
    const foundBy = async (as: Asking) => ((await read(id, as)) as unknown as Found).errors
    const ofForeign = (await foundBy(officer)).filter(({ row }) => row >= 3)
    expect(new Set(ofForeign.map(({ row }) => row))).toEqual(new Set([3, 4, 5, 6, 7]))
    for (const one of ofForeign) expect(one).toMatchObject({ externalId: null, found: null })
    expect((await foundBy(officer)).find(({ row }) => row === 2)?.externalId).toBe(own.externalId)
    expect((await foundBy(relief)).find(({ row }) => row === 3)?.externalId).toBe(foreign.externalId)
    const { text } = await api.get(`/v1/imports/${id}/errors.csv`, officer)
    expect(text).toContain(own.externalId)
    const numbers = [foreign, ...unread].map(({ externalId }) => externalId)
    for (const hidden of ['欧阳', '洞河村', ...numbers]) expect(text).not.toContain(hidden)
    expect((await api.get(`/v1/imports/${id}/errors.csv`, relief)).text).toContain('欧阳他镇')
  })

  it('lets the town mend its own rows of it, and none that is hidden from it', async () => {
    const comparison = await comparisonOf(TOWN, officer)
    const list = [
      hit({ level: '无此级' }),
      hit({ town: '洞河镇', village: '洞河村' }),
      hit({ town: '不知镇' }),
      hit(),
    ]
    const { id } = (await send(comparison, relief, list, '&refuseUnknown=true')).body
    await checked(id, relief)
    const offered = async (as: Asking) =>
      (await read(id, as)).errors.map(({ row, mendable }) => [row, mendable] as const)
    expect(await offered(officer)).toEqual([
      [2, true],
      [3, false],
      [4, false],
    ])
    expect(new Set((await offered(relief)).map(([, mendable]) => mendable))).toEqual(new Set([true]))
    const mend = (rows: object[], as: Asking) =>
      api.post<ProblemBody>(`/v1/imports/${id}/actions`, { action: 'mend', rows }, as)
    const cells = { 乡镇: '毛坝镇' }
    const refused = await mend(
      [3, 4, 5].map((row) => ({ row, cells })),
      officer,
    )
    // A hidden row is answered as one that was not refused: row 5.
    expect([refused.status, refused.body.errors]).toEqual([
      422,
      [0, 1, 2].map((i) => ({ pointer: `/body/rows/${i}/row`, message: '这一行没有要改的' })),
    ])
    expect((await mend([{ row: 2, cells: { 预警等级: '红色' } }], officer)).status).toBe(202)
    expect(await checked(id, officer)).toMatchObject({ accepted: 2, refused: 2 })
    expect((await mend([{ row: 4, cells }], relief)).status).toBe(202)
    expect(await checked(id, relief)).toMatchObject({ accepted: 3, refused: 1 })
  })

  it('lets the town say of no row that is hidden from it that it was mended', async () => {
    const comparison = await comparisonOf(TOWN, officer)
    const foreign = hit({ town: '洞河镇', village: '洞河村' })
    const list = [hit({ level: '无此级' }), foreign, hit(), hit(), hit()]
    const { id } = (await send(comparison, relief, list, '&refuseUnknown=true')).body
    await checked(id, relief)
    expect(await settled(id, 'apply', relief)).toMatchObject({ registered: 3, refused: 2 })
    const say = (rows: string, as: Asking) => send(comparison, as, [hit()], `&mends=${id}&mendsRows=${rows}`)
    const hidden = await say('3', officer)
    const unknown = await say('4', officer)
    expect([hidden.status, hidden.body.errors]).toEqual([422, unknown.body.errors])
    expect((await say('2', officer)).status).toBe(202)
    expect((await say('3', relief)).status).toBe(202)
  })

  it('shows a colleague of whoever sent it the town’s own file in the clear', async () => {
    const comparison = await comparisonOf(TOWN, officer)
    const { id } = (await send(comparison, officer, [hit({ name: '欧阳测试', town: '洞河镇' })])).body
    await checked(id, officer)
    const head = await api.signedIn('town-head', TOWN)
    expect((await api.get(`/v1/imports/${id}/errors.csv`, head)).text).toContain('欧阳测试')
  })
})

describe('a comparison that moves on while its file is underway', () => {
  /** Does it while a transaction holds the comparison, and lets that change it as soon as the other waits. */
  async function meanwhile<T>(comparison: string, state: string, act: () => Promise<T>): Promise<T> {
    const other = await api.pool.connect()
    try {
      await other.query('begin')
      await other.query('select from obligations where id = $1 for update', [comparison])
      const acting = act()
      const waits = `select from pg_stat_activity where wait_event_type = 'Lock' and query like '%for share%' and datname = current_database()`
      await expect.poll(async () => (await rows(api.pool, waits)).length).toBe(1)
      await other.query(
        `update obligations set state = $2, closed_at = case $2 when 'cancelled' then now() end where id = $1`,
        [comparison, state],
      )
      await other.query('commit')
      return await acting
    } finally {
      other.release()
    }
  }

  it('handed in while it is sent, takes no file; while somebody registers, no hits', async () => {
    const comparison = await comparisonOf(TOWN, officer)
    const { id } = (await send(comparison, officer)).body
    await checked(id, officer)
    const late = await meanwhile(comparison, 'submitted', () => send(comparison, officer))
    expect([late.status, late.body.type]).toEqual([403, 'urn:duban:problem:not-the-performer'])
    await api.pool.query(`update obligations set state = 'open' where id = $1`, [comparison])
    const apply = () => api.post<ProblemBody>(`/v1/imports/${id}/actions`, { action: 'apply' }, officer)
    const refused = await meanwhile(comparison, 'submitted', apply)
    expect([refused.status, refused.body.type]).toEqual([403, 'urn:duban:problem:not-the-performer'])
    expect((await detail(comparison, officer)).hitsFiles.map((file) => file.id)).toEqual([id])
    // Its own file, that nobody registered, the town may still put away, and is offered to.
    expect(await read(id, officer)).toMatchObject({ state: 'validated', settles: false, cancels: true })
    expect((await api.post(`/v1/imports/${id}/actions`, { action: 'cancel' }, officer)).status).toBe(202)
  })

  it('cancelled while its file waits, raises nothing: neither asked for, nor underway', async () => {
    const comparison = await comparisonOf(TOWN, officer)
    const sent = [
      (await send(comparison, officer)).body.id,
      (await send(comparison, officer)).body.id,
    ] as const
    for (const id of sent) await checked(id, officer)
    const action = (id: string, action: string, as: Asking) =>
      api.post<ProblemBody>(`/v1/imports/${id}/actions`, { action }, as)
    expect((await action(sent[0], 'apply', officer)).status).toBe(202)
    await api.pool.query(`update obligations set state = 'cancelled', closed_at = now() where id = $1`, [
      comparison,
    ])
    await applyStaged(deps(), sent[0], () => undefined)
    expect(await read(sent[0], relief)).toMatchObject({ state: 'failed', registered: 0 })
    // Nor where the cancelling is not committed yet as the worker asks.
    const waiting = await comparisonOf(TOWN, officer)
    const { id } = (await send(waiting, officer)).body
    await checked(id, officer)
    expect((await action(id, 'apply', officer)).status).toBe(202)
    await meanwhile(waiting, 'cancelled', () => applyStaged(deps(), id, () => undefined))
    expect(await read(id, relief)).toMatchObject({ state: 'failed', registered: 0 })
    const left = await rows(api.pool, 'select from obligations where import_id = any($1)', [[...sent, id]])
    expect(left).toEqual([])
    for (const as of [relief, officer]) {
      const refused = await action(sent[1], 'apply', as)
      expect([refused.status, refused.body.type]).toEqual([409, 'urn:duban:problem:not-while-cancelled'])
    }
    expect((await action(sent[1], 'cancel', officer)).status).toBe(202)
  })
})

describe('what the platform says too', () => {
  const platformSays = async (list: readonly Row[]) => {
    const file = [{ field: 'file', filename: '导出.csv', content: platformFile(list) }]
    const { id } = (await api.upload<Import>('/v1/imports?dryRun=true', file, relief)).body
    await checked(id, relief)
    await api.post(`/v1/imports/${id}/changes/actions`, { action: 'apply', all: true }, relief)
    return settled(id, 'apply', relief)
  }

  it('is not undone by the town that raised it: moved away, corrected or repeated, a warning stays', async () => {
    const comparison = await comparisonOf(TOWN, officer)
    const [moved, repeated, corrected, own] = [hit(), hit(), hit({ level: '黄色' }), hit()] as const
    const { id } = (await send(comparison, officer, [moved, repeated, corrected, own])).body
    await checked(id, officer)
    await settled(id, 'apply', officer)
    await platformSays([
      { ...moved, town: '洞河镇', village: '洞河村' },
      repeated,
      { ...corrected, level: '红色' },
    ])
    const preview = await api.get<{ cancelled: number; kept: number }>(
      `/v1/imports/${id}/undo-preview`,
      officer,
    )
    expect(preview.body).toMatchObject({ cancelled: 1, kept: 2 })
    type Undone = { undone: { cancelled: number; kept: string[] } }
    const { undone } = (await settled(id, 'undo', officer)) as Import & Undone
    expect(undone.cancelled).toBe(1)
    // What lies in another town by now is named to the county alone.
    expect(undone.kept.sort()).toEqual([repeated.externalId, corrected.externalId].sort())
    const listed = (await api.get<Page<Import & Undone>>('/v1/imports', officer)).body.items
    expect(listed.find((one) => one.id === id)?.undone.kept).toHaveLength(2)
    expect(((await read(id, relief)) as Import & Undone).undone.kept).toHaveLength(3)
    const left = await rows<{ number: string; state: string; household: boolean }>(
      api.pool,
      `select external_id as number, state, exists (select from subjects s where s.obligation = o.id) as household
         from obligations o where import_id = $1 order by 1`,
      [id],
    )
    expect(left.filter(({ state, household }) => state === 'open' && household)).toHaveLength(3)
    expect(left.find(({ number }) => number === own.externalId)?.state).toBe('cancelled')
  })

  it('is undone with the town’s file once the platform’s was taken back', async () => {
    const comparison = await comparisonOf(TOWN, officer)
    const one = hit()
    const { id } = (await send(comparison, officer, [one])).body
    await checked(id, officer)
    await settled(id, 'apply', officer)
    const platform = await platformSays([one])
    await settled(platform.id, 'undo', relief)
    expect(await settled(id, 'undo', officer)).toMatchObject({ undone: { cancelled: 1, kept: [] } })
  })
})

describe('a comparison that is handed over', () => {
  it('is held against all its files, of whoever had it and of an earlier release', async () => {
    const comparison = await comparisonOf(TOWN, officer)
    const { id } = (await send(comparison, officer, [hit(), hit()])).body
    await checked(id, officer)
    await settled(id, 'apply', officer)
    const earlier = (await send(comparison, relief, [hit()])).body.id
    await checked(earlier, relief)
    await settled(earlier, 'apply', relief)
    await api.pool.query('update imports set reach = null where id = $1', [earlier])
    await handedOver(comparison, SIBLING)
    expect((await api.get(`/v1/imports/${id}`, neighbour)).status).toBe(404)
    const wrong = await submit(comparison, { hits: 2, raised: 2 }, neighbour)
    expect(wrong.body.errors?.[0]?.message).toContain('命中名单有 3 行')
    expect((await submit(comparison, { hits: 3, raised: 3 }, neighbour)).status).toBe(200)
  })
})

describe('a worker of the previous release, which knows of no reach', () => {
  it('stages no row of another town, and no correction at all', async () => {
    const comparison = await comparisonOf(TOWN, officer)
    const { id } = (await send(comparison, officer)).body
    await checked(id, officer)
    const again = (office: string) =>
      api.worker.query(
        `insert into import_rows (import, "row", obligation, key, external_id, office, level, issued_at, start_on, content_hash, encrypted, key_id)
         select import, "row" + 100, obligation, key, external_id, $2, level, issued_at, start_on, content_hash, encrypted, key_id
           from import_rows where import = $1`,
        [id, office],
      )
    await expect(again(SIBLING)).rejects.toMatchObject({ code: '23514' })
    expect((await again(TOWN)).rowCount).toBe(1)
    const change = api.worker.query(
      `insert into import_changes (import, "row", obligation, external_id, fields, content, content_hash)
       values ($1, 2, $2, 'x', '[]', '{}', '\\x00')`,
      [id, comparison],
    )
    await expect(change).rejects.toMatchObject({ code: '23514' })
  })
})

describe('the verification centre', () => {
  it('brings the hits of the comparison that it performs, of all towns', async () => {
    const comparison = await comparisonOf(CENTRE, relief)
    expect(await detail(comparison, centre)).toMatchObject({ takesHits: true })
    const sent = await send(comparison, centre, [hit(), hit({ town: '洞河镇', village: '洞河村' })])
    expect(sent.status).toBe(202)
    expect(await checked(sent.body.id, centre)).toMatchObject({ settles: true, reach: COUNTY, accepted: 2 })
    expect(await settled(sent.body.id, 'apply', centre)).toMatchObject({ registered: 2 })
    expect((await submit(comparison, {}, centre)).status).toBe(200)
  })

  it('imports nothing else, settles no file of others, and registers nothing in silence', async () => {
    const alien = await send(null, centre)
    expect([alien.status, alien.body.type]).toEqual([403, 'urn:duban:problem:forbidden'])
    const ofTown = await comparisonOf(TOWN, officer)
    expect((await send(ofTown, centre)).status).toBe(403)
    const ofCounty = (await send(null, relief)).body.id
    await checked(ofCounty, relief)
    expect((await api.post(`/v1/imports/${ofCounty}/actions`, { action: 'apply' }, centre)).status).toBe(403)
    expect((await read(ofCounty, centre)).settles).toBe(false)
    const own = await comparisonOf(CENTRE, relief)
    expect((await send(own, centre, [hit()], '&silent=true')).status).toBe(403)
    const told = (await send(own, centre)).body.id
    await checked(told, centre)
    const silently = { action: 'apply', silent: true }
    expect((await api.post(`/v1/imports/${told}/actions`, silently, centre)).status).toBe(403)
    // Neither what was sent to be registered in silence, unless they say that people are to be told.
    await api.pool.query('update imports set silent = true where id = $1', [told])
    const apply = (said: object) =>
      api.post(`/v1/imports/${told}/actions`, { action: 'apply', ...said }, centre)
    expect((await apply({})).status).toBe(403)
    expect((await apply({ silent: false })).status).toBe(202)
  })

  it('settles no file that the relief centre brought for its comparison: it may correct the whole ledger', async () => {
    const comparison = await comparisonOf(CENTRE, relief)
    const list = [hit({ name: '欧阳测试', level: '无此级' }), hit()]
    const { id } = (await send(comparison, relief, list, '&refuseUnknown=true')).body
    expect(await checked(id, relief)).toMatchObject({ reach: null, settles: true, accepted: 1, refused: 1 })
    expect(await read(id, centre)).toMatchObject({ settles: false, cancels: false })
    const map = { action: 'map', words: { level: { 无此级: 'red' } } }
    for (const body of [map, { action: 'apply' }, { action: 'cancel' }]) {
      const refused = await api.post<ProblemBody>(`/v1/imports/${id}/actions`, body, centre)
      expect([refused.status, refused.body.type]).toEqual([403, 'urn:duban:problem:forbidden'])
    }
    expect((await api.get(`/v1/imports/${id}/errors.csv`, centre)).text).not.toContain('欧阳测试')
    await settled(id, 'apply', relief)
    expect((await api.post(`/v1/imports/${id}/actions`, { action: 'undo' }, centre)).status).toBe(403)
  })

  it('does not perform a town’s comparison, nor a town the centre’s', async () => {
    const ofCentre = await comparisonOf(CENTRE, relief)
    const ofTown = await comparisonOf(TOWN, officer)
    expect(await detail(ofTown, centre)).toMatchObject({ takesHits: false })
    expect(await detail(ofTown, relief)).toMatchObject({ takesHits: true })
    expect((await send(ofCentre, officer)).status).toBe(422)
  })
})

it('a key of one town brings its hits as the town does, and in silence none', async () => {
  await addTestKey(api.pool, 'key-of-a-town', {
    office: TOWN,
    permissions: ['imports:manage', 'obligations:read'],
  })
  const key = { token: 'key-of-a-town' }
  const comparison = await comparisonOf(TOWN, officer)
  expect((await send(comparison, key, [hit()], '&silent=true')).status).toBe(403)
  const sent = await send(comparison, key)
  expect([sent.status, sent.body.reach]).toEqual([202, TOWN])
})

it('a village has no comparison with hits of its own', async () => {
  await api.pool.query(
    `insert into offices (code, parent, kind, name, duties) values ($1, $2, 'village', '双河村', '[]')`,
    [`${TOWN}.shuanghe`, TOWN],
  )
  const comparison = await comparisonOf(`${TOWN}.shuanghe`, officer)
  expect((await send(comparison, relief)).status).toBe(422)
  expect(await detail(comparison, relief)).toMatchObject({ takesHits: false })
})
