import {
  type ChangedField,
  type ContentField,
  differingFields,
  isPersonal,
  outcomesOf,
  type PublicContent,
  type WarningContent,
} from '../../domain/obligation/changes.ts'
import type { ChangeRules } from '../../domain/obligation/change-rules.ts'
import { isCorrectable } from '../obligations/correct.ts'
import type { CorrectedRow } from '../obligations/corrected-row.ts'
import type { Keyring, Person } from '../vault/encryption.ts'
import { decryptHouseholds } from './change-values.ts'
import { askedFirst } from './contested.ts'
import { changedIssue, duplicateIssue } from './change-words.ts'
import type { ImportChange } from './changes-store.ts'
import { personOf } from './compare-rows.ts'
import { contentOf } from './ledger-content.ts'
import type { ImportErrorRow } from './staging.ts'

/** A change beside the obligation it is about, which is locked: what the ledger says now, and what the row says. */
export type Both = { change: ImportChange; o: CorrectedRow; before: WarningContent; after: WarningContent }

/** What becomes of a change. No fields: nothing differs any more. */
export type Plan = Both & {
  fields: ChangedField[]
  /** Those that are written now. */
  written: readonly ContentField[]
  state: ImportChange['state']
  /** What the list of problems says of it from now on; null where that stays. */
  issue: ImportErrorRow | null
  households: { before: Person; after: Person } | null
}

/** @param household null: its retention is over, and nobody compares it */
export function bothOf(
  keys: Keyring,
  change: ImportChange,
  o: CorrectedRow,
  household: Person | null | undefined,
): Both {
  const before = contentOf(publicContentOf(o), household ?? undefined)
  const stored = household === null ? undefined : decryptHouseholds(keys, change.import, change)?.after
  return { change, o, before, after: { ...change.content, ...(stored ?? personOf(before)) } }
}

/** What an obligation says, without its household. */
export function publicContentOf(o: CorrectedRow): PublicContent {
  const { level, filedOffice: town, issuedAt: issued, cause, group, source } = o
  return { level, town, issued, cause, group, source }
}

/** A change as the county's policy lets it happen by itself, compared with the ledger as it is now. */
export function planByPolicy(rules: ChangeRules): (both: Both) => Plan {
  return (both) => {
    const { change, o, before, after } = both
    // What was told to be asked about is never written unasked.
    const asked = new Set(change.fields.flatMap((f) => (f.happens === 'asked' ? [f.field] : [])))
    const outcomes = outcomesOf(before, after, { rules, closed: !isCorrectable(o) })
    const fields = outcomes.map((f) => (asked.has(f.field) ? (askedFirst([f])[0] ?? f) : f))
    const written = fields.filter((f) => f.happens === 'applied').map((f) => f.field)
    const known = { row: change.row, other: null }
    const state = written.length === fields.length ? 'applied' : 'open'
    const issue = fields.length === 0 ? duplicateIssue(known, false) : changedIssue(known, fields)
    const told = fields.length > 0 && summaryOf(fields) === summaryOf(change.fields)
    const households = { before: personOf(before), after: personOf(after) }
    return { ...both, fields, written, state, issue: told ? null : issue, households }
  }
}

/** What the list of problems says of a change. */
function summaryOf(fields: readonly ChangedField[]): string {
  return fields.map(({ field, happens }) => `${field} ${happens}`).join()
}

/**
 * A change that somebody has confirmed. Closed meanwhile, it is to be decided again.
 * @param registered whether its import is: then what happens by itself has been written, and the ledger may say something newer
 */
export function planConfirmed(keys: Keyring, registered: boolean): (both: Both) => Plan {
  return (both) => {
    const { change, before, after } = both
    const closed = !isCorrectable(both.o)
    const differing = differingFields(before, after)
    const waits = (f: ChangedField) => differing.includes(f.field) && !(registered && f.happens === 'applied')
    const written = closed ? [] : change.fields.filter(waits).map((f) => f.field)
    const fields = change.fields.map((f): ChangedField => {
      if (closed) return f.happens === 'applied' ? f : { ...f, happens: 'refused' }
      const old = written.includes(f.field) && !isPersonal(f.field) ? { before: before[f.field] } : {}
      return { ...f, ...old, happens: 'applied' }
    })
    const households = householdsAfter(keys, both, written)
    return { ...both, fields, written, state: closed ? 'open' : 'applied', issue: null, households }
  }
}

/** Each field of a household before it was written. */
function householdsAfter(keys: Keyring, { change, before }: Both, written: readonly ContentField[]) {
  const stored = decryptHouseholds(keys, change.import, change)
  if (stored === null) return null
  const now = Object.entries(personOf(before)).filter(([field]) => written.includes(field as ContentField))
  return { before: { ...stored.before, ...Object.fromEntries(now) }, after: stored.after }
}
