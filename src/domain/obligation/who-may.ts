import { type Directory, holders } from '../escalation/directory.ts'
import { isUnder, ROLE_PERMISSIONS } from '../people/permissions.ts'
import type { Instant } from '../time/days.ts'
import { approverOf, barredFrom, officeFor, overTheTree } from './action-rights.ts'
import { type ActionCode, actionRule } from './actions.ts'
import type { ObligationState } from './lifecycle.ts'
import { codesOf, ROLE_LABELS } from './vocabulary.ts'

/** The office whose people do it; null where it is a manager or a leader, who may sit in several. */
export function actingOfficeOf(action: ActionCode, obligation: ObligationState): string | null {
  return overTheTree(actionRule(action).by) ? null : officeFor(action, obligation)
}

/** Who may do it today, substitutes in the place of those who are away; not whoever handed in what is under review (R9). */
export function peopleWhoMay(
  action: ActionCode,
  obligation: ObligationState,
  directory: Directory,
  now: Instant,
): string[] {
  const { permission, by } = actionRule(action)
  if (by === 'doer') return obligation.lastStep ? [obligation.lastStep.by] : []
  const offices = officesWhere(action, obligation, directory)
  const allowed = approverOf(by, obligation)?.roles ?? codesOf(ROLE_LABELS)
  const roles = allowed.filter((role) => ROLE_PERMISSIONS[role].includes(permission))
  const people = roles.flatMap((role) => holders(role, offices, directory, now))
  const barred = barredFrom(action, obligation)
  return [...new Set(people)].filter((person) => person !== barred)
}

/** A centre works in the tree of its parent. */
function officesWhere(action: ActionCode, obligation: ObligationState, { offices }: Directory): string[] {
  const office = actingOfficeOf(action, obligation)
  if (office !== null) return [office]
  const rootOf = (o: { code: string; kind: string; parent: string | null }) =>
    o.kind === 'county-centre' ? (o.parent ?? o.code) : o.code
  return [...offices.values()].filter((o) => isUnder(obligation.performer, rootOf(o))).map((o) => o.code)
}
