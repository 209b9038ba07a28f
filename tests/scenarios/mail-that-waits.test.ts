import { afterEach, expect, test } from 'vitest'
import { inTransaction, row, rows } from '../../src/db/pool.ts'
import { type Day, instantAt } from '../../src/domain/time/days.ts'
import type { Fault } from '../../src/mail/trial-inbox.ts'
import { addMailOrder } from '../../src/services/notifications/mail-orders.ts'
import { poke } from '../../src/services/watching/pokes.ts'
import { COUNTY } from '../support/county.ts'
import { type Stack, startStack } from '../support/stack.ts'
import { givenWarning, when } from '../support/warnings.ts'

let stack: Stack
afterEach(() => stack.stop())

/** The mailboxes that meet a fault, by the beginning of their address; the test changes it. */
const faults = new Map<string, Fault>()
async function start(day: Day, time = '09:00') {
  faults.clear()
  stack = await startStack({
    start: instantAt(day, time),
    faults: ({ to }) => [...faults].find(([begin]) => to[0]?.startsWith(begin))?.[1] ?? null,
  })
}
const EVERYBODY = ''
const OFFICER = 'officer@maoba'

/** Each mail: to whom, what became of it. */
async function mails(): Promise<string[]> {
  const found = await rows<{ to: string; state: string }>(
    stack.pool,
    `select split_part(to_address, '.ziyang', 1) as "to", state from mails order by composed_at, 1, id`,
  )
  return found.map(({ to, state }) => `${to} ${state}`)
}
const notReached = () =>
  rows<{ reason: string; person: string; told: string | null }>(
    stack.pool,
    `select n.reason, split_part(p.email, '.ziyang', 1) as person, split_part(t.email, '.ziyang', 1) as told
       from not_reached n join people p on p.id = n.person left join people t on t.id = n.passed_to order by n.id`,
  )
const hold = () => row<{ reason: string; reply: string }>(stack.pool, 'select reason, reply from mail_holds')

/** The back-off of wall time is brought forward, and the courier told. */
async function tryAgain() {
  await stack.pool.query(`update mails set next_attempt_wall = now() where state = 'queued'`)
  await poke(stack.pool, 'courier', [COUNTY])
  await stack.settle()
}

test.each<[string, Fault, boolean]>([
  ['553', { kind: 'refuse', code: 553, reply: 'sorry, not from you' }, true],
  ['554', { kind: 'refuse', code: 554, reply: 'delivery error' }, true],
  ['550 5.7.1', { kind: 'refuse', code: 550, reply: '5.7.1 command rejected' }, true],
  ['an unclear 550 to two readers', { kind: 'refuse', code: 550, reply: 'refused' }, false],
])(
  '%s at RCPT TO holds all mail, nothing is final, and once it is mended everything leaves',
  async (_, fault, clear) => {
    // Before the office opens, so that both mails leave with its first round.
    await start('2022-06-02', '07:00')
    faults.set(EVERYBODY, fault)
    for (const town of ['maoba', 'donghe'])
      await givenWarning(stack.pool, { id: `YJ-${town}`, level: 'red', town })
    await stack.advanceTo('2022-06-02', '08:30')
    await tryAgain()
    const officers = async () => new Set((await mails()).filter((mail) => mail.startsWith('officer@')))
    expect(await officers()).toEqual(new Set([`officer@donghe queued`, `${OFFICER} queued`]))
    // Nothing is final. What is unclear may have passed on before the second reader was refused alike.
    expect((await mails()).filter((mail) => !mail.endsWith(' queued'))).toEqual([])
    if (clear) expect(await notReached()).toEqual([])
    expect(await hold()).toMatchObject({ reply: expect.stringContaining((fault as { reply: string }).reply) })

    faults.clear()
    await tryAgain()
    expect(await officers()).toEqual(new Set([`officer@donghe accepted`, `${OFFICER} accepted`]))
    expect(await hold()).toBeUndefined()
  },
)

test('an unclear refusal of one reader passes on; when the next is refused alike, both wait and the ladder stops', async () => {
  await start('2022-06-02')
  faults.set(EVERYBODY, { kind: 'refuse', code: 550, reply: 'refused' })
  await givenWarning(stack.pool, { id: 'YJ1', level: 'red' })
  await stack.settle()
  expect(await mails()).toEqual(['head@maoba queued', `${OFFICER} queued`])
  expect(await hold()).toMatchObject({ reason: 'alike' })
  faults.clear()
  await tryAgain()
  expect(await mails()).toEqual(['head@maoba accepted', `${OFFICER} accepted`])
})

test("one reader's relaying denied while others are reached is theirs alone: it waits, and holds nobody up", async () => {
  // Before the office opens, so that both mails leave with its first round.
  await start('2022-06-02', '07:00')
  faults.set(OFFICER, { kind: 'refuse', code: 550, reply: '5.7.1 relaying denied' })
  for (const town of ['maoba', 'donghe'])
    await givenWarning(stack.pool, { id: `YJ-${town}`, level: 'red', town })
  await stack.advanceTo('2022-06-02', '08:30')
  await tryAgain()
  expect(await mails()).toEqual(['officer@donghe accepted', `${OFFICER} queued`])
  expect(await hold()).toBeUndefined()
})

test('a mailbox that puts an urgent mail off is passed on after one office hour, once, while it is tried on', async () => {
  await start('2022-06-02', '11:30')
  faults.set(OFFICER, { kind: 'greylist' })
  await givenWarning(stack.pool, { id: 'YJ1', level: 'red' })
  await stack.settle()
  await stack.advanceTo('2022-06-02', '14:59')
  expect(await notReached()).toEqual([])
  await stack.advanceTo('2022-06-02', '18:00')
  expect(await notReached()).toEqual([{ reason: 'deferred', person: OFFICER, told: 'head@maoba' }])
  // At noon the office closes: half an hour before it, half an hour from 14:30 on.
  const told = await row<{ at: number }>(
    stack.pool,
    `select m.composed_at as at from mails m where to_address like 'head@maoba%' and state = 'accepted'`,
  )
  expect(told?.at).toBe(instantAt('2022-06-02', '15:00'))

  faults.clear()
  await stack.advanceTo('2022-06-06', '08:30')
  const toOfficer = (await mails()).filter((mail) => mail.startsWith(OFFICER))
  expect(toOfficer).toEqual([`${OFFICER} superseded`, `${OFFICER} superseded`, `${OFFICER} accepted`])
  expect(await notReached()).toHaveLength(1)
})

test('how long a mailbox may put a mail off is what the policy in force says', async () => {
  await start('2022-06-02')
  await stack.pool.query(`update policies set deferral = '{"urgentOfficeMinutes":120,"rounds":2}'`)
  faults.set('officer@', { kind: 'greylist' })
  await givenWarning(stack.pool, { id: 'YJ1', level: 'red' })
  await stack.settle()
  await stack.advanceTo('2022-06-02', '10:59')
  expect(await notReached()).toEqual([])
  await stack.advanceTo('2022-06-02', '11:00')
  expect(await notReached()).toEqual([{ reason: 'deferred', person: OFFICER, told: 'head@maoba' }])
})

test('what is not urgent is passed on with the next round, and the waiting mail is composed anew', async () => {
  await start('2022-06-02')
  faults.set(OFFICER, { kind: 'greylist' })
  await givenWarning(stack.pool, { id: 'YJ1', level: 'orange' })
  await stack.advanceTo('2022-06-06', '08:30')
  expect(await mails()).toEqual([`${OFFICER} queued`])
  await stack.advanceTo('2022-06-06', '14:29')
  expect(await notReached()).toEqual([])
  await stack.advanceTo('2022-06-06', '14:30')
  expect(await notReached()).toEqual([{ reason: 'deferred', person: OFFICER, told: 'head@maoba' }])
  expect(await mails()).toEqual([`${OFFICER} superseded`, 'head@maoba accepted', `${OFFICER} queued`])
})

test('a retry leaves neither at night nor on a Saturday, and says on Monday what is true then, in one mail', async () => {
  await start('2022-06-06')
  faults.set(EVERYBODY, { kind: 'greylist' })
  for (const id of ['YJ1', 'YJ2'])
    await givenWarning(stack.pool, { id, level: 'red', issuedOn: '2022-06-10' })
  await stack.advanceTo('2022-06-10', '17:59')
  faults.clear()
  await stack.stepTo('2022-06-11', '23:30')
  await tryAgain()
  expect(stack.inbox.count()).toBe(0)

  await when(stack.pool, 'YJ1', { action: 'submit', result: { outcome: 'ineligible' } })
  await stack.advanceTo('2022-06-13', '08:30')
  const accepted = await rows<{ to: string; text: string }>(
    stack.pool,
    `select split_part(to_address, '.ziyang', 1) as "to", text_body as text from mails where state = 'accepted'`,
  )
  const theirs = accepted.filter(({ to }) => to === OFFICER)
  expect(theirs).toHaveLength(1)
  expect(theirs[0]?.text).toContain('YJ2')
  expect(theirs[0]?.text).not.toContain('YJ1')
})

test('a mail of which nothing is true any more is dropped, and says so', async () => {
  await start('2022-06-02')
  faults.set(OFFICER, { kind: 'greylist' })
  await givenWarning(stack.pool, { id: 'YJ1', level: 'orange' })
  await stack.advanceTo('2022-06-06', '08:30')
  await when(stack.pool, 'YJ1', { action: 'submit', result: { outcome: 'ineligible' } })
  faults.clear()
  await tryAgain()
  expect((await mails()).filter((mail) => mail.startsWith(OFFICER))).toEqual([`${OFFICER} moot`])
  expect(await notReached()).toEqual([])
})

test('a mail that the server may have keeps its Message-ID over the next round', async () => {
  await start('2022-06-02')
  faults.set(OFFICER, { kind: 'drop-after-dot' })
  await givenWarning(stack.pool, { id: 'YJ1', level: 'orange' })
  await stack.advanceTo('2022-06-06', '14:30')
  faults.clear()
  await tryAgain()
  expect(await mails()).toEqual([`${OFFICER} accepted`])
  const ids = (await stack.inbox.list()).map((mail) => mail.messageId)
  expect(new Set(ids).size).toBe(1)
})

test('an address that changed while mail waits is the one it goes to', async () => {
  await start('2022-06-02')
  faults.set(OFFICER, { kind: 'greylist' })
  await givenWarning(stack.pool, { id: 'YJ1', level: 'orange' })
  await stack.advanceTo('2022-06-06', '08:30')
  await stack.pool.query(`update people set email = 'moved@maoba.ziyang.test' where email like '${OFFICER}%'`)
  await tryAgain()
  expect(await mails()).toEqual(['moved@maoba accepted'])
  expect((await stack.inbox.list()).map((mail) => mail.to)).toEqual(['moved@maoba.ziyang.test'])
})

test('a mail that comes back has failed after all, and passes on once', async () => {
  await start('2022-06-02')
  await givenWarning(stack.pool, { id: 'YJ1', level: 'orange' })
  await stack.advanceTo('2022-06-06', '08:30')
  const mail = await row<{ id: string; messageId: string }>(
    stack.pool,
    'select id, message_id as "messageId" from mails',
  )
  for (let times = 0; times < 2; times++) {
    const bounce = { kind: 'bounce', messageId: mail!.messageId, reply: '5.1.1 user unknown' } as const
    await inTransaction(stack.pool, (tx) => addMailOrder(tx, COUNTY, bounce))
    await stack.settle()
  }
  expect(await mails()).toEqual(['head@maoba accepted', `${OFFICER} failed`])
  expect(await notReached()).toEqual([{ reason: 'undeliverable', person: OFFICER, told: 'head@maoba' }])
  expect(
    await row(stack.pool, 'select reply, bounced_at is not null as bounced from mails where id = $1', [
      mail!.id,
    ]),
  ).toEqual({
    reply: '退信:5.1.1 user unknown',
    bounced: true,
  })
})

test('a mail that is to be sent anew at night leaves in the morning, and the old one says which replaced it', async () => {
  await start('2022-06-02')
  await givenWarning(stack.pool, { id: 'YJ1', level: 'orange' })
  await stack.advanceTo('2022-06-06', '08:30')
  const mail = await row<{ id: string; messageId: string }>(
    stack.pool,
    'select id, message_id as "messageId" from mails',
  )
  const order = async (kind: 'bounce' | 'resend', reply: string | null) => {
    await inTransaction(stack.pool, (tx) =>
      addMailOrder(tx, COUNTY, { kind, messageId: mail!.messageId, reply }),
    )
    await stack.settle()
  }
  await order('bounce', '5.1.1 user unknown')
  await stack.advanceTo('2022-06-06', '20:00')
  await order('resend', null)
  const toOfficer = async () => (await mails()).filter((each) => each.startsWith(OFFICER))
  expect(await toOfficer()).toEqual([`${OFFICER} failed`])
  await stack.advanceTo('2022-06-07', '08:30')
  expect(await toOfficer()).toEqual([`${OFFICER} superseded`, `${OFFICER} accepted`])
  const link = `select n.state, n.composed_at as at from mails o join mails n on n.id = o.superseded_by where o.id = $1`
  expect(await row(stack.pool, link, [mail!.id])).toEqual({
    state: 'accepted',
    at: instantAt('2022-06-07', '08:30'),
  })
})
