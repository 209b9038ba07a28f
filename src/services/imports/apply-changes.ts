import { dayOf } from '../../domain/time/days.ts'
import {
  type ChangedField,
  differingFields,
  isPersonal,
  outcomesOf,
  type WarningContent,
} from '../../domain/obligation/changes.ts'
import type { ChangeRules } from '../../domain/obligation/change-rules.ts'
import type { Sql } from '../../db/pool.ts'
import { correct, type CorrectionContext, type Corrected, isCorrectable } from '../obligations/correct.ts'
import { type CorrectedRow, lockForCorrection } from '../obligations/corrected-row.ts'
import { rewriteHousehold } from '../households/rewrite.ts'
import type { Keyring } from '../vault/encryption.ts'
import { decryptHouseholds, encryptHouseholds } from './change-values.ts'
import { type ImportChange, writeChanges } from './changes-store.ts'
import { personOf } from './compare-rows.ts'
import { contentOf, householdsOf } from './ledger-content.ts'

export type ChangeContext = CorrectionContext & { keys: Keyring; rules: ChangeRules }
/** What became of a change: nothing differs any more, or its fields are these and it was written so far. */
export type ChangeResult = { fields: ChangedField[]; corrected: Corrected | null }

/**
 * Writes a change as the county's policy lets it happen by itself, compared with the ledger as it is now.
 * @returns no fields where nothing differs any more
 */
export async function applyByPolicy(
  tx: Sql,
  context: ChangeContext,
  change: ImportChange,
): Promise<ChangeResult> {
  const { o, before, after } = await readBoth(tx, context, change)
  const fields = outcomesOf(before, after, { rules: context.rules, closed: !isCorrectable(o) })
  const written = fields.filter((f) => f.happens === 'applied')
  const corrected = await writeFields(tx, context, { o, change, before, after, fields: written })
  const state = written.length === fields.length ? 'applied' : 'open'
  const households = { before: personOf(before), after: personOf(after) }
  const { import: importId, row } = change
  if (fields.length > 0)
    await writeChanges(tx, [
      { import: importId, row, fields, state, ...encryptHouseholds(context.keys, importId, row, households) },
    ])
  return { fields, corrected }
}

/**
 * Writes what somebody has confirmed. Closed meanwhile, it is to be decided again.
 * @param registered whether the import is: then what happens by itself has been written, and the ledger may say something newer
 */
export async function applyConfirmedChange(
  tx: Sql,
  context: ChangeContext,
  change: ImportChange,
  registered: boolean,
): Promise<ChangeResult> {
  const { o, before, after } = await readBoth(tx, context, change)
  const open = isCorrectable(o)
  const differing = new Set(differingFields(before, after))
  const waiting = change.fields.filter(
    (f) => differing.has(f.field) && !(registered && f.happens === 'applied'),
  )
  const corrected = open
    ? await writeFields(tx, context, { o, change, before, after, fields: waiting })
    : null
  const fields = change.fields.map((f): ChangedField =>
    f.happens === 'applied' ? f : { ...f, happens: open ? 'applied' : 'refused' },
  )
  const { import: importId, row, encrypted, keyId } = change
  const state = open ? 'applied' : 'open'
  await writeChanges(tx, [{ import: importId, row, fields, state, encrypted, keyId }])
  return { fields, corrected }
}

type Both = { o: CorrectedRow; before: WarningContent; after: WarningContent }

/** @throws Error when the obligation is gone, which no code does */
async function readBoth(tx: Sql, { keys }: ChangeContext, change: ImportChange): Promise<Both> {
  const o = await lockForCorrection(tx, change.obligation)
  if (!o) throw new Error(`no obligation ${change.obligation}`)
  const household = (await householdsOf(tx, keys, [o.id])).get(o.id)
  const { level, office: town, issuedAt: issued, cause, group, source } = o
  const before = contentOf({ level, town, issued, cause, group, source }, household ?? undefined)
  const given = decryptHouseholds(keys, change.import, change)?.after ?? personOf(before)
  return { o, before, after: { ...change.content, ...(household === null ? personOf(before) : given) } }
}

type Writing = Both & { change: ImportChange; fields: readonly ChangedField[] }

async function writeFields(
  tx: Sql,
  context: ChangeContext,
  { o, change, before, after, fields }: Writing,
): Promise<Corrected | null> {
  if (fields.length === 0) return null
  const names = new Set(fields.map((f) => f.field))
  const merged = Object.fromEntries(
    Object.entries(before).map(([field, value]) => [
      field,
      names.has(field as ChangedField['field']) ? after[field as keyof WarningContent] : value,
    ]),
  ) as WarningContent
  const { level, town: office, issued: issuedAt, cause, group, source } = merged
  if (fields.some(({ field }) => isPersonal(field)))
    await rewriteHousehold(tx, context.keys, o.id, personOf(merged))
  return correct(tx, context, o, {
    obligation: o.id,
    next: { level, office, issuedAt, cause, group, source },
    contentHash: differingFields(merged, after).length === 0 ? change.contentHash : null,
    detail: { import: change.import, fields: fields.map(historyField) },
  })
}

/** What the history says of a field: an issue by its day. */
function historyField({ field, before, after }: ChangedField) {
  const shown = (value: string | number | null) => (typeof value === 'number' ? dayOf(value) : value)
  return { field, before: shown(before), after: shown(after) }
}
