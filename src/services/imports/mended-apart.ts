import { rows, type Sql } from '../../db/pool.ts'
import { REMARK } from '../../ledgers/remark.ts'
import type { ImportRow } from './store.ts'

/** The farthest row of a file of mended rows that is told apart: it has a thousand at most, and a few lines that are none. */
const LAST_PLACED = 10_000
/** Rules of rows that were not refused. */
const TAKEN = ['duplicate', 'changed', REMARK]

/** Rules of rows that are in the ledger as they stand there. */
const SETTLED = ['duplicate', REMARK]

type MendingImport = Pick<ImportRow, 'id' | 'filename' | 'state' | 'rows' | 'version'>
type Found = MendingImport & { mends: string; mendsRows: number[]; unsettled: number[] }

/** What became of the rows of an import that were mended once its good rows were registered. */
export type MendedApart = {
  /** The import whose rows this one mends. */
  mends: Pick<ImportRow, 'id' | 'filename'> | null
  /** The imports that mend rows of this one, the earlier first. */
  mendedBy: MendingImport[]
  /** Rows of this one that are registered with one of these, or with one that mends what those refused. */
  settled: number[]
}

/** Of each of these imports, by id, as far as the reader sees the others. */
export async function mendedApart(
  sql: Sql,
  imports: readonly Pick<ImportRow, 'id' | 'mends'>[],
): Promise<Map<string, MendedApart>> {
  const ids = imports.map(({ id }) => id)
  const below = await mendingBelow(sql, ids)
  const names = await namesOf(
    sql,
    imports.flatMap(({ mends }) => mends ?? []),
  )
  return new Map(
    imports.map(({ id, mends }) => [
      id,
      {
        mends: mends !== null && names.has(mends) ? { id: mends, filename: names.get(mends)! } : null,
        mendedBy: below.filter((one) => one.mends === id),
        settled: [...settledOf(id, below)].sort((a, b) => a - b),
      },
    ]),
  )
}

/** Which of these rows were refused and are registered nowhere yet. */
export async function rowsToMend(
  sql: Sql,
  one: Pick<ImportRow, 'id' | 'mends'>,
  asked: readonly number[],
): Promise<Set<number>> {
  const refused = await rows<{ row: number }>(
    sql,
    `select distinct "row" from import_errors where import = $1 and "row" = any($2) and rule <> all($3)`,
    [one.id, asked, TAKEN],
  )
  const settled = (await mendedApart(sql, [one])).get(one.id)?.settled ?? []
  return new Set(refused.map(({ row }) => row).filter((row) => !settled.includes(row)))
}

/**
 * Before its rows are registered, notes of a file of mended rows which of its rows stand where: a title above its head, or a line that is no
 * row, moves them. The first row that was read mends the first that was named, and so on; where there are more or fewer, none mends any.
 */
export async function placeMended(
  tx: Sql,
  { id, mends, mendsRows }: Pick<ImportRow, 'id' | 'mends' | 'mendsRows'>,
): Promise<void> {
  if (mends === null || mendsRows === null) return
  const read = await rows<{ row: number }>(
    tx,
    `select "row" from import_rows where import = $1 union select "row" from import_errors where import = $1 order by 1`,
    [id],
  )
  const placed = new Map(read.map(({ row }, i) => [row, mendsRows[i]]))
  const last = read.length === mendsRows.length ? (read.at(-1)?.row ?? 0) : 0
  const length = last > LAST_PLACED ? 0 : Math.max(0, last - FIRST_ROW + 1)
  const list = Array.from({ length }, (_, i) => placed.get(i + FIRST_ROW) ?? NO_ROW)
  await tx.query('update imports set mends_rows = $2 where id = $1', [id, JSON.stringify(list)])
}

/** All that mend rows of these, and rows of those again. Of what is registered with the rows that are not in the ledger as they stand there. */
function mendingBelow(sql: Sql, ids: readonly string[]): Promise<Found[]> {
  return rows<Found>(
    sql,
    `with recursive below as (
       select i.* from imports i where i.mends = any($1) union all select i.* from imports i join below b on i.mends = b.id)
     select distinct on (b.id) b.id, b.filename, b.state, b."rows", b.version, b.mends, b.mends_rows as "mendsRows",
            array(select distinct e."row" from import_errors e
                   where e.import = b.id and b.state = 'applied' and e.rule <> all($2)
                     and not (e.rule = 'changed' and exists (
                       select from import_changes c where c.import = e.import and c."row" = e."row" and c.state = 'applied'))) as unsettled
       from below b order by b.id`,
    [ids, SETTLED],
  )
}

async function namesOf(sql: Sql, ids: readonly string[]): Promise<Map<string, string>> {
  if (ids.length === 0) return new Map()
  const found = await rows<{ id: string; filename: string }>(
    sql,
    'select id, filename from imports where id = any($1)',
    [ids],
  )
  return new Map(found.map(({ id, filename }) => [id, filename]))
}

/** A file of mended rows begins with its head: its first row is the second. */
const FIRST_ROW = 2
/** Where no row of the file mends any. */
const NO_ROW = 0

function settledOf(id: string, all: readonly Found[]): Set<number> {
  const settled = new Set<number>()
  for (const one of all.filter(({ mends }) => mends === id)) {
    const unsettled = new Set(one.unsettled)
    const again = settledOf(one.id, all)
    // An earlier release took every row that was named for one of the file.
    const isWhole = one.mendsRows.filter((row) => row !== NO_ROW).length === one.rows
    for (const [i, row] of isWhole ? one.mendsRows.entries() : []) {
      if (row === NO_ROW) continue
      const at = i + FIRST_ROW
      if (again.has(at) || (one.state === 'applied' && !unsettled.has(at))) settled.add(row)
    }
  }
  return settled
}
