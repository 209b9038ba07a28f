import type { FastifyRequest } from 'fastify'
import { mayIn } from '../../domain/people/permissions.ts'
import type { Sql } from '../../db/pool.ts'
import { addAuditEvent } from '../../services/audit/trail.ts'
import { householdsBehind, storedHouseholds } from '../../services/households/many-reveals.ts'
import type { ObligationSearch } from '../../services/obligations/search.ts'
import { decryptPerson, type Keyring, type Person } from '../../services/vault/encryption.ts'
import type { ApiDeps } from '../http/deps.ts'
import { askedOf, scopeOf } from '../obligations/read.ts'
import { mustBeAllowed, spendReveals } from '../obligations/reveal-routes.ts'
import { actorOf, asOfOf } from '../plugins/actor.ts'
import { entryOf } from '../plugins/audit-entry.ts'
import { mustHold } from '../plugins/must-hold.ts'

const PERMISSION = 'households:reveal'

/**
 * Counts a look at each household of a pack, with the reason, before any is shown; the trail has each of them. A pack that broke off and is
 * asked for again counts none anew within a day.
 * @returns the obligations whose households may be shown in the clear
 * @throws ApiError 403; 429 for more than the reader may look at
 */
export async function revealAll(
  tx: Sql,
  request: FastifyRequest,
  deps: ApiDeps,
  { search, county, reason }: { search: ObligationSearch; county: string; reason: string },
): Promise<ReadonlySet<string>> {
  const actor = actorOf(request)
  mustHold(actor, PERMISSION)
  mustBeAllowed(actor, deps)
  // One more than may be looked at is enough to be refused.
  const scope = scopeOf(actor)
  const offices = scope.offices.filter((office) => mayIn(actor, PERMISSION, office))
  const bound = { scope: { ...scope, offices }, now: asOfOf(request).now, limit: deps.revealLimit + 1 }
  const found = await householdsBehind(tx, askedOf(actor, search), bound)
  const ids = found.map(({ id }) => id)
  await spendReveals(tx, request, deps, { obligations: ids, reason, asFile: true })
  await noteEach(tx, request, deps.wallNow(), { campaign: search.campaign, county, ids })
  return new Set(ids)
}

/** Who asks whose household was looked at, asks the trail for an obligation, whichever way it was shown (R9). */
async function noteEach(
  tx: Sql,
  request: FastifyRequest,
  atWall: number,
  { campaign, county, ids }: { campaign: string | undefined; county: string; ids: readonly string[] },
): Promise<void> {
  const note = { action: 'household.reveal', county, detail: { campaign } }
  for (const subject of ids) await addAuditEvent(tx, entryOf(request, atWall, { ...note, subject }, 'done'))
}

/** Households in the clear, by obligation. */
export async function clearHouseholds(
  sql: Sql,
  keys: Keyring,
  ids: readonly string[],
): Promise<ReadonlyMap<string, Person>> {
  const stored = await storedHouseholds(sql, ids)
  return new Map(
    stored.map(({ obligation, encrypted, keyId }) => [
      obligation,
      decryptPerson(keys, obligation, encrypted, keyId),
    ]),
  )
}
