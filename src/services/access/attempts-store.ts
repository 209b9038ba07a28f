import type { Instant } from '../../domain/time/days.ts'
import { insertRow } from '../../db/insert-rows.ts'
import { type Sql, ts } from '../../db/pool.ts'
import { throttles } from '../../db/schema/index.ts'
import { columns, type RowsOf, selectRow } from '../../db/select-columns.ts'

const COLUMNS = columns(throttles, 't', ['failures', 'lastWall', 'blockedUntilWall'])
/** The failed attempts under one key, and until when further ones are refused. */
export type Attempts = RowsOf<typeof COLUMNS>

/** Holds the key until the transaction ends, so that simultaneous attempts are counted one after the other. */
export async function lockAttempts(tx: Sql, key: string): Promise<void> {
  await tx.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [key])
}

export function attemptsOf(gate: Sql, key: string): Promise<Attempts | undefined> {
  return selectRow(gate, COLUMNS, 'from throttles t where key = $1', [key])
}

export async function keepAttempts(tx: Sql, key: string, attempts: Attempts): Promise<void> {
  const { failures, lastWall, blockedUntilWall } = attempts
  await insertRow(
    tx,
    throttles,
    { key, failures, lastWall, blockedUntilWall },
    {
      onConflict: `(key) do update set failures = excluded.failures, last_wall = excluded.last_wall,
        blocked_until_wall = excluded.blocked_until_wall`,
    },
  )
}

/**
 * Restores what stood before, unless others have counted since; then it takes one failure off and removes the
 * block.
 */
export async function takeBack(
  gate: Sql,
  key: string,
  { before, after }: { before: Attempts | undefined; after: Attempts },
): Promise<void> {
  const [was, is] = [before ?? { failures: 0, lastWall: after.lastWall, blockedUntilWall: null }, after]
  const stamp = (at: Instant | null) => (at === null ? null : ts(at))
  await gate.query(
    `update throttles set
        failures = case when last_wall = $2 and failures = $3 then $4 else greatest(failures - 1, 0) end,
        last_wall = case when last_wall = $2 and failures = $3 then $5 else last_wall end,
        blocked_until_wall = case when blocked_until_wall = $6 then $7 else blocked_until_wall end
      where key = $1`,
    [
      key,
      ...[ts(is.lastWall), is.failures, was.failures, ts(was.lastWall)],
      ...[stamp(is.blockedUntilWall), stamp(was.blockedUntilWall)],
    ],
  )
}

export async function forgetFailures(gate: Sql, key: string): Promise<void> {
  await gate.query('delete from throttles where key = $1', [key])
}

/** Deletes old failures; called now and then. */
export async function forgetOldFailures(gate: Sql, before: Instant): Promise<void> {
  await gate.query('delete from throttles where last_wall < $1', [ts(before)])
}
