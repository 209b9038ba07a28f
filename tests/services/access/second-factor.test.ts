import { describe, expect, test } from 'vitest'
import {
  mustSetUpFirst,
  sessionPermissions,
  permissionsAwaitingSecondFactor,
} from '../../../src/services/access/second-factor.ts'
import { type Actor, permissionsOf } from '../../../src/domain/people/permissions.ts'
import { codesOf, type Role, ROLE_LABELS } from '../../../src/domain/obligation/vocabulary.ts'

const OFF = { everybody: false, administrators: false, revealing: false }
const BOTH = { ...OFF, administrators: true, revealing: true }
const ALL = { ...OFF, everybody: true }
const held = (...roles: Role[]) =>
  roles.map((role) => ({ role, office: 'sn.ak.zy', root: 'sn.ak.zy', onBehalfOf: null }))

const ROLES = codesOf(ROLE_LABELS)

test.each(ROLES)('where nobody needs one, %s has all permissions', (role) => {
  for (const rules of [OFF, { ...OFF, revealing: true }])
    expect(sessionPermissions(rules, held(role), false)).toEqual(permissionsOf(held(role)))
})

test.each(ROLES)(
  'where everybody needs one, %s keeps only their own account until a code was shown',
  (role) => {
    expect([...sessionPermissions(ALL, held(role), false)]).toEqual(['self'])
    expect(sessionPermissions(ALL, held(role), true)).toEqual(permissionsOf(held(role)))
  },
)

describe('where administrators need one', () => {
  test('an administrator without one keeps only their own account', () => {
    expect([...sessionPermissions(BOTH, held('administrator'), false)]).toEqual(['self'])
  })

  test('an administrator with one, and everybody else, has all permissions', () => {
    expect(sessionPermissions(BOTH, held('administrator'), true)).toEqual(
      permissionsOf(held('administrator')),
    )
    expect(sessionPermissions(BOTH, held('auditor'), false)).toEqual(permissionsOf(held('auditor')))
  })

  test('the permissions of another role stay', () => {
    const permissions = sessionPermissions(BOTH, held('administrator', 'town-officer'), false)
    expect(permissions).toEqual(permissionsOf(held('town-officer')))
    expect(permissions.has('keys:manage')).toBe(false)
  })

  test('somebody without a role gets no account page', () => {
    expect(sessionPermissions(BOTH, [], false).size).toBe(0)
  })
})

test('a waiting permission differs from one never held; a key has none that wait', () => {
  const [holdings, permissions] = [
    held('administrator'),
    sessionPermissions(BOTH, held('administrator'), false),
  ]
  const actor = { kind: 'person', heldRoles: holdings, permissions } as unknown as Actor
  expect(permissionsAwaitingSecondFactor(actor).has('users:manage')).toBe(true)
  expect(permissionsAwaitingSecondFactor(actor).has('obligations:read')).toBe(false)
  expect(permissionsAwaitingSecondFactor({ ...actor, kind: 'key' }).size).toBe(0)
  expect(mustSetUpFirst(actor)).toBe(true)
  expect(mustSetUpFirst({ ...actor, permissions: permissionsOf(holdings) })).toBe(false)
  // Part of it can be done meanwhile.
  const both = held('administrator', 'town-officer')
  expect(
    mustSetUpFirst({ ...actor, heldRoles: both, permissions: sessionPermissions(BOTH, both, false) }),
  ).toBe(false)
})
