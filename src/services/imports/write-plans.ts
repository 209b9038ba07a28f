import {
  type ContentField,
  differingFields,
  isPersonal,
  movesDueDay,
  type WarningContent,
} from '../../domain/obligation/changes.ts'
import type { ChangeRules } from '../../domain/obligation/change-rules.ts'
import type { Replaced } from '../../domain/obligation/replaced.ts'
import { dayOf } from '../../domain/time/days.ts'
import type { Sql } from '../../db/pool.ts'
import { rewriteHouseholds } from '../households/rewrite.ts'
import {
  correctAll,
  type CorrectionContext,
  type Corrected,
  type Correction,
} from '../obligations/correct.ts'
import type { Keyring } from '../vault/encryption.ts'
import { encryptHouseholds } from './change-values.ts'
import { removeChanges, writeChanges } from './changes-store.ts'
import { personOf } from './compare-rows.ts'
import { type Plan, publicContentOf } from './plan-change.ts'
import { replaceImportErrors } from './staging.ts'

export type ChangeContext = CorrectionContext & { actor: string; keys: Keyring; rules: ChangeRules }

/** Writes what becomes of the changes of one import: ledger, households, changes and list of problems, each once. */
export async function writePlans(
  tx: Sql,
  context: ChangeContext,
  importId: string,
  plans: readonly Plan[],
): Promise<{ settled: number; corrected: Corrected[] }> {
  const writing = plans
    .filter(({ written }) => written.length > 0)
    .map((plan) => ({ ...plan, merged: mergedOf(plan) }))
  const households = writing
    .filter(({ written }) => written.some(isPersonal))
    .map(({ o, merged }) => ({ obligation: o.id, person: personOf(merged) }))
  await rewriteHouseholds(tx, context.keys, households)
  const corrected = await correctAll(
    tx,
    context,
    writing.map((plan) => correctionOf(plan, plan.merged, context.actor)),
  )
  const settled = plans.filter(({ fields }) => fields.length === 0).map(({ change }) => change.row)
  const moved = new Map(corrected.map((one) => [one.id, one]))
  await writeChanges(
    tx,
    plans
      .filter(({ fields }) => fields.length > 0)
      .map((plan) => changeRow(context.keys, importId, plan, moved.get(plan.o.id))),
  )
  await removeChanges(tx, importId, settled)
  await replaceImportErrors(
    tx,
    importId,
    plans.flatMap(({ issue }) => issue ?? []),
  )
  return { settled: settled.length, corrected }
}

/** The content of the obligation once the fields are written. */
function mergedOf({ before, after, written }: Plan): WarningContent {
  return { ...before, ...Object.fromEntries(written.map((field) => [field, after[field]])) }
}

function correctionOf(plan: Plan, merged: WarningContent, actor: string): Correction {
  const { change, o, before, after, written } = plan
  const { level, town: office, issued: issuedAt, cause, group, source } = merged
  return {
    o,
    next: { level, office, issuedAt, cause, group, source },
    contentHash: differingFields(merged, after).length === 0 ? change.contentHash : null,
    actor: change.decidedBy ?? actor,
    detail: {
      import: change.import,
      fields: written.map((field) => historyField(field, before[field], after[field])),
    },
  }
}

/** What the history says of a field: an issue by its day, and of a household only which field it was. */
export function historyField(
  field: ContentField,
  before: string | number | null,
  after: string | number | null,
) {
  const shown = (value: string | number | null) => {
    if (isPersonal(field)) return null
    return typeof value === 'number' ? dayOf(value) : value
  }
  return { field, before: shown(before), after: shown(after) }
}

function changeRow(keys: Keyring, importId: string, plan: Plan, moved: Corrected | undefined) {
  const { change, fields, state, households, written } = plan
  const { row, replaced } = change
  const { encrypted, keyId } =
    households === null
      ? { encrypted: null, keyId: null }
      : encryptHouseholds(keys, importId, row, households)
  const step = written.length === 0 ? [] : [replacedBy(plan, moved)]
  return { import: importId, row, fields, state, encrypted, keyId, replaced: [...(replaced ?? []), ...step] }
}

function replacedBy({ o, written }: Plan, moved: Corrected | undefined): Replaced {
  const { startOn, dueAt, dueOn, provisional, assignment: open } = o
  const days = { startOn, dueAt, dueOn, provisional }
  const moves = moved && (written.some(movesDueDay) || moved.isReplaced)
  const due = moves && { from: moved.dueBefore, to: moved.dueOn }
  return { fields: [...written], before: publicContentOf(o), ...days, open, ...(due && { due }) }
}
