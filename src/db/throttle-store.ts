import type { Instant } from '../domain/days.ts'
import { row, type Sql, ts } from './pool.ts'

/** Failed attempts under one key, and until when no further one is heard. */
export type Attempts = { failures: number; lastWall: Instant; blockedUntilWall: Instant | null }

export function attemptsOf(gate: Sql, key: string): Promise<Attempts | undefined> {
  return row(
    gate,
    `select failures, last_wall as "lastWall", blocked_until_wall as "blockedUntilWall" from throttles where key = $1`,
    [key],
  )
}

/** Reads under a lock, so that two attempts at once count as two. */
export async function countFailure(
  tx: Sql,
  key: string,
  next: (known: Attempts | undefined) => Attempts,
): Promise<void> {
  await tx.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [key])
  const { failures, lastWall, blockedUntilWall } = next(await attemptsOf(tx, key))
  await tx.query(
    `insert into throttles (key, failures, last_wall, blocked_until_wall) values ($1, $2, $3, $4)
     on conflict (key) do update set failures = $2, last_wall = $3, blocked_until_wall = $4`,
    [key, failures, ts(lastWall), blockedUntilWall === null ? null : ts(blockedUntilWall)],
  )
}

export async function forgetFailures(gate: Sql, key: string): Promise<void> {
  await gate.query('delete from throttles where key = $1', [key])
}

/** Old ones; called now and then. */
export async function forgetOldFailures(gate: Sql, before: Instant): Promise<void> {
  await gate.query('delete from throttles where last_wall < $1', [ts(before)])
}
