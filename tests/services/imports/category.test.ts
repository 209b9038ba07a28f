import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { inTransaction, row, rows } from '../../../src/db/pool.ts'
import { policyFile, readPolicyFile } from '../../../src/domain/escalation/policy-file.ts'
import type { Rule } from '../../../src/domain/escalation/policy.ts'
import { type Day, instantAt } from '../../../src/domain/time/days.ts'
import { KIND_LABELS } from '../../../src/kinds/kinds.ts'
import { changesOf } from '../../../src/services/imports/changes-store.ts'
import { dueMovesOf } from '../../../src/services/imports/due-moves.ts'
import { previewUndo } from '../../../src/services/imports/preview-undo.ts'
import { previewRebase, rebase } from '../../../src/services/recounts/rebase.ts'
import { now as businessNow, setClock } from '../../../src/services/schedule/clock.ts'
import { addPolicy, currentPolicy, policyById } from '../../../src/services/schedule/policies.ts'
import { actorWith, heldRole } from '../../support/actors.ts'
import { COUNTY, createCounty } from '../../support/county.ts'
import type { TestDatabase } from '../../support/database.ts'
import { wrongHolders } from '../../support/holders.ts'
import { type Cells, checked, confirmed, imported, undone, warningFile } from '../../support/warning-file.ts'
import { when } from '../../support/warnings.ts'

// June 2022: the 6th is a Monday, no holiday follows until the 13th. Red has three working days, orange five; of 脱贫不稳定人口 red has two.
const LEADER = actorWith(heldRole('bureau-leader', COUNTY))
const UNSTABLE = { 重点人群类别: '脱贫不稳定人口' }
const RED = { 预警等级: '红色' }
let database: TestDatabase
beforeAll(async () => {
  database = await createCounty(instantAt('2022-06-06', '10:00'))
})
beforeEach(async () => {
  await database.pool.query('truncate obligations, deadlines, due_changes, pokes cascade')
  await database.pool.query('delete from policies where version > 1')
  await goTo('2022-06-06')
})
afterAll(async () => {
  expect(await wrongHolders(database.pool)).toEqual([])
  await database.drop()
})

let nth = 0
const goTo = (day: Day) => setClock(database.pool, { mode: 'stepped', businessAt: instantAt(day, '10:00') })
const unstable = (rule: Rule): Rule[] =>
  rule.code === 'warning-red'
    ? [rule, { ...rule, code: 'urgent', groups: ['unstable-exit'], limit: { workingDays: 2 } }]
    : [rule]
/** The next version of the rules, in which a changed group waits for a word. */
async function asks(field: 'group') {
  const now = await businessNow(database.pool)
  const policy = await currentPolicy(database.pool, COUNTY)
  const changes = { ...policy.changes, [field]: 'ask' as const }
  await addPolicy(database.pool, COUNTY, { ...policy, changes }, now)
}
const without = (rule: Rule): Rule[] => (rule.groups ? [] : [rule])
/** The next version of the rules; in it, unless told otherwise, red warnings of one key group have two working days. */
async function publish(change: (rule: Rule) => Rule[] = unstable) {
  const now = await businessNow(database.pool)
  const { rules, ...policy } = await currentPolicy(database.pool, COUNTY)
  const file = policyFile({ ...policy, rules: rules.flatMap(change) })
  const by = { author: 'pe_me', reason: '县政府会议纪要', validFrom: null }
  const id = await addPolicy(database.pool, COUNTY, readPolicyFile(file, KIND_LABELS, '规则.yaml'), now, by)
  return policyById(database.pool, id)
}
const given = async (cells: Cells = {}) => {
  const number = `RC${++nth}`
  const base = { 预警编号: number, ...RED, ...cells }
  await imported(database.pool, `im_c${nth}`, warningFile(base))
  return { number, id: `im_c${nth}b`, again: (more: Cells) => warningFile({ ...base, ...more }) }
}
/** Warnings like one, whose assignments come before all others. */
async function manyLike(number: string, count: number) {
  await database.pool.query(
    `insert into obligations select (jsonb_populate_record(o, jsonb_build_object('id', 'ob_0' || n, 'external_id', 'M' || n, 'key', null))).*
       from obligations o, generate_series(1, $2::int) n where o.external_id = $1`,
    [number, count],
  )
  await database.pool.query(
    `insert into assignments select (jsonb_populate_record(a, jsonb_build_object('id', 'as_0' || n, 'obligation', 'ob_0' || n))).*
       from assignments a join obligations o on o.id = a.obligation, generate_series(1, $2::int) n where o.external_id = $1`,
    [number, count],
  )
}
const stateOf = (number: string) =>
  row<{ dueOn: Day; holderDueOn: Day; rule: string; label: string }>(
    database.pool,
    `select o.due_on as "dueOn", o.holder_due_on as "holderDueOn", d.rule, d.label from obligations o
       left join assignments a on a.obligation = o.id and a.ended_at is null and a.stage = o.stage
       left join deadlines d on d.id = a.deadline where o.external_id = $1`,
    [number],
  )
const told = async (id: string) =>
  rows<{ detail: string; urgent: boolean }>(
    database.pool,
    'select distinct detail, urgent from notifications where cause like $1',
    [`change/${id}%`],
  )
const peopleTold = async (cause: string) =>
  (await rows(database.pool, 'select distinct person from notifications where cause like $1', [`${cause}%`]))
    .length
const moves = async (id: string) => {
  const now = await businessNow(database.pool)
  const found = await changesOf(database.pool, id, { afterRow: 0, limit: 10 })
  return [...(await dueMovesOf(database.pool, { county: COUNTY, now }, found)).values()]
}
const GENERAL = { dueOn: '2022-06-09', holderDueOn: '2022-06-09', rule: 'warning-red', label: '红色预警核查' }
const OWN = {
  ...{ dueOn: '2022-06-08', holderDueOn: '2022-06-08', rule: 'urgent' },
  label: '红色预警核查(脱贫不稳定人口)',
}

test('a file is forecast and registered by level and category', async () => {
  await publish()
  const found = await checked(
    database.pool,
    'im_both',
    warningFile({ 预警编号: 'B1', ...RED }, { 预警编号: 'B2', ...RED, ...UNSTABLE }),
    { dryRun: true },
  )
  expect(found.forecast?.byDueOn).toEqual({ '2022-06-08': 1, '2022-06-09': 1 })
  const plain = await given()
  const unstable = await given(UNSTABLE)
  const orange = await given({ 预警等级: '橙色', ...UNSTABLE })
  expect(await stateOf(plain.number)).toEqual(GENERAL)
  expect(await stateOf(unstable.number)).toEqual(OWN)
  expect(await stateOf(orange.number)).toMatchObject({ dueOn: '2022-06-13', rule: 'warning-orange' })
})

test('open work goes under the rule of its category by a rebase, as the dry run said', async () => {
  const plain = await given()
  const unstable = await given(UNSTABLE)
  expect(await stateOf(unstable.number)).toEqual(GENERAL)
  const policy = await publish()
  const now = await businessNow(database.pool)
  const foreseen = await previewRebase(database.pool, policy, { county: COUNTY, now })
  expect(foreseen.total).toMatchObject({ open: 2, earlier: 1, later: 0 })
  expect(foreseen.rows.map(({ work }) => work.name)).toEqual([unstable.number])
  const order = { county: COUNTY, actor: 'pe_me', now, why: '规则改按第 2 版' }
  const done = await inTransaction(database.pool, (tx) => rebase(tx, policy, order))
  expect(done.total).toEqual(foreseen.total)
  expect(await stateOf(plain.number)).toEqual(GENERAL)
  expect(await stateOf(unstable.number)).toEqual(OWN)
})

test('a dry run shows what it counts, however much work of other categories has the same day', async () => {
  const plain = await given()
  const { number } = await given(UNSTABLE)
  await manyLike(plain.number, 1100)
  const foreseen = await previewRebase(database.pool, await publish(), {
    ...{ county: COUNTY, now: await businessNow(database.pool) },
  })
  expect(foreseen.total).toMatchObject({ open: 1102, earlier: 1 })
  expect(foreseen.rows.map(({ work }) => work.name)).toEqual([number])
})

test('a corrected group with fewer days counts anew, is told at once, and comes back with an undo', async () => {
  await publish()
  const { number, id, again } = await given()
  await checked(database.pool, id, again(UNSTABLE), { dryRun: true })
  expect(await moves(id)).toEqual([{ from: '2022-06-09', to: '2022-06-08' }])
  await imported(database.pool, `${id}2`, again(UNSTABLE))
  expect(await stateOf(number)).toEqual(OWN)
  expect(await told(`${id}2`)).toEqual([
    { detail: `预警 ${number} 按平台更正,限时改为6月8日。`, urgent: true },
  ])
  expect(await moves(`${id}2`)).toEqual([{ from: '2022-06-09', to: '2022-06-08' }])
  const foretold = await previewUndo(database.pool, { id: `${id}2`, county: COUNTY })
  expect((await undone(database.pool, `${id}2`)).undone).toMatchObject({ restored: 1, left: [] })
  expect(await stateOf(number)).toEqual(GENERAL)
  expect(foretold.told).toBe(await peopleTold(`restore/${id}2`))
  expect(foretold.told).toBeGreaterThan(0)
})

test('who holds what kept its day hears nothing of an undo, and the preview counts nobody', async () => {
  await publish()
  const { id, again } = await given(UNSTABLE)
  await imported(database.pool, id, again({ 重点人群类别: '边缘易致贫人口' }))
  const { told } = await previewUndo(database.pool, { id, county: COUNTY })
  await undone(database.pool, id)
  expect([told, await peopleTold(`restore/${id}`)]).toEqual([0, 0])
})

test('an undo gives the day back after the rules have ceased to tell the group apart', async () => {
  await publish()
  const { number, id, again } = await given()
  await imported(database.pool, id, again(UNSTABLE))
  expect(await stateOf(number)).toEqual(OWN)
  await publish(without)
  expect((await undone(database.pool, id)).undone).toMatchObject({ restored: 1, left: [] })
  expect(await stateOf(number)).toEqual(GENERAL)
})

test('an undo of two steps gives the first day back where the second kept the day', async () => {
  await publish()
  // The level is raised by itself; somebody confirms the group when two working days would end later.
  const { number, id, again } = await given({ 预警等级: '黄色' })
  const before = await stateOf(number)
  await asks('group')
  await imported(database.pool, id, again({ ...RED, ...UNSTABLE }))
  expect(await stateOf(number)).toEqual(GENERAL)
  await goTo('2022-06-08')
  await confirmed(database.pool, id)
  expect(await stateOf(number)).toMatchObject({ dueOn: '2022-06-09', rule: 'urgent' })
  expect(await moves(id)).toEqual([{ from: before?.dueOn, to: '2022-06-09' }])
  expect((await undone(database.pool, id)).undone).toMatchObject({ restored: 1, left: [] })
  expect(await stateOf(number)).toEqual(before)
})

test('a group that another file has changed since keeps the day of its step, and the undo says so', async () => {
  const both = (rule: Rule): Rule =>
    rule.groups ? { ...rule, groups: ['unstable-exit', 'near-poor'] } : rule
  await publish((rule) => unstable(rule).map(both))
  const { number, id, again } = await given({ 预警等级: '黄色' })
  await asks('group')
  await imported(database.pool, id, again({ ...RED, ...UNSTABLE }))
  await goTo('2022-06-08')
  await confirmed(database.pool, id)
  await imported(database.pool, `${id}2`, again({ ...RED, 重点人群类别: '边缘易致贫人口' }))
  await confirmed(database.pool, `${id}2`)
  const { left = [] } = (await undone(database.pool, id)).undone!
  expect(left.map(({ message }) => message)).toEqual([
    '重点人群类别没有复原,此后又更改过;预警等级已复原,限时没有随着复原,此后又重新算过;请打开这件事项核对限时。',
  ])
  expect(await stateOf(number)).toMatchObject({
    dueOn: '2022-06-09',
    holderDueOn: '2022-06-09',
    rule: 'warning-yellow',
  })
})

test('one that comes late never gives a later day, and one with more days keeps the day', async () => {
  await publish()
  const late = await given()
  const eased = await given(UNSTABLE)
  // Two working days after the 8th would end on the 10th.
  await goTo('2022-06-08')
  await imported(database.pool, late.id, late.again(UNSTABLE))
  expect(await stateOf(late.number)).toMatchObject({ dueOn: '2022-06-09', rule: 'urgent' })
  await imported(database.pool, eased.id, eased.again({ 重点人群类别: '边缘易致贫人口' }))
  expect(await stateOf(eased.number)).toMatchObject({ dueOn: '2022-06-08', rule: 'warning-red' })
})

test('one that comes during a pause counts from its end', async () => {
  await publish()
  const { number, id, again } = await given()
  await when(
    database.pool,
    number,
    { action: 'suspend', reasonCode: 'disaster', reason: '汛情', until: '2022-06-08' },
    LEADER,
  )
  await imported(database.pool, id, again(UNSTABLE))
  await goTo('2022-06-07')
  await when(database.pool, number, { action: 'resume' }, LEADER)
  // The pause of one day had moved the 9th to the 10th; two working days after the 7th end on the 9th.
  expect(await stateOf(number)).toMatchObject({ dueOn: '2022-06-09', rule: 'urgent' })
})

test('rules without a category make nothing of a corrected group', async () => {
  const { number, id, again } = await given()
  await imported(database.pool, id, again(UNSTABLE))
  expect(await stateOf(number)).toEqual(GENERAL)
  expect([await told(id), await moves(id)]).toEqual([[], []])
})
