import { newId } from '../../db/ids.ts'
import { type ImportErrorRow, knownContents, type StagedRow } from './staging.ts'
import { blindIndex, type Keyring, encryptSubject } from '../vault/encryption.ts'
import { warningKey } from '../../domain/obligation/warning-key.ts'
import { REMARK } from '../../ledgers/remark.ts'
import type { ReadBatch, WarningRow } from '../../ledgers/read-warnings.ts'
import type { BaseDeps, EncryptionDeps } from '../deps.ts'

/** What becomes of the rows of a batch: registered, or told about in the file of errors. */
export type ClassifiedRows = { accepted: WarningRow[]; rowIssues: ImportErrorRow[] }

/** What is new goes to staging; what the ledger or the file has already is noted, changed or not (DESIGN, Small decisions). */
export async function classifyRows(
  deps: BaseDeps & EncryptionDeps,
  batch: ReadBatch,
): Promise<ClassifiedRows> {
  const known = new Map(
    (await knownContents(deps.pool, batch.rows.map(keyOf))).map((k) => [k.key, k.contentHash] as const),
  )
  const fresh: WarningRow[] = []
  const notes: ImportErrorRow[] = [...batch.errors]
  for (const row of batch.rows) {
    const before = known.get(keyOf(row))
    if (before === undefined) {
      fresh.push(row)
      notes.push(...remarksOf(row))
    } else notes.push(before?.equals(hashOf(deps.keys, row)) ? again(row) : changed(row))
  }
  return { accepted: fresh, rowIssues: notes.sort((a, b) => a.row - b.row) }
}

function keyOf(row: WarningRow): string {
  return warningKey(row.externalId)
}

/** Keyed: a plain hash of a household's data could be guessed back. Remarks are about the reading and no part of the content. */
function hashOf(keys: Keyring, { row: _row, remarks: _remarks, ...content }: WarningRow): Buffer {
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

function again(row: WarningRow): ImportErrorRow {
  return known(row, 'duplicate', '台账中已有这条预警,内容相同,未重复登记。')
}

function changed(row: WarningRow): ImportErrorRow {
  return known(row, 'changed', '台账中已有这个预警编号,但内容不同;没有改动台账,请核对后在事项中更正。')
}

function known({ row }: WarningRow, rule: ImportErrorRow['rule'], message: string): ImportErrorRow {
  return { row, column: '预警编号', rule, message }
}
