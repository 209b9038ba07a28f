import type { Day, Instant } from '../../domain/time/days.ts'
import type { Limit } from '../../domain/time/limits.ts'
import { deadlineLabel } from '../../domain/escalation/deadline-label.ts'
import type { Policy, Rule } from '../../domain/escalation/policy.ts'
import type { Kind, Level, Stage } from '../../domain/obligation/vocabulary.ts'
import { kindOf } from '../../kinds/kinds.ts'
import { newId } from '../../db/ids.ts'
import { rows, type Sql, ts } from '../../db/pool.ts'
import { poke } from '../watching/pokes.ts'

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
}

/** The shared deadlines a transaction has joined, by key: each is joined once, for it stays locked and nothing fires. */
export type Joined = Map<string, string>

type Context = { county: string; policy: Policy; now: Instant; silent: boolean; joined?: Joined }
type Joining = Pick<NewAssignment, 'office' | 'kind' | 'level' | 'stage' | 'limit'> & {
  id: string
  key: string
  rule: string
  label: string
  obligation: string | null
}

/** Opens one turn for each obligation, behind the deadline it belongs to, and pokes those deadlines (decision 4). */
export async function openAssignments(
  tx: Sql,
  context: Context,
  assignments: readonly NewAssignment[],
): Promise<void> {
  if (assignments.length === 0) return
  const { joined } = context
  const keys = assignments.map((a) => deadlineKey(a, context.policy))
  const joining = new Map<string, Joining>()
  assignments.forEach((a, i) => {
    const key = keys[i]!
    if (!joined?.has(key) && !joining.has(key)) joining.set(key, joiningOf(a, key))
  })
  const ids = await joinDeadlines(tx, context, [...joining.values()])
  await insertAssignments(
    tx,
    context.now,
    assignments.map((a, i) => ({ ...a, deadline: (joined?.get(keys[i]!) ?? ids.get(keys[i]!))! })),
  )
  await poke(tx, 'deadline', [...ids.values()])
  // One of a single obligation is never joined again.
  for (const [key, id] of ids) if (joining.get(key)!.obligation === null) joined?.set(key, id)
}

/** What falls due together but is unlike work is watched apart, and so has a line of its own in a mail. */
function deadlineKey(a: NewAssignment, policy: Policy): string {
  const parts = [a.office, a.limit.dueAt, a.rule.code, policy.id, a.kind, a.level ?? '-']
  return [...parts, ...(a.rule.watch === 'individual' ? [a.obligation] : [])].join('|')
}

function joiningOf(a: NewAssignment, key: string): Joining {
  const { office, kind, level, stage, limit, rule } = a
  const obligation = rule.watch === 'individual' ? a.obligation : null
  const label = deadlineLabel(rule, { kindLabel: kindOf(kind).label, level })
  return { id: newId('dl'), key, office, kind, level, stage, limit, rule: rule.code, label, obligation }
}

/** Counts the batch that joins: a later plan sees that somebody missed the moments fired before. Locks the deadline's row. */
async function joinDeadlines(tx: Sql, c: Context, joining: Joining[]): Promise<Map<string, string>> {
  if (joining.length === 0) return new Map()
  const inKeyOrder = joining.sort((a, b) => (a.key < b.key ? -1 : 1))
  const found = await rows<{ id: string; key: string }>(
    tx,
    `insert into deadlines (county, policy, started_at, joins, silent_until, id, key, office, due_at, due_on, rule, obligation,
       kind, level, stage, label)
     select $1, $2, $3, $4::int, $5::timestamptz, * from unnest($6::text[], $7::text[], $8::text[], $9::timestamptz[],
       $10::date[], $11::text[], $12::text[], $13::text[], $14::text[], $15::text[], $16::text[])
     on conflict (key) do update set joins = deadlines.joins + $4::int returning id, key`,
    [
      c.county,
      c.policy.id,
      ts(c.now),
      c.silent ? 0 : 1,
      c.silent ? ts(c.now) : null,
      inKeyOrder.map((j) => j.id),
      inKeyOrder.map((j) => j.key),
      inKeyOrder.map((j) => j.office),
      inKeyOrder.map((j) => ts(j.limit.dueAt).toISOString()),
      inKeyOrder.map((j) => j.limit.dueOn),
      inKeyOrder.map((j) => j.rule),
      inKeyOrder.map((j) => j.obligation),
      inKeyOrder.map((j) => j.kind),
      inKeyOrder.map((j) => j.level),
      inKeyOrder.map((j) => j.stage),
      inKeyOrder.map((j) => j.label),
    ],
  )
  return new Map(found.map((d) => [d.key, d.id]))
}

async function insertAssignments(
  tx: Sql,
  now: Instant,
  list: (NewAssignment & { deadline: string })[],
): Promise<void> {
  await tx.query(
    `insert into assignments (started_at, id, obligation, stage, office, deadline, start_on, due_at, due_on, working_days, provisional)
     select $1, * from unnest($2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::date[], $8::timestamptz[],
       $9::date[], $10::int[], $11::bool[])`,
    [
      ts(now),
      list.map(() => newId('as')),
      list.map((a) => a.obligation),
      list.map((a) => a.stage),
      list.map((a) => a.office),
      list.map((a) => a.deadline),
      list.map((a) => a.startOn),
      list.map((a) => ts(a.limit.dueAt).toISOString()),
      list.map((a) => a.limit.dueOn),
      list.map((a) => a.workingDays),
      list.map((a) => a.limit.provisional),
    ],
  )
}

/** Ends the open turn of each obligation; its deadline finds out at its next wake. */
export async function endAssignments(tx: Sql, obligations: readonly string[], now: Instant): Promise<void> {
  await tx.query('update assignments set ended_at = $2 where obligation = any($1) and ended_at is null', [
    obligations,
    ts(now),
  ])
}
