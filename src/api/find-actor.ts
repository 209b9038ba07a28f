import type {} from '@fastify/cookie'
import type { FastifyRequest } from 'fastify'
import { type SecondFactorRules, sessionPermissions } from '../access/second-factor.ts'
import { hashToken } from '../access/tokens.ts'
import { findApiKey } from '../db/api-key-store.ts'
import { now as businessNow } from '../db/clock-store.ts'
import { identityOf, treeOf } from '../db/identity-store.ts'
import type { Pool } from '../db/pool.ts'
import { findSession } from '../db/session-store.ts'
import { type Actor, type Permission, readableOffices } from '../domain/access.ts'
import { dayOf } from '../domain/days.ts'
import { ApiError } from './errors.ts'

export const SESSION_COOKIE = '__Host-duban'

type Deps = { gate: Pool; wallNow: () => number; secondFactor: SecondFactorRules }

/** Whoever the key or the cookie names; null when neither is sent, or the session is over. @throws ApiError 401 for a bad key */
export async function findActor(request: FastifyRequest, deps: Deps): Promise<Actor | null> {
  const { authorization } = request.headers
  if (authorization !== undefined) return keyActor(authorization, deps)
  const token = request.cookies?.[SESSION_COOKIE]
  return token ? sessionActor(token, deps) : null
}

async function keyActor(authorization: string, { gate, wallNow }: Deps): Promise<Actor> {
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
  const { id, name, office, permissions, personal } = key
  return {
    kind: 'key',
    id,
    name,
    sessionId: null,
    holdings: [],
    permissions: new Set(permissions as Permission[]),
    personal,
    scope: await treeOf(gate, office),
    secondFactor: false,
  }
}

async function sessionActor(
  token: string,
  { gate, wallNow, secondFactor: rules }: Deps,
): Promise<Actor | null> {
  const session = await findSession(gate, hashToken(token), wallNow())
  if (!session) return null
  const identity = await identityOf(gate, session.person, dayOf(await businessNow(gate)))
  if (!identity) return null
  const { id, name, holdings, offices, counties } = identity
  const secondFactor = session.secondFactorWall !== null
  return {
    kind: 'person',
    id,
    name,
    sessionId: session.id,
    holdings,
    permissions: sessionPermissions(rules, holdings, secondFactor),
    personal: true,
    scope: { offices: readableOffices(holdings, offices), counties },
    secondFactor,
  }
}
