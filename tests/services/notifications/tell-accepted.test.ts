import { readFile } from 'node:fs/promises'
import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest'
import { inTransaction, rows } from '../../../src/db/pool.ts'
import { beijingText, instantAt } from '../../../src/domain/time/days.ts'
import { parsePolicy } from '../../../src/domain/escalation/parse-policy.ts'
import { KIND_LABELS } from '../../../src/kinds/kinds.ts'
import { tellAccepted } from '../../../src/services/notifications/tell-accepted.ts'
import { composeRound } from '../../../src/services/notifications/compose.ts'
import { county } from '../../../src/services/people/offices.ts'
import { setClock } from '../../../src/services/schedule/clock.ts'
import { addPolicy, currentPolicy } from '../../../src/services/schedule/policies.ts'
import { COUNTY, createCounty } from '../../support/county.ts'
import type { TestDatabase } from '../../support/database.ts'
import { givenWarning, when } from '../../support/warnings.ts'
import { makeWorkerDeps } from '../../support/worker-deps.ts'

const policyText = () => readFile(new URL('../../../templates/example-policy.yaml', import.meta.url), 'utf8')

const NOW = instantAt('2022-06-06', '09:00')
let database: TestDatabase
let given = 0

beforeAll(async () => {
  database = await createCounty(NOW)
})
beforeEach(() => database.pool.query('truncate notifications, acceptances, pokes'))
afterAll(() => database.drop())

/** A warning that was handed in and passed. */
async function passed(): Promise<string> {
  const id = `YJ${(given += 1)}`
  await givenWarning(database.pool, { id, level: 'orange' })
  await pass(id)
  return id
}
async function pass(id: string): Promise<void> {
  await when(database.pool, id, { action: 'submit', result: { outcome: 'dibao' } })
  await when(database.pool, id, { action: 'accept' })
}
const tell = (now = NOW) => inTransaction(database.pool, (tx) => tellAccepted(tx, COUNTY, now))
async function told(): Promise<string[]> {
  const found = await rows<{ email: string; kind: string; id: string; at: number; urgent: boolean }>(
    database.pool,
    `select p.email, n.kind, o.external_id as id, n.round_at as at, n.urgent
       from notifications n join people p on p.id = n.person join obligations o on o.id = n.obligation order by n.id`,
  )
  return found.map(
    ({ email, kind, id, at, urgent }) =>
      `${email.split('.')[0]} ${kind} ${id} ${beijingText(at)}${urgent ? ' urgent' : ''}`,
  )
}
const waiting = () => rows(database.pool, 'select county from acceptances')

test('the office that did the work is told in the next morning’s round, and the courier has been called', async () => {
  const id = await passed()
  expect(await waiting()).toEqual([{ county: COUNTY }])
  expect(await rows(database.pool, `select subject from pokes where kind = 'courier'`)).toContainEqual({
    subject: COUNTY,
  })
  await tell()
  expect(await told()).toEqual([`officer@maoba accepted ${id} 2022-06-07 08:30`])
  expect(await waiting()).toEqual([])
})

test('a thing is told once, however often the courier asks', async () => {
  await passed()
  await tell()
  await tell()
  expect(await told()).toHaveLength(1)
})

test('what was reopened before the courier asked is told to nobody', async () => {
  const id = await passed()
  await when(database.pool, id, { action: 'reopen', reason: '又有变化' })
  await tell()
  expect(await told()).toEqual([])
  expect(await waiting()).toEqual([])
})

test('what was passed twice before the courier asked is told once, and again when it is passed once more', async () => {
  const id = await passed()
  await when(database.pool, id, { action: 'reopen', reason: '又有变化' })
  await pass(id)
  expect(await waiting()).toHaveLength(2)
  await tell()
  expect(await told()).toHaveLength(1)
  await when(database.pool, id, { action: 'reopen', reason: '又有变化' })
  await pass(id)
  await tell(instantAt('2022-06-08', '09:00'))
  expect(await told()).toEqual([
    `officer@maoba accepted ${id} 2022-06-07 08:30`,
    `officer@maoba accepted ${id} 2022-06-09 08:30`,
  ])
})

test('what was taken back is not told: a return is no redo, and what was passed twice is one thing', async () => {
  const { pool } = database
  const at = (time: string) => setClock(pool, { mode: 'stepped', businessAt: instantAt('2022-06-06', time) })
  const id = `YJ${(given += 1)}`
  await givenWarning(pool, { id, level: 'orange' })
  await at('10:00')
  await when(pool, id, { action: 'submit', result: { outcome: 'dibao' } })
  await at('10:10')
  await when(pool, id, { action: 'return', reason: '点错了' })
  await when(pool, id, { action: 'undo' })
  await when(pool, id, { action: 'accept' })
  await tell()
  await when(pool, id, { action: 'undo' })
  await when(pool, id, { action: 'accept' })
  await tell()
  expect(await told()).toHaveLength(2)
  const behind = `select distinct d.stage from notifications n join deadlines d on d.id = n.deadline`
  expect(await rows(pool, behind)).toEqual([{ stage: 'perform' }])
  const round = instantAt('2022-06-07', '08:30')
  const { letters } = makeWorkerDeps(pool, 'smtp://127.0.0.1:1')
  const time = { clock: { mode: 'stepped', businessAt: round }, now: round, wallNow: round } as const
  await inTransaction(pool, async (tx) => composeRound(tx, letters, await county(tx, COUNTY), time))
  const written = await rows<{ text: string }>(pool, 'select text_body as text from mails')
  expect(written.map(({ text }) => /【已通过】.*/.exec(text)?.[0])).toEqual([
    expect.stringContaining(`橙色预警核查 ${id}`),
  ])
  await at('09:00')
})

test('nobody is told where the policy does not ask for it', async () => {
  const rules = (await currentPolicy(database.pool, COUNTY)).rules.map((rule) => ({
    ...rule,
    reminders: rule.reminders.filter((r) => r.when !== 'accepted'),
  }))
  const silent = { name: '不告知', example: false, rules, standing: null, deferral: null }
  await addPolicy(database.pool, COUNTY, silent, NOW)
  await passed()
  await tell()
  expect(await told()).toEqual([])
  expect(await waiting()).toEqual([])
})

test('twelve acceptances ask no more of the database than two', async () => {
  const statements = async (acceptances: number) => {
    for (let n = 0; n < acceptances; n++) await passed()
    return inTransaction(database.pool, async (tx) => {
      const query = vi.spyOn(tx, 'query')
      await tellAccepted(tx, COUNTY, NOW)
      const asked = query.mock.calls.length
      query.mockRestore()
      return asked
    })
  }
  await addPolicy(database.pool, COUNTY, parsePolicy(await policyText(), KIND_LABELS), NOW)
  await statements(1)
  const two = await statements(2)
  expect(await statements(12)).toBe(two)
  expect(await told()).toHaveLength(15)
})
