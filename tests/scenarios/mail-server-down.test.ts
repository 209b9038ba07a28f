import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import { row, rows } from '../../src/db/pool.ts'
import { instantAt } from '../../src/domain/time/days.ts'
import { type Fault, startTrialInbox, type TrialInbox } from '../../src/mail/trial-inbox.ts'
import { poke } from '../../src/services/watching/pokes.ts'
import { COUNTY } from '../support/county.ts'
import { type Stack, startStack } from '../support/stack.ts'
import { givenWarning } from '../support/warnings.ts'

let stack: Stack
let restarted: { inbox: TrialInbox; dir: string } | null = null
afterEach(async () => {
  await stack.stop()
  await restarted?.inbox.close()
  if (restarted) rmSync(restarted.dir, { recursive: true })
  restarted = null
})

let fault: ((to: string | undefined) => Fault | null) | null = null
/** Red warnings in three towns, whose officers are told at once. */
async function start(): Promise<void> {
  fault = null
  stack = await startStack({
    start: instantAt('2022-06-02', '09:00'),
    faults: ({ to }) => fault?.(to[0]) ?? null,
  })
}
async function warn(...towns: string[]): Promise<void> {
  for (const town of towns) await givenWarning(stack.pool, { id: `YJ-${town}`, level: 'red', town })
  await stack.settle()
}

/** So many minutes of wall time pass, and what waits is tried again. */
async function tryAfter(minutes: number): Promise<void> {
  await stack.pool.query(
    `update mails set next_attempt_wall = now(), refused_wall = refused_wall - $1 * interval '1 minute'
      where state = 'queued'`,
    [minutes],
  )
  await poke(stack.pool, 'courier', [COUNTY])
  await stack.settle()
}

const states = async () =>
  (await rows<{ state: string }>(stack.pool, 'select state from mails order by id')).map(({ state }) => state)
const hold = async () => (await row<{ reason: string }>(stack.pool, 'select reason from mail_holds'))?.reason
const notReached = () => rows(stack.pool, 'select id from not_reached')

test.each<[string, Fault | 'closed']>([
  ['refuses connections', 'closed'],
  ['answers 421 at every reader', { kind: 'refuse', code: 421, reply: '4.3.2 shutting down' }],
  ['puts our sender off', { kind: 'put-off-sender', code: 451, reply: '4.7.1 try again later' }],
  ['puts every reader off', { kind: 'greylist' }],
])('a server that %s raises the alarm after ten minutes, and loses nothing', async (_, what) => {
  await start()
  if (what === 'closed') await stack.inbox.close()
  else fault = () => what
  await warn('maoba', 'donghe', 'gaoqiao')
  await tryAfter(9)
  expect(await hold()).toBeUndefined()
  await tryAfter(1)
  expect(await hold()).toBe('unreachable')
  // However long it lasts, nothing is final and nobody is passed over.
  await tryAfter(300)
  expect(await states()).toEqual(['queued', 'queued', 'queued'])
  expect(await notReached()).toEqual([])

  if (what === 'closed') {
    const port = Number(new URL(stack.inbox.smtpUrl).port)
    const dir = mkdtempSync(join(tmpdir(), 'duban-inbox-'))
    restarted = { dir, inbox: await startTrialInbox({ dir, port }) }
  }
  fault = null
  await tryAfter(5)
  expect(await states()).toEqual(['accepted', 'accepted', 'accepted'])
  expect(await hold()).toBeUndefined()
})

test('one mailbox that puts us off is no server that is down', async () => {
  await start()
  fault = () => ({ kind: 'greylist' })
  await warn('maoba')
  await tryAfter(30)
  expect(await hold()).toBeUndefined()
})

test('one mail that breaks the connection holds nobody up, and passes on like one that its mailbox puts off', async () => {
  await start()
  fault = (to) => (to?.startsWith('officer@maoba') ? { kind: 'refuse', code: 421, reply: 'closing' } : null)
  await warn('maoba')
  await warn('donghe')
  await tryAfter(0)
  expect(await states()).toEqual(['queued', 'accepted'])
  expect(await hold()).toBeUndefined()
  await stack.advanceTo('2022-06-02', '10:00')
  expect(await notReached()).toHaveLength(1)
})
