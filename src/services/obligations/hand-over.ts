import { handOverRulesOf } from '../../domain/escalation/postponement-rules.ts'
import { ruleFor } from '../../domain/escalation/policy.ts'
import type { HandOverState } from '../../domain/obligation/request-words.ts'
import { heldDays } from '../../domain/time/held-days.ts'
import { dayOf, type Instant } from '../../domain/time/days.ts'
import { dueFromWorkingDays, type Limit } from '../../domain/time/limits.ts'
import { newId } from '../../db/ids.ts'
import { insertRow } from '../../db/insert-rows.ts'
import { type Sql, ts } from '../../db/pool.ts'
import { handOvers, obligations } from '../../db/schema/index.ts'
import { updateRows } from '../../db/update-rows.ts'
import { officesUnder } from '../people/offices.ts'
import { readCalendar } from '../schedule/calendar.ts'
import { currentPolicy } from '../schedule/policies.ts'
import type { ActedOnRow } from './acted-on.ts'
import { endAssignments, openAssignments } from './assignments.ts'
import { handOversOf, type HandOverRow, pendingHandOver } from './hand-overs.ts'
import { goOn, lastPerformed, type Performed } from './moved-assignment.ts'
import { pauseOf, postponementsOf } from './postponements.ts'
import { reviewerOf } from './reviewer.ts'
import type { By } from './suspend.ts'

/** Another office is asked to take the work over. It stays with whoever has it, and the offer has a limit of its own. */
export async function offerHandOver(tx: Sql, o: ActedOnRow, to: string, { actor, now }: By): Promise<void> {
  const { id: obligation, county, externalId, title, office: fromOffice, kind, level } = o
  await insertRow(tx, handOvers, {
    ...{ id: newId('ho'), county, obligation, externalId, title, fromOffice, toOffice: to },
    ...{ state: 'pending', offeredBy: actor.id, offeredAt: now },
  })
  const policy = await currentPolicy(tx, county)
  const rule = ruleFor(policy, { ...o, stage: 'hand-over' })
  const { workingDays } = handOverRulesOf(policy).answer
  const startOn = dayOf(now)
  const limit = dueFromWorkingDays(startOn, workingDays, await readCalendar(tx, to))
  await openAssignments(tx, { county, policy, now, silent: false }, [
    { obligation, kind, level, stage: 'hand-over', office: to, startOn, rule, limit, workingDays },
  ])
}

/** The work goes on where it was offered, from the day it began and with the due day it has, or a later one by the calendar there. */
export async function acceptHandOver(tx: Sql, o: ActedOnRow, { actor, now }: By): Promise<Limit> {
  const pending = await mustBePending(tx, o.id)
  const performed = await lastPerformed(tx, o.id)
  await endOffer(tx, o.id, now)
  const limit = await moveTo(tx, o, pending.toOffice, { performed, now })
  const days = await heldByGiver(tx, o, performed, now)
  await answer(tx, pending.id, { state: 'accepted', heldDays: days, actor, now })
  return limit
}

/** The performer's assignment goes on in another office; its reviewer is the one who reviews that office. */
export async function moveTo(
  tx: Sql,
  o: ActedOnRow,
  to: string,
  { performed, now }: { performed: Performed; now: Instant },
): Promise<Limit> {
  const reviewer = await reviewerFor(tx, o, to)
  await endAssignments(tx, [o.id], now)
  await updateRows(tx, obligations, ['id'], [{ id: o.id, office: to, reviewer }])
  return goOn(tx, { ...o, office: to, reviewer }, { ...performed, earliest: performed.dueOn }, now)
}

export async function reviewerFor(tx: Sql, o: ActedOnRow, to: string): Promise<string> {
  const offices = await officesUnder(tx, o.county)
  const office = offices.find(({ code }) => code === to)
  return office ? reviewerOf(office, offices) : o.reviewer
}

/** The working days that whoever gives it away had it: since it began, or since it was taken over. */
export async function heldByGiver(
  tx: Sql,
  { id: obligation, office }: Pick<ActedOnRow, 'id' | 'office'>,
  { startOn }: Pick<Performed, 'startOn'>,
  now: Instant,
): Promise<number> {
  const taken = (await handOversOf(tx, obligation)).flatMap(({ state, answeredAt }) =>
    state === 'accepted' && answeredAt !== null ? [dayOf(answeredAt)] : [],
  )
  const since = [startOn, ...taken].reduce((a, b) => (a > b ? a : b))
  const pauses = (await postponementsOf(tx, obligation)).pauses.map(pauseOf)
  return heldDays({ since, until: dayOf(now), pauses }, await readCalendar(tx, office))
}

/** The row is written last: with it whoever answers no longer sees an obligation that stays elsewhere. */
export async function endHandOver(
  tx: Sql,
  o: ActedOnRow,
  state: Extract<HandOverState, 'refused' | 'withdrawn'>,
  { actor, now, before }: By & { before?: () => Promise<void> },
): Promise<void> {
  const pending = await mustBePending(tx, o.id)
  await endOffer(tx, o.id, now)
  await before?.()
  await answer(tx, pending.id, { state, heldDays: null, actor, now })
}

/** The work was handed in, ended, or went elsewhere before anybody answered. @returns the offer; undefined where none waited */
export async function lapseOffer(
  tx: Sql,
  obligation: string,
  { actor, now }: By,
): Promise<HandOverRow | undefined> {
  const pending = await pendingHandOver(tx, obligation)
  if (!pending) return undefined
  await endOffer(tx, obligation, now)
  await answer(tx, pending.id, { state: 'lapsed', heldDays: null, actor, now })
  return pending
}

async function answer(
  tx: Sql,
  id: string,
  { actor, now, ...is }: By & Pick<HandOverRow, 'state' | 'heldDays'>,
): Promise<void> {
  const { state, heldDays: days } = is
  const { rowCount } = await tx.query(
    `update hand_overs set state = $2, held_days = $3, answered_by = $4, answered_at = $5 where id = $1 and state = 'pending'`,
    [id, state, days, actor.id, ts(now)],
  )
  if (rowCount !== 1) throw new Error(`offer ${id} has been answered`)
}

async function endOffer(tx: Sql, obligation: string, now: Instant): Promise<void> {
  await tx.query(
    `update assignments set ended_at = $2 where obligation = $1 and stage = 'hand-over' and ended_at is null`,
    [obligation, ts(now)],
  )
}

async function mustBePending(tx: Sql, obligation: string): Promise<HandOverRow> {
  const pending = await pendingHandOver(tx, obligation)
  if (!pending) throw new Error(`obligation ${obligation} has no pending offer`)
  return pending
}

/**
 * A correction that names another office takes its obligation out of every hand-over: what was offered lapses, and from now on the
 * file's own office counts.
 */
export async function overtakeHandOvers(tx: Sql, ids: readonly string[], { actor, now }: By): Promise<void> {
  if (ids.length === 0) return
  await tx.query(
    `update assignments set ended_at = $2 where obligation = any($1) and stage = 'hand-over' and ended_at is null`,
    [ids, ts(now)],
  )
  await tx.query(
    `update hand_overs set in_force = false, state = case when state = 'pending' then 'lapsed' else state end,
            answered_by = coalesce(answered_by, $2), answered_at = coalesce(answered_at, $3)
      where obligation = any($1) and in_force`,
    [ids, actor.id, ts(now)],
  )
}
