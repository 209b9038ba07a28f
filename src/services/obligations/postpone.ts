import type { DecisionCode } from '../../domain/obligation/event-labels.ts'
import type { ActionInput } from '../../domain/obligation/lifecycle.ts'
import type { Limit } from '../../domain/time/limits.ts'
import { insertRow } from '../../db/insert-rows.ts'
import type { Sql } from '../../db/pool.ts'
import { decisions } from '../../db/schema/index.ts'
import { poke } from '../watching/pokes.ts'
import type { ActedOnRow } from './acted-on.ts'
import { decidedState, extensionApprover } from './deciding.ts'
import { lapseOffer } from './hand-over.ts'
import { answerExtension, lapseRequest, requestExtension } from './extend.ts'
import { type By, endPauseForGood, resume, suspend } from './suspend.ts'

/**
 * Moves the assignments of an action about a pause or an extension, and lets whoever performs hear of what was decided.
 * @returns false for any other action
 */
export async function postpone(tx: Sql, o: ActedOnRow, action: ActionInput, by: By): Promise<boolean> {
  const limit = await moved(tx, o, action, by)
  if (limit === null) return false
  if (action.action !== 'request-extension') await recordDecision(tx, o, action.action, limit, by)
  return true
}

async function moved(tx: Sql, o: ActedOnRow, action: ActionInput, by: By): Promise<Limit | null> {
  switch (action.action) {
    case 'suspend': {
      const { at } = await decidedState(tx, o)
      return suspend(tx, o, action, { ...by, office: at.approvers.suspension.office })
    }
    case 'resume':
      return resume(tx, o, by)
    case 'request-extension': {
      const approver = extensionApprover(o, action.days, await decidedState(tx, o))
      return requestExtension(tx, o, action.days, { ...by, approver })
    }
    case 'grant-extension':
      return answerExtension(tx, o, action.grantedDays, by)
    case 'refuse-extension':
      return answerExtension(tx, o, 0, by)
    default:
      return null
  }
}

/** Whoever performs it, or the office that is named, is told in the next morning's round; the courier knows whom. */
export async function recordDecision(
  tx: Sql,
  { id: obligation, county }: ActedOnRow,
  action: DecisionCode,
  { dueOn, office }: Pick<Limit, 'dueOn'> & { office?: string },
  { now: at }: Pick<By, 'now'>,
): Promise<void> {
  await insertRow(tx, decisions, { county, obligation, action, at, dueOn, office })
  await poke(tx, 'courier', [county])
}

/** An action that ends the work ends its pause, and leaves a request or an offer without an answer. */
export async function endPostponements(tx: Sql, o: ActedOnRow, by: By): Promise<void> {
  await lapseRequest(tx, o.id, by)
  await lapseOffer(tx, o.id, by)
  if (o.stage === 'pause') await endPauseForGood(tx, o, by)
}
