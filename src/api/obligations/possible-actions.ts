import type { FastifyRequest } from 'fastify'
import type { z } from 'zod'
import { formOf } from '../../contract/api/action-fields.ts'
import type { possibleActions as document } from '../../contract/api/story.ts'
import { type ActedOnRow, actedOnById } from '../../services/obligations/acted-on.ts'
import { decidedState } from '../../services/obligations/deciding.ts'
import { directoryAround } from '../../services/people/directory.ts'
import type { Directory } from '../../domain/escalation/directory.ts'
import { actsOnBehalfOf } from '../../domain/obligation/action-rights.ts'
import { actionRule } from '../../domain/obligation/actions.ts'
import { leadsTo, type ObligationState } from '../../domain/obligation/lifecycle.ts'
import { type PossibleAction, possibleActions } from '../../domain/obligation/possible-actions.ts'
import { actingOfficeOf, peopleWhoMay } from '../../domain/obligation/who-may.ts'
import { notFound } from '../http/errors.ts'
import { actorOf } from '../plugins/actor.ts'
import { type Choices, choicesFor, withChoices } from './action-choices.ts'
import type { ReferenceData } from './reference-data.ts'

type Shown = z.infer<typeof document>

/** Every action with whether the actor may do it now, and if not, why and who may. @throws ApiError 404 */
export async function readPossibleActions(
  request: FastifyRequest<{ Params: { id: string } }>,
  known: ReferenceData,
): Promise<Shown> {
  const found = await actedOnById(request.db, request.params.id)
  if (!found) throw notFound('事项')
  const actor = actorOf(request)
  const { at: state } = await decidedState(request.db, found)
  const reached = [await directoryAround(request.db, found.office)]
  if (found.reviewer !== found.office) reached.push(await directoryAround(request.db, found.reviewer))
  const choices = await choicesFor(request.db, found, known)
  return {
    version: found.version,
    items: possibleActions(actor, state, known.now).map((possible) => {
      const behalf = possible.refusal === null ? actsOnBehalfOf(actor, possible.action, state) : null
      return {
        ...showAction(possible, { found, state, choices }, known, reached),
        onBehalfOf: behalf === null ? null : { id: behalf, name: known.names.person(behalf) },
      }
    }),
  }
}

function showAction(
  { action, late, refusal }: PossibleAction,
  { found, state, choices }: { found: ActedOnRow; state: ObligationState; choices: Choices },
  { names, now }: ReferenceData,
  reached: readonly Directory[],
): Omit<Shown['items'][number], 'onBehalfOf'> {
  const { label, by, to } = actionRule(action)
  const office = actingOfficeOf(action, state)
  const people = reached.flatMap((directory) => peopleWhoMay(action, state, directory, now))
  return {
    ...{
      action,
      label,
      late,
      by,
      leadsTo: leadsTo(to, state),
      allowed: refusal === null,
    },
    refusal: refusal && { code: refusal.refused, message: refusal.message },
    office: office === null ? null : { code: office, name: names.office(office) },
    who: [...new Set(people)].map((id) => ({ id, name: names.person(id) })),
    fields: withChoices(formOf(action, found.kind), choices),
  }
}
