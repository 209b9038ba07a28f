import type { ActionInput } from '../../domain/obligation/lifecycle.ts'
import type { Sql } from '../../db/pool.ts'
import type { ActionAnswer } from '../obligations/act.ts'
import { actAndRaise } from '../problems/act-and-raise.ts'
import { now as businessNow } from '../schedule/clock.ts'
import type { Carrying } from './act-on-next.ts'
import type { Seen } from './store.ts'

/** Tells what would become of each, and changes nothing: each is acted on and rolled back. */
export async function tryOut(
  tx: Sql,
  action: ActionInput,
  seen: readonly Seen[],
  { actor, keys }: Pick<Carrying, 'actor' | 'keys'>,
): Promise<ActionAnswer[]> {
  const answers: ActionAnswer[] = []
  for (const { id: obligation } of [...seen].sort((a, b) => (a.id < b.id ? -1 : 1))) {
    await tx.query('savepoint item')
    answers.push(await actAndRaise(tx, { obligation, action, actor, keys, now: await businessNow(tx) }))
    await tx.query('rollback to savepoint item')
  }
  return answers
}
