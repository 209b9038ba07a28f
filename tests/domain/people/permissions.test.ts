import { expect, test } from 'vitest'
import {
  type Actor,
  type HeldRole,
  mayIn,
  refusalFor,
  actsOnBehalfOf,
  permissionsOf,
} from '../../../src/domain/people/permissions.ts'
import type { Role } from '../../../src/domain/obligation/vocabulary.ts'

const COUNTY = 'sn.ak.zy'
const CENTRE = `${COUNTY}.jiuzhu`
const TOWN = `${COUNTY}.maoba`
const held = (role: Role, office: string, behalf: string | null = null): HeldRole => ({
  ...{ role, office, onBehalfOf: behalf },
  root: office === CENTRE ? COUNTY : office,
})
const actor = (...heldRoles: HeldRole[]): Actor => ({
  ...{ kind: 'person', id: 'pe_me', name: '我', sessionId: null, personal: true, secondFactor: false },
  ...{
    heldRoles,
    usableRoles: heldRoles,
    permissions: permissionsOf(heldRoles),
    scope: { offices: [], counties: [COUNTY] },
  },
})
const submitted = {
  ...{ office: TOWN, reviewer: CENTRE, turn: 'review' as const, holderOffice: CENTRE },
  submittedBy: 'pe_other',
}

test('a right reaches as far as the tree of the role that gives it', () => {
  const both = actor(held('town-officer', TOWN), held('auditor', COUNTY))
  expect(mayIn(both, 'households:reveal', TOWN)).toBe(true)
  expect(mayIn(both, 'households:reveal', `${TOWN}.shuanghe`)).toBe(true)
  expect(mayIn(both, 'households:reveal', `${COUNTY}.donghe`)).toBe(false)
  expect(mayIn(both, 'obligations:read', `${COUNTY}.donghe`)).toBe(true)
  expect(mayIn(both, 'imports:manage', TOWN)).toBe(false)
})

test('a role that waits for its second factor lends its reach to no other', () => {
  const head = held('town-head', TOWN)
  const both = {
    ...actor(head, held('administrator', COUNTY)),
    usableRoles: [head],
    permissions: permissionsOf([head]),
  }
  expect(mayIn(both, 'absences:manage', TOWN)).toBe(true)
  expect(mayIn(both, 'absences:manage', `${COUNTY}.donghe`)).toBe(false)
})

test('who manages here does not manage in another county they may read', () => {
  const two = actor(held('relief-centre', CENTRE), held('auditor', 'sn.ak.qx'))
  expect(refusalFor(two, 'cancel', submitted)).toBeNull()
  expect(refusalFor(two, 'cancel', { ...submitted, office: 'sn.ak.qx.yi' })).toMatch('不在您管理的范围内')
})

test('nobody accepts what they handed in; sending it back they may', () => {
  const centre = actor(held('relief-centre', CENTRE))
  const own = { ...submitted, submittedBy: 'pe_me' }
  expect(refusalFor(centre, 'accept', submitted)).toBeNull()
  expect(refusalFor(centre, 'accept', own)).toMatch('自己提交的')
  expect(refusalFor(centre, 'return', own)).toBeNull()
})

test('it is said in whose place something is done, unless a role of their own allows it', () => {
  const substitute = held('relief-centre', CENTRE, 'pe_absent')
  expect(actsOnBehalfOf(actor(held('town-officer', TOWN), substitute), 'accept', submitted)).toBe('pe_absent')
  expect(actsOnBehalfOf(actor(held('relief-centre', CENTRE), substitute), 'accept', submitted)).toBeNull()
  expect(actsOnBehalfOf(actor(held('town-officer', TOWN)), 'accept', submitted)).toBeNull()
})
