import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, expect, onTestFinished, test } from 'vitest'
import { type Pool, row } from '../../src/db/pool.ts'
import { instantAt } from '../../src/domain/time/days.ts'
import type { WorkerDeps } from '../../src/engine/worker.ts'
import { forgetfulPool } from '../support/forgetful-pool.ts'
import { startKillableEngine } from '../support/killable-engine.ts'
import { acceptedLines } from '../support/mails.ts'
import { type Stack, startStack } from '../support/stack.ts'
import { givenWarning } from '../support/warnings.ts'

let stack: Stack
afterEach(() => stack.stop())

const start = instantAt('2022-06-02', '09:00')
const TOWNS = ['chengguan', 'donghe', 'gaoqiao', 'haoping', 'jieling', 'maoba']

test('steps that are repeated because nobody heard of them happen once, but each mail leaves twice under one Message-ID', async () => {
  stack = await startStack({ start, wrap: dyingAfterEachStep })
  for (const town of ['maoba', 'donghe'])
    await givenWarning(stack.pool, { id: `YJ-${town}`, level: 'orange', town })
  await stack.advanceTo('2022-06-13', '18:00')
  expect((await acceptedLines(stack.pool)).sort()).toEqual([
    '2022-06-06 08:30 officer@donghe 新任务 橙色预警核查 1',
    '2022-06-06 08:30 officer@maoba 新任务 橙色预警核查 1',
    '2022-06-08 08:30 officer@donghe 提醒 橙色预警核查 1',
    '2022-06-08 08:30 officer@maoba 提醒 橙色预警核查 1',
    '2022-06-10 08:30 officer@donghe 提醒 橙色预警核查 1',
    '2022-06-10 08:30 officer@maoba 提醒 橙色预警核查 1',
    '2022-06-13 08:30 duban@bureau 现状',
    '2022-06-13 08:30 head@donghe 督办 橙色预警核查 1',
    '2022-06-13 08:30 head@maoba 督办 橙色预警核查 1',
    '2022-06-13 08:30 jiuzhu@bureau 现状',
    '2022-06-13 08:30 leader@bureau 现状',
    '2022-06-13 08:30 officer@donghe 逾期 橙色预警核查 1',
    '2022-06-13 08:30 officer@maoba 逾期 橙色预警核查 1',
  ])
  expect(await arrivals()).toEqual(Array.from({ length: 13 }, () => 2))
})

test('a worker is killed while some deadlines fire and the first mails are leaving', async () => {
  // Slow enough that mails are certainly in flight when the worker dies.
  stack = await startStack({ start, idle: true, faults: () => ({ kind: 'slow', ms: 400 }) })
  for (const town of TOWNS)
    for (const issuedOn of ['2022-06-01', '2022-06-02'])
      await givenWarning(stack.pool, { id: `YJ-${town}-${issuedOn}`, level: 'orange', town, issuedOn })
  const doomed = await startKillableEngine(stack)
  onTestFinished(doomed.kill)
  await stack.settle()
  await stack.stepTo('2022-06-08', '08:30')
  while ((await sending()) === 0) await sleep(2)
  await doomed.kill()
  expect(await sending()).toBeGreaterThan(0)

  await stack.restartEngine()
  await endLease(stack.pool)
  await expect
    .poll(() => stack.settle().catch((error: Error) => error.message), { timeout: 50_000 })
    .toBe(undefined)
  await stack.advanceTo('2022-06-08', '18:00')
  const told = (await acceptedLines(stack.pool)).map((line) => line.split(' ').slice(2, 4).join(' ')).sort()
  const twice = (town: string, word: string) => [`officer@${town} ${word}`, `officer@${town} ${word}`]
  expect(told).toEqual(TOWNS.flatMap((town) => [...twice(town, '提醒'), ...twice(town, '新任务')]))
  expect(Math.max(...(await arrivals()))).toBeLessThanOrEqual(2)
}, 90_000)

/** Every other transaction is committed and not heard of; every mail is accepted, and then the worker is gone until its lease has ended. */
function dyingAfterEachStep(deps: WorkerDeps): WorkerDeps {
  const sent = new Set<string>()
  return {
    ...deps,
    pool: forgetfulPool(deps.pool),
    transport: {
      ...deps.transport,
      async send(mail) {
        const fate = await deps.transport.send(mail)
        if (sent.has(mail.messageId)) return fate
        sent.add(mail.messageId)
        await endLease(deps.pool)
        throw new Error('killed')
      },
    },
  }
}

/** A minute of wall time, brought forward. */
function endLease(pool: Pool) {
  return pool.query(`update mails set next_attempt_wall = now() where state = 'sending'`)
}

/** How often each mail arrived, by Message-ID. */
async function arrivals(): Promise<number[]> {
  const mails = await stack.inbox.list({ limit: 1_000 })
  const times = new Map<string, number>()
  for (const { messageId } of mails) times.set(messageId, (times.get(messageId) ?? 0) + 1)
  return [...times.values()]
}

async function sending(): Promise<number> {
  const found = await row<{ n: number }>(
    stack.pool,
    `select count(*) as n from mails where state = 'sending'`,
  )
  return found?.n ?? 0
}
