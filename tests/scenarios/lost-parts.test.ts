import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import pino from 'pino'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { readConfig } from '../../src/bin/config/config.ts'
import { type Running, up } from '../../src/bin/start/up.ts'
import { WATCHDOG } from '../../src/contract/timeouts.ts'
import { now as businessNow, setClock } from '../../src/services/schedule/clock.ts'
import { row } from '../../src/db/pool.ts'
import { earliestWake } from '../../src/services/watching/watches.ts'
import { instantAt } from '../../src/domain/time/days.ts'
import { removePostgres } from '../../src/engine/embedded/postgres-data.ts'
import type { ProcessMark } from '../../src/engine/embedded/processes.ts'
import { pokeGaps } from '../../src/engine/watchdog.ts'
import { reachQuiescence } from '../../src/engine/quiescence.ts'
import { acceptedLines } from '../support/mails.ts'
import { givenWarning, givenWarnings } from '../support/warnings.ts'

const TOWNS = ['chengguan', 'donghe', 'gaoqiao', 'haoping', 'jieling', 'maoba']
const start = instantAt('2022-06-02', '09:00')

let running: Running
let dir: string
/** The whole product as `npm start` runs it: what dies is started again by whoever watches over it. */
beforeAll(async () => {
  dir = mkdtempSync(join(tmpdir(), 'duban-lost-'))
  const config = readConfig({}, { DUBAN_DATA: dir, DUBAN_PORT: 0 })
  const clock = { mode: 'stepped', businessAt: start } as const
  running = await up(config, { begin: 'offices', clock, log: pino({ level: 'silent' }) })
  await running.engine.joined
  for (const town of TOWNS) await givenWarning(running.pool, { id: `YJ-${town}`, level: 'orange', town })
  // What began is decided now, so that time does not pass over it.
  expect(await reachQuiescence(running.pool, start)).toEqual([])
}, 120_000)
afterAll(async () => {
  await running.stop()
  await removePostgres(join(dir, 'postgres'))
  rmSync(dir, { recursive: true, force: true })
})

test('when PostgreSQL is killed while moments fall due, work resumes by itself and nothing is lost or doubled', async () => {
  await passUntil('2022-06-08', '08:00')
  const before = await postmaster()
  stepTo('2022-06-08', '08:30')
  await untilFirst('firings')
  process.kill(before.pid, 'SIGKILL')
  await untilBack()
  await passUntil('2022-06-08', '18:00')
  expect(await told()).toEqual([
    ...TOWNS.map((town) => `2022-06-06 officer@${town} 新任务`),
    ...TOWNS.map((town) => `2022-06-08 officer@${town} 提醒`),
  ])
  expect(await gaps()).toEqual([])
  expect((await postmaster()).pid).not.toBe(before.pid)
})

test('when Temporal is killed while moments fall due, nothing is lost or doubled either', async () => {
  await passUntil('2022-06-10', '08:00')
  const before = temporal()
  stepTo('2022-06-10', '08:30')
  await untilFirst(`firings where moment = 'due-day'`)
  process.kill(before.pid, 'SIGKILL')
  await untilBack()
  await passUntil('2022-06-13', '18:00')
  expect((await told()).slice(2 * TOWNS.length)).toEqual([
    ...TOWNS.map((town) => `2022-06-10 officer@${town} 提醒`),
    '2022-06-13 duban@bureau 现状',
    ...TOWNS.map((town) => `2022-06-13 head@${town} 督办`),
    '2022-06-13 jiuzhu@bureau 现状',
    '2022-06-13 leader@bureau 现状',
    ...TOWNS.map((town) => `2022-06-13 officer@${town} 逾期`),
  ])
  expect(await gaps()).toEqual([])
  expect(temporal().pid).not.toBe(before.pid)
})

test('when PostgreSQL is killed while many are signed for at once, all of them are, and each once', async () => {
  const { pool, url, token } = running
  const wanted = Array.from(
    { length: 201 },
    (_, n) => ({ id: `PL-${n}`, level: 'yellow', silent: true }) as const,
  )
  const ids = await givenWarnings(pool, wanted)
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' }
  const body = JSON.stringify({ ids, action: { action: 'acknowledge' } })
  const answer = await fetch(`${url}/v1/obligations/actions`, { method: 'POST', headers, body })
  expect(answer.status).toBe(202)
  const { run } = (await answer.json()) as { run: { id: string } }
  const before = await postmaster()
  await untilFirst(`bulk_items where state = 'done'`)
  process.kill(before.pid, 'SIGKILL')
  await untilBack()
  const counted = `select count(*) filter (where action = 'acknowledge')::int as n, count(distinct obligation)::int as of
     from events where obligation = any($1)`
  expect(await row(pool, counted, [ids])).toEqual({ n: 201, of: 201 })
  const asked = await fetch(`${url}/v1/bulk-runs/${run.id}`, { headers })
  expect(await asked.json()).toMatchObject({ state: 'done', total: 201, done: 201, left: 0 })
})

/** By day only: who fires after the morning's round has left is told in the afternoon's. */
async function told(): Promise<string[]> {
  const lines = await acceptedLines(running.pool)
  return lines.map((line) => line.replace(/ (08:30|14:30) /, ' ').replace(/ 橙色.*/, '')).sort()
}

/** A poke that has not been answered by now counts as a gap too. */
function gaps() {
  return pokeGaps(running.pool, { ...WATCHDOG, unansweredMs: 0 })
}

/** Moves the clock, so that six deadlines wake at once, and does not wait for what it brings about. */
function stepTo(day: string, time: string): void {
  const now = instantAt(day, time)
  const moved = setClock(running.pool, { mode: 'stepped', businessAt: now })
  moved.then(() => reachQuiescence(running.pool, now)).catch(() => undefined)
}

async function untilFirst(what: string): Promise<void> {
  while (!(await row(running.pool, `select 1 from ${what} limit 1`))) await sleep(1)
}

async function untilBack(): Promise<void> {
  const settled = async () => reachQuiescence(running.pool, await businessNow(running.pool))
  await expect
    .poll(() => settled().catch((error: Error) => [error.message]), { timeout: 120_000 })
    .toEqual([])
}

async function postmaster(): Promise<{ pid: number }> {
  const found = await row<{ data_directory: string }>(running.pool, 'show data_directory')
  return {
    pid: Number(readFileSync(join(found?.data_directory ?? '', 'postmaster.pid'), 'utf8').split('\n')[0]),
  }
}

function temporal(): { pid: number } {
  return (JSON.parse(readFileSync(join(dir, 'children.json'), 'utf8')) as { temporal: ProcessMark }).temporal
}

async function passUntil(day: string, time: string): Promise<void> {
  const until = instantAt(day, time)
  for (let wake = await earliestWake(running.pool); wake !== null && wake <= until;) {
    await setClock(running.pool, { mode: 'stepped', businessAt: wake })
    expect(await reachQuiescence(running.pool, wake)).toEqual([])
    wake = await earliestWake(running.pool)
  }
}
