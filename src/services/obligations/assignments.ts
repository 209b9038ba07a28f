import type { Instant } from '../../domain/time/days.ts'
import { isBeside } from '../../domain/obligation/vocabulary.ts'
import { newId } from '../../db/ids.ts'
import { insertRows, oneByOne } from '../../db/insert-rows.ts'
import { rows, type Sql, ts } from '../../db/pool.ts'
import { assignments, obligations } from '../../db/schema/index.ts'
import { updateRows } from '../../db/update-rows.ts'
import { joinAll } from './join-deadlines.ts'
import type { OpeningContext, NewAssignment, Opening } from './new-assignment.ts'
import { PERFORMING } from './turn-clocks.ts'

/** Opens one assignment for each obligation, behind the deadline it belongs to, and pokes those deadlines (decision 4). */
export async function openAssignments(
  tx: Sql,
  context: OpeningContext,
  assignments: readonly NewAssignment[],
): Promise<void> {
  if (assignments.length === 0) return
  const opening = await joinAll(tx, context, assignments)
  // A request or an offer waits beside the work, which stays with whoever holds it.
  const held = assignments.filter(({ stage }) => !isBeside(stage))
  await Promise.all([insertAssignments(tx, context.now, opening), writeHolders(tx, held)])
}

/** The same for obligations that were just inserted: their rows carry `holderColumns` already. */
export async function openFirstAssignments(
  tx: Sql,
  context: OpeningContext,
  assignments: readonly NewAssignment[],
): Promise<void> {
  if (assignments.length === 0) return
  await insertAssignments(tx, context.now, await joinAll(tx, context, assignments))
}

/** An open assignment as the columns of its obligation. */
export function holderColumns({ stage, office, limit }: Pick<NewAssignment, 'stage' | 'office' | 'limit'>) {
  return { stage, holderOffice: office, holderDueAt: limit.dueAt, holderDueOn: limit.dueOn }
}

async function insertAssignments(tx: Sql, now: Instant, list: readonly Opening[]): Promise<void> {
  await insertRows(tx, assignments, oneByOne(list, assignmentRow), { constant: { startedAt: now } })
}

function assignmentRow({ assignment, deadline }: Opening) {
  const { obligation, stage, office, startOn, workingDays, limit, origin = null, person = null } = assignment
  const { dueAt, dueOn, provisional } = limit
  const id = newId('as')
  const held = { id, obligation, stage, office, person, deadline, origin }
  return { ...held, startOn, workingDays, dueAt, dueOn, provisional }
}

async function writeHolders(tx: Sql, list: readonly NewAssignment[]): Promise<void> {
  const held = list.map((a) => ({ id: a.obligation, ...holderColumns(a), holderPerson: a.person ?? null }))
  await updateRows(tx, obligations, ['id'], held)
}

/** Ends the open assignment of each obligation; its deadline finds out at its next wake. What waits beside the work stays open. */
export async function endAssignments(tx: Sql, obligations: readonly string[], now: Instant): Promise<void> {
  await tx.query(
    `with ended as (
       update assignments a set ended_at = $2 where obligation = any($1) and ended_at is null and stage not in ('extension','hand-over')
       returning obligation, a.stage in (${PERFORMING}) and a.due_at <= $2 as late)
     update obligations o set stage = null, holder_office = null, holder_person = null, holder_due_at = null,
            holder_due_on = null, ended_late = o.ended_late or ended.late
       from ended where o.id = ended.obligation`,
    [obligations, ts(now)],
  )
}

/**
 * Open assignments that name a person name nobody but their office again.
 * @param office of that office alone
 * @returns the deadline behind each
 */
export async function unassignOpen(tx: Sql, person: string, office: string | null): Promise<string[]> {
  const found = await rows<{ deadline: string }>(
    tx,
    `with unassigned as (
       update assignments set person = null
        where person = $1 and ended_at is null and coalesce(office = $2, true) returning obligation, deadline),
     written as (update obligations o set holder_person = null from unassigned u where o.id = u.obligation)
     select deadline from unassigned`,
    [person, office],
  )
  return found.map((f) => f.deadline)
}
