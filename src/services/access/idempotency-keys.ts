import { row, type Sql, ts } from '../../db/pool.ts'
import { idempotencyKeys } from '../../db/schema/index.ts'
import { columns, type RowsOf, selectRow } from '../../db/select-columns.ts'

const EARLIER = columns(idempotencyKeys, 'i', ['request', 'status', 'body'])
export type Earlier = RowsOf<typeof EARLIER>
/** A request without a stored answer (its process died) may be tried again after this. */
const STALE_MS = 10 * 60_000

/** Nobody repeats a request after this. Answers are deleted, since they may hold a household's masked name. */
export const KEPT_MS = 3 * 86_400_000

/** Deletes the old answers of one caller. */
function forgetOwn(sql: Sql, actor: string, wallNow: number) {
  return sql.query('delete from idempotency_keys where actor = $1 and created_wall < $2', [
    actor,
    ts(wallNow - KEPT_MS),
  ])
}

/** Deletes the old answers of all callers. Role: the owner. */
export async function forgetAnswers(owner: Sql, wallNow: number): Promise<void> {
  await owner.query('delete from idempotency_keys where created_wall < $1', [ts(wallNow - KEPT_MS)])
}

/** Claims a key for a request. @returns null when the caller may go on, else what stands under the key */
export async function claimKey(
  sql: Sql,
  claim: { actor: string; key: string; request: string },
  wallNow: number,
): Promise<Earlier | null> {
  const forgotten = forgetOwn(sql, claim.actor, wallNow)
  const claiming = row(
    sql,
    `insert into idempotency_keys (actor, key, request, created_wall) values ($1, $2, $3, $4)
     on conflict (actor, key) do update set created_wall = $4
       where idempotency_keys.status is null and idempotency_keys.created_wall < $5 and idempotency_keys.request = $3
     returning 1`,
    [claim.actor, claim.key, claim.request, ts(wallNow), ts(wallNow - STALE_MS)],
  )
  const [claimed] = await Promise.all([claiming, forgotten])
  if (claimed) return null
  return (
    (await selectRow(sql, EARLIER, 'from idempotency_keys i where actor = $1 and key = $2', [
      claim.actor,
      claim.key,
    ])) ?? null
  )
}

export async function keepAnswer(
  sql: Sql,
  actor: string,
  key: string,
  status: number,
  body: unknown,
): Promise<void> {
  await sql.query('update idempotency_keys set status = $3, body = $4 where actor = $1 and key = $2', [
    actor,
    key,
    status,
    JSON.stringify(body ?? null),
  ])
}

/** Frees the key when the answer is not final (a fault of ours). */
export async function freeKey(sql: Sql, actor: string, key: string): Promise<void> {
  await sql.query('delete from idempotency_keys where actor = $1 and key = $2 and status is null', [
    actor,
    key,
  ])
}
