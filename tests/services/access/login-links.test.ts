import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { checkLink } from '../../../src/services/access/link-state.ts'
import { makeLink, requestReset, setPasswordByLink } from '../../../src/services/access/secret-links.ts'
import type { LinkPurpose } from '../../../src/services/access/login-links.ts'
import { inTransaction, row } from '../../../src/db/pool.ts'
import { listSessions } from '../../../src/services/access/sessions.ts'
import { HERE, HOUR, type House, MINUTE, openHouse, OTHER, PASSWORD, withTotp } from './house.ts'

let house: House
beforeAll(async () => {
  house = await openHouse()
})
afterAll(() => house.close())

const linkFor = (person: string, purpose: LinkPurpose = 'reset') =>
  inTransaction(house.gate, (tx) => makeLink(tx, person, purpose, house.clock.now))
const use = (token: string, password = OTHER, code?: string) =>
  setPasswordByLink(house.deps, { token, password, code }, HERE)
const BAD = { refused: 'bad-link' }

/** Long enough on a quiet machine for a mail that should not come. */
const NO_MAIL_MS = 500

/** Asks for a reset, which answers before it is done. @returns the links that were mailed for it */
async function ask(email: string, { mailed = true } = {}): Promise<string[]> {
  const before = house.mails.length
  requestReset(house.deps, email, HERE)
  if (mailed) await expect.poll(() => house.mails.length).toBeGreaterThan(before)
  else await sleep(NO_MAIL_MS)
  return house.mails
    .slice(before)
    .map((m) => /\/app\/set-password#token=([\w-]{43})\s/.exec(m.text)?.[1] ?? m.text)
}

test('a link sets the password and signs in, and is void afterwards', async () => {
  const { email, id } = await house.somebody()
  const { token } = await linkFor(id, 'first-password')
  expect(await use(token)).toMatchObject({ person: id, sessionId: expect.any(String) })
  expect(await house.try(email, OTHER)).toMatchObject({ person: id })
  expect(await use(token, PASSWORD)).toEqual(BAD)
  expect(await house.try(email, OTHER)).toMatchObject({ person: id })
})

test('a link that is used, too old or invented leaves an audit event', async () => {
  const { id } = await house.somebody()
  const [{ token }, before] = [await linkFor(id), (await house.trail('nobody')).length]
  house.pass(HOUR)
  for (const bad of [token, 'x'.repeat(43)]) expect(await use(bad)).toEqual(BAD)
  const line = { action: 'password.set', outcome: 'refused', address: HERE.address, county: null }
  expect((await house.trail('nobody')).slice(before)).toMatchObject([line, line])
})

test('of two uses at once only one succeeds', async () => {
  const { id } = await house.somebody()
  const { token } = await linkFor(id)
  const answers = await Promise.all([use(token), use(token, PASSWORD)])
  expect(answers.filter((a) => 'refused' in a)).toEqual([BAD])
})

test.each([
  ['first-password', 72],
  ['reset', 1],
] as const)('a link for %s holds for %i hours', async (purpose, hours) => {
  const { id } = await house.somebody()
  const { token, expiresWall } = await linkFor(id, purpose)
  expect(expiresWall).toBe(house.clock.now + hours * HOUR)
  house.pass(hours * HOUR - 1)
  expect(await use(token, 'short')).toMatchObject({ refused: 'bad-password' })
  house.pass(1)
  expect(await use(token)).toEqual(BAD)
})

test('a refused password does not use the link up', async () => {
  const { id } = await house.somebody()
  const { token } = await linkFor(id)
  expect(await use(token, 'woaini1314')).toEqual({
    refused: 'bad-password',
    why: expect.stringContaining('12'),
  })
  expect(await use(token)).toMatchObject({ person: id })
})

test('a new link voids the one before, even when both are made at once; a new password voids all', async () => {
  const { id } = await house.somebody()
  const one = await linkFor(id)
  const pair = await Promise.all([linkFor(id), linkFor(id)])
  expect(await use(one.token)).toEqual(BAD)
  const holding = await row<{ n: number }>(
    house.pool,
    'select count(*) as n from login_links where person = $1 and used_wall is null',
    [id],
  )
  expect(holding?.n).toBe(1)
  const answers = []
  for (const { token } of pair) answers.push(await use(token))
  expect(answers.filter((a) => 'refused' in a)).toHaveLength(1)
})

test('a link ends every session of the person', async () => {
  const { email, id } = await house.somebody()
  await house.try(email)
  const { token } = await linkFor(id)
  const { sessionId } = (await use(token)) as { sessionId: string }
  expect((await listSessions(house.gate, id, house.clock.now)).map((s) => s.id)).toEqual([sessionId])
})

test('a link works while the account is throttled, and ends the throttling', async () => {
  const { email, id } = await house.somebody()
  for (let n = 0; n < 6; n++) {
    await house.try(email, OTHER)
    house.pass(n < 5 ? MINUTE : 0)
  }
  expect(await house.try(email)).toMatchObject({ refused: 'throttled' })
  const { token } = await linkFor(id)
  expect(await use(token)).toMatchObject({ person: id })
  expect(await house.try(email, OTHER)).toMatchObject({ person: id })
})

test('a link does not replace the second factor: with a code it signs in, otherwise it only sets the password', async () => {
  const { email, id } = await house.somebody()
  const code = await withTotp(house, id)
  for (const wrong of [undefined, '000000']) {
    const { token } = await linkFor(id)
    expect(await use(token, OTHER, wrong)).toEqual({ sessionId: null, person: id })
    expect(await listSessions(house.gate, id, house.clock.now)).toEqual([])
  }
  // That a code is wrong is known to the trail as at a sign-in; that none was shown is no attempt.
  const refused = (await house.trail(id)).filter((e) => e.outcome === 'refused')
  expect(refused).toMatchObject([
    { action: 'session.begin', detail: { why: 'wrong' }, address: HERE.address },
  ])
  expect(await house.try(email, OTHER)).toEqual({ refused: 'code-needed' })
  const { token } = await linkFor(id)
  expect(await use(token, PASSWORD, code())).toMatchObject({ person: id, sessionId: expect.any(String) })
  const [session] = await listSessions(house.gate, id, house.clock.now)
  expect(session).toMatchObject({ via: 'link', secondFactorWall: house.clock.now })
})

test('no part of a link is stored in the clear', async () => {
  const { id } = await house.somebody()
  const { token } = await linkFor(id)
  const kept = await row<{ all: string }>(
    house.pool,
    'select string_agg(l::text, $1) as all from login_links l',
    [' '],
  )
  expect(kept?.all).not.toContain(token)
})

test("a reset is mailed to the address's owner at once, past the outbox", async () => {
  const { email, id } = await house.somebody()
  const [token] = await ask(email.toUpperCase())
  const mail = house.mails.at(-1)
  expect(mail).toMatchObject({ to: email, headers: { 'Auto-Submitted': 'auto-generated' }, references: [] })
  expect(mail?.subject).toBe('【督办】重设登录密码')
  expect(mail?.text).toContain(`http://127.0.0.1:1/app/set-password#token=${token}`)
  expect(await row(house.pool, 'select 1 from mails')).toBeUndefined()
  expect(await house.trail('nobody')).toContainEqual(
    expect.objectContaining({ action: 'password.reset', county: 'sn.ak.zy' }),
  )
  expect(await use(token!)).toMatchObject({ person: id })
})

test('a disabled account and an unknown address get no mail', async () => {
  const { email, id } = await house.somebody()
  await house.pool.query('update people set active = false where id = $1', [id])
  expect(await ask(email, { mailed: false })).toEqual([])
  expect(await ask('nobody@maoba.test', { mailed: false })).toEqual([])
})

test('nobody can flood a mailbox, and the last link sent is valid', async () => {
  const { email, id } = await house.somebody()
  const links: string[] = []
  for (let n = 0; n < 4; n++) links.push(...(await ask(email)))
  expect(links).toHaveLength(4)
  // The fourth took the wait of a second with it.
  expect(await ask(email, { mailed: false })).toEqual([])
  expect(await use(links[2]!)).toEqual(BAD)
  expect(await use(links[3]!)).toMatchObject({ person: id })
})

test('whoever holds a link learns what became of it, looking uses nothing up, and nobody is named', async () => {
  const { email, id } = await house.somebody()
  const look = (token: string) => checkLink(house.deps, token, HERE)
  const first = await linkFor(id, 'first-password')
  const open = { state: 'open', purpose: 'first-password', until: first.expiresWall, secondFactor: false }
  expect([await look(first.token), await look(first.token)]).toEqual([open, open])
  const second = await linkFor(id)
  expect(await look(first.token)).toEqual({ state: 'used' })
  house.pass(HOUR)
  expect(await look(second.token)).toEqual({ state: 'expired' })
  const third = await linkFor(id)
  expect(JSON.stringify(await look(third.token))).not.toMatch(new RegExp(`${id}|${email}`))
  expect(await use(third.token)).toMatchObject({ person: id })
  expect(await look(third.token)).toEqual({ state: 'used' })
  expect(await look('x'.repeat(43))).toEqual({ state: 'unknown' })
})

test('a link says that its account has a second factor; one that no longer holds leaves an audit event when it is opened', async () => {
  const { id } = await house.somebody()
  await withTotp(house, id)
  const { token } = await linkFor(id)
  expect(await checkLink(house.deps, token, HERE)).toMatchObject({ state: 'open', secondFactor: true })
  const before = (await house.trail('nobody')).length
  house.pass(HOUR)
  await checkLink(house.deps, token, HERE)
  expect((await house.trail('nobody')).slice(before)).toMatchObject([
    { action: 'password.look', outcome: 'refused', address: HERE.address },
  ])
})
