import { keyInCapitals, warningKey, warningKeysOf } from '../../domain/obligation/warning-key.ts'
import { inTransaction, type Sql } from '../../db/pool.ts'
import { warningNumberOf } from '../../ledgers/external-id.ts'
import type { ReadBatch } from '../../ledgers/read-warnings.ts'
import { readWithdrawals, type Withdrawal, type WithdrawalBatch } from '../../ledgers/read-withdrawals.ts'
import type { Keyring } from '../vault/encryption.ts'
import { HeadKnown, type Mapping, plainChunks, type Reading, type Staged } from './reading.ts'
import { addImportErrors, type ImportErrorRow, nextErrorSeq } from './staging.ts'
import { type ImportRow, updateImport } from './store.ts'
import { orSuperseded } from './superseded.ts'
import { emptyTally } from './tally.ts'
import { encryptedReason } from './withdrawal-reasons.ts'
import { keptIssue, notInLedger, numberMissing, numberTwice } from './withdrawal-words.ts'
import {
  addWithdrawals,
  type Candidate,
  candidatesByKey,
  keptBecause,
  openWarningsBeside,
} from './withdrawals-store.ts'

/** Proposes what a file of withdrawals names; what may not be cancelled is said row by row. */
export async function stageWithdrawals(
  { deps, found, beat }: Reading,
  { columns, sheet }: Mapping,
  isKnown: (head: string) => boolean,
): Promise<Staged> {
  const { id: importId, county } = found
  const tally = { ...emptyTally(), forecast: null }
  const staged: Staged = {
    ...{
      tally,
      head: null,
      words: [],
      skipped: [],
      unexplained: 0,
      notes: [],
      sheetRead: null,
      candidates: null,
    },
    ...{ otherSheets: [], explained: [] },
  }
  const seen = new Map<string, number>()
  for await (const batch of readWithdrawals(plainChunks(deps, importId), { columns, sheet })) {
    const { rows, head, notes, sheetRead, candidates, otherSheets } = batch
    if (isKnown(head.digest)) throw new HeadKnown(head.digest)
    Object.assign(staged, { head, notes, sheetRead, candidates, otherSheets })
    const { issues, proposed } = await judge(deps.pool, county, rows, seen)
    const before = tally.rows
    countWithdrawals(tally, batch, issues, proposed)
    await inTransaction(deps.pool, async (tx) => {
      await orSuperseded(updateImport(tx, importId, tally, 'validating', before))
      await addWithdrawals(
        tx,
        importId,
        proposed.map((one) => withdrawalRow(deps.keys, importId, one)),
      )
      await addImportErrors(tx, importId, await nextErrorSeq(tx, importId), issues)
    })
    beat(tally.rows)
  }
  return staged
}

function countWithdrawals(
  tally: Staged['tally'],
  { processed, encoding }: Pick<WithdrawalBatch, 'processed' | 'encoding'>,
  issues: readonly ImportErrorRow[],
  proposed: readonly Proposed[],
): void {
  const twice = issues.filter((i) => i.rule === 'duplicate').length
  tally.encoding = encoding
  tally.rows = processed
  tally.accepted += proposed.length
  tally.duplicates += twice
  tally.refused += issues.length - twice
  for (const { candidate } of proposed) addSums(tally, candidate)
}

function withdrawalRow(keys: Keyring, importId: string, { row, externalId, reason, candidate }: Proposed) {
  return { row, externalId, obligation: candidate.id, ...encryptedReason(keys, importId, reason) }
}

type Proposed = Withdrawal & { candidate: Candidate }

async function judge(
  sql: Sql,
  county: string,
  rows: readonly Withdrawal[],
  seen: Map<string, number>,
): Promise<{ issues: ImportErrorRow[]; proposed: Proposed[] }> {
  const candidates = await candidatesByKey(
    sql,
    county,
    rows.flatMap((row) => warningKeysOf(warningKey(row.externalId))),
  )
  const known = new Map(candidates.map((c) => [keyInCapitals(c.key ?? ''), c]))
  const issues: ImportErrorRow[] = []
  const proposed: Proposed[] = []
  for (const row of rows) {
    const candidate = known.get(keyInCapitals(warningKey(row.externalId)))
    const why = candidate && keptBecause(candidate)
    const capitals = row.externalId.toUpperCase()
    const first = seen.get(capitals)
    if (row.externalId === '') issues.push(numberMissing(row.row))
    else if (first !== undefined) issues.push(numberTwice(row.row, first))
    else if (!candidate) issues.push(notInLedger(row.row))
    else if (why) issues.push(keptIssue(row.row, row.externalId, why))
    else proposed.push({ ...row, candidate })
    seen.set(capitals, first ?? row.row)
  }
  return { issues, proposed }
}

/**
 * Proposes to cancel what is missing from a file that claims to hold every warning of some days.
 * @param seen every number of the file, those of refused rows too
 */
export async function proposeMissing(
  tx: Sql,
  { id: importId, county, completeFrom: from, completeUntil: until }: ImportRow,
  seen: ReadonlySet<string>,
): Promise<void> {
  if (from === null || until === null) return
  const missing = await openWarningsBeside(tx, { county, from, until }, [...seen])
  await addWithdrawals(
    tx,
    importId,
    missing.map((candidate) => ({
      obligation: candidate.id,
      externalId: candidate.externalId ?? '',
      state: keptBecause(candidate) === null ? 'open' : 'kept',
    })),
  )
}

/** Takes note of every number of a batch. */
export function seeNumbers(seen: Set<string>, { rows, refused, refusedHead }: ReadBatch): void {
  for (const { externalId } of rows) seeBothCases(seen, externalId)
  const at = refusedHead.at.externalId
  if (at !== undefined) for (const { cells } of refused) seeBothCases(seen, warningNumberOf(cells[at] ?? ''))
}

/** The ledger may have a number in capitals or not. */
function seeBothCases(seen: Set<string>, number: string): void {
  seen.add(number).add(number.toUpperCase()).add(number.toLowerCase())
}

/** Counts a warning with its level and its town. */
export function addSums(
  { byLevel, byOffice }: Pick<ImportRow, 'byLevel' | 'byOffice'>,
  { level, office }: Candidate,
): void {
  if (level !== null) byLevel[level] = (byLevel[level] ?? 0) + 1
  byOffice[office] = (byOffice[office] ?? 0) + 1
}
