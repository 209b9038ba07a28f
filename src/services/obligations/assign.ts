import { ruleByCode } from '../../domain/escalation/policy.ts'
import { isHeldOn } from '../../domain/people/absence.ts'
import { ROLE_PERMISSIONS } from '../../domain/people/permissions.ts'
import { dayOf, type Day, type Instant } from '../../domain/time/days.ts'
import type { Sql } from '../../db/pool.ts'
import { assignments, deadlines } from '../../db/schema/index.ts'
import { allOf, columns, selectRow } from '../../db/select-columns.ts'
import { directoryAround } from '../people/directory.ts'
import { policyById } from '../schedule/policies.ts'
import type { ActedOnRow } from './acted-on.ts'
import { endAssignments, openAssignments } from './assignments.ts'

const OPEN = allOf(
  columns(assignments, 'a', ['id', 'stage', 'office', 'startOn', 'workingDays', 'dueAt', 'dueOn']),
  columns(assignments, 'a', ['provisional', 'origin']),
  columns(deadlines, 'd', ['policy', 'rule']),
)

/** Who may be named in an office: those who act there today, by a role of their own. */
export async function colleaguesIn(sql: Sql, office: string, now: Instant): Promise<string[]> {
  const today = dayOf(now)
  const { holdings } = await directoryAround(sql, office)
  const acting = holdings.filter(
    (h) =>
      h.office === office &&
      h.active &&
      ROLE_PERMISSIONS[h.role].includes('obligations:act') &&
      isHeldOn(h, today),
  )
  return [...new Set(acting.map(({ personId }) => personId))]
}

/**
 * The open assignment goes on as one of a person, or of the whole office again, with the day it has. It is watched behind a deadline of
 * that person's own, so that its mails go to them; what was told before is not told again.
 * @returns the day by which it is due
 */
export async function nameHolder(
  tx: Sql,
  { id: obligation, kind, level, county }: ActedOnRow,
  person: string | null,
  now: Instant,
): Promise<Day> {
  const open = await selectRow(
    tx,
    OPEN,
    `from assignments a join deadlines d on d.id = a.deadline
      where a.obligation = $1 and a.ended_at is null and a.stage not in ('extension','hand-over')`,
    [obligation],
  )
  if (!open) throw new Error(`nobody holds obligation ${obligation}`)
  const { id, stage, office, startOn, workingDays, dueAt, dueOn, provisional } = open
  const policy = await policyById(tx, open.policy)
  await endAssignments(tx, [obligation], now)
  const rule = ruleByCode(policy, open.rule)
  const same = { obligation, kind, level, stage, office, startOn, workingDays, origin: open.origin ?? id }
  await openAssignments(tx, { county, policy, now, silent: true }, [
    { ...same, rule, limit: { dueAt, dueOn, provisional }, person },
  ])
  return dueOn
}
