import type { Role } from '../../src/domain/obligation/vocabulary.ts'
import { type Actor, type HeldRole, permissionsOf } from '../../src/domain/people/permissions.ts'

export const COUNTY = 'sn.ak.zy'
export const CENTRE = `${COUNTY}.jiuzhu`
export const TOWN = `${COUNTY}.maoba`

/** A role held in an office; of the relief centre it reaches over the county. */
export const heldRole = (role: Role, office: string, onBehalfOf: string | null = null): HeldRole => ({
  role,
  office,
  onBehalfOf,
  root: office === CENTRE ? COUNTY : office,
})

/** A person who holds these roles, and may use all of them. */
export const actorWith = (...heldRoles: HeldRole[]): Actor => ({
  kind: 'person',
  id: 'pe_me',
  name: '我',
  sessionId: null,
  heldRoles,
  usableRoles: heldRoles,
  permissions: permissionsOf(heldRoles),
  personal: true,
  scope: { offices: [], counties: [COUNTY] },
  secondFactor: false,
})
