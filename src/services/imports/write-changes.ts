import { addAuditEvent } from '../audit/trail.ts'
import { now as businessNow } from '../schedule/clock.ts'
import { inTransaction, type Sql } from '../../db/pool.ts'
import type { BaseDeps, EncryptionDeps, Heartbeat } from '../deps.ts'
import type { Corrected } from '../obligations/correct.ts'
import { lockForCorrection } from '../obligations/corrected-row.ts'
import { readChangeContext } from './change-context.ts'
import { type ImportChange, lockChanges } from './changes-store.ts'
import { CHANGES_FAILED } from './fail.ts'
import { householdsOf } from './ledger-content.ts'
import { type Both, bothOf, type Plan, planByPolicy, planConfirmed } from './plan-change.ts'
import { type ImportRow, lockImport, updateImport } from './store.ts'
import { tellCorrected } from './tell-changes.ts'
import { type ChangeContext, writePlans } from './write-plans.ts'

/** Few enough for a beat in time. */
const BATCH = 250

/** `settled`: how many are no changes any more, since the ledger has come to say the same. */
type Written = { settled: number; corrected: Corrected[] }

/**
 * As an import is registered, its changes are compared with the ledger as it is now, and what the county's policy applies by
 * itself is written.
 */
export function writeByPolicy(
  tx: Sql,
  context: ChangeContext,
  found: ImportRow,
  beat: Heartbeat,
): Promise<Written> {
  return writeAll(tx, context, found, { state: 'open', plan: planByPolicy(context.rules) }, beat)
}

/** Writes the confirmed changes of an import that is checked, being registered, or registered. */
export function writeAllConfirmed(
  tx: Sql,
  context: ChangeContext,
  found: ImportRow,
  beat: Heartbeat,
): Promise<Written> {
  const plan = planConfirmed(context.keys, found.state === 'applied')
  return writeAll(tx, context, found, { state: 'confirmed', plan }, beat)
}

/** Which changes are written, and what becomes of each. */
type Way = { state: ImportChange['state']; plan: (both: Both) => Plan }

async function writeAll(
  tx: Sql,
  context: ChangeContext,
  { id }: ImportRow,
  { state, plan }: Way,
  beat: Heartbeat,
): Promise<Written> {
  const all: Written = { settled: 0, corrected: [] }
  for (let afterRow = 0; ;) {
    const batch = await lockChanges(tx, id, { state, afterRow, limit: BATCH })
    if (batch.length === 0) return all
    const plans = (await readBoth(tx, context, batch)).map(plan)
    const { settled, corrected } = await writePlans(tx, context, id, plans)
    all.settled += settled
    all.corrected.push(...corrected)
    afterRow = batch[batch.length - 1]!.row
    beat(all.corrected.length)
  }
}

/** @throws Error when an obligation is gone, which no code does */
async function readBoth(tx: Sql, { keys }: ChangeContext, changes: readonly ImportChange[]): Promise<Both[]> {
  const ids = changes.map(({ obligation }) => obligation)
  const locked = await lockForCorrection(tx, ids)
  const households = await householdsOf(tx, keys, ids)
  return changes.map((change) => {
    const o = locked.get(change.obligation)
    if (!o) throw new Error(`no obligation ${change.obligation}`)
    return bothOf(keys, change, o, households.get(o.id))
  })
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
    const context = await readChangeContext(tx, { ...found, now, keys: deps.keys })
    const { corrected } = await writeAllConfirmed(tx, context, found, beat)
    await recordCorrected(tx, deps, found, corrected, context)
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
