import type { FastifyRequest } from 'fastify'
import { type ActedOnRow, lockActedOn, obligationStateOf } from '../../services/obligations/acted-on.ts'
import { actsOnBehalfOf, refusalFor } from '../../domain/obligation/action-rights.ts'
import { refusalInState } from '../../domain/obligation/lifecycle.ts'
import { type State, STATE_LABELS } from '../../domain/obligation/vocabulary.ts'
import { kindOf } from '../../kinds/kinds.ts'
import type { Sql } from '../../db/pool.ts'
import { ApiError, notFound } from '../http/errors.ts'
import { actorOf, asOfOf } from '../plugins/actor.ts'
import type { AuditNote } from '../plugins/audit-entry.ts'

/** Locks a screening whose entries the actor may write: whoever may hand it in, until it is handed in. */
export async function openScreening(
  tx: Sql,
  request: FastifyRequest<{ Params: { id: string } }>,
  note: AuditNote,
  what: `${'entry' | 'entries'}-${string}`,
) {
  const { id } = request.params
  note.action = `screening.${what}`
  note.subject = id
  const found = await lockActedOn(tx, id)
  if (!found) throw notFound('事项')
  note.county = found.county
  note.behalf = actsOnBehalfOf(actorOf(request), 'submit', obligationStateOf(found))
  mustBeWritable(request, found)
  return found
}

/** @throws ApiError 403 or 409 */
export function mustBeWritable(request: FastifyRequest, found: ActedOnRow): void {
  if (!kindOf(found.kind).hasEntries)
    throw new ApiError(409, 'no-entries', '这一类事项没有逐户记录;只有全面排查才逐户记录。')
  const state = obligationStateOf(found)
  if (refusalInState(state, 'submit', asOfOf(request).now))
    throw new ApiError(409, { refused: `not-while-${found.state}` }, whyNotWritten(found.state))
  const refusal = refusalFor(actorOf(request), 'submit', state)
  if (refusal) throw new ApiError(403, refusal, refusal.message)
}

/** Why households are not written in a state, and what to do. */
function whyNotWritten(state: State): string {
  switch (state) {
    case 'suspended':
      return '这项排查已暂停,逐户记录暂时不能改;请审批暂停的人恢复办理以后再记。'
    case 'accepted':
    case 'cancelled':
      return `这项排查${STATE_LABELS[state]},逐户记录不能再改;确需修改的,请救助中心或分管局领导重启。`
    default:
      return '这项排查已经提交,逐户记录不能再改;确需修改的,请复核单位退回。'
  }
}
