import type { State } from '../../domain/obligation/vocabulary.ts'
import { IMPORTED_KIND } from '../../kinds/kinds.ts'
import { now as businessNow } from '../schedule/clock.ts'
import { rememberRegisteredSheet } from './remember-sheet.ts'
import { clearStaging, dropUpload, type StagedRow, stagedRows } from './staging.ts'
import { lockImport, type ImportRow, updateImport } from './store.ts'
import { type Office } from '../people/offices.ts'
import { inTransaction, row, type Sql } from '../../db/pool.ts'
import { countLedger } from '../obligations/count-ledger.ts'
import { openRegistrar, type Registration } from '../obligations/register.ts'
import { reviewerOf } from '../obligations/reviewer.ts'
import type { BaseDeps, EncryptionDeps, Heartbeat } from '../deps.ts'
import { placeMended } from './mended-apart.ts'
import { readChangeContext } from './change-context.ts'
import { applyWithdrawals, cancelWithdrawn } from './cancel-withdrawn.ts'
import { dropProposed } from './withdrawals-store.ts'
import { type Overtaken, compareOvertaken, countsAfterwards, NOTHING_OVERTAKEN } from './overtaken.ts'
import { recordCorrected, writeAllConfirmed, writeByPolicy } from './write-changes.ts'
import type { ChangeContext } from './write-plans.ts'

/** Few enough to be garbage soon (ledgers/read-warnings.ts). */
const BATCH = 500

/**
 * Registers the checked rows of an import in one transaction: all of them are owed from now on, or none is. What another import
 * brought since the check is told as such; what changed is written as the county's policy says.
 */
export async function applyStaged(
  deps: BaseDeps & EncryptionDeps,
  importId: string,
  beat: Heartbeat,
): Promise<void> {
  await inTransaction(deps.pool, async (tx) => {
    const found = await lockImport(tx, importId)
    if (found?.state !== 'applying') return
    const now = await businessNow(tx)
    if (await isOfCancelled(tx, found)) {
      await clearStaging(tx, importId)
      await dropUpload(tx, importId)
      return void (await updateImport(tx, importId, {
        state: 'failed',
        problem: OF_CANCELLED,
        finishedAt: now,
      }))
    }
    await rememberRegisteredSheet(tx, deps, found, now)
    if (found.kind === 'withdrawals') return applyWithdrawals(tx, deps, found, now, beat)
    await placeMended(tx, found)
    const context = await readChangeContext(tx, { ...found, now, keys: deps.keys })
    const { registered, overtaken } = await registerAll(tx, found, context, beat)
    const confirmed = await writeAllConfirmed(tx, context, found, beat)
    const { settled, corrected } = await writeByPolicy(tx, context, found, beat)
    await recordCorrected(tx, deps, found, [...confirmed.corrected, ...corrected], context)
    // Whoever registered the rows alone has given up the claim that the file is complete.
    const dropped = found.completeFrom === null ? dropProposed(tx, importId) : undefined
    await Promise.all([dropped, dropUpload(tx, importId), cancelWithdrawn(tx, deps, found, now, beat)])
    const counts = await countsAfterwards(tx, found, { registered, overtaken, settled, now })
    await updateImport(tx, importId, { state: 'applied', registered, finishedAt: now, ...counts })
  })
}

const OF_CANCELLED = {
  code: 'comparison-cancelled',
  message: '这件数据比对已经撤销,没有登记任何一行,也不用再导入。',
}

/**
 * Whether it holds hits of a comparison that was cancelled while the file waited: nobody is to work on them. Nobody cancels it until
 * the transaction ends.
 */
async function isOfCancelled(tx: Sql, { comparison }: ImportRow): Promise<boolean> {
  if (comparison === null) return false
  const locked = 'select state from obligations where id = $1 for share'
  return (await row<{ state: State }>(tx, locked, [comparison]))?.state === 'cancelled'
}

async function registerAll(
  tx: Sql,
  found: ImportRow,
  context: ChangeContext,
  beat: Heartbeat,
): Promise<{ registered: number; overtaken: Overtaken }> {
  const { county, actor, silent } = found
  const registrar = await openRegistrar(tx, { county, actor, now: context.now, silent })
  const offices = new Map(context.offices.map((o) => [o.code, o]))
  let registered = 0
  let overtaken = NOTHING_OVERTAKEN
  for (let after = 0; ;) {
    const batch = await stagedRows(tx, found.id, after, BATCH)
    if (batch.length === 0) return { registered, overtaken }
    const fresh = await registrar.add(batch.map((row) => registrationOf(row, found.id, offices)))
    if (fresh < batch.length) overtaken = await compareOvertaken(tx, context, found, batch, overtaken)
    registered += fresh
    if (batch.length < BATCH) return { registered, overtaken }
    if (after === 0) await countLedger(tx)
    after = batch[batch.length - 1]!.row
    beat(registered)
  }
}

function registrationOf(row: StagedRow, importId: string, offices: Map<string, Office>): Registration {
  const { key, externalId, office, level, cause, group, source, issuedAt, startOn, contentHash } = row
  const { encrypted, keyId, idNoIndex, phoneIndex, indexKeyId, remarks } = row
  return {
    id: row.obligation,
    key,
    externalId,
    kind: IMPORTED_KIND.code,
    facts: remarks === null ? {} : { remarks },
    title: IMPORTED_KIND.title({ level, cause, facts: {} }),
    phase: IMPORTED_KIND.phase,
    office,
    reviewer: reviewerOf(offices.get(office)!, [...offices.values()]),
    level,
    cause,
    group,
    source,
    issuedAt,
    startOn,
    fixedDueOn: null,
    importId,
    contentHash,
    subject: { encrypted, keyId, idNoIndex, phoneIndex, indexKeyId },
  }
}
