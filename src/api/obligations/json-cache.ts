import type { ObligationBody } from '../../contract/api/obligations.ts'
import type { ObligationRow } from '../../services/obligations/search.ts'
import { type Keyring, openPerson } from '../../services/vault/encryption.ts'
import type { UnreadRow } from '../../db/raw-rows.ts'
import type { Actor } from '../../domain/people/permissions.ts'
import { maskIdNo, maskName, maskPhone } from '../../domain/people/masking.ts'
import type { KnownFacts } from './reference-data.ts'
import { showObligation } from './present.ts'

/** Some 4 KB each. */
const REMEMBERED = 5_000

/** A matter as JSON, and what a cursor needs of it. */
export type ShownObligation = Pick<ObligationRow, 'id' | 'issuedAt' | 'dueAt' | 'holderDueAt'> & {
  json: string
}

/** A matter with the household behind it, masked. */
export function bodyOf(keys: Keyring, actor: Actor, row: ObligationRow, facts: KnownFacts): ObligationBody {
  return { ...showObligation(row, facts), subject: maskedSubject(keys, actor, row) }
}

/**
 * Matters for lists. Reading a row, opening its household and writing it out took half the time of a list, so what was shown
 * once is remembered, household masked, for as long as the database answers the very same row for it, under the same names,
 * calendar and business day: days left and days late change at midnight alone (domain/standing.ts, `isOver`).
 */
export function shownObligations(keys: Keyring, remembered = REMEMBERED) {
  const known = new Map<string, ShownObligation>()
  return (actor: Actor, row: UnreadRow<ObligationRow>, facts: KnownFacts): ShownObligation => {
    const key = `${actor.personal ? 'household' : 'bare'} ${facts.mark} ${row.text}`
    const found = known.get(key)
    if (found) return found
    const read = row.read()
    const { id, issuedAt, dueAt, holderDueAt } = read
    const shown = { id, issuedAt, dueAt, holderDueAt, json: JSON.stringify(bodyOf(keys, actor, read, facts)) }
    if (known.size >= remembered) known.clear()
    known.set(key, shown)
    return shown
  }
}

/** Nothing of it for a key that was not granted personal data. */
function maskedSubject(
  keys: Keyring,
  { personal }: Actor,
  { id, sealed, keyId }: ObligationRow,
): ObligationBody['subject'] {
  if (!personal || sealed === null) return null
  const { name, idNo, phone, village } = openPerson(keys, id, sealed, keyId)
  return {
    name: maskName(name),
    idNo: maskIdNo(idNo),
    phone: maskPhone(phone),
    village: maskName(village),
  }
}
