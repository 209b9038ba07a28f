import type { Sql } from '../../db/pool.ts'
import type { ScopedReads } from '../../db/row-scope.ts'
import { errorLines, ERRORS_HEAD } from '../../ledgers/errors-csv.ts'
import { mendableHeadLine, mendableLines } from '../../ledgers/mendable-csv.ts'
import { MAY_BE_OUTSIDE_REACH } from '../../ledgers/row-error.ts'
import { nextRefused, type RefusedRows } from '../../services/imports/refused-rows.ts'
import { type ImportErrorRow, importErrors, importErrorsOfRows } from '../../services/imports/staging.ts'
import type { Keyring } from '../../services/vault/encryption.ts'

const PAGE = 1_000

/**
 * The list of problems, page by page. No transaction waits for a slow reader.
 * @param without rows that are registered elsewhere by now
 */
export async function* problemPages(
  db: ScopedReads,
  importId: string,
  without: readonly number[],
): AsyncGenerator<string> {
  yield ERRORS_HEAD
  for (let after = -1; ;) {
    const page = await db.together(() => importErrors(db, importId, after, PAGE))
    if (page.length === 0) return
    yield errorLines(page.filter(({ row }) => !without.includes(row)))
    after = page[page.length - 1]!.seq
  }
}

/** The refused rows with their problems, as many at once as one batch of the reading refused. @throws UnknownKey, DecryptionFailed */
export async function* refusedPages(
  db: ScopedReads,
  keys: Keyring,
  importId: string,
  how: { masked: boolean; withinReach?: boolean; without: readonly number[] },
): AsyncGenerator<string> {
  for (let after = 0, head = true; ; head = false) {
    const page = await db.together(async () => {
      const part = await nextRefused(db, keys, importId, after)
      return part && { part, problems: await importErrorsOfRows(db, importId, after + 1, lastRowOf(part)) }
    })
    if (!page) return
    if (head) yield mendableHeadLine(page.part.head)
    const part = leftOf(page.part, how.without)
    yield mendableLines(how.withinReach ? withinReach({ ...page, part }) : part, page.problems, how)
    after = lastRowOf(page.part)
  }
}

/** Without the rows that tell, or may tell, of a household outside the reach of their file. */
function withinReach({ part, problems }: { part: RefusedRows; problems: ImportErrorRow[] }): RefusedRows {
  const outside = new Set(
    problems.filter(({ rule }) => MAY_BE_OUTSIDE_REACH.includes(rule)).map(({ row }) => row),
  )
  return { ...part, rows: part.rows.filter(({ row }) => !outside.has(row)) }
}

/** Without the rows that are registered elsewhere by now. */
function leftOf(part: RefusedRows, without: readonly number[]): RefusedRows {
  return { ...part, rows: part.rows.filter(({ row }) => !without.includes(row)) }
}

/** How many rows the trail says were read. */
export async function countRefused(
  tx: Sql,
  keys: Keyring,
  importId: string,
  without: readonly number[],
): Promise<number> {
  let count = 0
  for (let after = 0; ;) {
    const part = await nextRefused(tx, keys, importId, after)
    if (!part) return count
    count += leftOf(part, without).rows.length
    after = lastRowOf(part)
  }
}

function lastRowOf({ rows }: RefusedRows): number {
  return rows[rows.length - 1]!.row
}
