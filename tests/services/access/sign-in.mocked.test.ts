import { verify } from '@node-rs/argon2'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { accountKey } from '../../../src/services/access/attempts.ts'
import { signInAsSample } from '../../../src/services/access/sign-in.ts'
import { hashToken } from '../../../src/services/access/tokens.ts'
import { findSession, listSessions } from '../../../src/services/access/sessions.ts'
import { rows } from '../../../src/db/pool.ts'
import { HERE, type House, MINUTE, openHouse, OTHER, PASSWORD, SECOND, withTotp } from './house.ts'

let house: House
beforeAll(async () => {
  house = await openHouse()
})
afterAll(() => house.close())

const tokenOf = (answer: object) => (answer as { token: string }).token
const sessionsOf = (person: string) => listSessions(house.gate, person, house.clock.now)

describe('a right password', () => {
  test('begins a session under a token that is stored only as a hash', async () => {
    const { email, id } = await house.somebody()
    const answer = await house.try(email, PASSWORD, HERE)
    expect(answer).toEqual({
      token: expect.stringMatching(/^[\w-]{43}$/),
      sessionId: expect.any(String),
      person: id,
      trustedUntil: null,
    })
    const session = await findSession(house.gate, hashToken(tokenOf(answer)), house.clock.now)
    expect(session).toMatchObject({
      person: id,
      via: 'password',
      address: HERE.address,
      secondFactorWall: null,
    })
    const [kept] = await rows<{ all: string }>(
      house.pool,
      'select s::text as all from sessions s where person = $1',
      [id],
    )
    expect(kept?.all).not.toContain(tokenOf(answer))
  })

  test('counts with an address in any case and with blanks around it', async () => {
    const { email, id } = await house.somebody()
    expect(await house.try(`  ${email.toUpperCase()} `)).toMatchObject({ person: id })
  })

  test('replaces the session of this browser and no other', async () => {
    const [{ email, id }, other] = [await house.somebody(), await house.somebody()]
    const elsewhere = await house.try(email)
    const before = await house.try(other.email)
    const after = await house.try(email, PASSWORD, { replaces: tokenOf(before) })
    expect(await sessionsOf(other.id)).toEqual([])
    expect((await sessionsOf(id)).map((s) => s.id).sort()).toEqual(
      [elsewhere, after].map((a) => (a as { sessionId: string }).sessionId).sort(),
    )
  })
})

describe('a wrong password', () => {
  test('gets the same answer as an unknown address, a disabled account and one without a password', async () => {
    const [{ email }, gone] = [await house.somebody(), await house.somebody()]
    await house.pool.query('update people set active = false where id = $1', [gone.id])
    await house.pool.query("insert into people (id, name, email) values ('pe_new', '新人', 'new@maoba.test')")
    for (const [who, password] of [
      [email, OTHER],
      ['nobody@maoba.test', PASSWORD],
      [gone.email, PASSWORD],
      ['new@maoba.test', ''],
      ['', ''],
    ] as const)
      expect(await house.try(who, password)).toEqual({ refused: 'wrong' })
  })

  test('is checked against a hash of the same cost for an unknown address as for a known one', async () => {
    const { email } = await house.somebody()
    const costOf = async (address: string) => {
      vi.mocked(verify).mockClear()
      await house.try(address, OTHER)
      return vi.mocked(verify).mock.calls.map(([hash]) => String(hash).split('$').slice(0, 4).join('$'))
    }
    const known = await costOf(email)
    expect(known).toEqual([expect.stringMatching(/^\$argon2id\$v=19\$m=\d+,t=\d+,p=1$/)])
    expect(await costOf('nobody-at-all@maoba.test')).toEqual(known)
  })
})

describe('repeated attempts', () => {
  test('wait longer each time, even with the right password, and succeed after the wait', async () => {
    const { email, id } = await house.somebody()
    for (const wait of [0, 0, 0, 1, 2, 4]) {
      expect(await house.try(email, OTHER)).toEqual({ refused: 'wrong' })
      if (wait === 0) continue
      expect(await house.try(email)).toEqual({ refused: 'throttled', retryAfterMs: wait * SECOND })
      house.pass(wait * SECOND - 1)
      expect(await house.try(email)).toEqual({ refused: 'throttled', retryAfterMs: 1 })
      house.pass(1)
    }
    expect(await house.try(email)).toMatchObject({ person: id })
    // A success clears it: three slips are free again.
    for (let n = 0; n < 3; n++) expect(await house.try(email, OTHER)).toEqual({ refused: 'wrong' })
    expect(await house.try(email)).toMatchObject({ person: id })
  })

  test('lock nobody out for good: 15 minutes after thousands of failures the right password counts', async () => {
    const { email, id } = await house.somebody()
    await house.try(email, OTHER)
    await house.pool.query('update throttles set failures = 5000 where key = $1', [accountKey(email)])
    expect(await house.try(email, OTHER)).toEqual({ refused: 'wrong' })
    expect(await house.try(email)).toEqual({ refused: 'throttled', retryAfterMs: 15 * MINUTE })
    house.pass(15 * MINUTE)
    expect(await house.try(email)).toMatchObject({ person: id })
  })

  test('gain nothing by being simultaneous', async () => {
    const { email } = await house.somebody()
    const answers = await Promise.all(Array.from({ length: 20 }, () => house.try(email, OTHER)))
    expect(answers.filter((a) => 'refused' in a && a.refused === 'wrong')).toHaveLength(4)
    expect(answers.filter((a) => 'refused' in a && a.refused === 'throttled')).toHaveLength(16)
  })

  test('are throttled for an unknown address too', async () => {
    for (let n = 0; n < 4; n++) await house.try('unknown@maoba.test', OTHER)
    expect(await house.try('unknown@maoba.test')).toEqual({ refused: 'throttled', retryAfterMs: SECOND })
  })

  test('of one address may fail thirty times over all accounts; a sign-in from there costs nothing', async () => {
    const address = '10.9.9.9'
    const { email, id } = await house.somebody()
    for (let n = 0; n < 5; n++) await house.try(`p${n}@maoba.test`, OTHER, { address })
    await house.pool.query('update throttles set failures = 29 where failures = 5')
    for (let n = 0; n < 3; n++)
      expect(await house.try(email, PASSWORD, { address })).toMatchObject({ person: id })
    await house.try('p6@maoba.test', OTHER, { address })
    await house.try('p7@maoba.test', OTHER, { address })
    expect(await house.try(email, PASSWORD, { address })).toEqual({
      refused: 'throttled',
      retryAfterMs: SECOND,
    })
    expect(await house.try(email, PASSWORD, { address: '10.9.9.8' })).toMatchObject({ person: id })
  })

  test('leave nothing typed in any table, not even a password in the wrong field', async () => {
    await house.try('Geheimes-Kennwort-17', OTHER, { address: '10.7.7.7' })
    const kept = await rows<{ text: string }>(
      house.pool,
      'select t::text as text from throttles t union all select e::text from audit_events e',
    )
    expect(
      kept
        .map((k) => k.text)
        .join()
        .toLowerCase(),
    ).not.toMatch(/geheim|@maoba/)
  })
})

describe('a second factor', () => {
  test('is asked for after the right password, and each code counts once', async () => {
    const { email, id } = await house.somebody()
    const code = await withTotp(house, id)
    expect(await house.try(email)).toEqual({ refused: 'code-needed' })
    expect(await house.try(email, OTHER, { code: code() })).toEqual({ refused: 'wrong' })
    const answer = await house.try(email, PASSWORD, { code: code() })
    const session = await findSession(house.gate, hashToken(tokenOf(answer)), house.clock.now)
    expect(session?.secondFactorWall).toBe(house.clock.now)
    expect(await house.try(email, PASSWORD, { code: code() })).toEqual({ refused: 'wrong' })
    house.pass(30 * SECOND)
    expect(await house.try(email, PASSWORD, { code: code() })).toMatchObject({ person: id })
    const trail = (await house.trail(id)).filter((e) => e.action === 'session.begin')
    const [wrong, done] = [{ why: 'wrong' }, { via: 'password', secondFactor: true }]
    expect(trail.map((e) => e.detail)).toEqual([{ why: 'code-needed' }, wrong, done, wrong, done])
  })

  test('accepts one of two browsers with the same code at once', async () => {
    const { email, id } = await house.somebody()
    const code = (await withTotp(house, id))()
    const answers = await Promise.all([1, 2].map(() => house.try(email, PASSWORD, { code })))
    expect(answers.filter((a) => 'token' in a)).toHaveLength(1)
  })

  test('cannot be guessed by trying: the right password without a code clears no failure', async () => {
    const { email, id } = await house.somebody()
    await withTotp(house, id)
    for (let n = 0; n < 4; n++) {
      expect(await house.try(email)).toEqual({ refused: 'code-needed' })
      expect(await house.try(email, PASSWORD, { code: '000000' })).toEqual({ refused: 'wrong' })
    }
    expect(await house.try(email)).toMatchObject({ refused: 'throttled' })
  })
})

test('the audit trail names who signed in or was refused and from where, but never what was typed', async () => {
  const { email, id } = await house.somebody()
  await house.try(email, OTHER, HERE)
  await house.try(email, PASSWORD, HERE)
  const common = { action: 'session.begin', address: HERE.address, county: 'sn.ak.zy' }
  expect(await house.trail(id)).toEqual([
    { ...common, outcome: 'refused', detail: { why: 'wrong' } },
    { ...common, outcome: 'done', detail: { via: 'password', secondFactor: false } },
  ])
  await house.try('stranger@maoba.test', PASSWORD, { address: '10.3.3.3' })
  expect((await house.trail('nobody')).at(-1)).toMatchObject({
    outcome: 'refused',
    address: '10.3.3.3',
    county: null,
  })
})

test('a sample person exists in a demonstration only', async () => {
  const { id } = await house.somebody()
  expect(await signInAsSample(house.deps, id, HERE)).toBeNull()
  const demo = { ...house.deps, demoSignIn: true }
  expect(await signInAsSample(demo, id, HERE)).toMatchObject({ person: id })
  expect((await sessionsOf(id))[0]).toMatchObject({ via: 'demo', secondFactorWall: null })
  expect(await signInAsSample(demo, 'pe_nobody', HERE)).toBeNull()
})
