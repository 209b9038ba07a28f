import type {} from '@fastify/cookie'
import type { FastifyRequest } from 'fastify'
import {
  usableRolesOf,
  type SecondFactorRules,
  sessionPermissions,
} from '../../services/access/second-factor.ts'
import { hashToken } from '../../services/access/tokens.ts'
import { isAged, keptByAged } from '../../services/access/trusted-device.ts'
import { UNATTENDED } from '../../contract/unattended.ts'
import { findApiKey } from '../../services/access/api-keys-store.ts'
import type { AsOf } from '../../services/schedule/clock.ts'
import { type Identity, identityOf, treeOf } from '../../services/people/identity.ts'
import type { Pool } from '../../db/pool.ts'
import { VersionedCache } from '../../db/versioned-cache.ts'
import { findSession } from '../../services/access/sessions.ts'
import {
  type Actor,
  type Permission,
  readableOffices,
  withIncluded,
} from '../../domain/people/permissions.ts'
import { dayOf } from '../../domain/time/days.ts'
import { ApiError } from '../http/errors.ts'

export const SESSION_COOKIE = '__Host-duban'

type Deps = { gate: Pool; wallNow: () => number; secondFactor: SecondFactorRules }

/** More people and keys than call within a short while. */
const CACHE_SIZE = 2_000

export type Caller = { actor: Actor; asOf: AsOf }

/**
 * Finds the caller of a request by key or cookie; null when neither is sent, or the session is over. Session and
 * key are read each time. Roles and scopes are cached for one version of the directory. It throws ApiError 401
 * for a bad key.
 */
export function callerFinder(deps: Deps): (request: FastifyRequest) => Promise<Caller | null> {
  const identities = new VersionedCache<Identity | undefined>(CACHE_SIZE)
  const trees = new VersionedCache<Actor['scope']>(CACHE_SIZE)
  return async ({ headers: { authorization, [UNATTENDED]: unattended }, cookies }) => {
    if (authorization !== undefined) return keyCaller(authorization, deps, trees)
    const token = cookies?.[SESSION_COOKIE]
    return token ? sessionCaller({ token, used: unattended === undefined }, deps, identities) : null
  }
}

async function keyCaller(
  authorization: string,
  { gate, wallNow }: Deps,
  trees: VersionedCache<Actor['scope']>,
): Promise<Caller> {
  const [scheme, token] = authorization.split(' ')
  const key = scheme?.toLowerCase() === 'bearer' && token ? await findApiKey(gate, token, wallNow()) : null
  if (!key)
    throw new ApiError(
      401,
      'unauthorized',
      '接口密钥不对、已过期或已停用;写法是 Authorization: Bearer <密钥>。',
      [],
      {
        'www-authenticate': 'Bearer',
      },
    )
  const { id, name, office, permissions, personal, asOf } = key
  const actor: Actor = {
    kind: 'key',
    id,
    name,
    sessionId: null,
    heldRoles: [],
    usableRoles: [],
    permissions: withIncluded(permissions as Permission[]),
    personal,
    scope: await trees.get(office, asOf.directory, () => treeOf(gate, office)),
    secondFactor: false,
  }
  return { actor, asOf }
}

async function sessionCaller(
  { token, used }: { token: string; used: boolean },
  { gate, wallNow, secondFactor: rules }: Deps,
  identities: VersionedCache<Identity | undefined>,
): Promise<Caller | null> {
  const session = await findSession(gate, hashToken(token), wallNow(), used)
  if (!session) return null
  const { person, asOf } = session
  const today = dayOf(asOf.now)
  const identity = await identities.get(`${person} ${today}`, asOf.directory, () =>
    identityOf(gate, person, today),
  )
  if (!identity) return null
  const { id, name, heldRoles, offices, counties } = identity
  const secondFactor = session.secondFactorWall !== null
  const aged = isAged(session, wallNow())
  const usable = usableRolesOf(rules, heldRoles, secondFactor)
  const kept = keptByAged(usable)
  const actor: Actor = {
    kind: 'person',
    id,
    name,
    sessionId: session.id,
    heldRoles,
    usableRoles: aged ? kept.roles : usable,
    permissions: aged ? kept.permissions : sessionPermissions(rules, heldRoles, secondFactor),
    aged,
    personal: true,
    scope: { offices: readableOffices(aged ? kept.roles : heldRoles, offices), counties },
    secondFactor,
  }
  return { actor, asOf }
}
