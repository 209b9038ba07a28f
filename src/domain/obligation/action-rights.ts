import {
  type Actor,
  type HeldRole,
  isUnder,
  mayIn,
  ROLE_PERMISSIONS,
  SIGN_IN_AGAIN,
} from '../people/permissions.ts'
import { type ActionBy, type ActionCode, actionRule } from './actions.ts'
import type { Approver, ObligationState, Refusal } from './lifecycle.ts'
import { ROLE_LABELS } from './vocabulary.ts'

/** What decides who may act on an obligation. */
export type ActedOn = Pick<
  ObligationState,
  'performer' | 'reviewer' | 'holder' | 'submittedBy' | 'approvers' | 'request' | 'offer' | 'lastStep'
>

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
  const { permission, by } = actionRule(action)
  if (!actor.permissions.has(permission)) return actor.aged ? SIGN_IN_AGAIN : '您的角色不能做这个操作。'
  if (by === 'leader' && actor.kind === 'key') return '特批办结由分管局领导本人办理。'
  if (by === 'doer') return mayTakeBack(actor, obligation)
  const approver = approverOf(by, obligation)
  if (approver && actor.kind === 'key') return `暂停和延期由${approverWords(approver)}本人决定。`
  if (actor.kind === 'key' && by === 'overseer') return '督促由联系的人本人登记。'
  if (actor.kind === 'key') return isOnesOwn(action) ? '分派和认领由本单位的人自己决定。' : null
  if (overTheTree(by))
    return mayIn(actor, permission, obligation.performer) ? null : '这件事不在您管理的范围内。'
  if (barredFrom(action, obligation) === actor.id)
    return approver
      ? '自己申请的延期不能自己答复,请由有审批权限的其他人答复。'
      : by === 'receiver'
        ? '自己提出的移交不能自己答复,请由要接收的单位的人答复。'
        : '自己提交的事项不能自己复核,请由复核单位的其他人复核。'
  if (rolesAllowing(actor, action, obligation).length > 0) return null
  if (approver) return approver.why ?? `这件事由${approverWords(approver)}决定。`
  if (by === 'overseer') return '督促由复核单位、承办单位的领导或分管局领导登记。'
  if (by === 'receiver') return '移交由要接收的单位答复,或由管理的人决定。'
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
  const approver = approverOf(by, obligation)
  const reaches = (h: HeldRole) =>
    by === 'doer' ||
    (by === 'overseer' && oversees(h, obligation)) ||
    (approver
      ? mayApprove(h, approver, obligation)
      : overTheTree(by)
        ? isUnder(obligation.performer, h.root)
        : (by !== 'overseer' && h.office === officeFor(action, obligation)) ||
          (by === 'receiver' && mayDecide(h, obligation)))
  return usableRoles.filter((h) => ROLE_PERMISSIONS[h.role].includes(permission) && reaches(h))
}

/** Who may not do it, since they began what it ends (R9); null where everybody of the office may. */
export function barredFrom(action: ActionCode, { submittedBy, request, offer }: ActedOn): string | null {
  const { by, bySomebodyElse } = actionRule(action)
  if (!bySomebodyElse) return null
  if (by === 'receiver') return offer?.offeredBy ?? null
  return by === 'extender' ? (request?.askedBy ?? null) : submittedBy
}

/** Who approves, where the policy names roles for it. */
export function approverOf(by: ActionBy, { approvers }: Pick<ActedOn, 'approvers'>): Approver | null {
  if (by === 'suspender') return approvers.suspension
  return by === 'extender' ? approvers.extension : null
}

/** In the office that approves, or as the leader, who stands above it. */
function mayApprove({ role, office, root }: HeldRole, approver: Approver, { performer }: ActedOn): boolean {
  if (!isUnder(performer, root)) return false
  return role === 'bureau-leader' || (office === approver.office && approver.roles.some((r) => r === role))
}

/** Where two offices disagree whose a thing is, whoever manages both decides. */
function mayDecide({ role, root }: HeldRole, { performer, offer }: ActedOn): boolean {
  const manages = ROLE_PERMISSIONS[role].includes('obligations:manage')
  return manages && isUnder(performer, root) && isUnder(offer?.to ?? performer, root)
}

/** Whoever presses others: the office that reviews it, the head of the office itself, and the leader. */
function oversees({ role, office, root }: HeldRole, { performer, reviewer }: ActedOn): boolean {
  if (role === 'bureau-leader' || role === 'town-head') return isUnder(performer, root)
  return office === reviewer && office !== performer
}

/** What somebody did, they alone take back; whether it can be is the lifecycle's to say. */
function mayTakeBack({ id }: Actor, { lastStep }: ActedOn): string | null {
  return !lastStep || lastStep.by === id ? null : '只有刚才办理的本人可以撤回。'
}

/** What only a person of the office can say: who of them does it. */
function isOnesOwn(action: ActionCode): boolean {
  return action === 'take' || action === 'assign' || action === 'put-back'
}

export function approverWords({ roles }: Approver): string {
  return roles.map((role) => ROLE_LABELS[role]).join('或')
}

/** Whoever holds the turn acts on it; without a turn the lifecycle itself refuses. */
export function officeFor(action: ActionCode, obligation: ActedOn): string {
  const { holder, performer, reviewer } = obligation
  const { by } = actionRule(action)
  const approver = approverOf(by, obligation)
  if (approver) return approver.office
  if (by === 'receiver') return obligation.offer?.to ?? performer
  if (by === 'overseer') return reviewer
  if (holder === null) return performer
  if (by === 'holder') return holder.office
  return by === 'reviewer' ? reviewer : performer
}

/** Whether somebody acts for a whole tree of offices, whoever has the turn. */
export function overTheTree(by: ActionBy): boolean {
  return by === 'manager' || by === 'leader'
}
