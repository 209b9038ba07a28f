import type { ActionInput } from '../../domain/obligation/lifecycle.ts'
import { keepPlans, type Sql } from '../../db/pool.ts'
import { errorCode, isTransient } from '../../db/transient-errors.ts'
import type { ActionAnswer } from '../obligations/act.ts'
import { actAndRaise } from '../problems/act-and-raise.ts'
import { now as businessNow } from '../schedule/clock.ts'
import { type Carrying, faultOf } from './act-on-next.ts'
import type { Seen } from './store.ts'

/** Tells what would become of each, and changes nothing: each is acted on and rolled back. A fault of one is its own answer. */
export async function tryOut(
  tx: Sql,
  action: ActionInput,
  seen: readonly Seen[],
  { actor, keys, log }: Omit<Carrying, 'wallNow'>,
): Promise<ActionAnswer[]> {
  keepPlans(tx)
  const answers: ActionAnswer[] = []
  const now = await businessNow(tx)
  for (const { id: obligation } of [...seen].sort((a, b) => (a.id < b.id ? -1 : 1))) {
    await tx.query('savepoint item')
    try {
      answers.push(await actAndRaise(tx, { obligation, action, actor, keys, now }))
    } catch (error) {
      if (isTransient(error)) throw error
      log.error({ obligation, code: errorCode(error) }, 'one of many could not be tried out')
      answers.push(faultOf(obligation))
    }
    await tx.query('rollback to savepoint item')
  }
  return answers
}
