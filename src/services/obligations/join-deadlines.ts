import type { Instant } from '../../domain/time/days.ts'
import { deadlineLabel } from '../../domain/escalation/deadline-label.ts'
import type { Policy } from '../../domain/escalation/policy.ts'
import { kindOf } from '../../kinds/kinds.ts'
import { newId } from '../../db/ids.ts'
import { insertRows } from '../../db/insert-rows.ts'
import { type Sql, ts } from '../../db/pool.ts'
import type { RowOf } from '../../db/row-types.ts'
import { deadlines } from '../../db/schema/index.ts'
import { poke } from '../watching/pokes.ts'
import type { OpeningContext, NewAssignment, Opening } from './new-assignment.ts'

/** What tells one deadline from another; the rest is the same for all that a transaction joins. */
type Joining = RowOf<
  typeof deadlines,
  'id' | 'key' | 'office' | 'dueAt' | 'dueOn' | 'rule' | 'obligation' | 'kind' | 'level' | 'stage' | 'label'
>

/** The deadline behind which each of them stands, begun where there is none yet. Its row stays locked, and it is poked. */
export async function joinAll<Assignment extends NewAssignment>(
  tx: Sql,
  context: OpeningContext,
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
async function joinDeadlines(tx: Sql, c: OpeningContext, joining: Joining[]): Promise<Map<string, string>> {
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
