import { TOTP } from 'otpauth'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import {
  beginTotp,
  changeOwnPassword,
  confirmOwnTotp,
  endOwnSession,
  endSessionsElsewhere,
  removeOwnTotp,
} from '../../../src/services/access/own-account.ts'
import { makeLink, setPasswordByLink } from '../../../src/services/access/secret-links.ts'
import { hashToken } from '../../../src/services/access/tokens.ts'
import type { Fault, Own, Proof } from '../../../src/services/access/proof.ts'
import { accountOf } from '../../../src/services/access/credentials.ts'
import { inTransaction, row } from '../../../src/db/pool.ts'
import { findSession, forgetSessions, IDLE_MS, listSessions } from '../../../src/services/access/sessions.ts'
import { TRUSTED_MS, WORKING_DAY_MS } from '../../../src/services/access/trusted-device.ts'
import { HERE, type House, MINUTE, openHouse, OTHER, PASSWORD, SECOND, withTotp } from './house.ts'

let house: House
beforeAll(async () => {
  house = await openHouse()
})
afterAll(() => house.close())

async function signedIn(email: string, more: { code?: string; trustDevice?: boolean } = {}) {
  const answer = await house.try(email, PASSWORD, more)
  if ('refused' in answer) throw new Error(answer.refused)
  return { ...answer, own: { person: answer.person, sessionId: answer.sessionId, origin: HERE } }
}
/** The new token of whoever has shown again who they are. */
function tokenOf(answer: { token: string } | Fault | null): string {
  if (!answer || 'why' in answer) throw new Error(answer?.why ?? 'nothing was done')
  return answer.token
}
const find = (token: string) => findSession(house.gate, hashToken(token), house.clock.now)

describe('a session', () => {
  test('lasts while it is used, and twelve hours at most', async () => {
    const { token } = await signedIn((await house.somebody()).email)
    const end = house.clock.now + WORKING_DAY_MS
    while (house.clock.now + IDLE_MS - 1 < end) {
      house.pass(IDLE_MS - 1)
      expect(await find(token)).toBeDefined()
    }
    house.clock.now = end - 1
    expect(await find(token)).toBeDefined()
    house.pass(1)
    expect(await find(token)).toBeUndefined()
  })

  test('lies idle while a page that nobody touches asks again by itself', async () => {
    const { token } = await signedIn((await house.somebody()).email)
    const asks = () => findSession(house.gate, hashToken(token), house.clock.now, false)
    house.pass(IDLE_MS - 1)
    expect(await asks()).toBeDefined()
    house.pass(1)
    expect(await asks()).toBeUndefined()
  })

  test('ends after lying idle', async () => {
    const { token, person } = await signedIn((await house.somebody()).email)
    house.pass(IDLE_MS)
    expect(await find(token)).toBeUndefined()
    expect(await listSessions(house.gate, person, house.clock.now)).toEqual([])
    await forgetSessions(house.gate, house.clock.now)
    expect(await row(house.pool, 'select 1 from sessions where person = $1', [person])).toBeUndefined()
  })

  test('on a trusted device lasts thirty days, used or not', async () => {
    const { token, person } = await signedIn((await house.somebody()).email, { trustDevice: true })
    house.pass(TRUSTED_MS - 1)
    await forgetSessions(house.gate, house.clock.now)
    expect(await find(token)).toMatchObject({ trusted: true })
    expect(await listSessions(house.gate, person, house.clock.now)).toHaveLength(1)
    house.pass(1)
    expect(await find(token)).toBeUndefined()
  })

  test('on a trusted device ends with a new password set elsewhere', async () => {
    const { email } = await house.somebody()
    const { token } = await signedIn(email, { trustDevice: true })
    const { own } = await signedIn(email)
    await endSessionsElsewhere(house.deps, own, 'others', { password: PASSWORD })
    expect(await find(token)).toBeUndefined()
  })

  test('is written to at most once a minute', async () => {
    const { token, sessionId } = await signedIn((await house.somebody()).email)
    const seen = async () =>
      (
        await row<{ at: number }>(house.pool, 'select seen_wall as at from sessions where id = $1', [
          sessionId,
        ])
      )?.at
    const begun = house.clock.now
    house.pass(MINUTE)
    await find(token)
    expect(await seen()).toBe(begun)
    house.pass(1)
    await find(token)
    expect(await seen()).toBe(house.clock.now)
  })

  test('can be ended by its own person only', async () => {
    const [mine, theirs] = [
      await signedIn((await house.somebody()).email),
      await signedIn((await house.somebody()).email),
    ]
    await endOwnSession(house.deps, { ...mine.own, sessionId: theirs.sessionId })
    const elsewhere = { session: theirs.sessionId }
    expect(await endSessionsElsewhere(house.deps, mine.own, elsewhere, { password: PASSWORD })).toBeNull()
    expect(await find(theirs.token)).toBeDefined()
    await endOwnSession(house.deps, mine.own)
    expect(await find(mine.token)).toBeUndefined()
    expect((await house.trail(mine.person)).at(-1)).toMatchObject({ action: 'session.end', outcome: 'done' })
  })
})

describe('sessions on other devices', () => {
  const end = (own: Own, which: { session: string } | 'others', proof: Proof = { password: PASSWORD }) =>
    endSessionsElsewhere(house.deps, own, which, proof)

  test('end singly or all for whoever shows the password, and this one gets a new token', async () => {
    const { email } = await house.somebody()
    const [{ own, token }, one, two] = [await signedIn(email), await signedIn(email), await signedIn(email)]
    expect(await end(own, 'others', { password: OTHER })).toMatchObject({ field: 'password' })
    expect(await find(one.token)).toBeDefined()
    const first = tokenOf(await end(own, { session: one.sessionId }))
    expect([await find(one.token), await find(token)]).toEqual([undefined, undefined])
    expect([await find(two.token), await find(first)]).toMatchObject([{}, { id: own.sessionId }])
    const second = tokenOf(await end(own, 'others'))
    expect([await find(two.token), await find(first)]).toEqual([undefined, undefined])
    expect(await find(second)).toMatchObject({ id: own.sessionId })
    expect(await end(own, 'others')).toBeNull()
    // Nothing was ended, so nothing is renewed.
    expect(await find(second)).toBeDefined()
    const trail = (await house.trail(own.person)).filter((e) => e.action === 'session.end')
    expect(trail.map((e) => e.outcome)).toEqual(['refused', 'done', 'done'])
  })

  test('end only with a code too, when there is a second factor', async () => {
    const { email, id } = await house.somebody()
    const code = await withTotp(house, id)
    const other = await signedIn(email, { code: code() })
    house.pass(MINUTE)
    const { own } = await signedIn(email, { code: code() })
    house.pass(MINUTE)
    expect(await end(own, 'others')).toMatchObject({ field: 'code' })
    expect(await find(other.token)).toBeDefined()
    expect(await end(own, 'others', { password: PASSWORD, code: code() })).toHaveProperty('token')
    expect(await find(other.token)).toBeUndefined()
  })
})

describe('a new password', () => {
  test('ends the other sessions, and this one gets a new token', async () => {
    const { email } = await house.somebody()
    const [mine, other] = [await signedIn(email), await signedIn(email)]
    const changed = await changeOwnPassword(house.deps, mine.own, { password: PASSWORD, next: OTHER })
    const token = tokenOf(changed)
    expect([await find(mine.token), await find(other.token)]).toEqual([undefined, undefined])
    expect(await find(token)).toMatchObject({ id: mine.sessionId })
    expect(await house.try(email)).toEqual({ refused: 'wrong' })
    expect(await house.try(email, OTHER)).toMatchObject({ person: mine.person })
  })

  test('voids a link that was on its way', async () => {
    const { own, person } = await signedIn((await house.somebody()).email)
    const { token } = await inTransaction(house.gate, (tx) => makeLink(tx, person, 'reset', house.clock.now))
    await changeOwnPassword(house.deps, own, { password: PASSWORD, next: OTHER })
    expect(await setPasswordByLink(house.deps, { token, password: PASSWORD }, HERE)).toEqual({
      refused: 'bad-link',
    })
  })

  test('needs the present one, which is throttled, and must satisfy the rules', async () => {
    const { own, token } = await signedIn((await house.somebody()).email)
    const change = (current: string, next = OTHER) =>
      changeOwnPassword(house.deps, own, { password: current, next })
    expect(await change(PASSWORD, '12345')).toMatchObject({
      field: 'next',
      why: expect.stringContaining('12'),
    })
    for (let n = 0; n < 4; n++)
      expect(await change(OTHER)).toEqual({ field: 'password', why: '现在的密码不对。' })
    expect(await change(PASSWORD)).toEqual({
      field: 'password',
      why: '尝试次数过多,请在 1 秒后再试。',
      retryAfterS: 1,
    })
    house.pass(SECOND)
    expect(await find(token)).toBeDefined()
    expect(await change(PASSWORD)).toHaveProperty('token')
    const trail = (await house.trail(own.person)).filter((e) => e.action === 'password.set')
    expect(trail.map((e) => e.outcome)).toEqual(['refused', 'refused', 'refused', 'refused', 'done'])
  })
})

describe('a second factor', () => {
  const begin = async () => {
    const { own, person } = await signedIn((await house.somebody()).email)
    const begun = await beginTotp(house.deps, own, { password: PASSWORD })
    if (begun === null || 'why' in begun) throw new Error('not begun')
    const app = new TOTP({ secret: begun.secret })
    return { own, person, ...begun, code: () => app.generate({ timestamp: house.clock.now }) }
  }

  test('is in force after a first code; this session gets a new token, others end', async () => {
    const { own, token, code, person } = await begin()
    const other = await signedIn((await accountOf(house.gate, person))?.email ?? '')
    expect(await confirmOwnTotp(house.deps, own, '000000')).toBeNull()
    expect(await find(token)).toMatchObject({ secondFactorWall: null })
    const renewed = tokenOf(await confirmOwnTotp(house.deps, own, code()))
    expect([await find(token), await find(other.token)]).toEqual([undefined, undefined])
    expect(await find(renewed)).toMatchObject({ id: own.sessionId, secondFactorWall: house.clock.now })
    const trail = (await house.trail(person)).filter((e) => e.action === 'totp.confirm')
    expect(trail.map((e) => e.outcome)).toEqual(['refused', 'done'])
    house.pass(MINUTE)
    // Already on: neither confirmed again nor begun anew, which would take it away.
    expect(await confirmOwnTotp(house.deps, own, code())).toBeNull()
    expect(await beginTotp(house.deps, own, { password: PASSWORD })).toBeNull()
  })

  test('can be begun only with the password, not from an open browser', async () => {
    const { own, token } = await signedIn((await house.somebody()).email)
    expect(await beginTotp(house.deps, own, { password: OTHER })).toEqual({
      field: 'password',
      why: '现在的密码不对。',
    })
    expect(await find(token)).toBeDefined()
    const begun = tokenOf(await beginTotp(house.deps, own, { password: PASSWORD }))
    expect([await find(token), (await find(begun))?.id]).toEqual([undefined, own.sessionId])
  })

  test('is stored encrypted beside the id of its key', async () => {
    const { person, secret } = await begin()
    const kept = await row<{ all: string; encrypted: Buffer; key: string }>(
      house.pool,
      'select c::text as all, totp_encrypted as encrypted, totp_key_id as key from credentials c where person = $1',
      [person],
    )
    expect(kept?.key).toBe(house.deps.keys.keyId)
    expect(kept?.encrypted.toString('latin1')).not.toContain(secret)
    expect(kept?.all).not.toContain(secret)
  })

  test('is removed with password and code, and what it had opened closes', async () => {
    const { email, id } = await house.somebody()
    const code = await withTotp(house, id)
    const other = await signedIn(email, { code: code() })
    house.pass(MINUTE)
    const { own, token } = await signedIn(email, { code: code() })
    house.pass(MINUTE)
    const remove = (proof: Proof) => removeOwnTotp(house.deps, own, proof)
    expect(await remove({ password: OTHER, code: code() })).toMatchObject({ field: 'password' })
    expect(await remove({ password: PASSWORD })).toMatchObject({ field: 'code' })
    expect(await remove({ password: PASSWORD, code: '000000' })).toMatchObject({ field: 'code' })
    const renewed = tokenOf(await remove({ password: PASSWORD, code: code() }))
    expect([await find(other.token), await find(token)]).toEqual([undefined, undefined])
    expect(await find(renewed)).toMatchObject({ id: own.sessionId, secondFactorWall: null })
    expect(await house.try(email)).toMatchObject({ person: id })
    const deeds = (await house.trail(id)).filter((e) => e.action.startsWith('totp.'))
    expect(deeds.map((e) => [e.action, e.outcome])).toEqual([
      ['totp.confirm', 'done'],
      ['totp.remove', 'refused'],
      ['totp.remove', 'refused'],
      ['totp.remove', 'refused'],
      ['totp.remove', 'done'],
    ])
  })
})

test('the gate reads the directory but no obligation', async () => {
  await expect(house.gate.query('select from people')).resolves.toBeDefined()
  for (const table of ['obligations', 'subjects', 'events', 'mails'])
    await expect(house.gate.query(`select from ${table}`)).rejects.toMatchObject({ code: '42501' })
  await expect(house.gate.query('delete from audit_events')).rejects.toMatchObject({ code: '42501' })
})
