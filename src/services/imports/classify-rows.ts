import { newId } from '../../db/ids.ts'
import type { ImportErrorRow, StagedRow } from './staging.ts'
import { blindIndex, type Keyring, encryptSubject } from '../vault/encryption.ts'
import { warningKey } from '../../domain/obligation/warning-key.ts'
import { REMARK } from '../../ledgers/remark.ts'
import type { ReadBatch, RefusedRow, WarningRow } from '../../ledgers/read-warnings.ts'
import type { BaseDeps, EncryptionDeps } from '../deps.ts'
import { changedIssue, duplicateIssue, elsewhereIssue, keptIssue } from './change-words.ts'
import type { NewChange } from './changes-store.ts'
import { type Repeated, repeatedOf } from './repeats.ts'
import { compareWithLedger, type Comparing, type Incoming } from './compare-rows.ts'

/**
 * What becomes of the rows of a batch: registered, told about in the list of problems, or proposed as changes. `mendable`: those that are
 * refused as they stand, in the order of the file.
 */
type ClassifiedRows = {
  accepted: WarningRow[]
  rowIssues: ImportErrorRow[]
  changes: NewChange[]
  mendable: RefusedRow[]
  /** What the county's ledger has already. */
  repeated: Repeated[]
}

/** What is new goes to staging; what the ledger or the file has already is noted, changed or not (DESIGN, Small decisions). */
export async function classifyRows(
  deps: BaseDeps & EncryptionDeps,
  batch: Pick<ReadBatch, 'rows' | 'errors' | 'undecided' | 'refused' | 'taken'>,
  comparing: Omit<Comparing, 'keys'>,
): Promise<ClassifiedRows> {
  const { keys, pool } = deps
  const undecided = new Set(batch.undecided)
  const read = (row: WarningRow) => ({ ...incomingOf(keys, row), undecided: undecided.has(row.row) })
  const reader = { keyOf, read }
  const verdicts = await compareWithLedger(pool, { ...comparing, keys }, batch.rows, reader)
  const accepted: WarningRow[] = []
  const rowIssues: ImportErrorRow[] = [...batch.errors]
  const changes: NewChange[] = []
  const kept = new Set<number>()
  for (const row of batch.rows) {
    const verdict = verdicts.get(row.row)
    const known = { row: row.row, other: null }
    if (verdict === undefined) {
      accepted.push(row)
      rowIssues.push(...remarksOf(row))
    } else if (verdict.is === 'elsewhere') rowIssues.push(elsewhereIssue(row.row))
    else if (verdict.is === 'kept') {
      rowIssues.push(keptIssue(row.row))
      kept.add(row.row)
    } else if (verdict.is === 'duplicate') rowIssues.push(duplicateIssue(known, verdict.dismissed))
    else {
      rowIssues.push(changedIssue(known, verdict.change.fields))
      changes.push(verdict.change)
    }
  }
  const inOrder = <Row extends { row: number }>(list: Row[]) => list.sort((a, b) => a.row - b.row)
  const mendable = [...batch.refused, ...(batch.taken ?? []).filter(({ row }) => kept.has(row))]
  return {
    accepted,
    rowIssues: inOrder(rowIssues),
    changes,
    mendable: inOrder(mendable),
    repeated: repeatedOf(verdicts),
  }
}

function incomingOf(keys: Keyring, row: WarningRow): Incoming {
  const { level, officeCode: town, issuedAt: issued, cause, group, source, person } = row
  return {
    ...{ row: row.row, externalId: row.externalId, contentHash: hashOf(keys, row) },
    content: () => ({ level, town, issued, cause, group, source, ...person }),
  }
}

function keyOf(row: WarningRow): string {
  return warningKey(row.externalId)
}

/**
 * Keyed: a plain hash of a household's data could be guessed back. Remarks are about the reading and no part of the content. The
 * order of the fields is that of all hashes in the ledger.
 */
export function hashOf(keys: Keyring, row: WarningRow): Buffer {
  const { externalId, issuedOn, issuedAt, level, cause, group, source, officeCode, person } = row
  const content = { externalId, issuedOn, issuedAt, level, cause, group, source, officeCode, person }
  return blindIndex(keys, 'content', JSON.stringify(content)) ?? Buffer.alloc(0)
}

/** Encrypted as they are asked for: a batch of households in the clear and encrypted at once would be twice as much. */
export function* encryptedOneByOne(keys: Keyring, rows: readonly WarningRow[]): Generator<StagedRow> {
  for (const row of rows) yield stagedOf(keys, row)
}

function stagedOf(keys: Keyring, row: WarningRow): StagedRow {
  const { externalId, officeCode: office, level, cause, group, source, issuedAt, issuedOn: startOn } = row
  const obligation = newId('ob')
  return {
    row: row.row,
    obligation,
    key: keyOf(row),
    externalId,
    office,
    level,
    cause,
    group,
    source,
    issuedAt,
    startOn,
    contentHash: hashOf(keys, row),
    remarks: row.remarks.length === 0 ? null : [...row.remarks],
    ...encryptSubject(keys, obligation, row.person),
  }
}

/** What was not understood of a row that goes in. */
function remarksOf({ row, remarks }: WarningRow): ImportErrorRow[] {
  return remarks.map(({ column, message }) => ({ row, column, rule: REMARK, message }))
}
