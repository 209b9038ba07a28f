import type { Calendar } from '../../domain/time/calendar.ts'
import { dayOf, type Instant } from '../../domain/time/days.ts'
import {
  type ActionInput,
  applyAction,
  type Applied,
  type Refusal,
} from '../../domain/obligation/lifecycle.ts'
import { dueFromWorkingDays } from '../../domain/time/limits.ts'
import { limitDays, type Policy, ruleFor } from '../../domain/escalation/policy.ts'
import { actsOnBehalfOf, refusalFor } from '../../domain/obligation/action-rights.ts'
import { keyInState } from '../../domain/obligation/warning-key.ts'
import { isClosed, type Stage, type State } from '../../domain/obligation/vocabulary.ts'
import type { Actor } from '../../domain/people/permissions.ts'
import { type ActedOnRow, lockActedOn, obligationStateOf } from './acted-on.ts'
import { resultToStore } from './facts.ts'
import { resultCheckOf } from './result-check.ts'
import { evidenceRefusal, withEvidence } from './evidence.ts'
import { strikeOff } from './strike-off.ts'
import { endAssignments, openAssignments } from './assignments.ts'
import { readCalendar } from '../schedule/calendar.ts'
import { pokeWaitingTimelines } from './waiting-timelines.ts'
import { cameAgain } from './came-again.ts'
import { keepHandedIn } from '../attachments/store.ts'
import { currentPolicy } from '../schedule/policies.ts'
import { insertRow } from '../../db/insert-rows.ts'
import { type Sql, ts } from '../../db/pool.ts'
import { acceptances, events } from '../../db/schema/index.ts'
import { poke } from '../watching/pokes.ts'
import { historyTextContext } from '../vault/encryption-context.ts'
import { type Keyring, encryptBytes } from '../vault/encryption.ts'

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

/** One action on one obligation: the domain decides, and its answer becomes rows, in the caller's transaction. */
export async function runAction(tx: Sql, request: ActionRequest): Promise<ActionAnswer> {
  const { obligation: id, actor, now } = request
  const locked = await lockActedOn(tx, id)
  if (!locked) return refused(null, id, NOT_FOUND)
  if (request.expectedVersion !== undefined && request.expectedVersion !== locked.version)
    return refused(locked.county, id, VERSION_MISMATCH)
  const action = await withEvidence(tx, locked, request.action)
  const at = obligationStateOf(locked)
  const onBehalfOf = actsOnBehalfOf(actor, action.action, at)
  const applied = refusalFor(actor, action.action, at) ?? applyAction(at, action, now, resultCheckOf(locked))
  if ('refused' in applied) return refused(locked.county, id, applied, onBehalfOf)
  if (await cameAgain(tx, locked, applied.state)) return refused(locked.county, id, CAME_AGAIN, onBehalfOf)
  const lacking = await evidenceRefusal(tx, id, action)
  if (lacking) return refused(locked.county, id, lacking, onBehalfOf)
  await writeState(tx, locked, applied, { ...request, action })
  await moveAssignments(tx, locked, applied, now)
  if (isClosed(applied.state)) await pokeWaitingTimelines(tx, [id], now)
  if (action.action === 'submit') await keepHandedIn(tx, id, now)
  if (applied.state === 'accepted') await recordAcceptance(tx, locked)
  if (applied.state === 'accepted') await strikeOff(tx, id, now)
  const { county, state: from, version } = locked
  return { done: true, id, county, from, state: applied.state, version: version + 1, onBehalfOf }
}

const NOT_FOUND: Refusal = { refused: 'not-found', message: '没有这个事项,请刷新列表后再试。' }
const VERSION_MISMATCH: Refusal = {
  refused: 'version-mismatch',
  message: '事项刚被别人更新过,请刷新后再操作。',
}

const CAME_AGAIN: Refusal = {
  refused: 'came-again',
  message: '撤销之后,这个预警编号已重新登记为另一件事项,不能再重启;请在那一件上办理。',
}

function refused(
  county: string | null,
  id: string,
  refusal: Refusal,
  onBehalfOf: string | null = null,
): ActionAnswer {
  return { done: false, id, county, refusal, onBehalfOf }
}

async function writeState(
  tx: Sql,
  o: ActedOnRow,
  applied: Applied,
  { action, actor, now, keys, byImport }: ActionRequest,
): Promise<void> {
  const result = action.action === 'submit' ? resultToStore(o.kind, action.result) : null
  await tx.query(
    `update obligations set state = $2, version = version + 1, closed_at = $3,
            acknowledged_at = coalesce($4, acknowledged_at), result = coalesce($5, result), key = $6
      where id = $1`,
    [
      o.id,
      applied.state,
      isClosed(applied.state) ? ts(now) : null,
      applied.acknowledged ? ts(now) : null,
      result && JSON.stringify(result),
      keyInState(o, applied.state),
    ],
  )
  const text = textOf(action)
  const encrypted = text
    ? encryptBytes(keys, historyTextContext(o.id, action.action, now), Buffer.from(text))
    : null
  await insertRow(tx, events, {
    ...{ obligation: o.id, at: now, actor: actor.id, action: action.action, state: applied.state },
    ...{
      detail: byImport === undefined ? (result ?? {}) : { ...result, import: byImport },
      encryptedText: encrypted,
      keyId: encrypted && keys.keyId,
    },
  })
}

function textOf(action: ActionInput): string | null {
  if (action.action === 'submit') return action.result.note ?? null
  if ('reason' in action) return action.reason
  return 'note' in action ? (action.note ?? null) : null
}

async function moveAssignments(tx: Sql, o: ActedOnRow, applied: Applied, now: Instant): Promise<void> {
  if (applied.endsAssignment) await endAssignments(tx, [o.id], now)
  if (applied.startsStage) await startAssignment(tx, o, applied.startsStage, now)
}

/** Whoever performed it is told in the next morning's round; the courier knows whom. */
async function recordAcceptance(tx: Sql, { id, county }: ActedOnRow): Promise<void> {
  await insertRow(tx, acceptances, { county, obligation: id })
  await poke(tx, 'courier', [county])
}

/** A review belongs to the reviewer, a redo to the performer again; both count from today under the policy now in force. */
async function startAssignment(tx: Sql, o: ActedOnRow, stage: Stage, now: Instant): Promise<void> {
  const policy: Policy = await currentPolicy(tx, o.county)
  const calendar: Calendar = await readCalendar(tx)
  const rule = ruleFor(policy, { kind: o.kind, level: o.level, stage })
  const workingDays = limitDays(rule, o.originalDays)
  const startOn = dayOf(now)
  await openAssignments(tx, { county: o.county, policy, now, silent: false }, [
    {
      obligation: o.id,
      kind: o.kind,
      level: o.level,
      stage,
      office: stage === 'review' ? o.reviewer : o.office,
      startOn,
      rule,
      limit: dueFromWorkingDays(startOn, workingDays, calendar),
      workingDays,
    },
  ])
}
