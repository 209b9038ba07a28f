import type { Instant } from '../../domain/time/days.ts'
import type { Sql } from '../../db/pool.ts'
import { obligations } from '../../db/schema/index.ts'
import { columns, selectRows } from '../../db/select-columns.ts'
import { decryptPerson } from '../vault/encryption.ts'
import { changedIssue, duplicateIssue, elsewhereIssue, keptIssue } from './change-words.ts'
import { addChanges, type NewChange } from './changes-store.ts'
import { compareWithLedger, type Incoming, type Verdict } from './compare-rows.ts'
import { keepOvertaken } from './keep-overtaken.ts'
import { addToForecast, emptyForecast, forecaster } from './forecast.ts'
import { addImportErrors, dropRemarks, type ImportErrorRow, nextErrorSeq, type StagedRow } from './staging.ts'
import { keepRepeats, repeatedOf } from './repeats.ts'
import { raisesOnly } from './reach.ts'
import type { ImportRow, Progress } from './store.ts'
import type { ChangeContext } from './write-plans.ts'

/** Rows that were new when they were checked, and that the ledger has by now. */
export type Overtaken = { duplicates: number; changed: number; refused: number; remarked: number }
export const NOTHING_OVERTAKEN: Overtaken = { duplicates: 0, changed: 0, refused: 0, remarked: 0 }

/** Compares the rows of a batch that were not registered, since another import brought their numbers meanwhile, and says so. */
export async function compareOvertaken(
  tx: Sql,
  { keys, rules, county, offices }: ChangeContext,
  found: Pick<ImportRow, 'id' | 'reach'>,
  batch: readonly StagedRow[],
  before: Overtaken,
): Promise<Overtaken> {
  const importId = found.id
  const ours = await selectRows(
    tx,
    columns(obligations, 'o', ['id']),
    'from obligations o where id = any($1)',
    [batch.map((row) => row.obligation)],
  )
  const registered = new Set(ours.map((o) => o.id))
  const rows = batch.filter((row) => !registered.has(row.obligation))
  const reader = { keyOf: (row: StagedRow) => row.key, read: (row: StagedRow) => incomingOf(keys, row) }
  const comparing = { keys, rules, importId, county, raisesOnly: raisesOnly(found) }
  const verdicts = await compareWithLedger(tx, comparing, rows, reader)
  const issues: ImportErrorRow[] = []
  const changes: NewChange[] = []
  const remarked = rows.filter(({ remarks }) => remarks !== null).map(({ row }) => row)
  const after = { ...before, remarked: before.remarked + remarked.length }
  for (const [row, verdict] of verdicts) {
    issues.push(issueOf(row, verdict))
    if (verdict.is === 'changed') changes.push(verdict.change)
    after[COUNTED[verdict.is]] += 1
  }
  await dropRemarks(tx, importId, remarked)
  await addImportErrors(tx, importId, await nextErrorSeq(tx, importId), issues)
  await addChanges(tx, importId, changes)
  await keepRepeats(tx, importId, repeatedOf(verdicts))
  const refused = rows.filter(({ row }) => verdicts.get(row)?.is === 'kept')
  await keepOvertaken(tx, { keys, offices }, importId, refused)
  return after
}

const COUNTED = {
  duplicate: 'duplicates',
  changed: 'changed',
  elsewhere: 'refused',
  kept: 'refused',
} as const

function incomingOf(keys: ChangeContext['keys'], row: StagedRow): Incoming {
  const { level, office: town, issuedAt: issued, cause, group, source } = row
  return {
    ...{ row: row.row, externalId: row.externalId, contentHash: row.contentHash },
    content: () => ({
      ...{ level, town, issued, cause, group, source },
      ...decryptPerson(keys, row.obligation, row.encrypted, row.keyId),
    }),
  }
}

function issueOf(row: number, verdict: Verdict): ImportErrorRow {
  if (verdict.is === 'elsewhere') return elsewhereIssue(row)
  if (verdict.is === 'kept') return keptIssue(row)
  const known = { row, other: verdict.known.importId }
  return verdict.is === 'changed'
    ? changedIssue(known, verdict.change.fields)
    : duplicateIssue(known, verdict.dismissed)
}

type Came = { registered: number; overtaken: Overtaken; settled: number; now: Instant }

/** The counts of an import as they are true once it is registered. */
export async function countsAfterwards(
  tx: Sql,
  found: ImportRow,
  { registered, overtaken, settled, now }: Came,
): Promise<Progress> {
  const counts = {
    accepted: registered,
    duplicates: found.duplicates + overtaken.duplicates + settled,
    changed: found.changed + overtaken.changed - settled,
    refused: found.refused + overtaken.refused,
    remarked: found.remarked - overtaken.remarked,
  }
  return registered === found.accepted ? counts : { ...counts, ...(await sumsOf(tx, found, now)) }
}

/** Sums of what was registered: where all was, those of the check still hold. */
async function sumsOf(tx: Sql, { id, county }: ImportRow, now: Instant): Promise<Progress> {
  const registered = await selectRows(
    tx,
    columns(obligations, 'o', ['level', 'cause', 'group', 'office', 'startOn']),
    'from obligations o where import_id = $1',
    [id],
  )
  const dueOf = await forecaster(tx, county, now)
  const forecast = emptyForecast()
  const byLevel: Record<string, number> = {}
  const byOffice: Record<string, number> = {}
  for (const { level, cause, group, office, startOn } of registered) {
    if (level === null) continue
    byLevel[level] = (byLevel[level] ?? 0) + 1
    byOffice[office] = (byOffice[office] ?? 0) + 1
    addToForecast(forecast, dueOf({ level, cause, group }, startOn, office))
  }
  return { byLevel: byLevel, byOffice: byOffice, forecast }
}
