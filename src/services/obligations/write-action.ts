import { dayOf, type Instant } from '../../domain/time/days.ts'
import { dueFromWorkingDays } from '../../domain/time/limits.ts'
import type { ActionInput, Applied } from '../../domain/obligation/lifecycle.ts'
import { limitDays, ruleFor } from '../../domain/escalation/policy.ts'
import { keyInState } from '../../domain/obligation/warning-key.ts'
import { isClosed, type Stage } from '../../domain/obligation/vocabulary.ts'
import type { Actor } from '../../domain/people/permissions.ts'
import type { EntryCounts } from '../../kinds/kind.ts'
import type { ActedOnRow } from './acted-on.ts'
import { resultToStore } from './facts.ts'
import { writeResultTexts } from './result-texts.ts'
import { keepHandedIn } from '../attachments/store.ts'
import { strikeOff } from './strike-off.ts'
import { endAssignments, openAssignments } from './assignments.ts'
import { passedOnDetail, passOn } from './pass-on.ts'
import { endPostponements, postpone } from './postpone.ts'
import { pokeWaitingTimelines } from './waiting-timelines.ts'
import { holdCalendar, readCalendar } from '../schedule/calendar.ts'
import { currentPolicy } from '../schedule/policies.ts'
import { insertRow } from '../../db/insert-rows.ts'
import { type Sql, ts } from '../../db/pool.ts'
import { acceptances, events } from '../../db/schema/index.ts'
import { poke } from '../watching/pokes.ts'
import { historyTextContext } from '../vault/encryption-context.ts'
import { type Keyring, encryptBytes } from '../vault/encryption.ts'

/** Who does what, and when. */
export type Acting = {
  action: ActionInput
  actor: Pick<Actor, 'id'>
  now: Instant
  keys: Keyring
  /** What the entries of the obligation come to; its result is counted from them. */
  entries?: EntryCounts | null
  /** The import that does it: its undoing finds it by this. */
  byImport?: string
}

/** Writes what an action does to a locked obligation: its state, its history, its assignments, and who has to be told. */
export async function writeAction(tx: Sql, o: ActedOnRow, applied: Applied, acting: Acting): Promise<void> {
  await writeState(tx, o, applied, acting)
  const moved = (await postpone(tx, o, acting.action, acting)) || (await passOn(tx, o, acting.action, acting))
  if (!moved) await moveAssignments(tx, o, applied, acting)
  if (isClosed(applied.state)) await pokeWaitingTimelines(tx, [o.id], acting.now)
  if (acting.action.action === 'submit') await keepHandedIn(tx, o.id, acting.now)
  if (applied.state !== 'accepted') return
  await recordAcceptance(tx, o)
  await strikeOff(tx, o.id, acting.now)
}

async function writeState(
  tx: Sql,
  o: ActedOnRow,
  applied: Applied,
  { action, actor, now, keys, byImport, entries = null }: Acting,
): Promise<void> {
  const { text, codes, texts, detail: written } = partsOf(o, action, entries)
  const detail = { ...written, ...(await passedOnDetail(tx, o, action, now)) }
  const worded = texts ? writeResultTexts(tx, keys, o.id, texts) : undefined
  const encrypted = text
    ? encryptBytes(keys, historyTextContext(o.id, action.action, now), Buffer.from(text))
    : null
  const stated = tx.query(
    `update obligations set state = $2, version = version + 1, closed_at = $3,
            acknowledged_at = coalesce($4, acknowledged_at), result = coalesce($5, result), key = $6
      where id = $1`,
    [
      o.id,
      applied.state,
      isClosed(applied.state) ? ts(now) : null,
      applied.acknowledged ? ts(now) : null,
      codes && JSON.stringify(codes),
      keyInState(o, applied.state),
    ],
  )
  const told = insertRow(tx, events, {
    ...{ obligation: o.id, at: now, actor: actor.id, action: action.action, state: applied.state },
    ...{
      detail: byImport === undefined ? detail : { ...detail, import: byImport },
      encryptedText: encrypted,
      keyId: encrypted && keys.keyId,
    },
  })
  await Promise.all([worded, stated, told])
}

/** What was written with an action: the words, and the codes of a result. */
function partsOf(o: ActedOnRow, action: ActionInput, entries: EntryCounts | null) {
  if (action.action === 'submit') {
    const stored = resultToStore(o.kind, action.result, entries)
    return { ...stored, detail: stored.codes }
  }
  return { text: wordsOf(action), codes: null, texts: null, detail: detailOf(action) }
}

/** What somebody wrote in their own words. */
function wordsOf(action: ActionInput): string | null {
  if ('reason' in action) return action.reason
  if ('said' in action) return action.said
  return 'note' in action ? (action.note ?? null) : null
}

/** Codes and numbers of a decision; its words are kept encrypted. */
function detailOf(action: ActionInput): Record<string, unknown> {
  switch (action.action) {
    case 'suspend':
      return { reasonCode: action.reasonCode, until: action.until }
    case 'offer-hand-over':
      return { toOffice: action.toOffice }
    case 'record-contact':
      return { means: action.means, contactedOn: action.contactedOn, promisedOn: action.promisedOn ?? null }
    case 'assign':
      return { person: action.person }
    case 'request-extension':
      return { days: action.days }
    case 'grant-extension':
      return action.grantedDays === undefined ? {} : { grantedDays: action.grantedDays }
    default:
      return {}
  }
}

async function moveAssignments(tx: Sql, o: ActedOnRow, applied: Applied, acting: Acting): Promise<void> {
  const { now } = acting
  if (applied.endsAssignment) {
    await endPostponements(tx, o, acting)
    await endAssignments(tx, [o.id], now)
  }
  if (applied.startsStage) await startAssignment(tx, o, applied.startsStage, now)
}

/** Whoever performed it is told in the next morning's round; the courier knows whom. */
async function recordAcceptance(tx: Sql, { id, county }: ActedOnRow): Promise<void> {
  await insertRow(tx, acceptances, { county, obligation: id })
  await poke(tx, 'courier', [county])
}

/** A review belongs to the reviewer, a redo to the performer again; both count from today under the policy now in force. */
async function startAssignment(tx: Sql, o: ActedOnRow, stage: Stage, now: Instant): Promise<void> {
  // What is held is locked by its row; what nobody holds would slip between.
  const held = o.stage === null ? holdCalendar(tx) : undefined
  const office = stage === 'review' ? o.reviewer : o.office
  const [policy, calendar] = await Promise.all([currentPolicy(tx, o.county), readCalendar(tx, office), held])
  const rule = ruleFor(policy, { ...o, stage })
  const workingDays = limitDays(rule, o.originalDays)
  const startOn = dayOf(now)
  await openAssignments(tx, { county: o.county, policy, now, silent: false }, [
    {
      obligation: o.id,
      kind: o.kind,
      level: o.level,
      stage,
      office,
      startOn,
      rule,
      limit: dueFromWorkingDays(startOn, workingDays, calendar),
      workingDays,
    },
  ])
}
