import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { inTransaction, row, rows } from '../../../src/db/pool.ts'
import { type Day, instantAt } from '../../../src/domain/time/days.ts'
import { changesOf } from '../../../src/services/imports/changes-store.ts'
import { dueMovesOf } from '../../../src/services/imports/due-moves.ts'
import { changeCalendar } from '../../../src/services/recounts/change-calendar.ts'
import { rebase } from '../../../src/services/recounts/rebase.ts'
import { now as businessNow, setClock } from '../../../src/services/schedule/clock.ts'
import { addPolicy, currentPolicy, policyById } from '../../../src/services/schedule/policies.ts'
import { actorWith, heldRole, TOWN } from '../../support/actors.ts'
import { COUNTY, createCounty } from '../../support/county.ts'
import type { TestDatabase } from '../../support/database.ts'
import { wrongHolders } from '../../support/holders.ts'
import { type Cells, checked, confirmed, imported, undone, warningFile } from '../../support/warning-file.ts'
import { when } from '../../support/warnings.ts'

const LEADER = actorWith(heldRole('bureau-leader', COUNTY))
let database: TestDatabase
beforeAll(async () => {
  database = await createCounty(instantAt('2022-06-06', '10:00'))
})
beforeEach(async () => {
  await database.pool.query('delete from office_days')
  await goTo('2022-06-06')
})
afterAll(async () => {
  expect(await wrongHolders(database.pool)).toEqual([])
  await database.drop()
})

let nth = 0
const goTo = (day: Day) => setClock(database.pool, { mode: 'stepped', businessAt: instantAt(day, '10:00') })
/** Orange, issued on 6 June and due on the 13th, unless cells say otherwise; `again` brings it with other cells. */
const given = async (cells: Cells = {}) => {
  const number = `RR${++nth}`
  const base = { 预警编号: number, 预警等级: '橙色', ...cells }
  await imported(database.pool, `im_r${nth}`, warningFile(base))
  const id = `im_r${nth}b`
  return { number, id, again: (more: Cells) => warningFile({ ...base, ...more }) }
}
const RED = { 预警等级: '红色' }
const days = (number: string) =>
  row(
    database.pool,
    `select o.level, o.due_on as "dueOn", o.holder_due_on as "holderDueOn", o.start_on as "startOn", o.ended_late as late
       from obligations o where o.external_id = $1`,
    [number],
  )
const told = async (id: string) =>
  (
    await rows<{ detail: string }>(
      database.pool,
      'select distinct detail from notifications where cause like $1',
      [`change/${id}%`],
    )
  ).map(({ detail }) => detail)
const moves = async (id: string) => {
  const now = await businessNow(database.pool)
  const found = await changesOf(database.pool, id, { afterRow: 0, limit: 10 })
  return [...(await dueMovesOf(database.pool, { county: COUNTY, now }, found)).values()]
}

test('a level raised under the old issue never gives a later day than the household had', async () => {
  const { number, id, again } = await given()
  // Three working days after the 9th would end on the 14th.
  await goTo('2022-06-09')
  await imported(database.pool, id, again(RED))
  expect(await days(number)).toMatchObject({ level: 'red', dueOn: '2022-06-13', holderDueOn: '2022-06-13' })
  expect(await told(id)).toEqual([`预警 ${number} 升级为红色预警,仍在6月13日到期。`])
  expect(await moves(id)).toEqual([{ from: '2022-06-13', to: '2022-06-13' }])
})

test('neither does one raised by a new issue', async () => {
  const { number, id, again } = await given()
  await goTo('2022-06-10')
  await imported(database.pool, id, again({ ...RED, 预警发布时间: '2022-06-10 09:00' }))
  expect(await days(number)).toMatchObject({ level: 'red', dueOn: '2022-06-13', startOn: '2022-06-06' })
})

test('where the new count ends earlier it holds, and the day before the raise comes back with an undo', async () => {
  const { number, id, again } = await given({ 预警等级: '黄色' })
  const before = await days(number)
  await imported(database.pool, id, again(RED))
  expect(await days(number)).toMatchObject({ dueOn: '2022-06-09' })
  expect(await moves(id)).toEqual([{ from: '2022-06-20', to: '2022-06-09' }])
  await undone(database.pool, id)
  expect(await days(number)).toEqual(before)
})

test('a day that was kept is there again after an undo, with what it had before', async () => {
  const { number, id, again } = await given()
  const before = await days(number)
  await goTo('2022-06-09')
  await imported(database.pool, id, again(RED))
  expect((await undone(database.pool, id)).undone).toMatchObject({ restored: 1, left: [] })
  expect(await days(number)).toEqual(before)
})

test('who is late already is not excused by a raise, and late no more than before', async () => {
  const { number, id, again } = await given()
  await goTo('2022-06-15')
  await imported(database.pool, id, again(RED))
  expect(await days(number)).toMatchObject({ level: 'red', dueOn: '2022-06-13', holderDueOn: '2022-06-13' })
})

test('a calendar that changes later moves a kept day as if nothing had been raised', async () => {
  const plain = await given()
  const raised = await given()
  await goTo('2022-06-09')
  await imported(database.pool, raised.id, raised.again(RED))
  const flood = {
    scope: { below: false, offices: [TOWN] },
    spans: [{ from: '2022-06-07', to: '2022-06-08', plan: 'off' as const, name: '汛情' }],
    source: '县防指〔2022〕8号',
  }
  await inTransaction(database.pool, async (tx) =>
    changeCalendar(tx, flood, { county: COUNTY, actor: 'pe_me', now: await businessNow(tx) }),
  )
  expect(await days(plain.number)).toMatchObject({ dueOn: '2022-06-15' })
  expect(await days(raised.number)).toMatchObject({ dueOn: '2022-06-15', holderDueOn: '2022-06-15' })
})

test('a version of the rules with the same limits leaves a kept day where it is', async () => {
  const { number, id, again } = await given()
  await goTo('2022-06-09')
  await imported(database.pool, id, again(RED))
  const now = await businessNow(database.pool)
  const by = { author: 'pe_me', reason: '县政府会议纪要', validFrom: null }
  const next = await addPolicy(database.pool, COUNTY, await currentPolicy(database.pool, COUNTY), now, by)
  const policy = await policyById(database.pool, next)
  await inTransaction(database.pool, (tx) =>
    rebase(tx, policy, { county: COUNTY, actor: 'pe_me', now, why: '规则改按新版' }),
  )
  expect(await days(number)).toMatchObject({ dueOn: '2022-06-13', holderDueOn: '2022-06-13' })
})

test('what was paused and granted before moves a kept day, and so does a pause after it', async () => {
  const { number, id, again } = await given()
  const suspend = (until: Day) =>
    when(database.pool, number, { action: 'suspend', reasonCode: 'disaster', reason: '汛情', until }, LEADER)
  const resume = () => when(database.pool, number, { action: 'resume' }, LEADER)
  await goTo('2022-06-07')
  await suspend('2022-06-08')
  await goTo('2022-06-08')
  await resume()
  expect(await days(number)).toMatchObject({ dueOn: '2022-06-14' })
  await goTo('2022-06-10')
  await imported(database.pool, id, again(RED))
  expect(await days(number)).toMatchObject({ dueOn: '2022-06-14' })
  await suspend('2022-06-13')
  await goTo('2022-06-13')
  await resume()
  expect(await days(number)).toMatchObject({ level: 'red', dueOn: '2022-06-15', holderDueOn: '2022-06-15' })
})

test('another town counts from the day it is handed over, raised or not: it could not begin before', async () => {
  const { number, id, again } = await given()
  await goTo('2022-06-10')
  await checked(database.pool, id, again({ ...RED, 乡镇: '洞河镇' }), { dryRun: true })
  // What happens by itself is shown first.
  expect(await moves(id)).toEqual([{ from: '2022-06-13', to: '2022-06-13' }])
  await confirmed(database.pool, id)
  expect(await days(number)).toMatchObject({ level: 'red', dueOn: '2022-06-15' })
})
