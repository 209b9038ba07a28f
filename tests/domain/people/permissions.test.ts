import { expect, test } from 'vitest'
import { mayIn, permissionsOf, ROLE_PERMISSIONS } from '../../../src/domain/people/permissions.ts'
import { codesOf, ROLE_LABELS } from '../../../src/domain/obligation/vocabulary.ts'
import { actorWith, COUNTY, heldRole, TOWN } from '../../support/actors.ts'

test('a permission reaches as far as the tree of the role that gives it', () => {
  const both = actorWith(heldRole('town-officer', TOWN), heldRole('auditor', COUNTY))
  expect(mayIn(both, 'households:reveal', TOWN)).toBe(true)
  expect(mayIn(both, 'households:reveal', `${TOWN}.shuanghe`)).toBe(true)
  expect(mayIn(both, 'households:reveal', `${COUNTY}.donghe`)).toBe(false)
  expect(mayIn(both, 'obligations:read', `${COUNTY}.donghe`)).toBe(true)
  expect(mayIn(both, 'imports:manage', TOWN)).toBe(false)
})

test('nobody but the bureau’s leader closes over what is left (R15), nor a substitute but in their place', () => {
  const may = codesOf(ROLE_LABELS).filter((role) => ROLE_PERMISSIONS[role].includes('gates:override'))
  expect(may).toEqual(['bureau-leader'])
  const centre = heldRole('relief-centre', `${COUNTY}.jiuzhu`)
  expect(mayIn(actorWith(centre), 'gates:override', COUNTY)).toBe(false)
  const inPlace = heldRole('bureau-leader', COUNTY, 'pe_absent')
  expect(mayIn(actorWith(centre, inPlace), 'gates:override', COUNTY)).toBe(true)
})

test("a role that waits for its second factor extends no other role's reach", () => {
  const head = heldRole('town-head', TOWN)
  const both = {
    ...actorWith(head, heldRole('administrator', COUNTY)),
    usableRoles: [head],
    permissions: permissionsOf([head]),
  }
  expect(mayIn(both, 'absences:manage', TOWN)).toBe(true)
  expect(mayIn(both, 'absences:manage', `${COUNTY}.donghe`)).toBe(false)
})
