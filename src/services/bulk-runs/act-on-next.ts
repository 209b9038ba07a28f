import type { Logger } from 'pino'
import type { BulkItemState } from '../../domain/obligation/bulk-run.ts'
import type { ActionInput, Refusal } from '../../domain/obligation/lifecycle.ts'
import type { Actor } from '../../domain/people/permissions.ts'
import type { Instant } from '../../domain/time/days.ts'
import { keepPlans, type Sql } from '../../db/pool.ts'
import { errorCode, isTransient } from '../../db/transient-errors.ts'
import { addAuditEvent } from '../audit/trail.ts'
import type { ActionAnswer } from '../obligations/act.ts'
import { LAST_CHANGE } from '../obligations/meanwhile.ts'
import { actAndRaise, entryOfAct } from '../problems/act-and-raise.ts'
import { now as businessNow } from '../schedule/clock.ts'
import type { Keyring } from '../vault/encryption.ts'
import {
  actionOf,
  type Answered,
  endRun,
  type ItemRow,
  lockRun,
  nextItems,
  originOf,
  type RunRow,
  writeAnswers,
} from './store.ts'

/** So many are done in one transaction: their rows are locked for as long. */
export const CHUNK = 50

/** Who does it, and with what. */
export type Carrying = { actor: Actor; keys: Keyring; wallNow: Instant; log: Pick<Logger, 'error'> }
/** `isOver`: nothing is left. `answers`: what the actor is told of each, once. */
export type Chunk = { isOver: boolean; answers: ActionAnswer[] }

/** What is done to each item of a run in some state, and what becomes of it. */
type Doing = {
  action: ActionInput
  /** It was asked for within the minutes after the run, however late an item is reached. */
  askedInTime?: boolean
  takes: BulkItemState
  versionOf: (item: ItemRow) => number | null
  done: BulkItemState
  refused: BulkItemState
}

/**
 * Acts on the next items of a run, or takes them back, in the caller's transaction: what was done and its answer exist together or
 * not at all. Whoever else carries the run on waits for its row. Each item is acted on as if it were alone.
 */
export async function actOnNext(tx: Sql, id: string, by: Carrying, limit = CHUNK): Promise<Chunk> {
  keepPlans(tx)
  const run = await lockRun(tx, id)
  const doing = run && doingOf(run, by.keys)
  if (!doing) return { isOver: true, answers: [] }
  const items = await nextItems(tx, id, doing.takes, limit)
  const now = await businessNow(tx)
  const answers: ActionAnswer[] = []
  const answered: Answered[] = []
  for (const item of items) {
    const answer = await actAlone(tx, { run, item, doing, now }, by)
    answers.push(answer)
    answered.push(answeredBy(item, doing, answer))
  }
  await writeAnswers(tx, answered)
  const isOver = items.length < limit
  if (isOver) await endRun(tx, run, run.state === 'undoing' ? 'undone' : 'done', now)
  return { isOver, answers }
}

function doingOf(run: RunRow, keys: Keyring): Doing | null {
  if (run.state === 'running')
    return {
      action: actionOf(keys, run),
      takes: 'left',
      versionOf: (item) => item.version,
      ...{ done: 'done', refused: 'refused' },
    }
  if (run.state === 'undoing')
    return {
      action: { action: 'undo' },
      askedInTime: true,
      takes: 'done',
      versionOf: (item) => item.doneVersion,
      ...{ done: 'undone', refused: 'kept' },
    }
  return null
}

type OfItem = { run: RunRow; item: ItemRow; doing: Doing; now: Instant }

/** A fault of one item is its own answer: it holds none of the others up. */
async function actAlone(tx: Sql, { run, item, doing, now }: OfItem, by: Carrying): Promise<ActionAnswer> {
  const { actor, keys, wallNow } = by
  const { obligation } = item
  const { action, askedInTime = false } = doing
  const version = doing.versionOf(item)
  await tx.query('savepoint item')
  try {
    const asked = { obligation, action, actor, keys, now, askedInTime }
    const answer = await actAndRaise(tx, version === null ? asked : { ...asked, expectedVersion: version })
    const entry = { ...entryOfAct(actor, action.action, answer), ...originOf(run), actor: actor.id }
    await addAuditEvent(tx, { ...entry, atWall: wallNow })
    await tx.query('release savepoint item')
    return answer
  } catch (error) {
    if (isTransient(error)) throw error
    by.log.error({ run: run.id, obligation, code: errorCode(error) }, 'one of many could not be acted on')
    await tx.query('rollback to savepoint item')
    return faultOf(obligation)
  }
}

/** What is told of one that could not be acted on for a fault of ours. */
export function faultOf(id: string): ActionAnswer {
  return { id, done: false, county: null, onBehalfOf: null, refusal: FAULT }
}

const FAULT: Refusal = {
  refused: 'internal',
  message: '这一件没有办成:系统出了错,没有改动它。请单独再试,仍不行请告诉系统管理员。',
}
/** The code of what somebody else changed first. */
const CHANGED = 'version-mismatch'
/** What somebody else did first, without their names. */
const NAMELESS: Record<string, string> = {
  [CHANGED]: '轮到它时已有变动,没有改动它;请看过现在的情况再单独办理。',
  'handed-over': '它的移交已由别人答复或收回,已不在您这里。',
}

function answeredBy(item: ItemRow, doing: Doing, answer: ActionAnswer): Answered {
  const { run, seq, doneState, doneVersion } = item
  if (answer.done) {
    const kept = doing.done === 'done' ? { doneState: answer.state, doneVersion: answer.version } : {}
    return { run, seq, state: doing.done, refused: null, message: null, doneState, doneVersion, ...kept }
  }
  const { refused } = answer.refusal
  const state = refused === CHANGED && doing.refused === 'refused' ? 'skipped' : doing.refused
  return { run, seq, state, refused, message: messageToKeep(answer.refusal), doneState, doneVersion }
}

/** Without the words about who changed it: people are named to whoever looks, and not kept. */
export function messageToKeep({ refused, message }: Refusal): string {
  return NAMELESS[refused] ?? message.split(LAST_CHANGE)[0] ?? message
}
