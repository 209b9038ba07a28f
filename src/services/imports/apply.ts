import { IMPORTED_KIND } from '../../kinds/kinds.ts'
import { now as businessNow } from '../schedule/clock.ts'
import { dropUpload, type StagedRow, stagedRows } from './staging.ts'
import { lockImport, type ImportRow, updateImport } from './store.ts'
import { type Office, officesUnder } from '../people/offices.ts'
import { inTransaction, type Sql } from '../../db/pool.ts'
import { countLedger, openRegistrar, type Registration } from '../obligations/register.ts'
import { reviewerOf } from '../obligations/reviewer.ts'
import type { BaseDeps, Heartbeat } from '../deps.ts'

/** Few enough to be garbage soon (ledgers/read-warnings.ts). */
const BATCH = 500

/** Registers the checked rows of an import in one transaction: all of them are owed from now on, or none is. */
export async function applyStaged(deps: BaseDeps, importId: string, beat: Heartbeat): Promise<void> {
  await inTransaction(deps.pool, async (tx) => {
    const found = await lockImport(tx, importId)
    if (found?.state !== 'applying') return
    const now = await businessNow(tx)
    const registered = await registerAll(tx, found, now, beat)
    await dropUpload(tx, importId)
    await updateImport(tx, importId, { state: 'applied', registered, finishedAt: now })
  })
}

async function registerAll(tx: Sql, found: ImportRow, now: number, beat: Heartbeat): Promise<number> {
  const { county, actor, silent } = found
  const registrar = await openRegistrar(tx, { county, actor, now, silent })
  const offices = new Map((await officesUnder(tx, county)).map((o) => [o.code, o]))
  let registered = 0
  for (let after = 0; ;) {
    const batch = await stagedRows(tx, found.id, after, BATCH)
    if (batch.length === 0) return registered
    registered += await registrar.add(batch.map((row) => registrationOf(row, found.id, offices)))
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
