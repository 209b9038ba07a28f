import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { row, rows } from '../../../src/db/pool.ts'
import type { Consistency } from '../../../src/contract/api/consistency.ts'
import { addTestKey } from '../../support/scoped.ts'
import { applied, checked, confirmed, imported, warningFile } from '../../support/warning-file.ts'
import {
  type Asking,
  buildTestApp,
  COUNTY,
  type Item,
  type ProblemBody,
  type TestApp,
  TOWN,
} from '../build.ts'

let api: TestApp
let centre: Asking
let auditor: Asking
const SPAN = { completeFrom: '2022-06-01', completeUntil: '2022-06-08' }
/** A number whose last digit is wrong. */
const WRONG_NUMBER = '619999194512163826'

beforeAll(async () => {
  api = await buildTestApp({ day: '2022-06-08', time: '10:00' })
  centre = await api.signedIn('relief-centre', `${COUNTY}.jiuzhu`)
  auditor = await api.signedIn('auditor', COUNTY)
  const numbers = ['SAME', 'PHONE', 'ANEW', 'GONE', 'DIGIT', 'EMPTY', 'OVER', 'DONE']
  await imported(api.pool, 'im_ledger', warningFile(...numbers.map((预警编号) => ({ 预警编号 }))))
  const done = await row<{ id: string }>(api.pool, `select id from obligations where external_id = 'DONE'`)
  for (const body of [{ action: 'submit', result: { outcome: 'ineligible' } }, { action: 'accept' }]) {
    const { status, text } = await api.post(`/v1/obligations/${done!.id}/actions`, body)
    expect(status, text).toBe(200)
  }
  await checked(api.pool, 'im_fresh', freshExport(), { dryRun: true, ...SPAN })
})
afterAll(() => api.close())

/** A later export: what was planted in it, and what is as it was. */
function freshExport(): string {
  const rows = warningFile(
    { 预警编号: 'SAME' },
    { 预警编号: 'PHONE', 联系电话: '19900001234' },
    { 预警编号: 'ANEW', 预警等级: '红色', 预警发布时间: '2022-06-08 09:00' },
    { 预警编号: 'DIGIT', 身份证号: WRONG_NUMBER },
    { 预警编号: 'EMPTY', 预警等级: '' },
    { 预警编号: 'NEW', 乡镇: '洞河镇' },
    { 预警编号: 'OVER' },
    { 预警编号: 'DONE' },
  )
  const states = [
    '核查状态',
    '未核查',
    '未核查',
    '未核查',
    '未核查',
    '未核查',
    '未核查',
    '已办结',
    '已办结',
    '',
  ]
  return rows
    .split('\n')
    .map((line, i) => (line === '' ? line : `${line},${states[i] ?? ''}`))
    .join('\n')
}

const look = async (id: string, how?: Asking) => {
  const { status, body, text } = await api.get<Consistency & ProblemBody>(
    `/v1/imports/${id}/consistency`,
    how,
  )
  return { status, body, text }
}
const raise = (body: object, how: Asking = centre) =>
  api.post<ProblemBody & { items: { key: string; problem: string }[] }>(
    '/v1/imports/im_fresh/consistency/problems',
    body,
    how,
  )

describe('a fresh export held against the ledger', () => {
  it('names the planted differences by the five kinds, and no others', async () => {
    const { body, text } = await look('im_fresh', auditor)
    const found = body.items.map(({ externalId, label, row: at }) => [externalId ?? `row ${at}`, label])
    expect(found).toEqual([
      ['PHONE', '不一致'],
      ['ANEW', '更新不及时'],
      ['DIGIT', '不准'],
      ['EMPTY', '不全'],
      ['NEW', '不全'],
      ['OVER', '更新不及时'],
      ['GONE', '不实'],
    ])
    expect(body.counts.map(({ label, count }) => [label, count])).toEqual([
      ...[
        ['不实', 1],
        ['不准', 1],
        ['不全', 2],
        ['不一致', 1],
        ['更新不及时', 2],
      ],
    ])
    expect(body.items.filter((one) => one.willRegister).map((one) => one.externalId)).toEqual(['NEW'])
    expect(body.items[0]?.what).toContain('联系电话')
    expect(body.items.map(({ office }) => office?.name)).toEqual([
      ...['毛坝镇', '毛坝镇', '毛坝镇', '毛坝镇', '洞河镇', '毛坝镇', '毛坝镇'],
    ])
    for (const personal of ['19900001234', WRONG_NUMBER, '619999194512163825', '19936395218'])
      expect(text).not.toContain(personal)
  })

  it('is for the office that has the item now, not for the one it was filed under', async () => {
    await api.pool.query(
      `insert into hand_overs (id, county, obligation, title, from_office, to_office, state, offered_by, offered_at, answered_by, answered_at, held_days)
       select 'hv_digit', county, id, title, office, $1, 'accepted', 'test', now(), 'test', now(), 0
         from obligations where external_id = 'DIGIT'`,
      [`${COUNTY}.donghe`],
    )
    await api.pool.query(`update obligations set office = $1 where external_id = 'DIGIT'`, [
      `${COUNTY}.donghe`,
    ])
    const finding = (await look('im_fresh')).body.items.find(({ externalId }) => externalId === 'DIGIT')
    expect(finding?.office?.name).toBe('洞河镇')
  })

  it('writes nothing', async () => {
    const count = () => row(api.pool, 'select count(*) as n from obligations')
    const before = await count()
    await look('im_fresh')
    expect(await count()).toEqual(before)
  })

  it('is not for a town, nor of a file that is registered or unknown', async () => {
    const officer = await api.signedIn('town-officer', TOWN)
    expect((await look('im_fresh', officer)).status).toBe(404)
    expect((await look('im_ledger')).body).toMatchObject({ comparable: false, items: [] })
    expect((await look('im_none')).status).toBe(404)
  })
})

describe('a finding', () => {
  it('becomes a problem of the office, once', async () => {
    const findings = (await look('im_fresh')).body.items.slice(0, 2).map(({ key }) => key)
    const body = { findings, dueOn: '2022-06-20', measure: '逐户核对后更正' }
    const made = await raise(body)
    expect(made.status, made.text).toBe(201)
    expect(made.body.items).toHaveLength(2)
    const again = await raise(body)
    expect(again.body.items).toEqual(made.body.items)
    const { body: problem } = await api.get<Item>(`/v1/obligations/${made.body.items[0]!.problem}`, centre)
    expect(problem).toMatchObject({ kind: 'rectification', facts: { origin: 'data-check', type: 'other' } })
    expect(JSON.stringify(problem['problem'])).toContain('不一致')
    const shown = (await look('im_fresh')).body.items
    expect(shown.slice(0, 3).map((one) => one.problem)).toEqual([
      ...made.body.items.map((one) => one.problem),
      null,
    ])
  })

  it('is the same in the file of the next day, and another where something else differs', async () => {
    const file = freshExport().split('\n')
    file.splice(1, 1)
    await checked(api.pool, 'im_next', file.join('\n'), { dryRun: true, ...SPAN })
    const known = (id: string) => async () =>
      Object.fromEntries((await look(id)).body.items.map((one) => [one.externalId, one.problem]))
    const [before, next] = [await known('im_fresh')(), await known('im_next')()]
    expect(next['PHONE']).toBe(before['PHONE'])
    expect(next['PHONE']).not.toBeNull()
    expect(next['DIGIT']).toBeNull()
    const other = warningFile({ 预警编号: 'PHONE', 联系电话: '19900001234', 致贫返贫因素: '因灾' })
    await checked(api.pool, 'im_other', other, { dryRun: true })
    expect((await known('im_other')())['PHONE']).toBeNull()
  })

  it('becomes a problem anew once the earlier one was cancelled or struck off, each time', async () => {
    const found = async () => (await look('im_fresh')).body.items[0]!
    const { key, problem: first } = await found()
    const body = { findings: [key], dueOn: '2022-06-20' }
    const seen = [first]
    const act = async (action: object) => {
      const { status, text } = await api.post(`/v1/obligations/${seen.at(-1)}/actions`, action)
      expect(status, text).toBe(200)
    }
    const over = [
      () => act({ action: 'cancel', reason: '登记错了' }),
      async () => {
        await act({ action: 'submit', result: { note: '已更正', noEvidence: 'on-site' } })
        await act({ action: 'accept' })
      },
    ]
    for (const end of over) {
      await end()
      expect((await found()).problem).toBeNull()
      const made = await raise(body)
      expect(made.status, made.text).toBe(201)
      const { problem } = made.body.items[0]!
      expect(seen).not.toContain(problem)
      seen.push(problem)
      expect((await raise(body)).body.items).toEqual(made.body.items)
      expect((await found()).problem).toBe(problem)
    }
  })

  it('that is none is refused with its place, and so is a day that is over', async () => {
    const unknown = await raise({ findings: ['row:2', 'row:999'], dueOn: '2022-06-20' })
    expect([unknown.status, unknown.body.errors?.map(({ pointer }) => pointer)]).toEqual([
      422,
      ['/body/findings/0', '/body/findings/1'],
    ])
    const { key } = (await look('im_fresh')).body.items.find(({ externalId }) => externalId === 'EMPTY')!
    expect((await raise({ findings: [key], dueOn: '2022-06-01' })).body.type).toBe(
      'urn:duban:problem:bad-day',
    )
    const good = { findings: [key], dueOn: '2022-06-20' }
    expect((await raise(good, auditor)).status).toBe(403)
    await addTestKey(api.pool, 'registers-alone', {
      permissions: ['obligations:read', 'obligations:register'],
    })
    expect((await raise(good, { token: 'registers-alone' })).status).toBe(403)
  })
})

it('of a file that claims nothing, what it lacks is no finding', async () => {
  await checked(api.pool, 'im_part', warningFile({ 预警编号: 'SAME' }), { dryRun: true })
  expect((await look('im_part')).body).toMatchObject({ comparable: true, items: [] })
  await applied(api.pool, 'im_part')
  expect((await look('im_part')).body).toMatchObject({ comparable: false, items: [] })
  const late = { findings: ['row:2'], dueOn: '2022-06-20' }
  const refused = await api.post<ProblemBody>('/v1/imports/im_part/consistency/problems', late, centre)
  expect([refused.status, refused.body.type]).toEqual([409, 'urn:duban:problem:not-while-applied'])
})

describe('a file that was checked some days ago', () => {
  const found = async () =>
    (await look('im_earlier')).body.items.map(({ externalId, label }) => `${externalId} ${label}`).sort()

  it('is held against the ledger as it is now', async () => {
    const numbers = ['BY-OTHER', 'STILL', 'ACCEPTED', 'CALLED-OFF'].map((预警编号) => ({
      预警编号,
      预警发布时间: '2022-05-20 09:00',
    }))
    await imported(api.pool, 'im_may', warningFile(...numbers))
    const [otherPhone, stillPhone] = numbers.map((cells) => ({ ...cells, 联系电话: '19900001234' }))
    const later = { 预警编号: 'later-new', 预警发布时间: '2022-05-20 10:00' }
    const [completeFrom, completeUntil] = ['2022-05-20', '2022-05-20'] as const
    const file = warningFile(otherPhone!, stillPhone!, later)
    await checked(api.pool, 'im_earlier', file, { dryRun: true, completeFrom, completeUntil })
    expect(await found()).toEqual([
      'ACCEPTED 不实',
      'BY-OTHER 不一致',
      'CALLED-OFF 不实',
      'STILL 不一致',
      'later-new 不全',
    ])

    await imported(api.pool, 'im_between', warningFile(otherPhone!, { ...later, 预警编号: 'LATER-NEW' }))
    await confirmed(api.pool, 'im_between')
    const of = async (number: string) =>
      (await row<{ id: string }>(api.pool, 'select id from obligations where external_id = $1', [number]))!.id
    const act = (id: string, body: object) => api.post(`/v1/obligations/${id}/actions`, body)
    const accepted = await of('ACCEPTED')
    await act(accepted, { action: 'submit', result: { outcome: 'ineligible' } })
    expect((await act(accepted, { action: 'accept' })).status).toBe(200)
    const cancelled = await act(await of('CALLED-OFF'), { action: 'cancel', reason: '平台重复推送' })
    expect(cancelled.status, cancelled.text).toBe(200)
    expect(await found()).toEqual(['STILL 不一致'])
  })
})

describe('a file that somebody is just registering', () => {
  it('is waited for, and no problem is made of what differs no longer', async () => {
    const { items } = (await look('im_fresh', centre)).body
    const finding = items.find(({ office, problem }) => office !== null && problem === null)!
    const problems = () => rows(api.pool, 'select from problems')
    const before = (await problems()).length
    const registering = await api.pool.connect()
    try {
      await registering.query('begin')
      await registering.query(`update imports set state = 'applying' where id = 'im_fresh'`)
      const raising = raise({ findings: [finding.key], dueOn: '2022-06-30' })
      const waits = `select from pg_stat_activity where wait_event_type = 'Lock' and query like '%from imports%' and datname = current_database()`
      await expect.poll(async () => (await rows(api.pool, waits)).length).toBe(1)
      await registering.query('commit')
      const { status, body } = await raising
      expect([status, body.type]).toEqual([409, 'urn:duban:problem:not-while-applying'])
    } finally {
      registering.release(true)
      await api.pool.query(`update imports set state = 'validated' where id = 'im_fresh'`)
    }
    expect(await problems()).toHaveLength(before)
  })
})

describe('a list of what the platform withdrew', () => {
  it('differs where the ledger still has it in hand, begun or not, and nowhere else', async () => {
    const numbers = ['NOT-BEGUN', 'BEGUN', 'FINISHED'].map((预警编号) => ({ 预警编号 }))
    await imported(api.pool, 'im_listed', warningFile(...numbers))
    const of = async (number: string) =>
      (await row<{ id: string }>(api.pool, 'select id from obligations where external_id = $1', [number]))!.id
    const act = async (id: string, body: object) =>
      expect((await api.post(`/v1/obligations/${id}/actions`, body)).status).toBe(200)
    const begun = await of('BEGUN')
    for (const id of [begun, await of('FINISHED')])
      await act(id, { action: 'submit', result: { outcome: 'ineligible' } })
    await act(await of('FINISHED'), { action: 'accept' })
    const list = ['预警编号', 'NOT-BEGUN', 'begun', 'FINISHED', 'UNHEARD-OF', ''].join('\n')
    await checked(api.pool, 'im_withdrawn', list, { kind: 'withdrawals', dryRun: true })
    const { items } = (await look('im_withdrawn')).body
    expect(items.map(({ externalId, label, office }) => [externalId, label, office?.name])).toEqual([
      ['NOT-BEGUN', '更新不及时', '毛坝镇'],
      ['BEGUN', '更新不及时', '毛坝镇'],
    ])
    expect(items[1]).toMatchObject({ obligation: begun, what: '平台已撤回,台账还在办' })
  })
})
