import { actsOnBehalfOf, refusalFor } from '../../domain/obligation/action-rights.ts'
import { actionRule } from '../../domain/obligation/actions.ts'
import {
  applyAction,
  type ActionInput,
  type Applied,
  effectOf,
  type ObligationState,
  type Refusal,
} from '../../domain/obligation/lifecycle.ts'
import { undoableUntil } from '../../domain/obligation/undo.ts'
import type { State } from '../../domain/obligation/vocabulary.ts'
import type { Actor } from '../../domain/people/permissions.ts'
import type { Instant } from '../../domain/time/days.ts'
import type { Sql } from '../../db/pool.ts'
import { forgetCalendars, holdCalendar } from '../schedule/calendar.ts'
import type { Keyring } from '../vault/encryption.ts'
import { type ActedOnRow, lockActedOn, obligationStateOf } from './acted-on.ts'
import { stateForAction } from './deciding.ts'
import { CAME_AGAIN, cameAgain } from './came-again.ts'
import { entryCountsOf } from './entry-counts.ts'
import { bringAbout } from './followings.ts'
import { changesInWords, isFirstElsewhere, LAST_CHANGE } from './meanwhile.ts'
import { resultCheckOf } from './result-check.ts'
import { evidenceRefusal, withEvidence } from './evidence.ts'
import { listedHitsOf } from './listed-hits.ts'
import { snapshotOf } from './snapshot.ts'
import { undoStep } from './undo.ts'
import { keepStep } from './undo-steps.ts'
import { whereItWent } from './where-it-went.ts'
import { type Acting, writeAction } from './write-action.ts'

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
  /** Its taking back was asked for in time, and is done now: with many at once it is some minutes later. */
  askedInTime?: boolean
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
  // Before the row, as a change of days takes them: the other way round the two would wait for each other.
  if (mayBegin(request.action)) await holdCalendar(tx)
  const locked = await lockActedOn(tx, id)
  forgetCalendars(tx)
  if (!locked) return refused(null, id, (await whereItWent(tx, id)) ?? NOT_FOUND)
  const { expectedVersion = locked.version } = request
  if (expectedVersion !== locked.version)
    return refused(locked.county, id, await changedMeanwhile(tx, locked, expectedVersion))
  const action = await withEvidence(tx, locked, request.action)
  const { at, policyRefuses } = await stateForAction(tx, locked, action)
  const onBehalfOf = actsOnBehalfOf(actor, action.action, at)
  const entered = action.action === 'submit' ? await enteredOf(tx, locked) : null
  const applied =
    refusalFor(actor, action.action, at) ??
    applyAction(at, action, judgedAt(request, at), resultCheckOf(locked, now, entered ?? {}))
  if ('refused' in applied)
    return refused(locked.county, id, await withWhoWasFirst(tx, id, action, applied), onBehalfOf)
  if (await cameAgain(tx, locked, applied.state)) return refused(locked.county, id, CAME_AGAIN, onBehalfOf)
  const lacking = (await policyRefuses(actor, now)) ?? (await evidenceRefusal(tx, id, action))
  if (lacking) return refused(locked.county, id, lacking, onBehalfOf)
  const acting = { ...request, action, entries: entered?.entries ?? null }
  if (action.action === 'undo') await undoStep(tx, locked, acting, endAsUnwanted)
  else await takeStep(tx, locked, applied, acting)
  const { county, state: from, version } = locked
  return { done: true, id, county, from, state: applied.state, version: version + 1, onBehalfOf }
}

/** A step is taken back in time where that was asked for in time. */
function judgedAt({ now, askedInTime }: ActionRequest, { lastStep }: ObligationState): Instant {
  return askedInTime && lastStep ? Math.min(now, undoableUntil(lastStep.at)) : now
}

/** What is written down beside a result, which the result is held against. */
async function enteredOf(tx: Sql, o: ActedOnRow) {
  const [counts, listed] = await Promise.all([entryCountsOf(tx, o), listedHitsOf(tx, o)])
  return { ...counts, listed }
}

/** What ends as accepted may bring something about, and what is over may begin again. */
function mayBegin({ action }: ActionInput): boolean {
  const { from, to } = actionRule(action)
  return to === 'accepted' || from.some((state) => state === 'accepted')
}

/** Does it, and keeps how the obligation stood before where it can be taken back. What an import does is taken back with the import. */
async function takeStep(tx: Sql, o: ActedOnRow, applied: Applied, acting: Acting): Promise<void> {
  const { action } = acting.action
  const isKept = actionRule(action).undoable && acting.byImport === undefined
  const before = isKept ? await snapshotOf(tx, o.id) : null
  await writeAction(tx, o, applied, acting)
  await bringAbout(tx, o, applied.state, acting)
  if (before) await keepStep(tx, o, { ...acting, action, before })
}

/** What began with a step that is taken back. */
async function endAsUnwanted(tx: Sql, o: ActedOnRow, acting: Acting): Promise<void> {
  await writeAction(tx, o, effectOf('cancel', obligationStateOf(o), acting.now), acting)
}

export const NOT_FOUND: Refusal = { refused: 'not-found', message: '没有这个事项,请刷新列表后再试。' }

/** Somebody was faster: the sentence says who did what, and when. */
async function changedMeanwhile(tx: Sql, { id, version }: ActedOnRow, known: number): Promise<Refusal> {
  const words = version > known ? await changesInWords(tx, id, version - known) : ''
  const what = words === '' ? '' : `:${words}`
  return {
    refused: 'version-mismatch',
    message: `您打开以后,这件事项有了变动${what}。写下的内容没有丢,请看过现在的情况再操作。`,
  }
}

/** What the state does not allow, it mostly does not allow since somebody did something else first. */
async function withWhoWasFirst(
  tx: Sql,
  id: string,
  { action }: ActionInput,
  refusal: Refusal,
): Promise<Refusal> {
  const { refused: code } = refusal
  // Whoever waited for the row while a colleague answered is no receiver any more.
  if (code === 'forbidden' && actionRule(action).by === 'receiver')
    return (await whereItWent(tx, id)) ?? refusal
  if (!isFirstElsewhere(code)) return refusal
  return { ...refusal, message: `${refusal.message}${LAST_CHANGE}${await changesInWords(tx, id, 1)}。` }
}

function refused(
  county: string | null,
  id: string,
  refusal: Refusal,
  onBehalfOf: string | null = null,
): ActionAnswer {
  return { done: false, id, county, refusal, onBehalfOf }
}
