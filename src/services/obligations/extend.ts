import { extensionRulesOf } from '../../domain/escalation/postponement-rules.ts'
import { ruleFor } from '../../domain/escalation/policy.ts'
import type { Approver } from '../../domain/obligation/lifecycle.ts'
import { type Day, dayOf, type Instant } from '../../domain/time/days.ts'
import { dueFromWorkingDays, type Limit } from '../../domain/time/limits.ts'
import { movedLimit, waitedFor } from '../../domain/time/moved-limit.ts'
import { newId } from '../../db/ids.ts'
import { insertRow } from '../../db/insert-rows.ts'
import { type Sql, ts } from '../../db/pool.ts'
import { extensions } from '../../db/schema/index.ts'
import { updateRows } from '../../db/update-rows.ts'
import { readCalendar } from '../schedule/calendar.ts'
import { currentPolicy } from '../schedule/policies.ts'
import type { ActedOnRow } from './acted-on.ts'
import { endAssignments, openAssignments } from './assignments.ts'
import { goOn, lastPerformed, type Performed } from './moved-assignment.ts'
import { type ExtensionRow, partsOf, pendingOf, postponementsOf } from './postponements.ts'
import type { By } from './suspend.ts'

/**
 * Asks for more time. Whoever is to answer gets an assignment beside the work, with a limit of its own. Until there is an answer the
 * clock runs as asked, so that what was asked in time is never late.
 */
export async function requestExtension(
  tx: Sql,
  o: ActedOnRow,
  workingDays: number,
  { approver, actor, now }: By & { approver: Approver },
): Promise<Limit> {
  const performed = await lastPerformed(tx, o.id)
  await insertRow(tx, extensions, {
    ...{ id: newId('ex'), obligation: o.id, origin: performed.root, state: 'pending', workingDays },
    ...{ askedBy: actor.id, askedAt: now, onLastDay: await isLastDay(tx, performed, dayOf(now)) },
    ...{ office: approver.office, roles: [...approver.roles] },
  })
  await endAssignments(tx, [o.id], now)
  const limit = await goOn(tx, o, performed, now)
  await askApprover(tx, o, approver.office, now)
  return limit
}

/** No working day is left after today. */
async function isLastDay(
  tx: Sql,
  { office, dueOn }: Pick<Performed, 'office' | 'dueOn'>,
  today: Day,
): Promise<boolean> {
  return (await readCalendar(tx, office)).between(today, dueOn) === 0
}

async function askApprover(tx: Sql, o: ActedOnRow, office: string, now: Instant): Promise<void> {
  const { id: obligation, kind, level, county } = o
  const policy = await currentPolicy(tx, county)
  const rule = ruleFor(policy, { ...o, stage: 'extension' })
  const { workingDays } = extensionRulesOf(policy).answer
  const startOn = dayOf(now)
  const limit = dueFromWorkingDays(startOn, workingDays, await readCalendar(tx, office))
  await openAssignments(tx, { county, policy, now, silent: false }, [
    { obligation, kind, level, stage: 'extension', office, startOn, rule, limit, workingDays },
  ])
}

/** @param granted working days; 0 refuses */
export async function answerExtension(
  tx: Sql,
  o: ActedOnRow,
  granted: number | undefined,
  { actor, now }: By,
): Promise<Limit> {
  const pending = await pendingRequest(tx, o.id)
  const performed = await lastPerformed(tx, o.id)
  const days = granted ?? pending.workingDays
  await endRequest(tx, o.id, now)
  await updateRows(
    tx,
    extensions,
    ['id'],
    [
      {
        ...{
          id: pending.id,
          state: days === 0 ? 'refused' : 'granted',
          grantedDays: days === 0 ? null : days,
        },
        ...{
          answeredBy: actor.id,
          answeredAt: now,
          ...(await waitedColumns(tx, o.id, { performed, pending, days, now })),
        },
      },
    ],
  )
  // A correction may have begun the assignment anew meanwhile: the answer is about that one.
  await tx.query('update extensions set origin = $2 where id = $1 and origin <> $2', [
    pending.id,
    performed.root,
  ])
  if (days === pending.workingDays && pending.origin === performed.root) return limitOf(performed)
  await endAssignments(tx, [o.id], now)
  return goOn(tx, o, performed, now)
}

/** How long the performer waited past the day that the answer leaves. */
async function waitedColumns(
  tx: Sql,
  obligation: string,
  {
    performed,
    pending,
    days,
    now,
  }: { performed: Performed; pending: ExtensionRow; days: number; now: Instant },
) {
  const all = await postponementsOf(tx, obligation)
  const calendar = await readCalendar(tx, performed.office)
  const without = all.extensions.filter(({ id }) => id !== pending.id)
  const parts = partsOf(performed, { ...all, extensions: without })
  const dueWith = (more: number) =>
    movedLimit({ ...parts, extensions: [...parts.extensions, more] }, calendar).dueOn
  const times = { due: dueWith(days), asked: dueWith(pending.workingDays), answeredOn: dayOf(now) }
  const waited = waitedFor(times, calendar)
  return { waitedFrom: waited?.from ?? null, waitedUntil: waited?.until ?? null }
}

function limitOf({ dueAt, dueOn }: Performed): Limit {
  return { dueAt, dueOn, provisional: false }
}

/** The work was handed in or ended before anybody answered. */
export async function lapseRequest(tx: Sql, obligation: string, { actor, now }: By): Promise<void> {
  if (!(await endRequest(tx, obligation, now))) return
  await tx.query(
    `update extensions set state = 'lapsed', answered_by = $2, answered_at = $3 where obligation = $1 and state = 'pending'`,
    [obligation, actor.id, ts(now)],
  )
}

/** @returns whether there was one */
async function endRequest(tx: Sql, obligation: string, now: Instant): Promise<boolean> {
  const { rowCount } = await tx.query(
    `update assignments set ended_at = $2 where obligation = $1 and stage = 'extension' and ended_at is null`,
    [obligation, ts(now)],
  )
  return (rowCount ?? 0) > 0
}

async function pendingRequest(tx: Sql, obligation: string): Promise<ExtensionRow> {
  const pending = pendingOf(await postponementsOf(tx, obligation))
  if (!pending) throw new Error(`obligation ${obligation} has no pending request`)
  return pending
}
