import { ruleFor } from '../../domain/escalation/policy.ts'
import { isMoreUrgent } from '../../domain/escalation/urgency.ts'
import type { ContentField } from '../../domain/obligation/changes.ts'
import type { Cause, Group } from '../../domain/obligation/vocabulary.ts'
import { type Day, dayOf, type Instant } from '../../domain/time/days.ts'
import { dueFromWorkingDays, type Limit } from '../../domain/time/limits.ts'
import { row, type Sql } from '../../db/pool.ts'
import { obligations } from '../../db/schema/index.ts'
import { updateRows } from '../../db/update-rows.ts'
import { readCalendar } from '../schedule/calendar.ts'
import { currentPolicy } from '../schedule/policies.ts'
import type { ActedOnRow } from './acted-on.ts'
import { openAssignments } from './assignments.ts'
import { anewDays } from './corrected-assignment.ts'
import { handOversOf } from './hand-overs.ts'
import { goOn, limitFromParts, type Performed, writeDue } from './moved-assignment.ts'

/** Whether a correction came while the clock stood still that makes the limit of an unpaused obligation count anew. */
export async function isCorrectedSince(tx: Sql, o: ActedOnRow, performed: Performed): Promise<boolean> {
  if (await isUrgentSince(tx, o, performed)) return true
  if (performed.office !== o.office && !(await isHandedTo(tx, o))) return true
  const issuedOn = await valueBeforePause<Day>(tx, o.id, 'issued')
  return issuedOn !== undefined && issuedOn !== null && o.issuedAt !== null && issuedOn !== dayOf(o.issuedAt)
}

/** It was handed on while it was paused, by no file: its start stays. */
async function isHandedTo(tx: Sql, { id, office }: ActedOnRow): Promise<boolean> {
  const last = (await handOversOf(tx, id)).findLast(({ state }) => state === 'accepted')
  return last?.toOffice === office
}

/** Another level or another category gives it less time than it had as the pause began. */
async function isUrgentSince(tx: Sql, o: ActedOnRow, performed: Performed): Promise<boolean> {
  const cause = await valueBeforePause<Cause>(tx, o.id, 'cause')
  const group = await valueBeforePause<Group>(tx, o.id, 'group')
  const had = {
    ...{ kind: o.kind, level: performed.level },
    ...{ cause: cause === undefined ? o.cause : cause, group: group === undefined ? o.group : group },
  }
  return isMoreUrgent(await currentPolicy(tx, o.county), had, o)
}

/** What the first correction since the pause began replaced; undefined where none did. */
async function valueBeforePause<Value extends string>(
  tx: Sql,
  obligation: string,
  field: ContentField,
): Promise<Value | null | undefined> {
  const found = await row<{ value: Value | null }>(
    tx,
    `select f ->> 'before' as value from events e, jsonb_array_elements(e.detail -> 'fields') f
      where e.obligation = $1 and e.action = 'correct' and f ->> 'field' = $2
        and e.id > (select max(s.id) from events s where s.obligation = $1 and s.action = 'suspend')
      order by e.id limit 1`,
    [obligation, field],
  )
  return found?.value
}

/**
 * The work begins anew under what a correction says. Nobody could work on it while it was paused: its limit counts from the end of the
 * pause, or from a later issue. The assignment is the first of its own, so earlier pauses and extensions do not move it. What became
 * more urgent never gets more time: where the day that the pause has moved is the earlier one, it goes on with that.
 */
export async function beginAnew(
  tx: Sql,
  o: ActedOnRow,
  performed: Performed,
  { resumedOn, now }: { resumedOn: Day; now: Instant },
): Promise<Limit> {
  const { stage } = performed
  const { id: obligation, kind, level, office, county, issuedAt } = o
  const policy = await currentPolicy(tx, county)
  const rule = ruleFor(policy, { ...o, stage })
  const workingDays = anewDays(rule, policy, o)
  const startOn = laterOf(resumedOn, issuedAt === null ? resumedOn : dayOf(issuedAt))
  const limit = dueFromWorkingDays(startOn, workingDays, await readCalendar(tx, office))
  const sameWork = performed.office === office || (await isHandedTo(tx, o))
  if (sameWork && (await isUrgentSince(tx, o, performed))) {
    const kept = await limitFromParts(tx, obligation, { ...performed, office })
    if (kept.dueAt < limit.dueAt) return goOn(tx, o, performed, now)
  }
  const assignment = { obligation, kind, level, stage, office, startOn, rule, limit, workingDays }
  await openAssignments(tx, { county, policy, now, silent: false }, [assignment])
  await writeDue(tx, obligation, { stage }, limit)
  if (stage === 'perform') await updateRows(tx, obligations, ['id'], [{ id: obligation, startOn }])
  return limit
}

function laterOf(a: Day, b: Day): Day {
  return a > b ? a : b
}
