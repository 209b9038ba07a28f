import {
  isByCategory,
  limitDays,
  type Policy,
  type Rule,
  ruleByCode,
  ruleFor,
  type RuleSubject,
} from '../../domain/escalation/policy.ts'
import { differByCategory } from '../../domain/escalation/urgency.ts'
import { isRaised } from '../../domain/obligation/changes.ts'
import type { Day, Instant } from '../../domain/time/days.ts'
import type { Limit } from '../../domain/time/limits.ts'
import { movedLimit, notBefore } from '../../domain/time/moved-limit.ts'
import type { Sql } from '../../db/pool.ts'
import { assignments, deadlines, obligations } from '../../db/schema/index.ts'
import { allOf, columns, computed, type RowsOf, selectRow } from '../../db/select-columns.ts'
import { updateRows } from '../../db/update-rows.ts'
import { readCalendar } from '../schedule/calendar.ts'
import { policyById } from '../schedule/policies.ts'
import type { ActedOnRow } from './acted-on.ts'
import { openAssignments } from './assignments.ts'
import { partsOf, postponementsOf } from './postponements.ts'
import { PERFORMING } from './turn-clocks.ts'

const PERFORMED = allOf(
  columns(assignments, 'a', ['id', 'stage', 'office', 'startOn', 'workingDays', 'dueAt', 'dueOn', 'endedAt']),
  // Whoever has left the office meanwhile holds nothing in it again.
  computed<{ person: string | null }>({
    person: `(select r.person from person_roles r where r.person = a.person and r.office = a.office limit 1)`,
  }),
  columns(deadlines, 'd', ['policy', 'rule', 'level']),
  computed<{ root: string; limitOn: string }>({
    root: 'coalesce(a.origin, a.id)',
    limitOn: '(select r.due_on from assignments r where r.id = coalesce(a.origin, a.id))',
  }),
)
export type Performed = RowsOf<typeof PERFORMED>

/** The assignment of the performer that is open or ended last. @throws Error where nobody ever performed it */
export async function lastPerformed(sql: Sql, obligation: string): Promise<Performed> {
  const found = await selectRow(
    sql,
    PERFORMED,
    `from assignments a join deadlines d on d.id = a.deadline
      where a.obligation = $1 and a.stage in (${PERFORMING}) order by a.id desc limit 1`,
    [obligation],
  )
  if (!found) throw new Error(`nobody has performed obligation ${obligation}`)
  return found
}

/** The due day of an assignment, counted from its parts. */
export async function limitFromParts(sql: Sql, obligation: string, performed: Performed): Promise<Limit> {
  const parts = partsOf(performed, await postponementsOf(sql, obligation))
  return movedLimit(parts, await readCalendar(sql, performed.office))
}

/**
 * The same in the calendar of another office, in which it falls due no earlier than it did: it gets as many working days more as that
 * takes. A day that a document names has none.
 */
export async function limitElsewhere(
  sql: Sql,
  obligation: string,
  performed: Performed,
  earliest: Day,
): Promise<{ limit: Limit; workingDays: number | null }> {
  const calendar = await readCalendar(sql, performed.office)
  const given = partsOf(performed, await postponementsOf(sql, obligation))
  const parts = notBefore(given, earliest, calendar)
  const workingDays = 'workingDays' in parts.limit ? parts.limit.workingDays : null
  return { limit: movedLimit(parts, calendar), workingDays }
}

/**
 * The performer's assignment goes on with the due day that its parts give, under the rule it had. What lay before now was told
 * already, or lay in a pause: nobody is told of it again. The caller has ended the assignment before.
 * @param performed `earliest`: the day before which it does not fall due, where another office's calendar counts
 */
export async function goOn(
  tx: Sql,
  o: ActedOnRow,
  performed: Performed & { earliest?: Day },
  now: Instant,
): Promise<Limit> {
  const { id: obligation, kind, level, office, county } = o
  const { stage, startOn, root: origin } = performed
  const person = performed.office === office ? performed.person : null
  const policy = await policyById(tx, performed.policy)
  const sameLevel = performed.level === level
  const rule = sameLevel
    ? sameOrReclassed(policy, performed.rule, { ...o, stage })
    : ruleFor(policy, { ...o, stage })
  // Another level that begins nothing anew never gives more time; a raised one goes on with the days it had.
  const ruledDays =
    performed.workingDays === null || sameLevel || isRaised(performed.level, level)
      ? performed.workingDays
      : Math.min(performed.workingDays, limitDays(rule, performed.workingDays))
  const counted = { ...performed, office, workingDays: ruledDays }
  const { limit, workingDays } =
    performed.earliest === undefined
      ? { limit: await limitFromParts(tx, obligation, counted), workingDays: ruledDays }
      : await limitElsewhere(tx, obligation, counted, performed.earliest)
  const held = { obligation, kind, level, stage, office, person, origin }
  const assignment = { ...held, startOn, rule, limit, workingDays }
  await openAssignments(tx, { county, policy, now, silent: true }, [assignment])
  await writeDue(tx, o.id, performed, limit)
  return limit
}

/** The rule it had, unless a correction meanwhile has put it into a category that has a rule of its own, or out of one. */
function sameOrReclassed(policy: Policy, code: string, of: RuleSubject): Rule {
  const had = ruleByCode(policy, code)
  if (!policy.rules.some(isByCategory)) return had
  const has = ruleFor(policy, of)
  return differByCategory(had, has) ? has : had
}

/** The day of the obligation itself moves with the first assignment; a redo has a day of its own. */
export async function writeDue(
  tx: Sql,
  id: string,
  { stage }: Pick<Performed, 'stage'>,
  { dueAt, dueOn, provisional }: Limit,
): Promise<void> {
  if (stage === 'perform') await updateRows(tx, obligations, ['id'], [{ id, dueAt, dueOn, provisional }])
}
