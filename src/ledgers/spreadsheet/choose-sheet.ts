import { SheetNeeded } from '../mapping.ts'
import { refused } from '../refusals.ts'
import { rowsOfSheet, withEmptyRows } from './sheet-stream.ts'
import type { WorkbookThread } from './worker-client.ts'

/** How far down a head is looked for, blank rows included. */
const LOOK_ROWS = 200

/** How many of a table's first records belong to its head and what stands above it; null when it has no head. */
export type HeadFinder = (records: readonly string[][]) => number | null

export type ChosenSheet = { index: number; dataFrom: number }
type Look = { index: number; name: string; isEmpty: boolean; dataFrom: number | null }

/**
 * Takes the sheet that was asked for, else the only one with a head. Hidden and empty sheets do not count. @throws
 * SheetNeeded when several could be meant; FileRefused when there is none
 */
export async function chooseSheet(
  thread: WorkbookThread,
  sheets: readonly { name: string; hidden: boolean }[],
  { sheet, headOf }: { sheet?: string | undefined; headOf: HeadFinder },
): Promise<ChosenSheet> {
  const looks: Look[] = []
  for (const [index, { name, hidden }] of sheets.entries())
    if (sheet === undefined ? !hidden : name === sheet) looks.push(await look(thread, index, name, headOf))
  if (sheet !== undefined && looks.length === 0)
    throw refused('no-such-sheet', sheets.map(({ name }) => `“${name}”`).join('、'))
  const full = looks.filter(({ isEmpty }) => !isEmpty)
  const withHead = full.filter(({ dataFrom }) => dataFrom !== null)
  const candidates = withHead.length > 0 ? withHead : full
  const [only] = candidates
  if (only === undefined) throw refused('empty-file')
  if (candidates.length > 1) throw new SheetNeeded(await countRows(thread, candidates))
  return { index: only.index, dataFrom: only.dataFrom ?? LOOK_ROWS }
}

async function look(thread: WorkbookThread, index: number, name: string, headOf: HeadFinder): Promise<Look> {
  const records: string[][] = []
  for await (const rows of rowsOfSheet(thread, index, Infinity)) {
    for (const group of withEmptyRows(rows, records.length)) {
      records.push(...group)
      if (records.length >= LOOK_ROWS) break
    }
    if (records.length >= LOOK_ROWS) break
  }
  const first = records.slice(0, LOOK_ROWS)
  const head = headOf(first)
  return { index, name, isEmpty: records.length === 0, dataFrom: head === null ? null : head + 1 }
}

/** What a person needs to tell the sheets apart: their names, and how many rows each has below its head. */
async function countRows(
  thread: WorkbookThread,
  candidates: Look[],
): Promise<{ name: string; rows: number }[]> {
  const counted: { name: string; rows: number }[] = []
  for (const { index, name, dataFrom } of candidates) {
    let rows = 0
    for await (const { numbers } of rowsOfSheet(thread, index, Infinity))
      rows += numbers.filter((number) => number >= (dataFrom ?? 1)).length
    counted.push({ name, rows })
  }
  return counted
}
