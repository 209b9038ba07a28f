import type { Refusal } from '../../domain/obligation/lifecycle.ts'
import { REPLACEMENT_LABELS, type Replacement } from '../../domain/obligation/sampling-words.ts'
import type { Actor } from '../../domain/people/permissions.ts'
import type { Instant } from '../../domain/time/days.ts'
import type { Sql } from '../../db/pool.ts'
import { runAction } from '../obligations/act.ts'
import type { Office } from '../people/offices.ts'
import type { Keyring } from '../vault/encryption.ts'
import { registerChecks } from './draw.ts'
import { householdsOf, markDrawn, markReplaced, nextHousehold, type SampleRow } from './store.ts'

export type ReplacementOrder = {
  sample: SampleRow
  household: string
  reason: Replacement
  offices: readonly Office[]
  keys: Keyring
  actor: Actor
  now: Instant
}

/**
 * Looks at the next household of the same town and group instead, and cancels the check of the one that was drawn.
 * @returns why not; null once it is done
 */
export async function replaceHousehold(
  tx: Sql,
  order: ReplacementOrder,
): Promise<Refusal | 'not-drawn' | 'none-left' | null> {
  const { sample, household, reason, offices, keys, actor, now } = order
  const drawn = (await householdsOf(tx, sample.id)).find(
    (h) => h.household === household && h.state === 'drawn',
  )
  if (!drawn?.checkObligation) return 'not-drawn'
  const next = await nextHousehold(tx, sample.id, drawn)
  if (!next) return 'none-left'
  // Whoever cancelled the check already left the household without one.
  if (drawn.checkState !== 'cancelled') {
    const action = { action: 'cancel', reason: `替换:${REPLACEMENT_LABELS[reason]}` } as const
    const answer = await runAction(tx, { obligation: drawn.checkObligation, action, actor, now, keys })
    if (!answer.done) return answer.refusal
  }
  await markReplaced(tx, sample.id, household, reason)
  const { county, dueOn } = sample
  const checked = { id: next.household, town: drawn.office, place: next.place }
  const from = drawn.roster === null ? 'warnings' : 'roster'
  const asked = { county, offices, dueOn, actor: actor.id, now, sample: sample.id, from } as const
  const checks = await registerChecks(tx, asked, [checked])
  await markDrawn(tx, sample.id, next.household, checks.get(next.household)!)
  return null
}
