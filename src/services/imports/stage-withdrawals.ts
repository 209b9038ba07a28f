import { keyInCapitals, warningKey, warningKeysOf } from '../../domain/obligation/warning-key.ts'
import { inTransaction, type Sql } from '../../db/pool.ts'
import type { Chunks } from '../../ledgers/decode.ts'
import { warningNumberOf } from '../../ledgers/external-id.ts'
import type { ReadBatch } from '../../ledgers/read-warnings.ts'
import { readWithdrawals, type Withdrawal } from '../../ledgers/read-withdrawals.ts'
import type { BaseDeps, Heartbeat } from '../deps.ts'
import { addImportErrors, type ImportErrorRow, nextErrorSeq } from './staging.ts'
import type { ImportRow } from './store.ts'
import { keptIssue, notInLedger, numberMissing, numberTwice } from './withdrawal-words.ts'
import {
  addWithdrawals,
  type Candidate,
  candidatesByKey,
  keptBecause,
  openWarningsBeside,
} from './withdrawals-store.ts'

type Counts = Pick<ImportRow, 'encoding' | 'rows' | 'accepted' | 'duplicates' | 'refused'>
type Sums = Pick<ImportRow, 'byLevel' | 'byOffice'>
export type WithdrawalTally = Counts & Sums

/**
 * Proposes what a file of withdrawals names; what may not be cancelled is said row by row.
 * @param save writes how far it has come, and throws where another attempt took over
 */
export async function stageWithdrawals(
  deps: BaseDeps,
  { id: importId, county }: ImportRow,
  chunks: Chunks,
  save: (tx: Sql, tally: WithdrawalTally, rowsBefore: number) => Promise<void>,
  beat: Heartbeat,
): Promise<WithdrawalTally> {
  const tally: WithdrawalTally = {
    ...{ encoding: null, rows: 0, accepted: 0, duplicates: 0, refused: 0, byLevel: {}, byOffice: {} },
  }
  const seen = new Set<string>()
  for await (const { rows, processed, encoding } of readWithdrawals(chunks)) {
    const { issues, proposed } = await judge(deps.pool, county, rows, seen)
    const before = tally.rows
    tally.encoding = encoding
    tally.rows = processed
    tally.accepted += proposed.length
    tally.duplicates += issues.filter((i) => i.rule === 'duplicate').length
    tally.refused += issues.filter((i) => i.rule !== 'duplicate').length
    for (const { candidate } of proposed) addSums(tally, candidate)
    await inTransaction(deps.pool, async (tx) => {
      await save(tx, tally, before)
      await addWithdrawals(
        tx,
        importId,
        proposed.map(({ row, externalId, candidate }) => ({ row, externalId, obligation: candidate.id })),
      )
      await addImportErrors(tx, importId, await nextErrorSeq(tx, importId), issues)
    })
    beat(processed)
  }
  return tally
}

type Proposed = Withdrawal & { candidate: Candidate }

async function judge(
  sql: Sql,
  county: string,
  rows: readonly Withdrawal[],
  seen: Set<string>,
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
    if (row.externalId === '') issues.push(numberMissing(row.row))
    else if (seen.has(row.externalId.toUpperCase())) issues.push(numberTwice(row.row))
    else if (!candidate) issues.push(notInLedger(row.row))
    else if (why) issues.push(keptIssue(row.row, row.externalId, why))
    else proposed.push({ ...row, candidate })
    seen.add(row.externalId.toUpperCase())
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

function addSums({ byLevel, byOffice }: Sums, { level, office }: Candidate): void {
  if (level !== null) byLevel[level] = (byLevel[level] ?? 0) + 1
  byOffice[office] = (byOffice[office] ?? 0) + 1
}
