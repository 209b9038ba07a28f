import type { Policy } from '../../domain/escalation/policy.ts'
import { withPostponementRules } from '../../domain/escalation/postponement-rules.ts'
import { newId } from '../../db/ids.ts'
import { type Sql, ts } from '../../db/pool.ts'
import { policies } from '../../db/schema/index.ts'
import { allOf, columns, selectRow, selectRows } from '../../db/select-columns.ts'

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
    'standingCheck',
    'override',
  ] as const),
])
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

/** The version that binds new assignments. @throws Error when the county has none yet. */
export async function currentPolicy(sql: Sql, county: string): Promise<Policy> {
  const latest = 'from policies p where county = $1 order by version desc limit 1'
  const found = await selectRow(sql, COLUMNS, latest, [county])
  if (!found) throw new Error(`county ${county} has no policy`)
  return withPostponementRules(found)
}

export async function addPolicy(
  sql: Sql,
  county: string,
  policy: Omit<Policy, 'id' | 'version'>,
  now: number,
) {
  const id = newId('po')
  await sql.query(
    `insert into policies (id, county, version, name, example, rules, standing, deferral, changes, monitoring,
                           suspension, extension, standing_check, override, created_at)
     values ($1, $2, (select coalesce(max(version), 0) + 1 from policies where county = $2), $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)`,
    [
      id,
      county,
      policy.name,
      policy.example,
      JSON.stringify(policy.rules),
      policy.standing && JSON.stringify(policy.standing),
      policy.deferral && JSON.stringify(policy.deferral),
      policy.changes && JSON.stringify(policy.changes),
      policy.monitoring && JSON.stringify(policy.monitoring),
      policy.suspension && JSON.stringify(policy.suspension),
      policy.extension && JSON.stringify(policy.extension),
      policy.standingCheck && JSON.stringify(policy.standingCheck),
      policy.override && JSON.stringify(policy.override),
      ts(now),
    ],
  )
  return id
}

export function allPolicies(sql: Sql) {
  return selectRows(
    sql,
    allOf(COLUMNS, columns(policies, 'p', ['county'])),
    'from policies p order by county, version desc',
  )
}
