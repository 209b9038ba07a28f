import { parse } from 'csv-parse/sync'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { row, rows } from '../../../src/db/pool.ts'
import { importById } from '../../../src/services/imports/store.ts'
import { validateUpload } from '../../../src/services/imports/validate.ts'
import { writeConfirmed } from '../../../src/services/imports/write-changes.ts'
import { applied, checked, imported, undone, warningFile } from '../../support/warning-file.ts'
import { keys, log } from '../../support/worker-deps.ts'
import { when } from '../../support/warnings.ts'
import {
  type Asking,
  buildTestApp,
  COUNTY,
  type Json,
  type Page,
  type ProblemBody,
  type TestApp,
} from '../build.ts'

type Change = {
  row: number
  obligation: string
  happens: string
  state: string
  due: { from: string; to: string } | null
  fields: { field: string; label: string; before: string | null; after: string | null; happens: string }[]
}
let api: TestApp
let auditor: Asking
beforeAll(async () => {
  api = await buildTestApp({ day: '2022-06-08', time: '10:00' })
  auditor = await api.signedIn('auditor', COUNTY)
})
afterAll(() => api.close())

const changes = async (id: string, how?: Asking) =>
  (await api.get<Page<Change>>(`/v1/imports/${id}/changes`, how)).body.items
const decide = (id: string, body: object, how?: Asking) =>
  api.post<ProblemBody & { decided: number; refused: { row: number; message: string }[] }>(
    `/v1/imports/${id}/changes/actions`,
    body,
    how,
  )
const deps = () => ({ pool: api.pool, keys, log, wallNow: () => Date.now() })
const write = (id: string) => writeConfirmed(deps(), id, () => undefined)
const csvOf = (text: string) =>
  text
    .replace(/^\uFEFF/, '')
    .trimEnd()
    .split('\r\n')

describe('what comes again changed', () => {
  it('is told old beside new, masked, and page by page', async () => {
    const numbers = ['CC1', 'CC2', 'CC3'].map((预警编号) => ({ 预警编号 }))
    await imported(api.pool, 'im_base', warningFile(...numbers))
    await imported(
      api.pool,
      'im_new',
      warningFile(
        { 预警编号: 'CC1', 预警等级: '红色', 预警发布时间: '2022-06-08 09:00' },
        { 预警编号: 'CC2', 姓名: '另某某', 身份证号: '619999198006043642', '村(社区)': '别村' },
        { 预警编号: 'CC3', 乡镇: '洞河镇', 联系电话: '19900001234' },
      ),
    )
    const found = await changes('im_new')
    expect(found.map((c) => [c.row, c.happens, c.state])).toEqual([
      [2, 'applied', 'applied'],
      [3, 'asked', 'open'],
      [4, 'asked', 'open'],
    ])
    // Another person moves no day; another town would count from today.
    expect(found.map((c) => c.due)).toEqual([
      { from: '2022-06-20', to: '2022-06-13' },
      null,
      { from: '2022-06-20', to: '2022-06-22' },
    ])
    const { body: counts } = await api.get<Json>('/v1/imports/im_new/changes?limit=1')
    expect(counts).toMatchObject({ asked: 2, updated: 1 })
    expect(found.flatMap((c) => c.fields.map((f) => [f.label, f.before, f.after, f.happens]))).toEqual([
      ['预警等级', '黄色', '红色', 'applied'],
      ['预警发布时间', '2022-06-06 09:00', '2022-06-08 09:00', 'applied'],
      ['姓名', '某*', '另*某', 'asked'],
      ['身份证号', '619999********3825', '619999********3642', 'asked'],
      ['村(社区)', null, null, 'asked'],
      ['乡镇', '毛坝镇', '洞河镇', 'asked'],
      ['联系电话', '199****5218', '199****1234', 'applied'],
    ])
    const first = await api.get<Page<Change>>('/v1/imports/im_new/changes?limit=2')
    const next = await api.get<Page<Change>>(
      `/v1/imports/im_new/changes?limit=2&cursor=${first.body.nextCursor}`,
    )
    expect([...first.body.items, ...next.body.items].map((c) => c.row)).toEqual([2, 3, 4])
  })

  it('is decided by whoever manages imports, with an entry in the trail', async () => {
    expect((await decide('im_new', { action: 'apply', all: true }, auditor)).status).toBe(403)
    expect((await decide('im_new', { action: 'apply' })).status).toBe(422)
    expect((await decide('im_new', { action: 'apply', all: true, rows: [3] })).status).toBe(422)
    expect((await decide('none', { action: 'apply', all: true })).status).toBe(404)
    const { status, body } = await decide('im_new', { action: 'apply', rows: [4, 2, 9] })
    expect(status).toBe(202)
    expect(body).toEqual({
      decided: 1,
      refused: [
        { row: 2, message: '已经更新过了。' },
        { row: 9, message: '这一行没有内容有变的预警。' },
      ],
    })
    expect((await changes('im_new')).map((c) => c.state)).toEqual(['applied', 'open', 'applying'])
    const poked = await row(api.pool, `select from pokes where kind = 'import' and subject = 'im_new'`)
    expect(poked).toBeDefined()
    await write('im_new')
    expect((await changes('im_new')).map((c) => c.state)).toEqual(['applied', 'open', 'applied'])
    expect((await decide('im_new', { action: 'dismiss', all: true })).body.decided).toBe(1)
    const [, dismissed] = await changes('im_new')
    expect(dismissed).toMatchObject({ state: 'dismissed' })
    expect(dismissed?.fields.map((f) => [f.before, f.after])).toEqual([
      [null, null],
      [null, null],
      [null, null],
    ])
    const trail = await rows<{ action: string; detail: unknown }>(
      api.pool,
      `select action, detail from audit_events where subject = 'im_new' and action like 'import.%' order by id`,
    )
    expect(trail.map((t) => t.action)).toEqual([
      'import.correct',
      'import.apply-changes',
      'import.correct',
      'import.dismiss-changes',
    ])
  })

  it('stands in the story of its obligation', async () => {
    const { body } = await api.get<{ items: { action: string; detail: Json }[] }>(
      `/v1/obligations/${(await changes('im_new'))[0]?.obligation}/history`,
    )
    expect(body.items.at(-1)).toMatchObject({
      action: 'correct',
      detail: {
        import: 'im_new',
        fields: [{ field: 'level', before: 'yellow', after: 'red' }, { field: 'issued' }],
      },
    })
  })

  it('is listed by where its decision stands', async () => {
    const all = await changes('im_new')
    expect(all.length).toBeGreaterThan(1)
    const states = ['open', 'applying', 'applied', 'dismissed']
    for (const state of states) {
      const { body } = await api.get<{ items: { row: number }[] }>(
        `/v1/imports/im_new/changes?state=${state}`,
      )
      expect(body.items.map((c) => c.row)).toEqual(all.filter((c) => c.state === state).map((c) => c.row))
    }
    expect((await api.get('/v1/imports/im_new/changes?state=confirmed')).status).toBe(400)
  })

  it('is not decided while its file is still read', async () => {
    await api.pool.query(`update imports set state = 'applying' where id = 'im_new'`)
    expect((await decide('im_new', { action: 'apply', all: true })).status).toBe(409)
    await api.pool.query(`update imports set state = 'applied' where id = 'im_new'`)
  })
})

describe('refused rows', () => {
  const file = warningFile(
    { 预警编号: 'RR1' },
    { 预警编号: 'RR2', 姓名: '' },
    { 预警编号: 'RR3', 乡镇: '外县镇', 身份证号: '619999194512163826' },
    { 预警编号: 'RR4', 姓名: '' },
  )

  it('stand in the errors file as they came, with the problem in front; masked for readers', async () => {
    await imported(api.pool, 'im_bad', file)
    const { text, headers } = await api.get('/v1/imports/im_bad/errors.csv')
    const [header, ...lines] = csvOf(text)
    expect(header?.startsWith('问题,预警编号,预警发布时间,')).toBe(true)
    expect(header?.endsWith(',原文件行号')).toBe(true)
    expect(lines.map((l) => l.split(',').at(-1))).toEqual(['3', '4', '5'])
    expect(lines[0]).toContain('姓名:姓名为空')
    expect(lines[1]).toContain('乡镇“外县镇”:')
    expect(lines[1]).toContain('身份证号:')
    expect(lines[1]).toContain('619999194512163826')
    expect(headers['cache-control']).toBe('no-store')
    const seen = await row<{ detail: unknown }>(
      api.pool,
      `select detail from audit_events where action = 'import.reveal' and subject = 'im_bad'`,
    )
    expect(seen?.detail).toEqual({ rows: 3 })
    const masked = await api.get('/v1/imports/im_bad/errors.csv', auditor)
    expect(masked.status).toBe(200)
    expect(csvOf(masked.text)).toHaveLength(4)
    expect(masked.text).not.toMatch(/619999194512163826|19936395218|龙泉社区|大病支出较高/)
    expect(masked.text).toContain('619999********3826')
    expect(
      (await rows(api.pool, `select from audit_events where action = 'import.reveal' and subject = 'im_bad'`))
        .length,
    ).toBe(1)
  })

  it('stand in the errors file once each and in their order, however many batches they were read in', async () => {
    const many = Array.from({ length: 620 }, (_row, i) => ({
      预警编号: `MB${i}`,
      ...(i % 3 === 0 ? {} : { 姓名: '', 身份证号: '619999194512163826' }),
    }))
    await imported(api.pool, 'im_many', warningFile(...many))
    const { text } = await api.get('/v1/imports/im_many/errors.csv')
    const [header, ...lines] = parse(text, { bom: true }) as string[][]
    expect(header?.slice(0, 2)).toEqual(['问题', '预警编号'])
    const wrong = many.flatMap((row, i) => ('姓名' in row ? [`${row.预警编号} ${i + 2}`] : []))
    expect(lines.map((cells) => `${cells[1]} ${cells.at(-1)}`)).toEqual(wrong)
    for (const [problem] of lines) expect(problem).toMatch(/^姓名:姓名为空[^;]*;身份证号:/)
    const reveal = `select detail from audit_events where action = 'import.reveal' and subject = 'im_many'`
    expect((await row<{ detail: unknown }>(api.pool, reveal))?.detail).toEqual({ rows: wrong.length })
  })

  it('are counted by their kind once the import has ended', async () => {
    const groups = async () =>
      (await api.get<{ errorGroups: unknown[] }>('/v1/imports/im_bad', auditor)).body.errorGroups.length
    await api.pool.query(`update imports set state = 'undoing' where id = 'im_bad'`)
    expect(await groups()).toBe(0)
    await api.pool.query(`update imports set state = 'applied' where id = 'im_bad'`)
    expect(await groups()).toBe(3)
  })

  it('are shown with what was found, masked, and counted by their kind', async () => {
    const { body } = await api.get<{
      errors: { row: number; column: string; found: string | null }[]
      errorGroups: { rule: string; column: string; rows: number }[]
    }>('/v1/imports/im_bad', auditor)
    expect(body.errors.map((e) => [e.row, e.column, e.found])).toEqual([
      [3, '姓名', ''],
      [4, '乡镇', '外县镇'],
      [4, '身份证号', '619999********3826'],
      [5, '姓名', ''],
    ])
    expect(body.errorGroups.map((g) => [g.rule, g.column, g.rows])).toEqual([
      ['missing-name', '姓名', 2],
      ['id-checksum', '身份证号', 1],
      ['unknown-town', '乡镇', 1],
    ])
  })

  it('come in when they are mended, those alone, and the columns of ours are passed over', async () => {
    const { text } = await api.get('/v1/imports/im_bad/errors.csv')
    const mended = text
      .replaceAll('2022-06-06 09:00,黄色,因病,,,', '2022-06-06 09:00,黄色,因病,,某甲,')
      .replace(',619999194512163826,', ',619999194512163825,')
      .replace(',外县镇,', ',毛坝镇,')
    const done = await imported(api.pool, 'im_mended', mended)
    expect(done).toMatchObject({ rows: 3, accepted: 3, registered: 3, refused: 0 })
    expect(await imported(api.pool, 'im_mended2', mended)).toMatchObject({ accepted: 0, duplicates: 3 })
  })

  it('of a mended file that is wrong again do not get our columns twice', async () => {
    const { text } = await api.get('/v1/imports/im_bad/errors.csv')
    await imported(api.pool, 'im_again', text)
    const again = csvOf((await api.get('/v1/imports/im_again/errors.csv')).text)
    expect(again[0]).toBe(csvOf(text)[0])
    expect(again).toHaveLength(4)
  })

  it('that stood beside another of their number are asked about when they come again without it', async () => {
    const twice = warningFile(
      { 预警编号: 'RT1', 预警等级: '橙色' },
      { 预警编号: 'RT1', 预警等级: '红色' },
      { 预警编号: 'RT2', 姓名: '' },
    )
    await imported(api.pool, 'im_twice', twice)
    const { text } = await api.get('/v1/imports/im_twice/errors.csv')
    const done = await imported(api.pool, 'im_once', text)
    expect(done).toMatchObject({ registered: 0, changed: 1, refused: 1 })
    const [change] = await changes('im_once')
    expect(change).toMatchObject({ happens: 'asked', state: 'open' })
    expect(change?.fields.map((f) => [f.before, f.after, f.happens])).toEqual([['橙色', '红色', 'asked']])
    const level = () =>
      row<{ level: string }>(api.pool, `select level from obligations where external_id = 'RT1'`)
    expect(await level()).toEqual({ level: 'orange' })
    // The other way about: the first of two that differ would change the ledger.
    const raised = warningFile({ 预警编号: 'RT1', 预警等级: '红色' }, { 预警编号: 'RT1', 预警等级: '黄色' })
    await imported(api.pool, 'im_contested', raised)
    expect((await changes('im_contested')).map((c) => [c.row, c.happens, c.state])).toEqual([
      [2, 'asked', 'open'],
    ])
    expect(await level()).toEqual({ level: 'orange' })
  })

  it('are encrypted, and gone once the import is taken back', async () => {
    const kept = await row<{ encrypted: Buffer }>(
      api.pool,
      `select encrypted from import_refused where import = 'im_bad'`,
    )
    expect(kept?.encrypted.includes(Buffer.from('619999194512163826'))).toBe(false)
  })
})

describe('what is withdrawn at the source', () => {
  it('is proposed, and cancelled once confirmed; what somebody works on stays and is named', async () => {
    const numbers = ['WW1', 'WW2', 'WW3']
    await imported(api.pool, 'im_ww', warningFile(...numbers.map((预警编号) => ({ 预警编号 }))))
    await when(api.pool, 'WW2', { action: 'acknowledge' })
    const text = '预警编号,原因\nWW1,误报\nWW2,误报\nWW9,误报\nWW3,误报\nWW1,误报\n'
    const proposed = await checked(api.pool, 'im_gone', text, { kind: 'withdrawals', dryRun: true })
    expect(proposed).toMatchObject({ state: 'validated', rows: 5, accepted: 2, duplicates: 1, refused: 2 })
    const list = async () =>
      (await api.get<Page<Json>>('/v1/imports/im_gone/withdrawals')).body.items.map((w) => [
        ...[w.externalId, w.row, w.state],
      ])
    const open = async () =>
      (await api.get<{ open: number }>('/v1/imports/im_gone/withdrawals?limit=1')).body.open
    expect(await list()).toEqual([
      ['WW1', 2, 'open'],
      ['WW3', 5, 'open'],
    ])
    expect(await open()).toBe(2)
    const states = async () =>
      (
        await rows<{ state: string }>(
          api.pool,
          'select state from obligations where external_id = any($1) order by external_id',
          [numbers],
        )
      ).map((o) => o.state)
    expect(await states()).toEqual(['open', 'open', 'open'])
    // Somebody begins meanwhile.
    await when(api.pool, 'WW3', { action: 'acknowledge' })
    const done = await applied(api.pool, 'im_gone')
    expect(done).toMatchObject({ state: 'applied', rows: 5, accepted: 1, duplicates: 1, refused: 3 })
    expect(await states()).toEqual(['cancelled', 'open', 'open'])
    expect(await list()).toEqual([
      ['WW1', 2, 'cancelled'],
      ['WW3', 5, 'kept'],
    ])
    expect(await open()).toBe(0)
    const { body } = await api.get<{ errors: { row: number; rule: string }[] }>('/v1/imports/im_gone')
    expect(body.errors.map((e) => `${e.row} ${e.rule}`).sort()).toEqual([
      '3 worked-on',
      '4 not-in-ledger',
      '5 worked-on',
      '6 duplicate',
    ])
    const preview = await api.get<Json>('/v1/imports/im_gone/undo-preview')
    expect(preview.body).toMatchObject({ cancelled: 0, corrected: 0, reopened: 1, stayed: 0, told: 0 })
    const back = await undone(api.pool, 'im_gone')
    expect(back).toMatchObject({ state: 'undone', undone: { cancelled: 0, reopened: 1, stayed: [] } })
    expect(await states()).toEqual(['open', 'open', 'open'])
    expect(await list()).toEqual([])
    expect((await api.post('/v1/imports/im_gone/actions', { action: 'undo' })).status).toBe(409)
  })

  it('says why: in the words of its file, else of whoever confirmed it; in the list and in the story', async () => {
    const numbers = ['WR1', 'WR2', 'WR3']
    const levels = ['红色', '黄色', '黄色']
    await imported(
      api.pool,
      'im_wr',
      warningFile(...numbers.map((预警编号, i) => ({ 预警编号, 预警等级: levels[i] }))),
    )
    const text = '预警编号,撤回原因\nWR1,平台误报\nWR2,\nWR3,\n'
    const proposed = await checked(api.pool, 'im_why', text, { kind: 'withdrawals', dryRun: true })
    expect(proposed).toMatchObject({ byLevel: { red: 1, yellow: 2 }, forecast: null })
    await when(api.pool, 'WR3', { action: 'acknowledge' })
    const { status } = await api.post('/v1/imports/im_why/actions', { action: 'apply', note: '户已迁出' })
    expect(status).toBe(202)
    const done = await applied(api.pool, 'im_why')
    expect(done).toMatchObject({ accepted: 2, byLevel: { red: 1, yellow: 1 } })
    expect(Object.values(done.byOffice)).toEqual([2])
    const list = async (how?: Asking) =>
      (await api.get<Page<Json>>('/v1/imports/im_why/withdrawals', how)).body.items
    expect((await list()).map((w) => w.reason)).toEqual(['平台误报', '户已迁出', '户已迁出'])
    expect((await list(auditor)).map((w) => w.reason)).toEqual([null, null, null])
    const stored = await rows<{ encrypted: Buffer }>(
      api.pool,
      `select encrypted from import_withdrawals where import = 'im_why'`,
    )
    expect(stored.every(({ encrypted }) => !encrypted.includes('户已迁出'))).toBe(true)
    const [first] = await list()
    const { body } = await api.get<{ items: Json[] }>(`/v1/obligations/${String(first?.obligation)}/history`)
    expect(JSON.stringify(body.items.at(-1))).toContain('平台已撤回这条预警(导入 im_why):平台误报')
    const trail = await rows<{ detail: unknown }>(
      api.pool,
      `select detail from audit_events where subject = 'im_why' and action = 'import.apply'`,
    )
    expect(JSON.stringify(trail)).not.toContain('户已迁出')
  })

  it('asks for a column of numbers that it does not know, and remembers it', async () => {
    await imported(api.pool, 'im_wm', warningFile({ 预警编号: 'WM1' }, { 预警编号: 'WM2' }))
    const file = (number: string) => `撤回名单\n代码,原因\n${number},误报\n`
    const asked = await checked(api.pool, 'im_ask', file('WM1'), { kind: 'withdrawals', dryRun: true })
    expect(asked).toMatchObject({ state: 'mapping-needed', accepted: 0 })
    const { body } = await api.get<{ mapping: { missing: string[]; columns: Json[] } }>('/v1/imports/im_ask')
    expect(body.mapping.missing).toEqual([])
    expect(body.mapping.columns.map((c) => [c.name, c.field, c.samples])).toEqual([
      ['代码', 'externalId', ['WM1']],
      ['原因', 'detail', []],
    ])
    const strange = { action: 'map', columns: { 代码: '预警编号', 原因: '乡镇' } }
    const refused = await api.post<ProblemBody>('/v1/imports/im_ask/actions', strange)
    expect([refused.status, refused.body.errors?.[0]?.message]).toEqual([
      422,
      '撤回名单没有这个字段;可以写:预警编号、撤回原因,不用的列写 null(命令里写 -)',
    ])
    const said = { action: 'map', columns: { 代码: '预警编号', 原因: '撤回原因' } }
    expect((await api.post('/v1/imports/im_ask/actions', said)).status).toBe(202)
    await validateUpload(deps(), 'im_ask', () => undefined)
    expect(await importById(api.pool, 'im_ask')).toMatchObject({ state: 'validated', accepted: 1 })
    expect(
      await checked(api.pool, 'im_ask2', file('WM2'), { kind: 'withdrawals', dryRun: true }),
    ).toMatchObject({ state: 'validated', accepted: 1 })
  })

  it('may be what is missing from a file that claims to be complete', async () => {
    const base = ['MM1', 'MM2', 'MM3', 'MM4'].map((预警编号, n) => ({
      ...{ 预警编号, 预警发布时间: `2022-05-0${n + 3} 09:00` },
    }))
    await imported(api.pool, 'im_mm', warningFile(...base))
    await when(api.pool, 'MM3', { action: 'acknowledge' })
    // MM1 is there though its row is refused; MM4 was issued later than the file claims to know.
    const file = warningFile({ ...base[0], 姓名: '' }, { 预警编号: 'MM5', 预警发布时间: '2022-05-05 09:00' })
    const complete = { completeFrom: '2022-05-01', completeUntil: '2022-05-05' }
    await checked(api.pool, 'im_whole', file, { dryRun: true, ...complete })
    const { body } = await api.get<Page<Json>>('/v1/imports/im_whole/withdrawals')
    expect(body.items.map((w) => [w.externalId, w.row, w.state])).toEqual([
      ['MM2', null, 'open'],
      ['MM3', null, 'kept'],
    ])
    expect(await applied(api.pool, 'im_whole')).toMatchObject({
      rows: 2,
      accepted: 1,
      refused: 1,
      registered: 1,
    })
    const gone = await rows<{ id: string }>(
      api.pool,
      `select external_id as id from obligations where external_id like 'MM_' and state = 'cancelled'`,
    )
    expect(gone).toEqual([{ id: 'MM2' }])
  })

  it('stays where somebody registers the rows alone, and a list of withdrawals has none', async () => {
    await imported(api.pool, 'im_rr', warningFile({ 预警编号: 'RA1', 预警发布时间: '2022-04-03 09:00' }))
    const file = warningFile({ 预警编号: 'RA2', 预警发布时间: '2022-04-04 09:00' })
    const complete = { completeFrom: '2022-04-01', completeUntil: '2022-04-05' }
    await checked(api.pool, 'im_alone', file, { dryRun: true, ...complete })
    const alone = { action: 'apply', withdraw: false }
    expect((await api.post('/v1/imports/im_alone/actions', alone)).status).toBe(202)
    expect(await applied(api.pool, 'im_alone')).toMatchObject({ registered: 1, completeFrom: null })
    const states = await rows<{ state: string }>(
      api.pool,
      `select state from obligations where external_id in ('RA1', 'RA2')`,
    )
    expect(states.map((o) => o.state)).toEqual(['open', 'open'])
    expect((await api.get<Page<Json>>('/v1/imports/im_alone/withdrawals')).body.items).toEqual([])
    await checked(api.pool, 'im_list', '预警编号\nRA1\n', { kind: 'withdrawals', dryRun: true })
    expect((await api.post('/v1/imports/im_list/actions', alone)).status).toBe(409)
  })

  it.each([
    ['?complete=true', '/querystring/from'],
    ['?complete=true&from=2022-06-01', '/querystring/until'],
    ['?complete=true&from=2022-06-02&until=2022-06-01', '/querystring/until'],
    ['?from=2022-06-01', '/querystring/from'],
    ['?kind=withdrawals&complete=true&from=2022-06-01&until=2022-06-02', '/querystring/complete'],
  ])('a claim that is not whole is refused: %s', async (query, pointer) => {
    const parts = [{ field: 'file', filename: 'a.csv', content: '预警编号\nA1\n' }]
    const { status, body } = await api.upload<ProblemBody>(`/v1/imports${query}`, parts)
    expect([status, body.errors?.map((e) => e.pointer)]).toEqual([422, [pointer]])
  })

  it('is only checked, whatever is asked with it', async () => {
    const parts = [{ field: 'file', filename: 'a.csv', content: '预警编号\nA1\n' }]
    for (const query of ['kind=withdrawals', 'complete=true&from=2022-06-01&until=2022-06-02']) {
      const { body } = await api.upload<Json>(`/v1/imports?dryRun=false&${query}`, parts)
      expect(body.dryRun).toBe(true)
    }
  })
})
