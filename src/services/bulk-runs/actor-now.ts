import { dayOf, type Instant } from '../../domain/time/days.ts'
import {
  type Actor,
  type Permission,
  permissionsOf,
  readableOffices,
} from '../../domain/people/permissions.ts'
import { type Sql, ts } from '../../db/pool.ts'
import { apiKeys } from '../../db/schema/index.ts'
import { columns, selectRow } from '../../db/select-columns.ts'
import { identityOf, treeOf } from '../people/identity.ts'
import type { RunRow } from './store.ts'

type Asker = Pick<RunRow, 'actor' | 'actorKind' | 'permissions' | 'roles'>

/**
 * Who asked for a run, with the rights they have at this moment: never more than their session had then, since nobody shows a second factor
 * again. Null where they are no longer there. Role duban_worker.
 */
export function actorNow(sql: Sql, asker: Asker, now: Instant, wallNow: Instant): Promise<Actor | null> {
  return asker.actorKind === 'key' ? keyNow(sql, asker, wallNow) : personNow(sql, asker, now)
}

async function personNow(sql: Sql, asker: Asker, now: Instant): Promise<Actor | null> {
  const identity = await identityOf(sql, asker.actor, dayOf(now))
  if (!identity) return null
  const { id, name, heldRoles, offices, counties } = identity
  const usableRoles = heldRoles.filter(({ role }) => asker.roles.includes(role))
  return {
    ...{
      kind: 'person',
      id,
      name,
      sessionId: null,
      heldRoles,
      usableRoles,
      personal: true,
      secondFactor: false,
    },
    permissions: both(permissionsOf(usableRoles), asker.permissions),
    scope: { offices: readableOffices(usableRoles, offices), counties },
  }
}

const KEY = columns(apiKeys, 'k', ['id', 'name', 'office', 'permissions', 'personal'])

async function keyNow(sql: Sql, asker: Asker, wallNow: Instant): Promise<Actor | null> {
  const key = await selectRow(
    sql,
    KEY,
    'from api_keys k where id = $1 and revoked_wall is null and coalesce(expires_wall > $2, true)',
    [asker.actor, ts(wallNow)],
  )
  if (!key) return null
  const { id, name, office, permissions, personal } = key
  return {
    ...{
      kind: 'key',
      id,
      name,
      sessionId: null,
      heldRoles: [],
      usableRoles: [],
      personal,
      secondFactor: false,
    },
    permissions: both(new Set(permissions as Permission[]), asker.permissions),
    scope: await treeOf(sql, office),
  }
}

function both(held: ReadonlySet<Permission>, asked: readonly Permission[]): Set<Permission> {
  return new Set(asked.filter((permission) => held.has(permission)))
}
