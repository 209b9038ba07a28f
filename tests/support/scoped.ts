import { addApiKey, hashKey } from '../../src/services/access/api-keys-store.ts'
import { createPool, type Pool, row } from '../../src/db/pool.ts'
import { identityOf } from '../../src/services/people/identity.ts'
import type { ScopeContext } from '../../src/db/row-scope.ts'
import { type Permission, PERMISSIONS, readableOffices } from '../../src/domain/people/permissions.ts'
import type { TestDatabase } from './database.ts'

/** The pools a running service has beside the owner's. */
export function rolePools({ url }: Pick<TestDatabase, 'url'>) {
  const api = createPool(url, { role: 'duban_api' })
  const gate = createPool(url, { role: 'duban_gate' })
  const worker = createPool(url, { role: 'duban_worker' })
  return { api, gate, worker, end: () => Promise.all([api.end(), gate.end(), worker.end()]) }
}

/** The id of whoever has this role in that office of the sample county. */
export async function personWith(pool: Pool, role: string, office: string): Promise<string> {
  const found = await row<{ person: string }>(
    pool,
    'select person from person_roles where role = $1 and office = $2 order by person limit 1',
    [role, office],
  )
  if (!found) throw new Error(`nobody is ${role} in ${office}`)
  return found.person
}

/** What row-level security would know of a request by this person. */
export async function contextFor(gate: Pool, person: string): Promise<ScopeContext> {
  const identity = await identityOf(gate, person, '2022-06-06')
  if (!identity) throw new Error(`nobody is ${person}`)
  return {
    person,
    offices: readableOffices(identity.heldRoles, identity.offices),
    counties: identity.counties,
    audit: identity.heldRoles.some((h) => h.role === 'auditor'),
  }
}

/** A key that may do all but look at households in the clear and manage people. */
export async function addTestKey(
  pool: Pool,
  token: string,
  more: { office?: string; permissions?: Permission[]; personal?: boolean } = {},
): Promise<void> {
  const all = (Object.keys(PERMISSIONS) as Permission[]).filter(
    (p) => p !== 'self' && p !== 'households:reveal' && p !== 'users:manage',
  )
  const { office = 'sn', permissions = all, personal = true } = more
  await addApiKey(pool, {
    ...{ id: `ak_${token}`, prefix: token.slice(0, 8), secretHash: hashKey(token), name: '测试' },
    ...{ office, permissions, personal, createdBy: 'test', createdWall: 0, expiresWall: null },
  })
}
