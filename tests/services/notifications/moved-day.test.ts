import { afterAll, beforeAll, describe, expect, it, test } from 'vitest'
import { makeInlineEngine } from '../../../src/demo/inline-engine.ts'
import type { ActionInput } from '../../../src/domain/obligation/lifecycle.ts'
import { type Day, instantAt } from '../../../src/domain/time/days.ts'
import type { Actor } from '../../../src/domain/people/permissions.ts'
import { inTransaction, type Pool, row } from '../../../src/db/pool.ts'
import { lateItems } from '../../../src/services/deadlines/late-items.ts'
import { openItems } from '../../../src/services/deadlines/store.ts'
import { changeCalendar } from '../../../src/services/recounts/change-calendar.ts'
import { rebase } from '../../../src/services/recounts/rebase.ts'
import { now as businessNow } from '../../../src/services/schedule/clock.ts'
import { addPolicy, currentPolicy, policyById } from '../../../src/services/schedule/policies.ts'
import { actorWith, CENTRE, COUNTY, heldRole, TOWN } from '../../support/actors.ts'
import { createCounty } from '../../support/county.ts'
import { personWith } from '../../support/scoped.ts'
import { givenWarning, when } from '../../support/warnings.ts'
import { makeWorkerDeps } from '../../support/worker-deps.ts'

const LEADER = actorWith(heldRole('bureau-leader', COUNTY))
const CENTRE_HEAD = actorWith(heldRole('relief-centre', CENTRE))
const OFFICER = { ...actorWith(heldRole('town-officer', TOWN)), id: 'pe_officer' }
/** Long after everything here was due. */
const LATER = instantAt('2022-09-01', '09:00')

let database: Awaited<ReturnType<typeof createCounty>>
let pool: Pool
let engine: ReturnType<typeof makeInlineEngine>
beforeAll(async () => {
  database = await createCounty(instantAt('2022-06-06', '09:00'))
  pool = database.pool
  const deps = makeWorkerDeps(pool, 'smtp://127.0.0.1:9')
  engine = makeInlineEngine({ ...deps, letters: { ...deps.letters, archive: true } })
})
afterAll(() => database.drop())

/** Acts one after the other, each on its day. */
async function given(id: string, ...acts: [Day, ActionInput, Actor][]): Promise<void> {
  await givenWarning(pool, { id, level: 'orange' })
  for (const [day, action, actor] of acts) {
    await engine.advanceTo(instantAt(day, '10:00'))
    await when(pool, id, action, actor)
  }
}

async function lettersSay(id: string, office = TOWN) {
  const late = (await lateItems(pool, [office], LATER, 50)).find(({ externalId }) => externalId === id)
  const held = await row<{ deadline: string }>(
    pool,
    `select a.deadline from assignments a join obligations o on o.id = a.obligation
      where o.external_id = $1 and a.ended_at is null and a.stage = o.stage`,
    [id],
  )
  const open = (await openItems(pool, [held!.deadline], 50)).get(held!.deadline)!
  const listed = open.items.find(({ externalId }) => externalId === id)!
  const { movedFrom, movedBy } = listed
  // A list of what is late says the same as a line.
  expect(late).toMatchObject({ movedFrom, movedBy })
  return { movedFrom, movedBy }
}

const suspend = (until: Day): ActionInput => ({
  ...{ action: 'suspend', reasonCode: 'waiting-for-department', reason: '等待答复', until },
})
const ask = (days: number): ActionInput => ({ action: 'request-extension', days, reason: '雨天路断' })
const REFUSE: ActionInput = { action: 'refuse-extension', reason: '理由不足' }

test('what was never moved says nothing', async () => {
  await given('STAYS')
  expect(await lettersSay('STAYS')).toEqual({ movedFrom: null, movedBy: [] })
})

test('a request and what was granted say their working days, and no word of anybody', async () => {
  await given('MORE', ['2022-06-07', ask(2), OFFICER])
  // An orange warning of the 6th was due on the 13th.
  expect(await lettersSay('MORE')).toEqual({
    movedFrom: '2022-06-13',
    movedBy: [{ code: 'asked', workingDays: 2 }],
  })
  await when(pool, 'MORE', { action: 'grant-extension' }, CENTRE_HEAD)
  const said = await lettersSay('MORE')
  expect(said).toEqual({ movedFrom: '2022-06-13', movedBy: [{ code: 'extension', workingDays: 2 }] })
  expect(JSON.stringify(said)).not.toContain('雨天')
})

test('a pause says why and when it ended, and what else moved the day stands beside it', async () => {
  await given(
    'PAUSED',
    ['2022-06-08', suspend('2022-06-17'), CENTRE_HEAD],
    [...(['2022-06-14', { action: 'resume' }, CENTRE_HEAD] as const)],
  )
  const pause = { code: 'pause', reason: 'waiting-for-department', resumedOn: '2022-06-14' }
  const { movedFrom, movedBy } = await lettersSay('PAUSED')
  expect({ movedFrom, movedBy }).toMatchObject({ movedBy: [pause] })
  await when(pool, 'PAUSED', ask(2), OFFICER)
  await when(pool, 'PAUSED', { action: 'grant-extension' }, LEADER)
  expect(await lettersSay('PAUSED')).toEqual({
    movedFrom,
    movedBy: [pause, { code: 'extension', workingDays: 2 }],
  })
})

const change = (offices: string[], plan: 'off' | 'reset', from: Day, to: Day) =>
  inTransaction(pool, async (tx) =>
    changeCalendar(
      tx,
      {
        scope: { below: false, offices },
        spans: [{ from, to, plan, name: '汛情' }],
        source: '县防指〔2022〕8号',
      },
      { county: COUNTY, actor: 'test', now: await businessNow(tx) },
    ),
  )

test('a change of the calendar says so, and the first day is that of before', async () => {
  await given('RECOUNTED')
  const { movedFrom: none } = await lettersSay('RECOUNTED')
  expect(none).toBeNull()
  await change([TOWN], 'off', '2022-06-16', '2022-06-17')
  expect(await lettersSay('RECOUNTED')).toEqual({ movedFrom: '2022-06-21', movedBy: [{ code: 'calendar' }] })
  expect((await lettersSay('PAUSED')).movedBy).toContainEqual({ code: 'calendar' })
})

test('a change of the calendar that was taken back is no reason beside another', async () => {
  await given('UNDONE')
  const { movedFrom: none } = await lettersSay('UNDONE')
  expect(none).toBeNull()
  await change([TOWN], 'off', '2022-06-22', '2022-06-22')
  expect(await lettersSay('UNDONE')).toEqual({ movedFrom: '2022-06-23', movedBy: [{ code: 'calendar' }] })
  await change([TOWN], 'reset', '2022-06-22', '2022-06-22')
  expect(await lettersSay('UNDONE')).toEqual({ movedFrom: null, movedBy: [] })
  await when(pool, 'UNDONE', ask(2), OFFICER)
  expect(await lettersSay('UNDONE')).toEqual({
    movedFrom: '2022-06-23',
    movedBy: [{ code: 'asked', workingDays: 2 }],
  })
})

describe('a hand-over', () => {
  const other = `${COUNTY}.donghe`
  const handOver = async (id: string) => {
    const of = async (office: string) => ({
      ...actorWith(heldRole('town-officer', office)),
      id: await personWith(pool, 'town-officer', office),
    })
    const offer: ActionInput = { action: 'offer-hand-over', toOffice: other, reason: '户籍在洞河镇' }
    await when(pool, id, offer, await of(TOWN))
    await when(pool, id, { action: 'accept-hand-over' }, await of(other))
  }

  it('to an office with the same day says nothing', async () => {
    await given('HANDED')
    await handOver('HANDED')
    expect(await lettersSay('HANDED', other)).toEqual({ movedFrom: null, movedBy: [] })
  })

  it('is no reason where something else moved the day, and it stayed as it was in the other office', async () => {
    await given('BOTH', ['2022-06-14', ask(2), OFFICER])
    await when(pool, 'BOTH', { action: 'grant-extension' }, CENTRE_HEAD)
    await handOver('BOTH')
    expect(await lettersSay('BOTH', other)).toEqual({
      movedFrom: '2022-06-23',
      movedBy: [{ code: 'extension', workingDays: 2 }],
    })
  })

  it('to an office with other days says that its day was counted anew', async () => {
    await change([other], 'off', '2022-06-23', '2022-06-23')
    await given('ELSEWHERE')
    await handOver('ELSEWHERE')
    expect(await lettersSay('ELSEWHERE', other)).toEqual({
      movedFrom: '2022-06-23',
      movedBy: [{ code: 'hand-over' }],
    })
  })
})

test('an answer that came late says that it was waited for, refused though it was', async () => {
  await given('WAITED', ['2022-06-14', ask(3), OFFICER], ['2022-06-27', REFUSE, CENTRE_HEAD])
  expect(await lettersSay('WAITED')).toMatchObject({ movedFrom: '2022-06-23', movedBy: [{ code: 'waited' }] })
})

test('other rules say so', async () => {
  await given('RULED')
  const { rules, ...policy } = await currentPolicy(pool, COUNTY)
  const longer = rules.map((rule) =>
    rule.code === 'warning-orange' ? { ...rule, limit: { workingDays: 7 } } : rule,
  )
  await inTransaction(pool, async (tx) => {
    const now = await businessNow(tx)
    const by = { author: 'pe_me', reason: '县政府会议纪要', validFrom: null }
    const id = await addPolicy(tx, COUNTY, { ...policy, rules: longer }, now, by)
    await rebase(tx, await policyById(tx, id), {
      county: COUNTY,
      actor: 'pe_me',
      now,
      why: '规则改按第 2 版',
    })
  })
  expect(await lettersSay('RULED')).toEqual({ movedFrom: '2022-07-04', movedBy: [{ code: 'policy' }] })
})
