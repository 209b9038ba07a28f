import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { inTransaction, row, rows } from '../../../src/db/pool.ts'
import { addTestKey } from '../../support/scoped.ts'
import { jpegOf, pdfOf, pngOf } from '../../support/evidence.ts'
import {
  type Asking,
  buildTestApp,
  COUNTY,
  type Json,
  type Page,
  type ProblemBody,
  type TestApp,
} from '../build.ts'

const MAOBA = `${COUNTY}.maoba`
const DONGHE = `${COUNTY}.donghe`
const MOST = 64 * 1024

let api: TestApp
let centre: Asking
let officer: Asking
let neighbour: Asking
beforeAll(async () => {
  api = await buildTestApp({ day: '2022-10-10' }, { attachmentBytes: MOST })
  centre = await api.signedIn('relief-centre', `${COUNTY}.jiuzhu`)
  officer = await api.signedIn('town-officer', MAOBA)
  neighbour = await api.signedIn('town-officer', DONGHE)
})
afterAll(() => api.close())

type Attachment = Json & { id: string; name: string | null; handedIn: boolean; mayRemove: boolean }
async function problemOf(office = MAOBA): Promise<string> {
  const body = {
    offices: [office],
    origin: 'audit',
    type: 'other',
    wrong: '档案缺少入户照片',
    dueOn: '2022-11-30',
  }
  const { body: made } = await api.post<{ items: { id: string }[] }>('/v1/problems', body, centre)
  return made.items[0]!.id
}
const upload = <T = Attachment>(id: string, filename: string, content: Buffer, as: Asking = officer) =>
  api.upload<T>(`/v1/obligations/${id}/attachments`, [{ field: 'file', filename, content }], as)
const filesOf = async (id: string, as: Asking = officer) =>
  (await api.get<Page<Attachment>>(`/v1/obligations/${id}/attachments`, as)).body.items
const download = (id: string, how: Asking) =>
  api.app.inject({
    method: 'GET',
    url: `/v1/attachments/${id}`,
    headers: { ...how.headers, ...(how.token ? { authorization: `Bearer ${how.token}` } : {}) },
  })
const act = (id: string, body: Json, as: Asking) => api.post<Json>(`/v1/obligations/${id}/actions`, body, as)
const kept = async () => (await row<{ n: number }>(api.pool, 'select count(*) as n from attachment_files'))?.n

/** Until a statement of this database waits for a lock. */
async function somebodyWaits(): Promise<void> {
  const waiting = `select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`
  while ((await rows(api.pool, waiting)).length === 0) await new Promise((resolve) => setTimeout(resolve, 20))
}

describe('an evidence file', () => {
  test('is kept encrypted, and read as it came by whoever sees the obligation', async () => {
    const [id, content] = [await problemOf(), pdfOf('入户照片说明')]
    const added = await upload(id, '张某某 入户照片.pdf', content)
    expect(added).toMatchObject({
      status: 201,
      body: { type: 'pdf', bytes: content.length, mayRemove: true },
    })
    const read = await download(added.body.id, centre)
    expect(read.rawPayload.equals(content)).toBe(true)
    expect(read.headers).toMatchObject({
      ...{
        'content-type': 'application/pdf',
        'x-content-type-options': 'nosniff',
        'cache-control': 'no-store',
      },
      'content-disposition': `attachment; filename="attachment.pdf"; filename*=UTF-8''${encodeURIComponent('张某某 入户照片.pdf')}`,
    })
    const stored = await rows<{ encrypted: Buffer; name: Buffer }>(
      api.pool,
      'select f.encrypted, a.encrypted as name from attachments a join attachment_files f using (county, digest)',
    )
    expect(stored.length).toBeGreaterThan(0)
    for (const { encrypted, name } of stored) {
      expect(encrypted.includes('%PDF')).toBe(false)
      expect(name.includes('张某某')).toBe(false)
    }
  })

  test('leaves an entry in the trail each time it is read', async () => {
    const id = await problemOf()
    const { body } = await upload(id, '照片.jpg', jpegOf('一'))
    for (let i = 0; i < 2; i++) await download(body.id, centre)
    const trail = await rows(
      api.pool,
      `select detail ->> 'obligation' as obligation from audit_events where action = 'attachment.read' and subject = $1 and outcome = 'done'`,
      [body.id],
    )
    expect(trail).toEqual([{ obligation: id }, { obligation: id }])
  })

  test('is there for whoever may act or read notes, and for an auditor neither by name nor by content', async () => {
    const id = await problemOf()
    const { body } = await upload(id, '李某某 照片.png', pngOf('审计'))
    const auditor = await api.signedIn('auditor', COUNTY)
    expect((await download(body.id, auditor)).statusCode).toBe(403)
    expect(await filesOf(id, auditor)).toMatchObject([{ id: body.id, name: null, available: true }])
    await addTestKey(api.pool, 'uploads-alone', {
      office: COUNTY,
      permissions: ['obligations:read', 'obligations:act'],
    })
    const key = { token: 'uploads-alone' }
    const own = await upload(id, '接口上传.png', pngOf('接口'), key)
    expect(await filesOf(id, key)).toContainEqual(
      expect.objectContaining({ id: own.body.id, name: '接口上传.png' }),
    )
    // An answer is kept in the clear under its Idempotency-Key.
    expect(own.body.name).toBeNull()
    expect((await download(own.body.id, key)).statusCode).toBe(200)
    expect((await download(body.id, key)).statusCode).toBe(403)
  })

  test('in the place of an absent colleague says so in the trail', async () => {
    const id = await problemOf()
    const [absent, substitute] = await Promise.all([
      row<{ id: string }>(
        api.pool,
        `select person as id from person_roles where office = $1 and role = 'town-officer' order by 1 limit 1`,
        [MAOBA],
      ),
      row<{ id: string }>(
        api.pool,
        `select person as id from person_roles where office = $1 and role = 'town-officer' order by 1 limit 1`,
        [DONGHE],
      ),
    ])
    await api.pool.query(
      `update people set absent_from = '2022-10-01', absent_until = '2022-10-31', substitute = $2 where id = $1`,
      [absent?.id, substitute?.id],
    )
    expect((await upload(id, '代办.png', pngOf('代办'), neighbour)).status).toBe(201)
    const [entry] = await rows(
      api.pool,
      `select actor, behalf from audit_events where action = 'attachment.add' and subject = $1 and outcome = 'done'`,
      [id],
    )
    await api.pool.query(
      'update people set absent_from = null, absent_until = null, substitute = null where id = $1',
      [absent?.id],
    )
    expect(entry).toEqual({ actor: substitute?.id, behalf: absent?.id })
  })

  test('is not there for another town, and not read by a key without personal data', async () => {
    const id = await problemOf()
    const { body } = await upload(id, '照片.png', pngOf('二'))
    expect((await download(body.id, neighbour)).statusCode).toBe(404)
    expect((await upload<ProblemBody>(id, '照片.png', pngOf('三'), neighbour)).status).toBe(404)
    await addTestKey(api.pool, 'statistics', { office: COUNTY, personal: false })
    expect((await download(body.id, { token: 'statistics' })).statusCode).toBe(403)
    expect((await filesOf(id, { token: 'statistics' }))[0]?.name).toBeNull()
  })

  test('of the same content is stored once in a county, and goes with its last obligation', async () => {
    const [first, second] = [await problemOf(), await problemOf(DONGHE)]
    const content = pdfOf('两镇共用的文件')
    const before = await kept()
    const one = await upload(first, '文件.pdf', content)
    const other = await upload(second, '文件.pdf', content, neighbour)
    expect([one.status, other.status]).toEqual([201, 201])
    expect(await kept()).toBe(before! + 1)
    const again = await upload<ProblemBody>(first, '换个名字.pdf', content)
    expect(again).toMatchObject({
      status: 409,
      body: { detail: expect.stringContaining('完全相同') as string },
    })
    await api.ask({ method: 'DELETE', url: `/v1/attachments/${one.body.id}` }, officer)
    expect((await download(other.body.id, neighbour)).rawPayload.equals(content)).toBe(true)
    await api.ask({ method: 'DELETE', url: `/v1/attachments/${other.body.id}` }, neighbour)
    expect(await kept()).toBe(before)
  })
})

describe('the name of a file', () => {
  test.each([
    ['../../etc/passwd.pdf', 'passwd.pdf'],
    ['C:\\\\temp\\\\照片.pdf', '照片.pdf'],
    ['<script>alert(1)</script>.pdf', 'script_.pdf'],
    ['预警\u202efdp.pdf', '预警fdp.pdf'],
    ['a;b&c.pdf', 'a_b_c.pdf'],
    [`${'长'.repeat(300)}.pdf`, `${'长'.repeat(83)}.pdf`],
  ])('%s is made plain before it stands in a header', async (given, plain) => {
    const id = await problemOf()
    const { body } = await upload(id, given, pdfOf(given))
    expect(await filesOf(id, officer)).toMatchObject([{ id: body.id, name: plain }])
    const { headers } = await download(body.id, officer)
    expect(headers['content-disposition']).toMatch(
      /^attachment; filename="attachment\.pdf"; filename\*=UTF-8''[\w%.()!~*-]+\.pdf$/,
    )
  })
})

test('a file that was changed in the database, or put in the place of another, is not served', async () => {
  const id = await problemOf()
  const [one, other] = [await upload(id, '一.pdf', pdfOf('甲')), await upload(id, '二.pdf', pdfOf('乙'))]
  const contentOf = `select f.encrypted from attachment_files f join attachments a using (county, digest) where a.id = $1`
  const stored = await row<{ encrypted: Buffer }>(api.pool, contentOf, [one.body.id])
  await api.pool.query(
    `update attachment_files f set encrypted = $2 from attachments a
      where a.id = $1 and f.county = a.county and f.digest = a.digest`,
    [other.body.id, stored?.encrypted],
  )
  const read = await download(other.body.id, officer)
  expect(read.statusCode).toBe(500)
  expect(read.payload).not.toContain('甲')
})

describe('a file is refused in words', () => {
  test.each([
    ['照片.pdf', jpegOf('不是 PDF'), '内容却是JPEG 图片'],
    ['材料.exe', Buffer.from('MZ\x90\x00'), '不是可以上传的文件'],
    ['说明.pdf', Buffer.from('<html><script>alert(1)</script>'), '不是可以上传的文件'],
    ['图.svg', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>'), '不是可以上传的文件'],
    ['打包.zip', Buffer.from('PK\x03\x04abc'), '不是可以上传的文件'],
    ['没有扩展名', pdfOf('x'), '没有扩展名'],
    ['空.pdf', Buffer.alloc(0), '空文件'],
  ])('%s', async (name, content, words) => {
    const id = await problemOf()
    const { status, body } = await upload<ProblemBody>(id, name, content)
    expect(status).toBe(422)
    expect(body.detail).toContain(words)
    expect(body.errors?.[0]?.pointer).toBe('/body/file')
    expect(await filesOf(id)).toEqual([])
  })

  test('larger than the limit', async () => {
    const id = await problemOf()
    const { status, body } = await upload<ProblemBody>(
      id,
      '大.pdf',
      Buffer.concat([pdfOf('大'), Buffer.alloc(MOST)]),
    )
    expect(status).toBe(413)
    expect(body.detail).toContain('超过')
  })

  test('two at once', async () => {
    const id = await problemOf()
    const two = ['一', '二'].map((name) => ({ field: 'file', filename: `${name}.pdf`, content: pdfOf(name) }))
    const { status, body } = await api.upload<ProblemBody>(`/v1/obligations/${id}/attachments`, two, officer)
    expect(status).toBe(413)
    expect(body.detail).toContain('一次只能传一个文件')
    expect(await filesOf(id)).toEqual([])
  })

  test('without a file', async () => {
    const id = await problemOf()
    const { status } = await api.upload(
      `/v1/obligations/${id}/attachments`,
      [{ field: 'x', content: '1' }],
      officer,
    )
    expect(status).toBe(422)
  })
})

describe('handing in', () => {
  test('takes all files with it when none is named, after which they stay', async () => {
    const id = await problemOf()
    const { body } = await upload(id, '照片.jpg', jpegOf('整改后'))
    expect((await act(id, { action: 'submit', result: { note: '已补齐照片' } }, officer)).status).toBe(200)
    const stored = await row<{ result: Json }>(api.pool, 'select result from obligations where id = $1', [id])
    expect(stored?.result).toEqual({ evidence: [body.id] })
    expect(await filesOf(id)).toMatchObject([{ handedIn: true, mayRemove: false }])
    const removal = await api.ask<ProblemBody>(
      { method: 'DELETE', url: `/v1/attachments/${body.id}` },
      officer,
    )
    expect(removal).toMatchObject({
      status: 409,
      body: { detail: expect.stringContaining('已随提交上报') as string },
    })
    const late = await upload<ProblemBody>(id, '又一张.jpg', jpegOf('又一张'))
    expect(late).toMatchObject({ status: 409, body: { detail: expect.stringContaining('退回') as string } })
  })

  test('that goes on while somebody takes a file away keeps the file', async () => {
    const id = await problemOf()
    const { body } = await upload(id, '照片.jpg', jpegOf('正在提交'))
    const removal = await inTransaction(api.pool, async (tx) => {
      await tx.query('select from obligations where id = $1 for update', [id])
      const asked = api.ask({ method: 'DELETE', url: `/v1/attachments/${body.id}` }, officer)
      await Promise.race([asked, somebodyWaits()])
      await tx.query('update attachments set handed_in_at = now() where obligation = $1', [id])
      return { asked }
    })
    expect((await removal.asked).status).toBe(409)
    expect(await filesOf(id)).toMatchObject([{ id: body.id, handedIn: true }])
  })

  test('after a return takes more files, and the earlier ones still stay', async () => {
    const id = await problemOf()
    await upload(id, '照片.jpg', jpegOf('第一次'))
    await act(id, { action: 'submit', result: { note: '已补齐照片' } }, officer)
    await act(id, { action: 'return', reason: '照片看不清' }, centre)
    expect((await upload(id, '清楚的.jpg', jpegOf('第二次'))).status).toBe(201)
    expect((await filesOf(id)).map(({ mayRemove }) => mayRemove)).toEqual([false, true])
  })

  test('only whoever uploaded a file takes it away, and the county adds none for a town', async () => {
    const id = await problemOf()
    const { body } = await upload(id, '照片.jpg', jpegOf('别人的'))
    const head = await api.signedIn('town-head', MAOBA)
    const removal = await api.ask<ProblemBody>({ method: 'DELETE', url: `/v1/attachments/${body.id}` }, head)
    expect(removal.status).toBe(403)
    expect((await upload<ProblemBody>(id, '县里的.jpg', jpegOf('县里'), centre)).status).toBe(403)
  })
})
