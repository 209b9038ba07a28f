import { ruleFor } from '../../domain/escalation/policy.ts'
import type { ActionInput } from '../../domain/obligation/lifecycle.ts'
import { type Day, dayOf, type Instant } from '../../domain/time/days.ts'
import { dueOnFixedDay, type Limit } from '../../domain/time/limits.ts'
import { newId } from '../../db/ids.ts'
import { insertRow } from '../../db/insert-rows.ts'
import { row, rows, type Sql } from '../../db/pool.ts'
import { pauses } from '../../db/schema/index.ts'
import { currentPolicy } from '../schedule/policies.ts'
import type { ActedOnRow } from './acted-on.ts'
import { endAssignments, openAssignments } from './assignments.ts'
import { goOn, lastPerformed, limitFromParts, writeDue } from './moved-assignment.ts'
import { beginAnew, isCorrectedSince } from './resumed-anew.ts'

type Input<Code extends ActionInput['action']> = Extract<ActionInput, { action: Code }>
export type By = { actor: { id: string }; now: Instant }

/**
 * The clock stops at 24:00 of today: the performer's assignment ends, late or not, and whoever approved it holds the obligation until
 * the pause is over. The moved due day is written at once.
 */
export async function suspend(
  tx: Sql,
  o: ActedOnRow,
  { until, reasonCode }: Pick<Input<'suspend'>, 'until' | 'reasonCode'>,
  { office, actor, now }: By & { office: string },
): Promise<Limit> {
  const performed = await lastPerformed(tx, o.id)
  await endAssignments(tx, [o.id], now)
  const { id: obligation, kind, level, county, state } = o
  const { root: origin, stage } = performed
  await insertRow(tx, pauses, {
    ...{ id: newId('pa'), obligation, origin, state, stage, fromOn: dayOf(now), untilOn: until },
    ...{ reasonCode, approvedBy: actor.id, approvedAt: now },
  })
  const policy = await currentPolicy(tx, county)
  const rule = ruleFor(policy, { ...o, stage: 'pause' })
  const held = { obligation, kind, level, stage: 'pause', office, origin } as const
  await openAssignments(tx, { county, policy, now, silent: false }, [
    { ...held, startOn: dayOf(now), rule, limit: dueOnFixedDay(until), workingDays: null },
  ])
  const limit = await limitFromParts(tx, obligation, performed)
  await writeDue(tx, obligation, performed, limit)
  return limit
}

/**
 * The clock runs again from 24:00 of today, or from the day the pause was to end at most. What a correction has changed meanwhile
 * counts anew from then.
 */
export async function resume(tx: Sql, o: ActedOnRow, { actor, now }: By): Promise<Limit> {
  const resumedOn = await endPause(tx, o.id, dayOf(now), actor.id)
  await endAssignments(tx, [o.id], now)
  const performed = await lastPerformed(tx, o.id)
  if (await isCorrectedSince(tx, o, performed)) return beginAnew(tx, o, performed, { resumedOn, now })
  return goOn(tx, o, performed, now)
}

/** @returns the day after which the clock runs */
async function endPause(tx: Sql, obligation: string, today: Day, by: string): Promise<Day> {
  const ended = await row<{ resumedOn: Day }>(
    tx,
    `update pauses set resumed_on = least($2::date, until_on), resumed_by = $3
      where obligation = $1 and resumed_on is null returning resumed_on as "resumedOn"`,
    [obligation, today, by],
  )
  return ended?.resumedOn ?? today
}

/** An obligation that ends while it is paused was paused until then. */
export async function endPauseForGood(tx: Sql, o: ActedOnRow, { actor, now }: By): Promise<void> {
  await endPause(tx, o.id, dayOf(now), actor.id)
  const performed = await lastPerformed(tx, o.id)
  await writeDue(tx, o.id, performed, await limitFromParts(tx, o.id, performed))
}

/** Obligations that live again as they were: those that were paused are paused as before, with the due day of the whole pause. */
export async function pauseAgain(tx: Sql, ids: readonly string[]): Promise<void> {
  const paused = await rows<{ id: string }>(
    tx,
    `update pauses set resumed_on = null, resumed_by = null where id in (
       select distinct on (p.obligation) p.id from pauses p join obligations o on o.id = p.obligation
        where o.id = any($1) and o.state = 'suspended' order by p.obligation, p.approved_at desc, p.id desc)
     returning obligation as id`,
    [ids],
  )
  for (const { id } of paused) {
    const performed = await lastPerformed(tx, id)
    await writeDue(tx, id, performed, await limitFromParts(tx, id, performed))
  }
}
