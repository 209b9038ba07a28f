import { afterAll, beforeAll, expect, test } from 'vitest'
import { inTransaction, row, rows } from '../../../src/db/pool.ts'
import { instantAt } from '../../../src/domain/time/days.ts'
import { readChangeContext } from '../../../src/services/imports/change-context.ts'
import { changesOf, decideChanges } from '../../../src/services/imports/changes-store.ts'
import { previewUndo } from '../../../src/services/imports/preview-undo.ts'
import { importById } from '../../../src/services/imports/store.ts'
import { writeByPolicy } from '../../../src/services/imports/write-changes.ts'
import { setClock } from '../../../src/services/schedule/clock.ts'
import { decryptPerson } from '../../../src/services/vault/encryption.ts'
import { COUNTY, createCounty } from '../../support/county.ts'
import type { TestDatabase } from '../../support/database.ts'
import { checked, type Cells, confirmed, imported, undone, warningFile } from '../../support/warning-file.ts'
import { when } from '../../support/warnings.ts'
import { keys } from '../../support/worker-deps.ts'

const NOW = instantAt('2022-06-08', '10:00')
let database: TestDatabase
beforeAll(async () => {
  database = await createCounty(NOW)
})
afterAll(() => database.drop())

let nth = 0
/** A warning of its own, and the import that has brought it again with other cells. */
const corrected = async (cells: Cells, first: Cells = {}) => {
  const number = `UU${++nth}`
  await imported(database.pool, `im_first${nth}`, warningFile({ 预警编号: number, ...first }))
  const before = await ledger(number)
  const id = `im_undo${nth}`
  await imported(database.pool, id, warningFile({ 预警编号: number, ...first, ...cells }))
  return { number, id, before, again: (more: Cells) => warningFile({ 预警编号: number, ...first, ...more }) }
}
const ledger = async (number: string) => {
  const found = (await row<{ id: string; encrypted: Buffer; keyId: string; content: object }>(
    database.pool,
    `select o.id, s.encrypted, s.key_id as "keyId", jsonb_build_object('level', level, 'office', office, 'holder', holder_office,
       'reviewer', reviewer, 'startOn', o.start_on, 'dueAt', o.due_at, 'dueOn', o.due_on, 'holderDueOn', holder_due_on, 'holderDueAt',
       holder_due_at, 'issued', issued_at, 'cause', cause, 'title', title, 'late', ended_late, 'provisional', o.provisional) as content
       from obligations o join subjects s on s.obligation = o.id where external_id = $1`,
    [number],
  ))!
  return { ...found.content, person: decryptPerson(keys, found.id, found.encrypted, found.keyId) }
}
const told = (cause: string) =>
  rows<{ detail: string; urgent: boolean }>(
    database.pool,
    `select distinct detail, urgent from notifications where cause like $1 order by detail`,
    [`${cause}%`],
  )
const peopleTold = async (cause: string) =>
  (await rows(database.pool, `select distinct person from notifications where cause like $1`, [`${cause}%`]))
    .length

test('a level that a file raised is as it was, with its days, and whoever holds it is told', async () => {
  const { number, id, before } = await corrected({
    ...{ 预警等级: '红色', 预警发布时间: '2022-06-08 09:00', 联系电话: '19900001234', '村(社区)': '新村' },
  })
  expect(await ledger(number)).toMatchObject({ level: 'red', dueOn: '2022-06-13' })
  const { told: foretold } = await previewUndo(database.pool, { id, county: COUNTY })
  const done = await undone(database.pool, id)
  expect(foretold).toBe(await peopleTold(`restore/${id}`))
  expect(foretold).toBeGreaterThan(0)
  expect(done.undone).toMatchObject({ cancelled: 0, restored: 1, left: [] })
  expect(await ledger(number)).toEqual(before)
  expect(await told(`restore/${id}`)).toEqual([
    { detail: `预警 ${number} 导入已撤回,恢复为黄色预警,限时改为6月20日。`, urgent: false },
  ])
  const event = await row<{ detail: unknown }>(
    database.pool,
    `select e.detail from events e join obligations o on o.id = e.obligation where o.external_id = $1 order by e.id desc limit 1`,
    [number],
  )
  expect(event?.detail).toMatchObject({ import: id, undone: true })
  expect(JSON.stringify(event?.detail)).not.toContain('19900001234')
})

test('the deadline that holds again is woken, and what the other one fired stays', async () => {
  const { number, id } = await corrected({ 预警等级: '橙色' })
  await database.pool.query('delete from pokes')
  await undone(database.pool, id)
  const open = (await row<{ deadline: string; due: string }>(
    database.pool,
    `select a.deadline, a.due_on::text as due from assignments a join obligations o on o.id = a.obligation
      where o.external_id = $1 and a.ended_at is null`,
    [number],
  ))!
  expect(open.due).toBe('2022-06-20')
  const poked = `select from pokes where kind = 'deadline' and subject = $1`
  expect(await row(database.pool, poked, [open.deadline])).toBeDefined()
})

test('a town and a person that somebody confirmed go back, step by step as they were written', async () => {
  const { number, id, before } = await corrected({
    ...{ 预警等级: '红色', 乡镇: '洞河镇', 姓名: '另某某', 致贫返贫因素: '因残' },
  })
  await confirmed(database.pool, id)
  expect(await ledger(number)).toMatchObject({ office: `${COUNTY}.donghe`, person: { name: '另某某' } })
  expect((await undone(database.pool, id)).undone).toMatchObject({ restored: 1, left: [] })
  expect(await ledger(number)).toEqual(before)
  const lines = (await told(`restore/${id}`)).map(({ detail }) => detail)
  expect(lines).toContain(`预警 ${number} 导入已撤回,改由毛坝镇办理,您单位不再办理。`)
})

test('what another file changed since stays and is named; the rest goes back', async () => {
  const { number, id, again } = await corrected({ 预警等级: '红色', 联系电话: '19900001234' })
  await imported(database.pool, `${id}b`, again({ 预警等级: '红色', 联系电话: '19900005678' }))
  const done = await undone(database.pool, id)
  expect(done.undone?.left).toEqual([{ externalId: number, message: '联系电话没有复原,此后又更改过。' }])
  expect(await ledger(number)).toMatchObject({ level: 'yellow', person: { phone: '19900005678' } })
})

test('what another file changed away and back is no longer the import’s', async () => {
  const { number, id, again } = await corrected({ 联系电话: '19900001234' })
  await imported(database.pool, `${id}b`, again({ 联系电话: '19900005678' }))
  await imported(database.pool, `${id}c`, again({ 联系电话: '19900001234' }))
  expect((await undone(database.pool, id)).undone).toMatchObject({
    restored: 0,
    left: [{ externalId: number }],
  })
  expect(await ledger(number)).toMatchObject({ person: { phone: '19900001234' } })
})

test('a later file that is taken back first stands in nobody’s way', async () => {
  const { number, id, before, again } = await corrected({ 联系电话: '19900001234' })
  await imported(database.pool, `${id}b`, again({ 联系电话: '19900005678' }))
  await undone(database.pool, `${id}b`)
  expect((await undone(database.pool, id)).undone).toMatchObject({ restored: 1, left: [] })
  expect(await ledger(number)).toEqual(before)
})

test('a town whose people have begun keeps it, and a closed warning stays as it is', async () => {
  const begun = await corrected({ 乡镇: '洞河镇' })
  await confirmed(database.pool, begun.id)
  await when(database.pool, begun.number, { action: 'acknowledge' })
  expect((await undone(database.pool, begun.id)).undone).toMatchObject({
    restored: 0,
    left: [{ externalId: begun.number, message: '乡镇没有复原,改由的单位已经办理。' }],
  })
  const closed = await corrected({ 预警等级: '红色' })
  await when(database.pool, closed.number, { action: 'cancel', reason: '误报' })
  expect((await undone(database.pool, closed.id)).undone).toMatchObject({
    restored: 0,
    left: [{ externalId: closed.number, message: '预警等级没有复原,事项已经结束。' }],
  })
})

test('a day that never was makes nobody late', async () => {
  // Issued on 1 June, it would have been due on the 6th already.
  const { number, id, before } = await corrected(
    { 预警等级: '红色', 预警发布时间: '2022-06-07 09:00' },
    { 预警发布时间: '2022-06-01 09:00' },
  )
  await setClock(database.pool, { mode: 'stepped', businessAt: instantAt('2022-06-11', '10:00') })
  await undone(database.pool, id)
  await setClock(database.pool, { mode: 'stepped', businessAt: NOW })
  expect(before).toMatchObject({ late: false })
  expect(await ledger(number)).toEqual(before)
})

test('a telephone that was written of a row whose town was dismissed goes back too', async () => {
  const { number, id, before } = await corrected({ 乡镇: '洞河镇', 联系电话: '19900001234' })
  await inTransaction(database.pool, (tx) =>
    decideChanges(tx, id, { action: 'dismiss', rows: 'all', by: 'somebody', at: NOW }),
  )
  expect((await undone(database.pool, id)).undone).toMatchObject({ restored: 1, left: [] })
  expect(await ledger(number)).toEqual(before)
})

test('what an earlier release wrote is named', async () => {
  const { number, id } = await corrected({ 预警等级: '红色' })
  await database.pool.query('update import_changes set replaced = null where import = $1', [id])
  expect((await undone(database.pool, id)).undone?.left).toEqual([
    { externalId: number, message: '预警等级没有复原,更正它的是从前的版本,没有记下原来的内容。' },
  ])
})

test('a warning that a file has corrected and nobody has touched is withdrawn, and undone, like any other', async () => {
  const withdrawn = await corrected({ 联系电话: '19900001234' })
  await checked(database.pool, 'im_gone', `预警编号\n${withdrawn.number}\n`, {
    kind: 'withdrawals',
    dryRun: true,
  })
  const proposed = `select from import_withdrawals where import = 'im_gone' and state = 'open'`
  expect(await row(database.pool, proposed)).toBeDefined()
  const own = await corrected({ 预警等级: '红色' })
  const done = await undone(database.pool, own.id.replace('undo', 'first'))
  expect(done.undone).toMatchObject({ cancelled: 1, kept: [] })
})

test('many changed rows are written with the statements of one', async () => {
  const numbers = Array.from({ length: 40 }, (_, i) => ({ 预警编号: `NN${i}` }))
  await imported(database.pool, 'im_many', warningFile(...numbers))
  const again = (cells: Cells[]) =>
    warningFile(...cells.map((c) => ({ ...c, 预警等级: '红色', 联系电话: '19900001234' })))
  expect(await statementsOf('im_many1', again(numbers.slice(0, 1)))).toBe(
    await statementsOf('im_many2', again(numbers.slice(1))),
  )
  expect(
    (await changesOf(database.pool, 'im_many2', { afterRow: 0, limit: 100 })).map((c) => c.state),
  ).toEqual(Array.from({ length: 39 }, () => 'applied'))
})

/** How many statements on obligations, households and changes it takes to register what was checked. */
async function statementsOf(id: string, text: string): Promise<number> {
  await checked(database.pool, id, text)
  let n = 0
  const written =
    /^\s*(with .*)?(update|insert into) (obligations|subjects|assignments|events|import_changes)/i
  await inTransaction(database.pool, async (tx) => {
    const counting = {
      query: (text: string, values?: unknown[]) => {
        if (written.test(text)) n++
        return tx.query(text, values)
      },
    } as typeof tx
    const found = (await importById(counting, id))!
    const context = await readChangeContext(counting, { ...found, now: NOW, keys })
    await writeByPolicy(counting, context, found, () => undefined)
  })
  return n
}
