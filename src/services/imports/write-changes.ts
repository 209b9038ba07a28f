import { addAuditEvent } from '../audit/trail.ts'
import { now as businessNow } from '../schedule/clock.ts'
import { inTransaction, type Sql } from '../../db/pool.ts'
import type { BaseDeps, EncryptionDeps, Heartbeat } from '../deps.ts'
import type { Corrected } from '../obligations/correct.ts'
import { applyByPolicy, applyConfirmedChange, type ChangeContext } from './apply-changes.ts'
import { changedIssue, duplicateIssue } from './change-words.ts'
import { readChangeContext } from './change-context.ts'
import { type ImportChange, lockChanges } from './changes-store.ts'
import { replaceImportError } from './staging.ts'
import { CHANGES_FAILED } from './fail.ts'
import { type ImportRow, lockImport, updateImport } from './store.ts'
import { tellCorrected } from './tell-changes.ts'

/** Each is several statements: a beat must come in time. */
const BATCH = 50

/**
 * As an import is registered, its changes are compared with the ledger as it is now, and what the county's policy applies by
 * itself is written.
 * @returns how many are no changes any more, since the ledger has come to say the same
 */
export async function writeByPolicy(
  tx: Sql,
  context: ChangeContext,
  importId: string,
  beat: Heartbeat,
): Promise<{ settled: number; corrected: Corrected[] }> {
  const corrected: Corrected[] = []
  const settled: number[] = []
  for (let afterRow = 0; ;) {
    const batch = await lockChanges(tx, importId, { state: 'open', afterRow, limit: BATCH })
    if (batch.length === 0) break
    for (const change of batch) {
      const result = await applyByPolicy(tx, context, change)
      const known = { row: change.row, other: null }
      if (result.fields.length === 0) {
        settled.push(change.row)
        await replaceImportError(tx, importId, duplicateIssue(known, false))
      } else if (summaryOf(result.fields) !== summaryOf(change.fields))
        await replaceImportError(tx, importId, changedIssue(known, result.fields))
      if (result.corrected) corrected.push(result.corrected)
    }
    afterRow = batch[batch.length - 1]!.row
    beat(corrected.length)
  }
  await tx.query('delete from import_changes where import = $1 and "row" = any($2)', [importId, settled])
  return { settled: settled.length, corrected }
}

/** What the list of problems says of a change. */
function summaryOf(fields: ImportChange['fields']): string {
  return fields.map(({ field, happens }) => `${field} ${happens}`).join()
}

/** Writes the confirmed changes of an import that is checked, being registered, or registered. */
export async function writeAllConfirmed(
  tx: Sql,
  shared: ChangeContext,
  found: ImportRow,
  beat: Heartbeat,
): Promise<Corrected[]> {
  const corrected: Corrected[] = []
  for (let afterRow = 0; ;) {
    const batch = await lockChanges(tx, found.id, { state: 'confirmed', afterRow, limit: BATCH })
    if (batch.length === 0) return corrected
    for (const change of batch) {
      const context = { ...shared, actor: change.decidedBy ?? found.actor }
      const result = await applyConfirmedChange(tx, context, change, found.state === 'applied')
      if (result.corrected) corrected.push(result.corrected)
    }
    afterRow = batch[batch.length - 1]!.row
    beat(corrected.length)
  }
}

/** Writes the changes of an import that somebody has confirmed, all of them or none, and tells whoever holds what changed. */
export async function writeConfirmed(
  deps: BaseDeps & EncryptionDeps,
  importId: string,
  beat: Heartbeat,
): Promise<void> {
  await inTransaction(deps.pool, async (tx) => {
    const found = await lockImport(tx, importId)
    if (found?.state !== 'validated' && found?.state !== 'applied') return
    const now = await businessNow(tx)
    const shared = await readChangeContext(tx, { ...found, now, keys: deps.keys })
    await recordCorrected(tx, deps, found, await writeAllConfirmed(tx, shared, found, beat), shared)
    if (found.problem?.code === CHANGES_FAILED)
      await updateImport(tx, importId, { state: found.state, problem: null })
  })
}

/** Tells people, and the trail. */
export async function recordCorrected(
  tx: Sql,
  { wallNow }: Pick<BaseDeps, 'wallNow'>,
  { id, county, actor }: ImportRow,
  corrected: readonly Corrected[],
  { offices, now }: ChangeContext,
): Promise<void> {
  const [first] = corrected
  if (first === undefined) return
  const cause = `change/${id}/${first.id}/${first.version}`
  await tellCorrected(tx, { county, cause, offices, now }, corrected)
  await addAuditEvent(tx, {
    ...{ atWall: wallNow(), county, actor, action: 'import.correct', subject: id, outcome: 'done' },
    detail: { corrected: corrected.length },
  })
}
