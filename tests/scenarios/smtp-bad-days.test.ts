import { expect, test } from 'vitest'
import { rows } from '../../src/db/pool.ts'
import { instantAt } from '../../src/domain/time/days.ts'
import type { Fault } from '../../src/mail/trial-inbox.ts'
import { poke } from '../../src/services/watching/pokes.ts'
import { COUNTY } from '../support/county.ts'
import { type Stack, startStack } from '../support/stack.ts'
import { givenWarning } from '../support/warnings.ts'

/** By town: what the server does to its officer's mail the first time. */
const FIRST_TIME: Record<string, Fault['kind']> = {
  donghe: 'greylist',
  jieling: 'drop-after-dot',
  gaoqiao: 'drop-mid-data',
  haoping: 'refuse',
}

type Fate = { town: string; state: string; attempts: number; messageId: string }

function fates(stack: Stack): Promise<Fate[]> {
  return rows(
    stack.pool,
    `select split_part(split_part(to_address, '@', 2), '.', 1) as town, state, attempts, message_id as "messageId"
       from mails order by 1, composed_at`,
  )
}

test('on bad days of SMTP no mail is lost, none fails by mistake, and unreachable people are passed over', async () => {
  const seen = new Map<string, number>()
  const stack = await startStack({
    start: instantAt('2022-06-02', '09:00'),
    faults: ({ to }) => {
      const town = to[0]?.split('@')[1]?.split('.')[0] ?? ''
      const times = (seen.get(town) ?? 0) + 1
      seen.set(town, times)
      const kind = FIRST_TIME[town]
      return kind && (times === 1 || kind === 'refuse') ? ({ kind } as Fault) : null
    },
  })
  for (const town of ['maoba', ...Object.keys(FIRST_TIME)])
    await givenWarning(stack.pool, { id: `YJ-${town}`, level: 'orange', town })
  await stack.advanceTo('2022-06-06', '08:30')

  const after = Object.fromEntries((await fates(stack)).map((f) => [f.town, f.state]))
  expect(after).toMatchObject({ maoba: 'accepted', donghe: 'queued', jieling: 'queued', gaoqiao: 'queued' })
  const before = await fates(stack)

  // The back-off is a minute of wall time: brought forward here, and the courier told.
  await stack.pool.query(`update mails set next_attempt_wall = now() where state = 'queued'`)
  await poke(stack.pool, 'courier', [COUNTY])
  await stack.settle()
  const settled = await fates(stack)
  for (const town of ['donghe', 'jieling', 'gaoqiao']) {
    expect(settled.filter((f) => f.town === town)).toMatchObject([{ state: 'accepted', attempts: 2 }])
    expect(settled.find((f) => f.town === town)?.messageId).toBe(
      before.find((f) => f.town === town)?.messageId,
    )
  }

  const notReached = await rows<{ office: string; reason: string; told: string }>(
    stack.pool,
    `select office, reason, p.email as told from not_reached n join people p on p.id = n.passed_to order by n.id`,
  )
  // The officer's mail goes to the head, the head's to the relief centre: the rung passes on until somebody is reached.
  expect(notReached).toEqual([
    { office: `${COUNTY}.haoping`, reason: 'undeliverable', told: 'head@haoping.ziyang.test' },
    {
      office: `${COUNTY}.haoping`,
      reason: 'undeliverable',
      told: expect.stringContaining('@bureau.ziyang.test'),
    },
  ])
  await stack.stop()
})

test('a refused login stops the queue and loses nothing', async () => {
  let refusing = true
  const stack = await startStack({
    start: instantAt('2022-06-02', '09:00'),
    login: true,
    faults: () => (refusing ? { kind: 'auth-fail' } : null),
  })
  await givenWarning(stack.pool, { id: 'YJ1', level: 'orange' })
  await givenWarning(stack.pool, { id: 'YJ2', level: 'orange', town: 'donghe' })
  await stack.advanceTo('2022-06-06', '08:30')
  // However long it lasts: a login that is refused is no attempt of any mail.
  expect((await fates(stack)).map((f) => [f.state, f.attempts])).toEqual([
    ['queued', 0],
    ['queued', 0],
  ])

  refusing = false
  await stack.pool.query(`update mails set next_attempt_wall = now() where state = 'queued'`)
  await poke(stack.pool, 'courier', [COUNTY])
  await stack.settle()
  expect((await fates(stack)).map((f) => f.state)).toEqual(['accepted', 'accepted'])
  await stack.stop()
})
