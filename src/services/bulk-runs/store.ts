import { type BulkItemState, type BulkRunState, isAtWork } from '../../domain/obligation/bulk-run.ts'
import type { ActionInput, Refusal } from '../../domain/obligation/lifecycle.ts'
import type { Instant } from '../../domain/time/days.ts'
import { insertRow, insertRows, oneByOne } from '../../db/insert-rows.ts'
import { type Sql, ts } from '../../db/pool.ts'
import type { NewRow } from '../../db/row-types.ts'
import { bulkItems, bulkRuns } from '../../db/schema/index.ts'
import { columns, type RowsOf, selectRow, selectRows } from '../../db/select-columns.ts'
import { updateRows } from '../../db/update-rows.ts'
import { now as businessNow } from '../schedule/clock.ts'
import { bulkRunContext } from '../vault/encryption-context.ts'
import { decryptBytes, encryptBytes, type Keyring } from '../vault/encryption.ts'

const RUN = columns(bulkRuns, 'r', [
  ...(['id', 'actor', 'actorKind', 'permissions', 'roles', 'address', 'requestId', 'action'] as const),
  ...(['encrypted', 'keyId', 'filter', 'seenCount', 'total', 'state', 'askedAt', 'askedWall'] as const),
  ...(['endedAt', 'undoAskedAt', 'problem', 'requestHash', 'undoAddress', 'undoRequestId'] as const),
])
export type RunRow = RowsOf<typeof RUN>

const ITEM = columns(bulkItems, 'i', [
  ...(['run', 'seq', 'obligation', 'version', 'state', 'refused', 'message', 'doneState'] as const),
  'doneVersion',
])
export type ItemRow = RowsOf<typeof ITEM>

/** One obligation as somebody saw it. */
export type Seen = { id: string; version: number }
export type NewRun = Omit<NewRow<typeof bulkRuns>, 'action' | 'encrypted' | 'keyId' | 'total' | 'state'> & {
  id: string
  action: ActionInput
}

/**
 * Keys that were used so long ago that nobody repeats their requests are free for other runs, and what tells the requests apart, a hash of
 * words that somebody typed, is kept no longer. @param actor whose; null: everybody's (role: the owner). @param before wall time
 */
export async function freeRunKeys(tx: Sql, actor: string | null, before: Instant): Promise<void> {
  await tx.query(
    `update bulk_runs set request_key = null, request_hash = null
      where request_key is not null and ($1::text is null or actor = $1) and asked_wall < $2`,
    [actor, ts(before)],
  )
}

/** Keeps what was asked for. What was typed is encrypted like the text of a single action. */
export async function addRun(tx: Sql, keys: Keyring, run: NewRun, seen: readonly Seen[]): Promise<void> {
  const { id, action } = run
  const encrypted = encryptBytes(keys, bulkRunContext(id), Buffer.from(JSON.stringify(action)))
  await insertRow(tx, bulkRuns, {
    ...{ ...run, action: action.action, encrypted, keyId: keys.keyId },
    total: seen.length,
  })
  const numbered = seen.map((one, seq) => ({ seq, obligation: one.id, version: one.version }))
  await insertRows(
    tx,
    bulkItems,
    oneByOne(numbered, (item) => item),
    { constant: { run: id } },
  )
}

/** The action of a run that goes on. */
export function actionOf(keys: Keyring, { id, encrypted, keyId }: RunRow): ActionInput {
  if (!encrypted) throw new Error(`run ${id} is over`)
  return JSON.parse(decryptBytes(keys, bulkRunContext(id), encrypted, keyId).toString()) as ActionInput
}

export function runById(sql: Sql, id: string): Promise<RunRow | undefined> {
  return selectRow(sql, RUN, 'from bulk_runs r where id = $1', [id])
}

/** The run that somebody asked for under a key of theirs (`Idempotency-Key`). */
export function runByKey(sql: Sql, actor: string, key: string): Promise<RunRow | undefined> {
  return selectRow(sql, RUN, 'from bulk_runs r where actor = $1 and request_key = $2', [actor, key])
}

export function lockRun(tx: Sql, id: string): Promise<RunRow | undefined> {
  return selectRow(tx, RUN, 'from bulk_runs r where id = $1 for update', [id])
}

/** The newest first. @param actor whose */
export function recentRuns(sql: Sql, actor: string, limit: number): Promise<RunRow[]> {
  return selectRows(
    sql,
    RUN,
    'from bulk_runs r where actor = $1 order by asked_wall desc, id desc limit $2',
    [actor, limit],
  )
}

/** The next ones in a state, in the order in which everybody locks many. */
export function nextItems(tx: Sql, run: string, state: BulkItemState, limit: number): Promise<ItemRow[]> {
  return selectRows(
    tx,
    ITEM,
    'from bulk_items i where run = $1 and state = $2 order by obligation limit $3',
    [run, state, limit],
  )
}

/** Those in some state, in the order in which they were asked for. */
export function itemsOf(
  sql: Sql,
  run: string,
  { state, after, limit }: { state: BulkItemState | null; after: number; limit: number },
): Promise<ItemRow[]> {
  return selectRows(
    sql,
    ITEM,
    'from bulk_items i where run = $1 and coalesce(state = $2, true) and seq > $3 order by seq limit $4',
    [run, state, after, limit],
  )
}

export type Answered = Pick<
  ItemRow,
  'run' | 'seq' | 'state' | 'refused' | 'message' | 'doneState' | 'doneVersion'
>

export async function writeAnswers(tx: Sql, answered: readonly Answered[]): Promise<void> {
  await updateRows(tx, bulkItems, ['run', 'seq'], answered)
}

/** Ends what goes on: what was typed is dropped. Only what was not ended by somebody else. */
export async function endRun(tx: Sql, run: RunRow, state: BulkRunState, now: Instant): Promise<void> {
  if (!isAtWork(run.state)) throw new Error(`run ${run.id} has ended`)
  const over = { id: run.id, state, encrypted: null, keyId: null }
  await updateRows(tx, bulkRuns, ['id'], [run.state === 'running' ? { ...over, endedAt: now } : over])
}

/** Where what is being done to it was asked for: the run itself, or its taking back. */
export function originOf({ state, address, requestId, undoAddress, undoRequestId }: RunRow): Origin {
  return state === 'undoing' ? { address: undoAddress, requestId: undoRequestId } : { address, requestId }
}

/** Nothing more is done: all that is left of a locked run has this answer. */
export async function answerTheRest(tx: Sql, run: RunRow, { refused, message }: Refusal): Promise<void> {
  const { id } = run
  const [from, to] = run.state === 'undoing' ? ['done', 'kept'] : ['left', 'refused']
  await tx.query(
    'update bulk_items set state = $3, refused = $4, message = $5 where run = $1 and state = $2',
    [id, from, to, refused, message],
  )
  await endRun(tx, run, run.state === 'undoing' ? 'undone' : 'done', await businessNow(tx))
}

/** Where a request came from, as the trail names it. */
export type Origin = Pick<RunRow, 'address' | 'requestId'>

export async function beginUndo(
  tx: Sql,
  { id }: RunRow,
  { now, wallNow, address, requestId }: Origin & { now: Instant; wallNow: Instant },
): Promise<void> {
  const from = { undoAddress: address, undoRequestId: requestId }
  const asked = { undoAskedAt: now, undoAskedWall: wallNow, ...from }
  await updateRows(tx, bulkRuns, ['id'], [{ id, state: 'undoing', ...asked }])
}
