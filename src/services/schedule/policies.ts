import type { Policy, PolicyContent } from '../../domain/escalation/policy.ts'
import { withPostponementRules } from '../../domain/escalation/postponement-rules.ts'
import { type Day, dayOf, type Instant } from '../../domain/time/days.ts'
import { newId } from '../../db/ids.ts'
import { insertRow } from '../../db/insert-rows.ts'
import { row, type Sql } from '../../db/pool.ts'
import { policies } from '../../db/schema/index.ts'
import { allOf, columns, type RowsOf, selectRow, selectRows } from '../../db/select-columns.ts'
import { now as businessNow } from './clock.ts'

const COLUMNS = columns(policies, 'p', [
  ...([
    'id',
    'version',
    'name',
    'example',
    'rules',
    'standing',
    'deferral',
    'changes',
    'monitoring',
    'suspension',
    'extension',
    'handOver',
    'standingCheck',
    'override',
  ] as const),
])
/** Who wrote a version, why and from when on, beside what it says. */
const LISTED = allOf(
  COLUMNS,
  columns(policies, 'p', ['county', 'author', 'reason', 'validFrom', 'createdAt']),
)
export type ListedPolicy = RowsOf<typeof LISTED>
/** Who writes a version; null for what comes with the county, and for a day: at once. */
export type Authorship = { author: string | null; reason: string | null; validFrom: Day | null }
const NOBODY: Authorship = { author: null, reason: null, validFrom: null }

/** A policy version never changes, so it is read once. */
const policyCache = new Map<string, Policy>()

/** @throws Error when there is no such policy. */
export async function policyById(sql: Sql, id: string): Promise<Policy> {
  const cached = policyCache.get(id)
  if (cached) return cached
  const found = await selectRow(sql, COLUMNS, 'from policies p where id = $1', [id])
  if (!found) throw new Error(`no policy ${id}`)
  const policy = withPostponementRules(found)
  policyCache.set(id, policy)
  return policy
}

/** The version that binds new assignments: the newest whose day has come. @throws Error when the county has none yet. */
export async function currentPolicy(sql: Sql, county: string): Promise<Policy> {
  const newest = await newestPolicy(sql, county, null)
  const current = newest && (await isToCome(sql, newest)) ? await newestInForce(sql, county) : newest
  if (!current) throw new Error(`county ${county} has no policy`)
  return withPostponementRules(current)
}

/** Most versions hold from their beginning, and need no clock. */
async function isToCome(sql: Sql, { validFrom }: ListedPolicy): Promise<boolean> {
  return validFrom !== null && validFrom > dayOf(await businessNow(sql))
}

async function newestInForce(sql: Sql, county: string): Promise<ListedPolicy | undefined> {
  return newestPolicy(sql, county, dayOf(await businessNow(sql)))
}

function newestPolicy(sql: Sql, county: string, on: Day | null): Promise<ListedPolicy | undefined> {
  return selectRow(
    sql,
    LISTED,
    `from policies p where county = $1 and ($2::date is null or coalesce(valid_from, $2) <= $2)
      order by version desc limit 1`,
    [county, on],
  )
}

/** Nobody else adds a version to the county's policy until the transaction ends. */
export async function lockPolicies(tx: Sql, county: string): Promise<void> {
  await tx.query(`select pg_advisory_xact_lock(hashtextextended('policies ' || $1, 3))`, [county])
}

/** The next version of a county's policy. @returns its id */
export async function addPolicy(
  sql: Sql,
  county: string,
  policy: PolicyContent,
  now: Instant,
  by: Authorship = NOBODY,
): Promise<string> {
  const id = newId('po')
  const last = await row<{ version: number }>(
    sql,
    'select coalesce(max(version), 0) as version from policies where county = $1',
    [county],
  )
  const { name, example, rules, standing, deferral, changes, monitoring, suspension, extension } = policy
  const { handOver, standingCheck, override } = policy
  await insertRow(sql, policies, {
    ...{ id, county, version: (last?.version ?? 0) + 1, name, example, rules, standing, deferral },
    ...{ changes: changes ?? null, monitoring: monitoring ?? null },
    ...{ suspension: suspension ?? null, extension: extension ?? null, handOver: handOver ?? null },
    ...{ standingCheck: standingCheck ?? null, override: override ?? null, createdAt: now, ...by },
  })
  return id
}

/** Every version of every county that the reader sees, the newest of each first. */
export function allPolicies(sql: Sql): Promise<ListedPolicy[]> {
  return selectRows(sql, LISTED, 'from policies p order by county, version desc')
}

export function listedPolicy(sql: Sql, id: string): Promise<ListedPolicy | undefined> {
  return selectRow(sql, LISTED, 'from policies p where id = $1', [id])
}
