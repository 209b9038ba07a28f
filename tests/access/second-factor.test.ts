import { describe, expect, test } from 'vitest'
import {
  secondFactorNeeded,
  sessionPermissions,
  sleepingPermissions,
} from '../../src/access/second-factor.ts'
import { type Actor, permissionsOf } from '../../src/domain/access.ts'
import type { Role } from '../../src/domain/words.ts'

const OFF = { administrators: false, revealing: false }
const BOTH = { administrators: true, revealing: true }
const held = (...roles: Role[]) =>
  roles.map((role) => ({ role, office: 'sn.ak.zy', root: 'sn.ak.zy', behalf: null }))

test.each([
  [OFF, 'administering', false, false],
  [OFF, 'revealing', false, false],
  [BOTH, 'administering', false, true],
  [BOTH, 'revealing', false, true],
  [BOTH, 'administering', true, false],
  [BOTH, 'revealing', true, false],
  [{ administrators: true, revealing: false }, 'revealing', false, false],
  [{ administrators: false, revealing: true }, 'administering', false, false],
] as const)('%j, %s, shown: %s', (rules, doing, shown, needed) => {
  expect(secondFactorNeeded(rules, doing, shown)).toBe(needed)
})

describe('where administrators need it', () => {
  test('one without it keeps nothing but their own account', () => {
    expect([...sessionPermissions(BOTH, held('administrator'), false)]).toEqual(['self'])
  })

  test('one with it, and everybody else, has all', () => {
    expect(sessionPermissions(BOTH, held('administrator'), true)).toEqual(
      permissionsOf(held('administrator')),
    )
    expect(sessionPermissions(BOTH, held('auditor'), false)).toEqual(permissionsOf(held('auditor')))
  })

  test('what another role allows stays', () => {
    const permissions = sessionPermissions(BOTH, held('administrator', 'town-officer'), false)
    expect(permissions).toEqual(permissionsOf(held('town-officer')))
    expect(permissions.has('keys:manage')).toBe(false)
  })

  test('nobody gets an account by having no role', () => {
    expect(sessionPermissions(BOTH, [], false).size).toBe(0)
  })
})

test('what sleeps is told from what was never theirs; a key has no sleep', () => {
  const [holdings, permissions] = [
    held('administrator'),
    sessionPermissions(BOTH, held('administrator'), false),
  ]
  const actor = { kind: 'person', holdings, permissions } as unknown as Actor
  expect(sleepingPermissions(actor).has('users:manage')).toBe(true)
  expect(sleepingPermissions(actor).has('obligations:read')).toBe(false)
  expect(sleepingPermissions({ ...actor, kind: 'key' }).size).toBe(0)
})
