import { type Actor, presentOnBehalfOf } from '../../domain/people/permissions.ts'
import type { Sql } from '../../db/pool.ts'
import type { AuditEvent } from '../audit/trail.ts'
import { type ActionAnswer, type ActionRequest, runAction } from '../obligations/act.ts'
import { raiseWhatIsWrong } from './raise.ts'

/** One action of somebody on one obligation, with the problems that an acceptance finds. */
export async function actAndRaise(tx: Sql, request: ActionRequest): Promise<ActionAnswer> {
  const answer = await runAction(tx, request)
  if (answer.done && answer.state === 'accepted') await raiseWhatIsWrong(tx, request)
  return answer
}

type Entry = Pick<AuditEvent, 'action' | 'subject' | 'county' | 'behalf' | 'outcome' | 'detail'>

/** What the trail says of it, whether it was done alone or with many others (R9). */
export function entryOfAct(actor: Actor, action: string, answer: ActionAnswer): Entry {
  return {
    action: `obligation.${action}`,
    subject: answer.id,
    county: answer.county ?? actor.scope.counties[0] ?? null,
    behalf: answer.onBehalfOf ?? presentOnBehalfOf(actor),
    outcome: answer.done ? 'done' : 'refused',
    detail: answer.done ? { from: answer.from, to: answer.state } : { refused: answer.refusal.refused },
  }
}
