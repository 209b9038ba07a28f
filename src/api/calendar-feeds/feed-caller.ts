import { type Actor, permissionsOf, readableOffices } from '../../domain/people/permissions.ts'
import { dayOf } from '../../domain/time/days.ts'
import { findFeed } from '../../services/access/calendar-feeds.ts'
import { identityOf } from '../../services/people/identity.ts'
import type { ApiDeps } from '../http/deps.ts'
import type { Caller } from '../session/find-actor.ts'

/**
 * Whose feed it is, with the roles they hold today, also in an absent colleague's place: they read obligations, nothing of a household,
 * and do nothing. As in a mail, no second factor is asked for. undefined where the address leads nowhere, or the account is closed.
 */
export async function feedCaller(
  { gate, wallNow }: Pick<ApiDeps, 'gate' | 'wallNow'>,
  token: string,
): Promise<Caller | undefined> {
  const feed = await findFeed(gate, token, wallNow())
  if (!feed) return undefined
  const identity = await identityOf(gate, feed.person, dayOf(feed.asOf.now))
  if (!identity) return undefined
  const { id, name, heldRoles, offices, counties } = identity
  const reads = permissionsOf(heldRoles).has('obligations:read')
  const actor: Actor = {
    ...{ kind: 'person', id, name, sessionId: null, heldRoles, usableRoles: heldRoles },
    ...{ permissions: new Set(reads ? (['obligations:read'] as const) : []), personal: false },
    ...{ scope: { offices: readableOffices(heldRoles, offices), counties }, secondFactor: false },
  }
  return { actor, asOf: feed.asOf }
}
