import { afterAll, beforeAll, expect, test } from 'vitest'
import { inTransaction, row, rows } from '../../../src/db/pool.ts'
import { compareWithLedger } from '../../../src/services/imports/compare-rows.ts'
import { changesOf, decideChanges } from '../../../src/services/imports/changes-store.ts'
import { importErrors } from '../../../src/services/imports/staging.ts'
import { candidatesByKey } from '../../../src/services/imports/withdrawals-store.ts'
import { importById } from '../../../src/services/imports/store.ts'
import { decryptPerson, lookUpIndexes } from '../../../src/services/vault/encryption.ts'
import { runAction } from '../../../src/services/obligations/act.ts'
import { changeRulesOf } from '../../../src/domain/obligation/change-rules.ts'
import { warningKey } from '../../../src/domain/obligation/warning-key.ts'
import { systemActor } from '../../../src/domain/obligation/system-actor.ts'
import { setClock } from '../../../src/services/schedule/clock.ts'
import { instantAt } from '../../../src/domain/time/days.ts'
import { actorWith, heldRole } from '../../support/actors.ts'
import { COUNTY, createCounty, TOWN } from '../../support/county.ts'
import type { TestDatabase } from '../../support/database.ts'
import { personWith } from '../../support/scoped.ts'
import { applied, type Cells, checked, confirmed, imported, warningFile } from '../../support/warning-file.ts'
import { when } from '../../support/warnings.ts'
import { keys } from '../../support/worker-deps.ts'

const NOW = instantAt('2022-06-08', '10:00')
let database: TestDatabase
beforeAll(async () => {
  database = await createCounty(NOW)
})
afterAll(() => database.drop())

let nth = 0
/** A number of its own, registered as the defaults have it; the import that brings it again with other cells. */
const given = async (cells: Cells = {}) => {
  const number = `GG${++nth}`
  await imported(database.pool, `im_first${nth}`, warningFile({ 预警编号: number, ...cells }))
  const again = (more: Cells) => warningFile({ 预警编号: number, ...cells, ...more })
  return { number, id: `im_again${nth}`, again }
}
const ledger = async (number: string) =>
  (await row<{
    id: string
    level: string
    office: string
    holder: string
    dueOn: string
    holderDueOn: string
    cause: string
    state: string
    version: number
    title: string
  }>(
    database.pool,
    `select id, level, office, holder_office as holder, due_on::text as "dueOn", holder_due_on::text as "holderDueOn", cause, state,
            version, title from obligations where external_id = $1 order by created_at desc, id desc limit 1`,
    [number],
  ))!
const personOf = async (number: string) => {
  const found = await row<{ id: string; encrypted: Buffer; keyId: string }>(
    database.pool,
    `select o.id, s.encrypted, s.key_id as "keyId" from obligations o join subjects s on s.obligation = o.id where external_id = $1`,
    [number],
  )
  return decryptPerson(keys, found!.id, found!.encrypted, found!.keyId)
}
const fieldsOf = async (id: string) =>
  (await changesOf(database.pool, id, { afterRow: 0, limit: 100 })).flatMap((c) =>
    c.fields.map((f) => `${c.state} ${f.field} ${f.happens}`),
  )
const told = async (cause: string) =>
  rows<{ detail: string; urgent: boolean; person: string; office: string }>(
    database.pool,
    `select n.detail, n.urgent, n.person, r.office from notifications n join person_roles r on r.person = n.person
      where n.cause like $1 order by n.detail, r.office`,
    [`${cause}%`],
  )

test('a raised level is written by itself, counts from the new issue, and whoever holds it is told at once', async () => {
  const { number, id, again } = await given()
  const old = await ledger(number)
  const done = await imported(
    database.pool,
    id,
    again({ 预警等级: '红色', 预警发布时间: '2022-06-08 09:00' }),
  )
  expect(done).toMatchObject({ rows: 1, accepted: 0, changed: 1, registered: 0, refused: 0 })
  const now = await ledger(number)
  // Three working days after 8 June.
  expect(now).toMatchObject({
    level: 'red',
    dueOn: '2022-06-13',
    holderDueOn: '2022-06-13',
    title: '因病红色预警核查',
  })
  expect(now.version).toBe(old.version + 1)
  expect(await fieldsOf(id)).toEqual(['applied level applied', 'applied issued applied'])
  const lines = await told(`change/${id}`)
  expect(lines.length).toBeGreaterThan(0)
  expect(new Set(lines.map((l) => `${l.office} ${l.urgent} ${l.detail}`))).toEqual(
    new Set([`${COUNTY}.maoba true 预警 ${number} 升级为红色预警,限时改为6月13日。`]),
  )
})

test('a raised level leaves the moments that fired as they are, and its history says what changed', async () => {
  const { number, id, again } = await given()
  const { id: obligation } = await ledger(number)
  const before = await rows(
    database.pool,
    'select deadline, ended_at from assignments where obligation = $1',
    [obligation],
  )
  await imported(database.pool, id, again({ 预警等级: '橙色' }))
  const assignments = await rows<{ deadline: string; ended: boolean; due: string }>(
    database.pool,
    `select deadline, ended_at is not null as ended, due_on::text as due from assignments where obligation = $1 order by id`,
    [obligation],
  )
  expect(before).toHaveLength(1)
  // The issue is the old one, so the level is news of today: five working days after 8 June.
  expect(assignments.map((a) => [a.ended, a.due])).toEqual([
    [true, '2022-06-20'],
    [false, '2022-06-15'],
  ])
  const event = await row<{ actor: string; detail: unknown }>(
    database.pool,
    `select actor, detail from events where obligation = $1 and action = 'correct'`,
    [obligation],
  )
  expect(event).toEqual({
    actor: 'test',
    detail: { import: id, fields: [{ field: 'level', before: 'yellow', after: 'orange' }] },
  })
})

test('a telephone and an address are written by themselves, and the household is found by its new number', async () => {
  const { number, id, again } = await given()
  await imported(database.pool, id, again({ 联系电话: '19900001234', '村(社区)': '新村', 预警内容: '' }))
  expect(await personOf(number)).toMatchObject({
    phone: '19900001234',
    village: '新村',
    detail: '大病支出较高',
  })
  expect(await fieldsOf(id)).toEqual(['applied phone applied', 'applied village applied'])
  const found = await row(database.pool, 'select from subjects where phone_index = any($1)', [
    lookUpIndexes(keys, 'phone', '19900001234'),
  ])
  expect(found).toBeDefined()
  // It comes a third time as it was the second: nothing is new.
  const third = await imported(
    database.pool,
    `${id}b`,
    again({ 联系电话: '19900001234', '村(社区)': '新村', 预警内容: '' }),
  )
  expect(third).toMatchObject({ duplicates: 1, changed: 0 })
})

test('another town is asked, and once confirmed the other office holds it with a limit of its own', async () => {
  const { number, id, again } = await given()
  await imported(database.pool, id, again({ 乡镇: '洞河镇' }))
  expect(await ledger(number)).toMatchObject({ office: `${COUNTY}.maoba`, holder: `${COUNTY}.maoba` })
  expect(await fieldsOf(id)).toEqual(['open town asked'])
  expect(await confirmed(database.pool, id)).toEqual([2])
  expect(await ledger(number)).toMatchObject({
    office: `${COUNTY}.donghe`,
    holder: `${COUNTY}.donghe`,
    dueOn: '2022-06-22',
  })
  expect(await fieldsOf(id)).toEqual(['applied town applied'])
  expect((await told(`change/${id}`)).map((l) => l.office)).toContain(`${COUNTY}.maoba`)
})

test('another person is asked with all that belongs to them, and once confirmed is found by their number', async () => {
  const { number, id, again } = await given()
  const other = { 姓名: '另某某', 身份证号: '619999198006043642', 联系电话: '19900005678' }
  await imported(database.pool, id, again(other))
  expect(await fieldsOf(id)).toEqual(['open name asked', 'open idNo asked', 'open phone asked'])
  expect((await personOf(number)).name).toBe('某某')
  await confirmed(database.pool, id)
  expect(await personOf(number)).toMatchObject({
    name: '另某某',
    idNo: '619999198006043642',
    phone: '19900005678',
  })
  const event = await row<{ detail: unknown; actor: string }>(
    database.pool,
    `select e.detail, e.actor from events e join obligations o on o.id = e.obligation where o.external_id = $1 and action = 'correct'`,
    [number],
  )
  expect(event?.actor).toBe('somebody')
  expect(JSON.stringify(event?.detail)).not.toContain('另某某')
})

test('a lowered level is asked, and once confirmed keeps the due day', async () => {
  const { number, id, again } = await given({ 预警等级: '红色' })
  const { dueOn } = await ledger(number)
  await imported(database.pool, id, again({ 预警等级: '黄色' }))
  expect(await ledger(number)).toMatchObject({ level: 'red' })
  await confirmed(database.pool, id)
  expect(await ledger(number)).toMatchObject({ level: 'yellow', dueOn, holderDueOn: dueOn })
})

test('it stays with the person it is named to, unless another town has it', async () => {
  const { number, id, again } = await given({ 预警等级: '黄色' })
  const person = await personWith(database.pool, 'town-officer', TOWN)
  await when(
    database.pool,
    number,
    { action: 'take' },
    { ...actorWith(heldRole('town-officer', TOWN)), id: person },
  )
  const named = () =>
    row(database.pool, 'select level, holder_person as person from obligations where external_id = $1', [
      number,
    ])
  await imported(database.pool, id, again({ 预警等级: '橙色' }))
  expect(await named()).toEqual({ level: 'orange', person })
  await imported(database.pool, `${id}b`, again({ 预警等级: '橙色', 乡镇: '洞河镇' }))
  await confirmed(database.pool, `${id}b`)
  expect(await named()).toEqual({ level: 'orange', person: null })
})

test('of one row some is written and some is asked', async () => {
  const { number, id, again } = await given()
  await imported(
    database.pool,
    id,
    again({ 预警等级: '红色', 预警发布时间: '2022-06-07 09:00', 乡镇: '洞河镇' }),
  )
  expect(await fieldsOf(id)).toEqual(['open level applied', 'open town asked', 'open issued applied'])
  expect(await ledger(number)).toMatchObject({ level: 'red', office: `${COUNTY}.maoba`, dueOn: '2022-06-10' })
})

test.each(['before', 'while'])(
  'what is confirmed and written %s its file is registered is written whole',
  async (written) => {
    const { number, id, again } = await given()
    await checked(database.pool, id, again({ 乡镇: '洞河镇', 联系电话: '19900002222' }), { dryRun: true })
    expect(await fieldsOf(id)).toEqual(['open town asked', 'open phone applied'])
    if (written === 'before') await confirmed(database.pool, id)
    else
      await inTransaction(database.pool, (tx) =>
        decideChanges(tx, id, { action: 'apply', rows: 'all', by: 'somebody', at: 0 }),
      )
    expect(await applied(database.pool, id)).toMatchObject({ changed: 1, registered: 0 })
    expect(await fieldsOf(id)).toEqual(['applied town applied', 'applied phone applied'])
    expect((await ledger(number)).office).not.toBe(`${COUNTY}.maoba`)
    expect((await personOf(number)).phone).toBe('19900002222')
  },
)

test('a number that another county has is not compared, changed or withdrawn', async () => {
  const { number } = await given()
  const key = warningKey(number)
  const comparing = { keys, rules: changeRulesOf({}), importId: 'im_elsewhere', county: 'another' }
  const read = () => {
    throw new Error('is not to be read')
  }
  const verdicts = await compareWithLedger(database.pool, comparing, [{ row: 2 }], { keyOf: () => key, read })
  expect(verdicts.get(2)).toMatchObject({ is: 'elsewhere' })
  expect(await candidatesByKey(database.pool, 'another', [key])).toEqual([])
  expect(await candidatesByKey(database.pool, COUNTY, [key])).toHaveLength(1)
})

test('an older export brings nothing back unasked', async () => {
  const { id, again } = await given()
  await imported(database.pool, id, again({ 预警发布时间: '2022-06-01 09:00', 联系电话: '19900001234' }))
  expect(await fieldsOf(id)).toEqual(['open issued asked', 'open phone asked'])
})

test('a closed obligation is told of, and written only after it was reopened', async () => {
  const { number, id, again } = await given()
  await when(database.pool, number, { action: 'acknowledge' })
  await when(database.pool, number, { action: 'submit', result: { outcome: 'other-assistance' } })
  await when(database.pool, number, { action: 'accept' })
  await imported(database.pool, id, again({ 预警等级: '红色' }))
  expect(await fieldsOf(id)).toEqual(['open level refused'])
  expect(await confirmed(database.pool, id)).toEqual([])
  const [error] = await importErrors(database.pool, id, -1, 10)
  expect(error?.message).toContain('先重启该事项')
  await when(database.pool, number, { action: 'reopen', reason: '平台升级' })
  expect(await confirmed(database.pool, id)).toEqual([2])
  expect(await ledger(number)).toMatchObject({ level: 'red', state: 'returned' })
})

test('what is under review keeps its day when its level is raised', async () => {
  const { number, id, again } = await given()
  await when(database.pool, number, { action: 'submit', result: { outcome: 'other-assistance' } })
  const { holderDueOn } = await ledger(number)
  await imported(database.pool, id, again({ 预警等级: '红色' }))
  expect(await ledger(number)).toMatchObject({ level: 'red', holderDueOn, holder: `${COUNTY}.jiuzhu` })
})

test('what was dismissed loses its household and is not proposed again', async () => {
  const { id, again } = await given()
  const other = again({ 姓名: '另某某' })
  await imported(database.pool, id, other)
  await inTransaction(database.pool, (tx) =>
    decideChanges(tx, id, { action: 'dismiss', rows: 'all', by: 'somebody', at: NOW }),
  )
  const [change] = await changesOf(database.pool, id, { afterRow: 0, limit: 10 })
  expect(change).toMatchObject({ state: 'dismissed', encrypted: null, decidedBy: 'somebody' })
  expect(await imported(database.pool, `${id}b`, other)).toMatchObject({ duplicates: 1, changed: 0 })
})

test('a number that was cancelled comes in anew, and the cancelled one cannot be reopened beside it', async () => {
  const { number, id, again } = await given()
  const old = await ledger(number)
  await when(database.pool, number, { action: 'cancel', reason: '误报' })
  await when(database.pool, number, { action: 'reopen', reason: '不是误报' })
  await when(database.pool, number, { action: 'cancel', reason: '误报' })
  const done = await imported(database.pool, id, again({}))
  expect(done).toMatchObject({ accepted: 1, registered: 1, duplicates: 0, changed: 0 })
  expect(await imported(database.pool, `${id}b`, again({}))).toMatchObject({ accepted: 0, duplicates: 1 })
  const answer = await inTransaction(database.pool, (tx) =>
    runAction(tx, {
      ...{ obligation: old.id, actor: systemActor('test'), now: NOW, keys },
      action: { action: 'reopen', reason: '又不是误报' },
    }),
  )
  expect(answer).toMatchObject({ done: false, refusal: { refused: 'came-again' } })
  expect(
    await row(database.pool, 'select from obligations where id = $1 and state = $2', [old.id, 'cancelled']),
  ).toBeDefined()
})

test('two checks of the same numbers, both applied: the second accepts none and lists what changed', async () => {
  const numbers = ['EE1', 'EE2', 'EE3']
  const file = (more: Cells) => warningFile(...numbers.map((number) => ({ 预警编号: number, ...more })))
  expect(await checked(database.pool, 'im_check1', file({}), { dryRun: true })).toMatchObject({ accepted: 3 })
  expect(await checked(database.pool, 'im_check2', file({ 姓名: '另某某' }), { dryRun: true })).toMatchObject(
    { accepted: 3 },
  )
  expect(await applied(database.pool, 'im_check1')).toMatchObject({ registered: 3, accepted: 3 })
  const second = await applied(database.pool, 'im_check2')
  expect(second).toMatchObject({
    rows: 3,
    accepted: 0,
    changed: 3,
    duplicates: 0,
    registered: 0,
    byLevel: {},
    byOffice: {},
  })
  expect(second.forecast).toMatchObject({ byDueOn: {} })
  expect(await fieldsOf('im_check2')).toEqual(Array.from({ length: 3 }, () => 'open name asked'))
  const errors = await importErrors(database.pool, 'im_check2', -1, 10)
  expect(errors.map((e) => e.rule)).toEqual(['changed', 'changed', 'changed'])
  expect(errors[0]?.message).toContain('另一次导入(im_check1)已登记')
})

test('two checks of one content, both applied: the second counts duplicates', async () => {
  const file = warningFile({ 预警编号: 'EE8' }, { 预警编号: 'EE9' })
  await checked(database.pool, 'im_same1', file, { dryRun: true })
  await checked(database.pool, 'im_same2', file, { dryRun: true })
  await applied(database.pool, 'im_same1')
  expect(await applied(database.pool, 'im_same2')).toMatchObject({
    rows: 2,
    accepted: 0,
    duplicates: 2,
    changed: 0,
  })
})

test('a change that another import has written meanwhile is no change any more', async () => {
  const { id, again } = await given()
  const file = again({ 联系电话: '19900004444' })
  await checked(database.pool, `${id}a`, file, { dryRun: true })
  await checked(database.pool, `${id}b`, file, { dryRun: true })
  await applied(database.pool, `${id}a`)
  expect(await applied(database.pool, `${id}b`)).toMatchObject({ rows: 1, changed: 0, duplicates: 1 })
  expect(await changesOf(database.pool, `${id}b`, { afterRow: 0, limit: 10 })).toEqual([])
})

test('a county may ask for everything', async () => {
  const { id, again } = await given()
  await database.pool.query(
    `insert into policies select 'po_ask', county, version + 1, name, example, rules, created_at, standing, '{"phone":"ask"}' from policies`,
  )
  await imported(database.pool, id, again({ 联系电话: '19900009999' }))
  expect(await fieldsOf(id)).toEqual(['open phone asked'])
})

test('each count of an import is true at its end', async () => {
  await setClock(database.pool, { mode: 'stepped', businessAt: NOW })
  for (const { id } of await rows<{ id: string }>(
    database.pool,
    `select id from imports where state = 'applied'`,
  )) {
    const one = (await importById(database.pool, id))!
    expect(one.accepted + one.duplicates + one.changed + one.refused, id).toBe(one.rows)
    expect(one.registered, id).toBe(one.accepted)
  }
})
