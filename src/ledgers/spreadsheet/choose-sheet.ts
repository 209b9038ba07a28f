import { createHash } from 'node:crypto'
import { isClosingRow } from '../decorations.ts'
import { SheetNeeded } from '../mapping.ts'
import { refused } from '../refusals.ts'
import { rowsOfSheet, withEmptyRows } from './sheet-stream.ts'
import type { WorkbookThread } from './worker-client.ts'

/** How far down a head is looked for, blank rows included. */
const LOOK_ROWS = 200

/** How many of a table's first records belong to its head and what stands above it; null when it has no head. */
export type HeadFinder = (records: readonly string[][]) => number | null

/** `candidates` is the same for two workbooks in which the same sheets could be meant; null where one alone could. */
export type ChosenSheet = {
  index: number
  name: string
  dataFrom: number
  candidates: string | null
  /** The names of the other sheets that could have been meant. */
  left: string[]
}
type Look = {
  index: number
  name: string
  isEmpty: boolean
  hasRows: boolean
  hidden: boolean
  dataFrom: number | null
}

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
    if (!hidden || name === sheet) looks.push({ ...(await look(thread, index, name, headOf)), hidden })
  if (sheet !== undefined && !looks.some(({ name }) => name === sheet))
    throw refused('no-such-sheet', sheets.map(({ name }) => `“${name}”`).join('、'))
  const possible = candidatesAmong(looks)
  const candidates = possible.length > 1 ? digestOf(possible) : null
  const meant = sheet === undefined ? possible : looks.filter(({ name }) => name === sheet)
  const [only] = meant
  if (only === undefined) throw refused('empty-file')
  if (meant.length > 1) throw new SheetNeeded(await countRows(thread, meant), digestOf(meant))
  const { index, name, dataFrom } = only
  const left = possible.filter((look) => look.index !== index).map((look) => look.name)
  return { index, name, dataFrom: dataFrom ?? LOOK_ROWS, candidates, left }
}

function candidatesAmong(looks: readonly Look[]): Look[] {
  const full = looks.filter(({ isEmpty, hidden }) => !isEmpty && !hidden)
  const withHead = full.filter(({ dataFrom }) => dataFrom !== null)
  const withRows = withHead.filter(({ hasRows }) => hasRows)
  return [withRows, withHead, full].find((looks) => looks.length > 0) ?? []
}

function digestOf(looks: readonly Look[]): string {
  const names = looks.map(({ name }) => name).sort()
  return createHash('sha256')
    .update(JSON.stringify(['sheets', ...names]))
    .digest('hex')
}

async function look(
  thread: WorkbookThread,
  index: number,
  name: string,
  headOf: HeadFinder,
): Promise<Omit<Look, 'hidden'>> {
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
  const hasRows = records.slice(head ?? 0).some((cells) => cells.some((cell) => cell.trim() !== ''))
  return { index, name, isEmpty: records.length === 0, hasRows, dataFrom: head === null ? null : head + 1 }
}

/** What a person needs to tell the sheets apart: their names, and how many rows each has below its head, without sums and signatures. */
async function countRows(
  thread: WorkbookThread,
  candidates: Look[],
): Promise<{ name: string; rows: number }[]> {
  const counted: { name: string; rows: number }[] = []
  for (const { index, name, dataFrom } of candidates) {
    let rows = 0
    for await (const { numbers, records } of rowsOfSheet(thread, index, Infinity))
      rows += records.filter(
        (record, i) => (numbers[i] ?? 0) >= (dataFrom ?? 1) && !isClosingRow(record),
      ).length
    counted.push({ name, rows })
  }
  return counted
}
