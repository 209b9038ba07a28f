import { dayOf } from '../../domain/time/days.ts'
import { dueOnFixedDay } from '../../domain/time/limits.ts'
import { insertRows } from '../../db/insert-rows.ts'
import type { Sql } from '../../db/pool.ts'
import { events, obligations } from '../../db/schema/index.ts'
import { factsToStore } from './facts.ts'
import type { Registration } from './register.ts'
import { readRegistrationContext, type RegistrationOrder } from './registration-context.ts'

/** An obligation whose day the plan fixes. */
export type FixedDayRegistration = Registration & { fixedDueOn: string }

/**
 * Registers what was done before the county began here: accepted, held by nobody, so that nothing watches it and nobody is
 * told. It is not late, for nothing is known of when it was done. A key that exists already is skipped.
 * @returns the ids of the new ones
 */
export async function registerDone(
  tx: Sql,
  order: RegistrationOrder & { campaign: string },
  registrations: readonly FixedDayRegistration[],
): Promise<string[]> {
  const { county, policy, calendar } = await readRegistrationContext(tx, order)
  const { now, actor, campaign } = order
  const done = registrations.map((r) => {
    const { dueAt, dueOn, provisional } = dueOnFixedDay(dayOf(now), r.fixedDueOn, calendar)
    const { id, key, kind, title, phase, office, reviewer, source, startOn, issuedAt } = r
    return {
      ...{ id, key, kind, title, phase, office, reviewer, source, startOn, issuedAt },
      ...{ dueAt, dueOn, provisional, facts: factsToStore(kind, r.facts) },
    }
  })
  const state = 'accepted' as const
  const constant = { county, campaign, policy: policy.id, createdAt: now, closedAt: now, state }
  const inserted = await insertRows(tx, obligations, done, {
    constant,
    onConflict: '(key) do nothing',
    returning: ['id'],
  })
  const entries = inserted.map(({ id }) => ({ obligation: id }))
  const common = { at: now, actor, action: 'register', state: 'open' } as const
  await insertRows(tx, events, entries, { constant: common })
  return inserted.map(({ id }) => id)
}
