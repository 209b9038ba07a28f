import { expect, test } from 'vitest'
import { mayIn, permissionsOf } from '../../../src/domain/people/permissions.ts'
import { actorWith, COUNTY, heldRole, TOWN } from '../../support/actors.ts'

test('a permission reaches as far as the tree of the role that gives it', () => {
  const both = actorWith(heldRole('town-officer', TOWN), heldRole('auditor', COUNTY))
  expect(mayIn(both, 'households:reveal', TOWN)).toBe(true)
  expect(mayIn(both, 'households:reveal', `${TOWN}.shuanghe`)).toBe(true)
  expect(mayIn(both, 'households:reveal', `${COUNTY}.donghe`)).toBe(false)
  expect(mayIn(both, 'obligations:read', `${COUNTY}.donghe`)).toBe(true)
  expect(mayIn(both, 'imports:manage', TOWN)).toBe(false)
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
