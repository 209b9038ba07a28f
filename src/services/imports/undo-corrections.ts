import { isPersonal } from '../../domain/obligation/changes.ts'
import type { Instant } from '../../domain/time/days.ts'
import type { Sql } from '../../db/pool.ts'
import type { Heartbeat } from '../deps.ts'
import { rewriteHouseholds } from '../households/rewrite.ts'
import { correctAll, type Corrected, type Correction } from '../obligations/correct.ts'
import { lockForCorrection } from '../obligations/corrected-row.ts'
import type { Keyring } from '../vault/encryption.ts'
import { readChangeContext } from './change-context.ts'
import { decryptHouseholds } from './change-values.ts'
import { lockWritten, type ImportChange } from './changes-store.ts'
import { personOf } from './compare-rows.ts'
import { contentOf, householdsOf } from './ledger-content.ts'
import { publicContentOf } from './plan-change.ts'
import { planRestore, type RestorePlan, type WrittenChange } from './plan-restore.ts'
import type { ImportRow } from './store.ts'
import { tellCorrected } from './tell-changes.ts'
import { historiesOf } from './undo-history.ts'
import { leftWords } from './undo-words.ts'
import { type ChangeContext, historyField } from './write-plans.ts'

const BATCH = 250

/** How many warnings say again what they said, and which of them do not in everything, with the reason. */
export type TakenBack = { restored: number; left: { externalId: string; message: string }[] }

/** Takes back what an import has corrected, as far as nobody has changed it since, and tells whoever holds it. */
export async function undoCorrections(
  tx: Sql,
  keys: Keyring,
  found: ImportRow,
  now: Instant,
  beat: Heartbeat,
): Promise<TakenBack> {
  const context = await readChangeContext(tx, { ...found, now, keys })
  const all: TakenBack = { restored: 0, left: [] }
  const corrected: Corrected[] = []
  for (let afterRow = 0; ;) {
    const batch = await lockWritten(tx, found.id, { afterRow, limit: BATCH })
    if (batch.length === 0) break
    const plans = (await readWritten(tx, context, batch)).map(planRestore)
    corrected.push(...(await restoreAll(tx, context, plans)))
    for (const { change, left } of plans)
      if (left.length > 0) all.left.push({ externalId: change.externalId, message: leftWords(left) })
    afterRow = batch[batch.length - 1]!.row
    beat(corrected.length)
  }
  const { county, offices } = context
  await tellCorrected(tx, { county, cause: `restore/${found.id}`, offices, now }, corrected, 'undone')
  return { ...all, restored: corrected.length }
}

async function readWritten(
  tx: Sql,
  { keys, offices }: ChangeContext,
  changes: readonly ImportChange[],
): Promise<WrittenChange[]> {
  const ids = changes.map(({ obligation }) => obligation)
  const locked = await lockForCorrection(tx, ids)
  const households = await householdsOf(tx, keys, ids)
  const histories = await historiesOf(tx, ids)
  const codes = new Set(offices.map(({ code }) => code))
  return changes.map((change) => {
    const o = locked.get(change.obligation)
    const history = histories.get(change.obligation)
    if (!o || !history) throw new Error(`no obligation ${change.obligation}`)
    const household = households.get(o.id) ?? null
    const current = contentOf(publicContentOf(o), household ?? undefined)
    const stored = decryptHouseholds(keys, change.import, change)
    return { change, o, current, household, stored, history, offices: codes }
  })
}

async function restoreAll(
  tx: Sql,
  context: ChangeContext,
  plans: readonly RestorePlan[],
): Promise<Corrected[]> {
  const restoring = plans.filter(({ fields }) => fields.length > 0)
  const households = restoring
    .filter(({ fields }) => fields.some(isPersonal))
    .map(({ o, next }) => ({ obligation: o.id, person: personOf(next) }))
  await rewriteHouseholds(tx, context.keys, households)
  return correctAll(
    tx,
    context,
    restoring.map((plan) => correctionOf(plan, context.actor)),
  )
}

function correctionOf({ change, o, fields, current, next, days }: RestorePlan, actor: string): Correction {
  const { level, town: office, issued: issuedAt, cause, group, source } = next
  return {
    ...{ o, actor, restores: days },
    next: { level, office, issuedAt, cause, group, source },
    contentHash: null,
    detail: {
      import: change.import,
      undone: true,
      fields: fields.map((field) => historyField(field, current[field], next[field])),
    },
  }
}
