import { afterAll, beforeAll, expect, test } from 'vitest'
import { inTransaction, row, rows } from '../../../src/db/pool.ts'
import { instantAt } from '../../../src/domain/time/days.ts'
import { previewUndo } from '../../../src/services/imports/preview-undo.ts'
import { candidatesByKey } from '../../../src/services/imports/withdrawals-store.ts'
import { warningKey } from '../../../src/domain/obligation/warning-key.ts'
import { setClock } from '../../../src/services/schedule/clock.ts'
import { addNotifications } from '../../../src/services/notifications/store.ts'
import type { ActionInput } from '../../../src/domain/obligation/lifecycle.ts'
import type { Actor } from '../../../src/domain/people/permissions.ts'
import { actorWith, heldRole } from '../../support/actors.ts'
import { COUNTY, createCounty, TOWN } from '../../support/county.ts'
import type { TestDatabase } from '../../support/database.ts'
import { applied, checked, imported, undone, warningFile } from '../../support/warning-file.ts'
import { when } from '../../support/warnings.ts'

const NOW = instantAt('2022-06-08', '10:00')
let database: TestDatabase
beforeAll(async () => {
  database = await createCounty(NOW)
})
afterAll(() => database.drop())

let nth = 0
/** Warnings of their own, and the import that has cancelled them as withdrawn. */
const cancelled = async (n = 1) => {
  const id = `im_w${++nth}`
  const numbers = Array.from({ length: n }, (_, i) => `UW${nth}x${i}`)
  await setClock(database.pool, { mode: 'stepped', businessAt: NOW })
  await imported(database.pool, `im_first${nth}`, warningFile(...numbers.map((预警编号) => ({ 预警编号 }))))
  const before = await Promise.all(numbers.map(ledger))
  const withdraw = async (as: string) => {
    await checked(database.pool, as, ['预警编号', ...numbers, ''].join('\n'), {
      ...{ kind: 'withdrawals', dryRun: true },
    })
    return applied(database.pool, as)
  }
  expect(await withdraw(id)).toMatchObject({ accepted: n })
  return { id, numbers, before, withdraw }
}
const ledger = async (number: string) =>
  (
    await row<{ facts: object }>(
      database.pool,
      `select to_jsonb(o) - 'version' || jsonb_build_object('assignments',
         (select jsonb_agg(to_jsonb(a) order by a.id) from assignments a where a.obligation = o.id)) as facts
         from obligations o where external_id = $1 order by o.created_at, o.id limit 1`,
      [number],
    )
  )?.facts
const idOf = async (number: string) =>
  (await row<{ id: string }>(database.pool, 'select id from obligations where external_id = $1', [number]))!
    .id
const preview = (id: string) => previewUndo(database.pool, { id, county: COUNTY })

test('what an import cancelled is as it was, with its assignment and its due instant, and its deadline is woken', async () => {
  const { id, numbers, before } = await cancelled(3)
  await setClock(database.pool, { mode: 'stepped', businessAt: instantAt('2022-06-15', '10:00') })
  await database.pool.query('delete from pokes')
  expect(await preview(id)).toMatchObject({ cancelled: 0, reopened: 3, stayed: 0, told: 0 })
  const done = await undone(database.pool, id)
  expect(done).toMatchObject({ state: 'undone', undone: { cancelled: 0, reopened: 3, stayed: [] } })
  expect(await Promise.all(numbers.map(ledger))).toEqual(before)
  const joined = await row<{ deadline: string; joins: number; poked: boolean }>(
    database.pool,
    `select d.id as deadline, d.joins, exists (select from pokes p where p.kind = 'deadline' and p.subject = d.id) as poked
       from assignments a join deadlines d on d.id = a.deadline where a.obligation = $1`,
    [await idOf(numbers[0]!)],
  )
  // Nobody joins anew, so that no moment is told twice.
  expect(joined).toMatchObject({ joins: nth, poked: true })
  const trail = await rows<{ detail: unknown }>(
    database.pool,
    `select detail from audit_events where action = 'import.restore' and subject = $1`,
    [id],
  )
  expect(trail).toMatchObject([{ detail: { reopened: 3, stayed: 0 } }])
})

test('whoever had a mail about it hears that it stands again, with its day, and the preview counts them', async () => {
  const { id, numbers } = await cancelled()
  const obligation = await idOf(numbers[0]!)
  const held = await row<{ deadline: string; person: string }>(
    database.pool,
    `select a.deadline, r.person from assignments a join person_roles r on r.office = a.office
      where a.obligation = $1 limit 1`,
    [obligation],
  )
  await inTransaction(database.pool, async (tx) => {
    await addNotifications(
      tx,
      [
        {
          ...{ county: COUNTY, person: held!.person, cause: `told/${id}`, deadline: held!.deadline },
          ...{ obligation: null, moment: null, momentForm: null, undeliveredTo: null, kind: 'reminder' },
          ...{ audience: null, detail: null, urgent: false, roundAt: NOW },
        },
      ],
      NOW,
    )
    await tx.query(`update notifications set state = 'mailed' where cause = $1`, [`told/${id}`])
  })
  const { told } = await preview(id)
  await undone(database.pool, id)
  const lines = await rows<{ detail: string; person: string }>(
    database.pool,
    `select detail, person from notifications where cause like $1`,
    [`restore-withdrawn/${id}%`],
  )
  expect(told).toBeGreaterThan(0)
  expect(new Set(lines.map(({ person }) => person)).size).toBe(told)
  expect(lines[0]?.detail).toBe(`预警 ${numbers[0]} 撤销它的导入已撤回,照旧办理,期限仍是6月20日。`)
})

test('what somebody reopened, what came in again and whose household is gone stay as they are and are named', async () => {
  const { id, numbers } = await cancelled(5)
  const [reopened = '', again = '', erased = '', anonymised = '', plain = ''] = numbers
  await when(database.pool, reopened, { action: 'reopen', reason: '还要办' })
  await imported(database.pool, `${id}again`, warningFile({ 预警编号: again.toLowerCase() }))
  await database.pool.query('delete from subjects where obligation = $1', [await idOf(erased)])
  await database.pool.query('update subjects set anonymised_wall = now() where obligation = $1', [
    await idOf(anonymised),
  ])
  expect(await preview(id)).toMatchObject({ reopened: 1, stayed: 4 })
  const { undone: done } = await undone(database.pool, id)
  expect(done).toMatchObject({ reopened: 1 })
  expect(done?.stayed?.map(({ externalId, message }) => `${externalId} ${message}`).sort()).toEqual([
    `${reopened} 撤销之后又有人办理过,没有恢复。`,
    expect.stringMatching(new RegExp(`^${again} .*已重新登记`)),
    expect.stringMatching(new RegExp(`^${erased} 户的资料已按保存期限删去`)),
    expect.stringMatching(new RegExp(`^${anonymised} 户的资料已按保存期限删去`)),
  ])
  expect(await ledger(plain)).toMatchObject({ state: 'open' })
})

test('what is restored counts as touched by nobody: it can be withdrawn and restored again', async () => {
  const { id, numbers, before, withdraw } = await cancelled()
  await undone(database.pool, id)
  const [candidate] = await candidatesByKey(database.pool, COUNTY, [warningKey(numbers[0]!)])
  expect(candidate).toMatchObject({ acted: false, state: 'open' })
  expect(await withdraw(`${id}b`)).toMatchObject({ accepted: 1 })
  expect((await undone(database.pool, `${id}b`)).undone).toMatchObject({ reopened: 1 })
  expect(await Promise.all(numbers.map(ledger))).toEqual(before)
})

test('what an earlier release cancelled, without the import beside it, is restored too', async () => {
  const { id, numbers, before } = await cancelled()
  await database.pool.query(`update events set detail = '{}' where obligation = $1 and action = 'cancel'`, [
    await idOf(numbers[0]!),
  ])
  expect((await undone(database.pool, id)).undone).toMatchObject({ reopened: 1 })
  expect(await Promise.all(numbers.map(ledger))).toEqual(before)
})

/** A postponed warning that is withdrawn and restored. An import stands beside what was done: a withdrawal keeps people's work. */
const postponed = async (action: ActionInput, actor: Actor) => {
  const number = `UWP${++nth}`
  await setClock(database.pool, { mode: 'stepped', businessAt: NOW })
  await imported(database.pool, `im_post${nth}`, warningFile({ 预警编号: number }))
  await when(database.pool, number, action, actor)
  await database.pool.query(
    `update events set detail = detail || '{"import":"im_x"}' where action = $1 and obligation = $2`,
    [action.action, await idOf(number)],
  )
  const before = await ledger(number)
  await setClock(database.pool, { mode: 'stepped', businessAt: instantAt('2022-06-09', '10:00') })
  await checked(database.pool, `im_wp${nth}`, `预警编号\n${number}\n`, { kind: 'withdrawals', dryRun: true })
  expect(await applied(database.pool, `im_wp${nth}`)).toMatchObject({ accepted: 1 })
  expect((await undone(database.pool, `im_wp${nth}`)).undone).toMatchObject({ reopened: 1 })
  return { number, before }
}

test('what was paused is paused again with the due day of the whole pause', async () => {
  const pause = { action: 'suspend', reasonCode: 'disaster', reason: '汛情', until: '2022-06-17' } as const
  const { number, before } = await postponed(pause, actorWith(heldRole('bureau-leader', COUNTY)))
  expect(await ledger(number)).toEqual(before)
})

test('a request that lapsed by the withdrawal waits for its answer again', async () => {
  const officer = { ...actorWith(heldRole('town-officer', TOWN)), id: 'pe_officer' }
  const asked = { action: 'request-extension', reason: '户主住院', days: 3 } as const
  const { number, before } = await postponed(asked, officer)
  expect(await ledger(number)).toEqual(before)
  const request = `select state, answered_at as "answeredAt" from extensions where obligation = $1`
  expect(await row(database.pool, request, [await idOf(number)])).toEqual({
    state: 'pending',
    answeredAt: null,
  })
})
