import type { Instant } from '../../domain/time/days.ts'
import { groupBy } from '../../domain/grouping.ts'
import { isBeside } from '../../domain/obligation/vocabulary.ts'
import { insertRows } from '../../db/insert-rows.ts'
import type { Sql } from '../../db/pool.ts'
import { assignments, obligations, recounts } from '../../db/schema/index.ts'
import { updateRows } from '../../db/update-rows.ts'
import type { Joined, NewAssignment, Opening } from '../obligations/new-assignment.ts'
import { joinAll } from '../obligations/join-deadlines.ts'
import { poke } from '../watching/pokes.ts'
import type { MovedRow } from './effect.ts'
import { isMoved } from './recounting.ts'

/** Who recounts, when, and how the history calls it. */
export type RecountOrder = {
  county: string
  now: Instant
  actor: string
  /** `calendar` or `policy`. */
  cause: RecountCause
  /** What the deadlines joined so far are; one a policy. */
  joined: Map<string, Joined>
}
export type RecountCause = 'calendar' | 'policy'
type Moving = NewAssignment & MovedRow

/**
 * Open assignments go on with the day and the rule that a recount gives them, each as it is: holder, start and state stay. Their new
 * deadlines are joined in silence, since what lay before was told already; the old ones are woken, and stay in the story.
 */
export async function writeRecounts(
  tx: Sql,
  order: RecountOrder,
  changed: readonly MovedRow[],
): Promise<void> {
  const joined = (await deadlinesOf(tx, order, changed)).filter(({ assignment, deadline }) =>
    isOther(assignment, deadline),
  )
  const left = joined.map(({ assignment: { work } }) => work)
  await insertRows(
    tx,
    recounts,
    left.map(({ obligation, assignment, deadline, dueOn }) => ({ obligation, assignment, deadline, dueOn })),
    { constant: { at: order.now } },
  )
  await updateRows(
    tx,
    assignments,
    ['id'],
    joined.map(({ assignment: { work }, deadline }) => ({ id: work.assignment, deadline })),
  )
  await writeDays(tx, changed)
  await writeHistory(
    tx,
    order,
    changed.filter(({ work, after }) => isMoved(work, after)),
  )
  await poke(
    tx,
    'deadline',
    left.map(({ deadline }) => deadline),
  )
}

function isOther({ work }: Moving, deadline: string): boolean {
  return work.deadline !== deadline
}

async function deadlinesOf(tx: Sql, order: RecountOrder, changed: readonly MovedRow[]) {
  const byPolicy = groupBy(changed, ({ after }) => after.policy.id)
  const all: Opening<Moving>[] = []
  for (const [id, rows] of byPolicy) {
    const { policy } = rows[0]!.after
    const joined = order.joined.get(id) ?? new Map<string, string>()
    order.joined.set(id, joined)
    const context = { county: order.county, policy, now: order.now, silent: true, joined }
    all.push(...(await joinAll(tx, context, rows.map(movingOf))))
  }
  return all
}

function movingOf({ work, after }: MovedRow): Moving {
  const { obligation, kind, level, stage, office, person, startOn } = work
  const { rule, limit, workingDays } = after
  return { obligation, kind, level, stage, office, person, startOn, rule, limit, workingDays, work, after }
}

/** The day of the obligation itself moves with the first assignment; a request or an offer waits beside the work. */
async function writeDays(tx: Sql, changed: readonly MovedRow[]): Promise<void> {
  const days = ({ limit: { dueAt, dueOn, provisional } }: MovedRow['after']) => ({
    dueAt,
    dueOn,
    provisional,
  })
  await updateRows(
    tx,
    assignments,
    ['id'],
    changed.map(({ work, after }) => ({
      id: work.assignment,
      workingDays: after.workingDays,
      ...days(after),
    })),
  )
  await updateRows(
    tx,
    obligations,
    ['id'],
    changed
      .filter(({ work }) => !isBeside(work.stage))
      .map(({ work, after }) => ({
        ...{ id: work.obligation, holderDueAt: after.limit.dueAt, holderDueOn: after.limit.dueOn },
      })),
  )
  await updateRows(
    tx,
    obligations,
    ['id'],
    changed
      .filter(({ work }) => work.stage === 'perform')
      .map(({ work, after }) => ({ id: work.obligation, ...days(after) })),
  )
}

/** Whoever had looked at it before sees that it is another version. */
async function writeHistory(
  tx: Sql,
  { now, actor, cause }: RecountOrder,
  moved: readonly MovedRow[],
): Promise<void> {
  const ids = moved.map(({ work }) => work.obligation)
  await tx.query('update obligations set version = version + 1 where id = any($1)', [ids])
  const details = moved.map(({ work, after }) =>
    JSON.stringify({ cause, from: work.dueOn, to: after.limit.dueOn, stage: work.stage }),
  )
  await tx.query(
    `insert into events (obligation, at, actor, action, state, detail)
     select o.id, $3, $4, 'recount', o.state, v.detail::jsonb
       from unnest($1::text[], $2::text[]) as v(id, detail) join obligations o on o.id = v.id`,
    [ids, details, new Date(now), actor],
  )
}
