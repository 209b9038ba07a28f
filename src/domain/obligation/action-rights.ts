import { type Actor, type HeldRole, isUnder, mayIn, ROLE_PERMISSIONS } from '../people/permissions.ts'
import { type ActionBy, type ActionCode, actionRule } from './actions.ts'
import type { ObligationState, Refusal } from './lifecycle.ts'

/** What decides who may act on an obligation. */
export type ActedOn = Pick<ObligationState, 'performer' | 'reviewer' | 'holder' | 'submittedBy'>

/**
 * May they do this to it? What an office owes is done by people of that office, what an office reviews by people of that
 * office, and nobody passes what they handed in themselves, whatever they hold (R9). A key acts anywhere in its scope.
 * @returns null, or the refusal that says why not
 */
export function refusalFor(actor: Actor, action: ActionCode, obligation: ActedOn): Refusal | null {
  const message = whyNot(actor, action, obligation)
  return message === null ? null : { refused: 'forbidden', message }
}

function whyNot(actor: Actor, action: ActionCode, obligation: ActedOn): string | null {
  const { permission, by, bySomebodyElse } = actionRule(action)
  if (!actor.permissions.has(permission)) return '您的角色不能做这个操作。'
  if (by === 'leader' && actor.kind === 'key') return '特批办结由分管局领导本人办理。'
  if (actor.kind === 'key') return null
  if (overTheTree(by))
    return mayIn(actor, permission, obligation.performer) ? null : '这件事不在您管理的范围内。'
  if (bySomebodyElse && obligation.submittedBy === actor.id)
    return '自己提交的事项不能自己复核,请由复核单位的其他人复核。'
  if (rolesAllowing(actor, action, obligation).length > 0) return null
  return by === 'reviewer' ? '复核由复核单位的人办理。' : '这件事由承办单位的人办理。'
}

/** The absent colleague in whose place alone they may do this to it; null where a role of their own allows it. */
export function actsOnBehalfOf(actor: Actor, action: ActionCode, obligation: ActedOn): string | null {
  const heldRoles = rolesAllowing(actor, action, obligation)
  return heldRoles.some((h) => h.onBehalfOf === null) ? null : (heldRoles[0]?.onBehalfOf ?? null)
}

/** What they hold that lets them do this to it. */
function rolesAllowing({ usableRoles }: Actor, action: ActionCode, obligation: ActedOn): HeldRole[] {
  const { permission, by } = actionRule(action)
  const reaches = (h: HeldRole) =>
    overTheTree(by) ? isUnder(obligation.performer, h.root) : h.office === officeFor(action, obligation)
  return usableRoles.filter((h) => ROLE_PERMISSIONS[h.role].includes(permission) && reaches(h))
}

/** Whoever holds the turn acts on it; without a turn the lifecycle itself refuses. */
export function officeFor(action: ActionCode, { holder, performer, reviewer }: ActedOn): string {
  const { by } = actionRule(action)
  if (holder === null) return performer
  if (by === 'holder') return holder.office
  return by === 'reviewer' ? reviewer : performer
}

/** Whether somebody acts for a whole tree of offices, whoever has the turn. */
export function overTheTree(by: ActionBy): boolean {
  return by === 'manager' || by === 'leader'
}
