import { actsOnBehalfOf, refusalFor } from '../../domain/obligation/action-rights.ts'
import { applyAction, type ActionInput, type Refusal } from '../../domain/obligation/lifecycle.ts'
import type { State } from '../../domain/obligation/vocabulary.ts'
import type { Actor } from '../../domain/people/permissions.ts'
import type { Instant } from '../../domain/time/days.ts'
import type { Sql } from '../../db/pool.ts'
import type { Keyring } from '../vault/encryption.ts'
import { lockActedOn } from './acted-on.ts'
import { stateForAction } from './deciding.ts'
import { CAME_AGAIN, cameAgain } from './came-again.ts'
import { entryCountsOf } from './entry-counts.ts'
import { bringAbout } from './followings.ts'
import { resultCheckOf } from './result-check.ts'
import { evidenceRefusal, withEvidence } from './evidence.ts'
import { writeAction } from './write-action.ts'

export type ActionRequest = {
  obligation: string
  action: ActionInput
  actor: Actor
  now: Instant
  keys: Keyring
  /** The import that does it to many at once. */
  byImport?: string
  /** From If-Match: refuse when somebody else changed it meanwhile. */
  expectedVersion?: number
}
/** `onBehalfOf`: the absent colleague in whose place alone the actor may do this to it. */
export type ActionAnswer = { id: string; onBehalfOf: string | null } & (
  | { done: true; county: string; from: State; state: State; version: number }
  | { done: false; county: string | null; refusal: Refusal }
)

/**
 * One action on one obligation: the domain decides, and its answer becomes rows, in the caller's transaction. What an acceptance
 * brings about begins with it.
 */
export async function runAction(tx: Sql, request: ActionRequest): Promise<ActionAnswer> {
  const { obligation: id, actor, now } = request
  const locked = await lockActedOn(tx, id)
  if (!locked) return refused(null, id, NOT_FOUND)
  if (request.expectedVersion !== undefined && request.expectedVersion !== locked.version)
    return refused(locked.county, id, VERSION_MISMATCH)
  const action = await withEvidence(tx, locked, request.action)
  const { at, policyRefuses } = await stateForAction(tx, locked, action)
  const onBehalfOf = actsOnBehalfOf(actor, action.action, at)
  const entered = action.action === 'submit' ? await entryCountsOf(tx, locked) : null
  const applied =
    refusalFor(actor, action.action, at) ??
    applyAction(at, action, now, resultCheckOf(locked, now, entered ?? {}))
  if ('refused' in applied) return refused(locked.county, id, applied, onBehalfOf)
  if (await cameAgain(tx, locked, applied.state)) return refused(locked.county, id, CAME_AGAIN, onBehalfOf)
  const lacking = (await policyRefuses(actor, now)) ?? (await evidenceRefusal(tx, id, action))
  if (lacking) return refused(locked.county, id, lacking, onBehalfOf)
  await writeAction(tx, locked, applied, { ...request, action, entries: entered?.entries ?? null })
  await bringAbout(tx, locked, applied.state, request)
  const { county, state: from, version } = locked
  return { done: true, id, county, from, state: applied.state, version: version + 1, onBehalfOf }
}

const NOT_FOUND: Refusal = { refused: 'not-found', message: '没有这个事项,请刷新列表后再试。' }
const VERSION_MISMATCH: Refusal = {
  refused: 'version-mismatch',
  message: '事项刚被别人更新过,请刷新后再操作。',
}

function refused(
  county: string | null,
  id: string,
  refusal: Refusal,
  onBehalfOf: string | null = null,
): ActionAnswer {
  return { done: false, id, county, refusal, onBehalfOf }
}
