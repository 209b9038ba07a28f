import { setTimeout as delay } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { row, rows } from '../../../src/db/pool.ts'
import { applyStaged } from '../../../src/services/imports/apply.ts'
import { platformFile } from '../../support/platform-file.ts'
import { personWith } from '../../support/scoped.ts'
import { type Asking, buildTestApp, COUNTY, type ProblemBody, type TestApp, TOWN } from '../build.ts'
import { bringing, hit, type Import, type Row } from './bringing.ts'

const SIBLING = `${COUNTY}.donghe`

let api: TestApp
let officer: Asking
let neighbour: Asking
let relief: Asking
beforeAll(async () => {
  api = await buildTestApp({ day: '2022-06-06' })
  officer = await api.signedIn('town-officer', TOWN)
  neighbour = await api.signedIn('town-officer', SIBLING)
  relief = await api.signedIn('relief-centre', `${COUNTY}.jiuzhu`)
})
afterAll(() => api.close())

const { deps, comparisonOf, send, read, checked, settled, submit, handedOver } = bringing(() => api)
const act = (id: string, action: string, as: Asking) =>
  api.post<ProblemBody>(`/v1/imports/${id}/actions`, { action }, as)
const errorsOf = async (id: string, as: Asking) => (await api.get(`/v1/imports/${id}/errors.csv`, as)).text

/** What the platform says of these, registered by the relief centre as its whole ledger is. */
async function platformSays(list: readonly Row[]): Promise<string> {
  const file = { field: 'file', filename: '导出.csv', content: platformFile(list) }
  const { id } = (await api.upload<Import>('/v1/imports', [file], relief)).body
  await checked(id, relief)
  await applyStaged(deps(), id, () => undefined)
  return id
}

describe('a file that waits when its comparison is handed over', () => {
  it('is told of by whose it is and who can settle it, and no longer stands in the way once they have', async () => {
    const comparison = await comparisonOf(TOWN, officer)
    const { id } = (await send(comparison, officer)).body
    await checked(id, officer)
    await handedOver(comparison, SIBLING)
    expect((await act(id, 'cancel', neighbour)).status).toBe(404)
    const refused = await submit(comparison, {}, neighbour)
    expect([refused.status, refused.body.errors?.[0]?.pointer]).toEqual([422, '/body/result/raised'])
    expect(refused.body.errors?.[0]?.message).toContain(
      '其中 1 个不归本单位处理,请毛坝镇在“导入”里取消,或请县救助中心登记或取消;也可以',
    )
    expect((await act(id, 'apply', officer)).status).toBe(403)
    expect((await act(id, 'cancel', officer)).status).toBe(202)
    expect((await submit(comparison, {}, neighbour)).status).toBe(200)
  })

  it('is cancelled by the relief centre too', async () => {
    const comparison = await comparisonOf(TOWN, officer)
    const { id } = (await send(comparison, officer)).body
    await checked(id, officer)
    await handedOver(comparison, SIBLING)
    expect((await act(id, 'cancel', relief)).status).toBe(202)
    expect((await submit(comparison, {}, neighbour)).status).toBe(200)
  })

  it('is settled by the new performer where that sees its households', async () => {
    const centre = await api.signedIn('verification-centre', `${COUNTY}.hedui`)
    const comparison = await comparisonOf(TOWN, officer)
    const { id } = (await send(comparison, officer)).body
    await checked(id, officer)
    expect((await act(id, 'cancel', centre)).status).toBe(403)
    await handedOver(comparison, `${COUNTY}.hedui`)
    expect(await read(id, centre)).toMatchObject({ settles: true, cancels: true })
    expect((await act(id, 'cancel', centre)).status).toBe(202)
    expect((await submit(comparison, {}, centre)).status).toBe(200)
  })

  it('is told of as before where it is one’s own, or the centre brought it for one’s own comparison', async () => {
    const comparison = await comparisonOf(TOWN, officer)
    await checked((await send(comparison, officer)).body.id, officer)
    const { id } = (await send(comparison, relief)).body
    await checked(id, relief)
    expect(await read(id, officer)).toMatchObject({ settles: true })
    const { body } = await submit(comparison, {}, officer)
    expect(body.errors?.[0]?.message).toContain('还有 2 个命中名单没有登记')
    expect(body.errors?.[0]?.message).toContain('还不知道;请先登记或取消,或在')
  })

  it('is told of by the relief centre alone where that brought it, and apart from one’s own', async () => {
    const comparison = await comparisonOf(TOWN, officer)
    await checked((await send(comparison, relief)).body.id, relief)
    await handedOver(comparison, SIBLING)
    await checked((await send(comparison, neighbour)).body.id, neighbour)
    const { body } = await submit(comparison, {}, neighbour)
    expect(body.errors?.[0]?.message).toContain(
      '还有 2 个命中名单没有登记,产生了几条预警还不知道;其中 1 个不归本单位处理,请县救助中心登记或取消;其余的请先登记或取消;',
    )
  })
})

describe('whoever sent a file and works elsewhere since', () => {
  it('leaves it with the office that brought it', async () => {
    const comparison = await comparisonOf(TOWN, officer)
    const head = await personWith(api.pool, 'town-head', TOWN)
    const sent = await send(comparison, await api.sessionOf(head), [
      hit({ name: '欧阳测试', town: '洞河镇' }),
    ])
    const { id } = sent.body
    await checked(id, officer)
    await api.pool.query(`update person_roles set office = $2, role = 'bureau-leader' where person = $1`, [
      head,
      COUNTY,
    ])
    const moved = await api.sessionOf(head)
    expect((await read(id, moved)).state).toBe('validated')
    expect(await errorsOf(id, officer)).toContain('欧阳测试')
    await handedOver(comparison, SIBLING)
    expect((await act(id, 'cancel', moved)).status).toBe(403)
    expect((await act(id, 'cancel', officer)).status).toBe(202)
  })
})

describe('storing a file', () => {
  it('keeps nobody from handing in the comparison, after which the file is not taken in', async () => {
    const comparison = await comparisonOf(TOWN, officer)
    const before = await rows(api.pool, 'select from imports')
    const slow = await api.pool.connect()
    try {
      await slow.query('begin')
      // As long as this lasts, no piece of a file can be stored.
      await slow.query('lock table import_chunks in exclusive mode')
      const sending = send(comparison, officer)
      const waits = `select from pg_stat_activity where wait_event_type = 'Lock' and query like '%import_chunks%' and datname = current_database()`
      await expect.poll(async () => (await rows(api.pool, waits)).length).toBe(1)
      const handedIn = submit(comparison, {}, officer).then(({ status }) => status)
      expect(await Promise.race([handedIn, delay(10_000, 'it waits')])).toBe(200)
      await slow.query('commit')
      const { status, body } = await sending
      expect([status, body.type]).toEqual([403, 'urn:duban:problem:not-the-performer'])
    } finally {
      slow.release(true)
    }
    expect(await rows(api.pool, 'select from imports')).toHaveLength(before.length)
  })
})

describe('a town’s file that the platform corrected, until that was taken back', () => {
  it('is undone with what was corrected', async () => {
    const comparison = await comparisonOf(TOWN, officer)
    const one = hit({ level: '黄色' })
    const { id } = (await send(comparison, officer, [one])).body
    await checked(id, officer)
    await settled(id, 'apply', officer)
    const platform = await platformSays([{ ...one, level: '红色' }])
    const preview = `/v1/imports/${id}/undo-preview`
    expect((await api.get(preview, officer)).body).toMatchObject({ cancelled: 0, kept: 1 })
    await settled(platform, 'undo', relief)
    expect((await api.get(preview, officer)).body).toMatchObject({ cancelled: 1, kept: 0 })
    expect(await settled(id, 'undo', officer)).toMatchObject({ undone: { cancelled: 1, kept: [] } })
  })
})

describe('a number that another file brought between check and registration', () => {
  it('is kept to be mended among the other refused rows, in their order', async () => {
    const comparison = await comparisonOf(TOWN, officer)
    const list = [
      hit({ town: '洞河镇' }),
      hit({ name: '欧阳后到', level: '黄色' }),
      hit({ town: '洞河镇' }),
      hit({ name: '欧阳后来', level: '黄色' }),
      hit(),
    ]
    const { id } = (await send(comparison, officer, list)).body
    expect(await checked(id, officer)).toMatchObject({ accepted: 3, refused: 2 })
    await platformSays([list[1]!, list[3]!].map((one) => ({ ...one, level: '红色' })))
    expect(await settled(id, 'apply', officer)).toMatchObject({ registered: 1, refused: 4 })
    const text = await errorsOf(id, officer)
    const lines = text.trim().split('\r\n').slice(1)
    expect(lines).toHaveLength(4)
    lines.forEach((line, nth) => expect(line).toContain(list[nth]!.externalId))
    expect(text).toContain('欧阳后到')
    expect(text).toContain('欧阳后来')
  })

  it('is registered once its number is mended, with all that the row said', async () => {
    const comparison = await comparisonOf(TOWN, officer)
    const one = hit({ level: '黄色' })
    const { id } = (await send(comparison, officer, [one])).body
    await checked(id, officer)
    await platformSays([{ ...one, level: '红色' }])
    await settled(id, 'apply', officer)
    const mended = (await errorsOf(id, officer)).replaceAll(one.externalId, 'YJ2022900001')
    const file = { field: 'file', filename: '改正.csv', content: mended }
    const again = await api.upload<Import>(
      `/v1/imports?comparison=${comparison}&dryRun=true`,
      [file],
      officer,
    )
    expect(await checked(again.body.id, officer)).toMatchObject({ accepted: 1, refused: 0 })
    await settled(again.body.id, 'apply', officer)
    const told = await row(
      api.pool,
      `select office, level, cause, key_group, source, issued_at from obligations where external_id = 'YJ2022900001'`,
    )
    const first = await row(
      api.pool,
      `select office, 'yellow' as level, cause, key_group, source, issued_at from obligations where external_id = $1`,
      [one.externalId],
    )
    expect(told).toEqual(first)
  })
})
