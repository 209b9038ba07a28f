import type { Day, Instant } from '../../domain/time/days.ts'
import type { Limit } from '../../domain/time/limits.ts'
import { deadlineLabel } from '../../domain/escalation/deadline-label.ts'
import type { Policy, Rule } from '../../domain/escalation/policy.ts'
import { isBeside, type Kind, type Level, type Stage } from '../../domain/obligation/vocabulary.ts'
import { kindOf } from '../../kinds/kinds.ts'
import { newId } from '../../db/ids.ts'
import { insertRows, oneByOne } from '../../db/insert-rows.ts'
import { rows, type Sql, ts } from '../../db/pool.ts'
import type { RowOf } from '../../db/row-types.ts'
import { assignments, deadlines, obligations } from '../../db/schema/index.ts'
import { updateRows } from '../../db/update-rows.ts'
import { poke } from '../watching/pokes.ts'
import { PERFORMING } from './turn-clocks.ts'

export type NewAssignment = {
  obligation: string
  kind: Kind
  level: Level | null
  stage: Stage
  office: string
  startOn: Day
  rule: Rule
  limit: Limit
  workingDays: number | null
  /** Whom it is named to; left out or null where it is the whole office's. */
  person?: string | null
  /** The assignment it goes on from; left out where it is the first of its own. */
  origin?: string | null
}

/** The shared deadlines a transaction has joined, by key: each is joined once, for it stays locked and nothing fires. */
export type Joined = Map<string, string>

export type Context = { county: string; policy: Policy; now: Instant; silent: boolean; joined?: Joined }
export type Opening<Assignment = NewAssignment> = { assignment: Assignment; deadline: string }
/** What tells one deadline from another; the rest is the same for all that a transaction joins. */
type Joining = RowOf<
  typeof deadlines,
  'id' | 'key' | 'office' | 'dueAt' | 'dueOn' | 'rule' | 'obligation' | 'kind' | 'level' | 'stage' | 'label'
>

/** Opens one assignment for each obligation, behind the deadline it belongs to, and pokes those deadlines (decision 4). */
export async function openAssignments(
  tx: Sql,
  context: Context,
  assignments: readonly NewAssignment[],
): Promise<void> {
  if (assignments.length === 0) return
  const opening = await joinAll(tx, context, assignments)
  await insertAssignments(tx, context.now, opening)
  // A request or an offer waits beside the work, which stays with whoever holds it.
  await writeHolders(
    tx,
    assignments.filter(({ stage }) => !isBeside(stage)),
  )
}

/** The same for obligations that were just inserted: their rows carry `holderColumns` already. */
export async function openFirstAssignments(
  tx: Sql,
  context: Context,
  assignments: readonly NewAssignment[],
): Promise<void> {
  if (assignments.length === 0) return
  await insertAssignments(tx, context.now, await joinAll(tx, context, assignments))
}

/** An open assignment as the columns of its obligation. */
export function holderColumns({ stage, office, limit }: Pick<NewAssignment, 'stage' | 'office' | 'limit'>) {
  return { stage, holderOffice: office, holderDueAt: limit.dueAt, holderDueOn: limit.dueOn }
}

/** The deadline behind which each of them stands, begun where there is none yet. Its row stays locked, and it is poked. */
export async function joinAll<Assignment extends NewAssignment>(
  tx: Sql,
  context: Context,
  assignments: readonly Assignment[],
): Promise<Opening<Assignment>[]> {
  const { joined } = context
  const keys = assignments.map((a) => deadlineKey(a, context.policy))
  const joining = new Map<string, Joining>()
  assignments.forEach((a, i) => {
    const key = keys[i]!
    if (!joined?.has(key) && !joining.has(key)) joining.set(key, joiningOf(a, key))
  })
  const ids = await joinDeadlines(tx, context, [...joining.values()])
  await poke(tx, 'deadline', [...ids.values()])
  // A deadline of a single obligation is never joined again.
  const deadlineOf = (key: string) => (joined?.get(key) ?? ids.get(key))!
  const opening = assignments.map((assignment, i) => ({ assignment, deadline: deadlineOf(keys[i]!) }))
  for (const [key, id] of ids) if (joining.get(key)!.obligation === null) joined?.set(key, id)
  return opening
}

/** What falls due together but is unlike work, or is one person's, is watched apart, and so has a line of its own in a mail. */
export function deadlineKey(
  a: Pick<NewAssignment, 'office' | 'person' | 'kind' | 'level' | 'rule' | 'limit' | 'obligation'>,
  policy: Policy,
): string {
  const parts = [a.office, a.limit.dueAt, a.rule.code, policy.id, a.kind, a.level ?? '-']
  const apart = [...(a.rule.watch === 'individual' ? [a.obligation] : []), ...(a.person ? [a.person] : [])]
  return [...parts, ...apart].join('|')
}

function joiningOf(a: NewAssignment, key: string): Joining {
  const { office, kind, level, stage, rule } = a
  const { dueAt, dueOn } = a.limit
  const obligation = rule.watch === 'individual' ? a.obligation : null
  const label = deadlineLabel(rule, { kindLabel: kindOf(kind).label, level })
  return {
    id: newId('dl'),
    key,
    office,
    kind,
    level,
    stage,
    dueAt,
    dueOn,
    rule: rule.code,
    label,
    obligation,
  }
}

/** Counts the batch that joins: a later plan sees that somebody missed the moments fired before. Locks the deadline's row. */
async function joinDeadlines(tx: Sql, c: Context, joining: Joining[]): Promise<Map<string, string>> {
  if (joining.length === 0) return new Map()
  const inKeyOrder = joining.sort((a, b) => (a.key < b.key ? -1 : 1))
  const common = { county: c.county, policy: c.policy.id, startedAt: c.now, joins: c.silent ? 0 : 1 }
  const joined = await insertRows(tx, deadlines, inKeyOrder, {
    constant: { ...common, silentUntil: c.silent ? c.now : null },
    onConflict: '(key) do update set joins = deadlines.joins + excluded.joins',
    returning: ['id', 'key'],
  })
  const ids = joined.map(({ id }) => id)
  if (c.silent) await silencePast(tx, ids, c.now)
  return new Map(joined.map((d) => [d.key, d.id]))
}

/**
 * A deadline behind which nobody is left goes on in silence for whoever joins in silence, though others had joined aloud: what lay
 * before concerned those who left, or nobody. Where nothing has fired it begins again. A statement of its own: it sees who joined
 * while the deadline's row was waited for. Whoever a recount of this instant put there came in silence too.
 */
export async function silencePast(tx: Sql, ids: readonly string[], now: Instant): Promise<void> {
  await tx.query(
    `update deadlines d set silent_until = $2,
            joins = least(d.joins, coalesce((select max(f.joins) from firings f where f.deadline = d.id), 0))
      where d.id = any($1) and (d.joins > 0 or d.silent_until is distinct from $2)
        and not exists (select from assignments a where a.deadline = d.id and a.ended_at is null and not exists (
              select from recounts r where r.obligation = a.obligation and r.assignment = a.id and r.at = $2))`,
    [ids, ts(now)],
  )
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
