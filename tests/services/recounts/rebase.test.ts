import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { NoRule, type Rule } from '../../../src/domain/escalation/policy.ts'
import { type Day, instantAt } from '../../../src/domain/time/days.ts'
import { inTransaction, type Pool, row, rows } from '../../../src/db/pool.ts'
import { previewRebase, rebase } from '../../../src/services/recounts/rebase.ts'
import { now as businessNow, setClock } from '../../../src/services/schedule/clock.ts'
import { addPolicy, currentPolicy, policyById } from '../../../src/services/schedule/policies.ts'
import { actorWith, CENTRE, COUNTY, heldRole, TOWN } from '../../support/actors.ts'
import { createCounty } from '../../support/county.ts'
import { wrongHolders } from '../../support/holders.ts'
import { givenWarning, when } from '../../support/warnings.ts'

const NOW = instantAt('2022-08-15', '09:00')
const CENTRE_HEAD = actorWith(heldRole('relief-centre', CENTRE))
const OFFICER = { ...actorWith(heldRole('town-officer', TOWN)), id: 'pe_officer' }

let database: Awaited<ReturnType<typeof createCounty>>
let pool: Pool
beforeAll(async () => {
  database = await createCounty(NOW)
  pool = database.pool
})
beforeEach(async () => {
  await pool.query('truncate obligations, deadlines, due_changes, pokes cascade')
  await pool.query('delete from policies where version > 1')
  await setClock(pool, { mode: 'stepped', businessAt: NOW })
})
afterAll(async () => {
  expect(await wrongHolders(pool)).toEqual([])
  await database.drop()
})

/** The next version, in which some rules are otherwise. */
async function version(change: (rule: Rule) => Rule | [], validFrom: Day | null = null) {
  const { rules, ...policy } = await currentPolicy(pool, COUNTY)
  const by = { author: 'pe_me', reason: '县政府会议纪要', validFrom }
  const id = await addPolicy(pool, COUNTY, { ...policy, rules: rules.flatMap(change) }, NOW, by)
  return policyById(pool, id)
}
const withDays =
  (code: string, workingDays: number) =>
  (rule: Rule): Rule =>
    rule.code === code ? { ...rule, limit: { workingDays } } : rule
const apply = async (policy: Awaited<ReturnType<typeof version>>) =>
  inTransaction(pool, async (tx) =>
    rebase(tx, policy, {
      county: COUNTY,
      actor: 'pe_me',
      now: await businessNow(tx),
      why: '规则改按第 2 版',
    }),
  )
const stateOf = (id: string) =>
  row<{ dueOn: Day; holderDueOn: Day | null; version: number; days: number | null }>(
    pool,
    `select o.due_on as "dueOn", o.holder_due_on as "holderDueOn", p.version, a.working_days as days
       from obligations o left join assignments a on a.obligation = o.id and a.ended_at is null
       left join deadlines d on d.id = a.deadline left join policies p on p.id = d.policy where o.external_id = $1`,
    [id],
  )

test('a new version binds what begins, and nothing that is open', async () => {
  await givenWarning(pool, { id: 'YJ1', level: 'orange' })
  await version(withDays('warning-orange', 3))
  await givenWarning(pool, { id: 'YJ2', level: 'orange' })
  expect(await stateOf('YJ1')).toMatchObject({ dueOn: '2022-08-22', version: 1 })
  expect(await stateOf('YJ2')).toMatchObject({ dueOn: '2022-08-18', version: 2 })
})

test('a version that begins later binds from its day on', async () => {
  await version(withDays('warning-orange', 3), '2022-08-17')
  expect((await currentPolicy(pool, COUNTY)).version).toBe(1)
  await setClock(pool, { mode: 'stepped', businessAt: instantAt('2022-08-17', '00:00') })
  expect((await currentPolicy(pool, COUNTY)).version).toBe(2)
})

test('open work is rebased as the dry run said, with one line for whoever gains or loses days', async () => {
  await givenWarning(pool, { id: 'YJ1', level: 'orange' })
  await givenWarning(pool, { id: 'YJ2', level: 'yellow' })
  await when(pool, 'YJ2', { action: 'request-extension', reason: '户主住院', days: 2 }, OFFICER)
  await when(pool, 'YJ2', { action: 'grant-extension' }, CENTRE_HEAD)
  const policy = await version((rule) => withDays('warning-yellow', 12)(withDays('warning-orange', 3)(rule)))
  const told = await previewRebase(pool, policy, { county: COUNTY, now: NOW })
  expect(told.total).toMatchObject({ open: 2, later: 1, earlier: 1, becomesLate: 0 })
  expect(await stateOf('YJ1')).toMatchObject({ dueOn: '2022-08-22', version: 1 })
  const done = await apply(policy)
  expect(done.total).toEqual(told.total)
  expect(await stateOf('YJ1')).toEqual({
    dueOn: '2022-08-18',
    holderDueOn: '2022-08-18',
    version: 2,
    days: 3,
  })
  expect(await stateOf('YJ2')).toEqual({
    dueOn: '2022-09-02',
    holderDueOn: '2022-09-02',
    version: 2,
    days: 12,
  })
  expect(await rows(pool, 'select later, earlier from due_changes')).toEqual([{ later: 1, earlier: 1 }])
  // Once more is nothing.
  expect((await apply(policy)).total).toMatchObject({ later: 0, earlier: 0 })
})

test('what is late by the new rule becomes so with the rebase, and the old rule brings it back', async () => {
  await givenWarning(pool, { id: 'YJ1', level: 'yellow', issuedOn: '2022-08-08' })
  const first = await currentPolicy(pool, COUNTY)
  const stricter = await version(withDays('warning-yellow', 2))
  expect((await apply(stricter)).total).toMatchObject({ earlier: 1, becomesLate: 1 })
  expect((await apply(first)).total).toMatchObject({ later: 1, ceasesLate: 1 })
  expect(await row(pool, 'select ended_late as late from obligations')).toEqual({ late: false })
})

test('a redo gets half of what the first turn has under the new version', async () => {
  await givenWarning(pool, { id: 'YJ1', level: 'yellow' })
  await when(pool, 'YJ1', { action: 'submit', result: { outcome: 'ineligible' } }, OFFICER)
  await when(pool, 'YJ1', { action: 'return', reason: '材料不全' }, CENTRE_HEAD)
  expect(await stateOf('YJ1')).toMatchObject({ days: 5 })
  await apply(await version(withDays('warning-yellow', 14)))
  expect(await stateOf('YJ1')).toMatchObject({ days: 7, holderDueOn: '2022-08-24', dueOn: '2022-08-29' })
})

test('a policy that says nothing about open work is refused, and nothing is written', async () => {
  await givenWarning(pool, { id: 'YJ1', level: 'orange' })
  const policy = await version((rule) => (rule.code === 'warning-orange' ? [] : rule))
  await expect(previewRebase(pool, policy, { county: COUNTY, now: NOW })).rejects.toThrow(NoRule)
  await expect(apply(policy)).rejects.toThrow(NoRule)
  expect(await stateOf('YJ1')).toMatchObject({ version: 1 })
})
