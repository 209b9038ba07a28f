import { COLUMNS, type Field } from '../../../../src/ledgers/columns.ts'
import { afterLine, lineEnd, strictRecord } from '../../../../src/ledgers/csv-line.ts'
import { csvLine } from '../../../../src/ledgers/csv-write.ts'
import { PROBLEM_COLUMN, ROW_COLUMN } from '../../../../src/ledgers/undecided.ts'
import { split } from './group-words.ts'
import type { Import } from './use-import.ts'

type Fault = Import['errors'][number]
type Columns = readonly Pick<Import['columns'][number], 'name' | 'field'>[]
/** The file of refused rows, as the API writes it. */
export type Refused = { header: string[]; rows: string[][] }
/** A cell that is wrong: how an error names its column, how the file does, and all that is wrong with it. */
export type Mend = {
  key: string
  row: number
  column: string
  name: string
  secret: boolean
  faults: Fault[]
}
type Texts = Readonly<Record<string, string>>

/** Whether the rows with problems are mended on the page: those of a list of withdrawn numbers in their file alone. */
export function mendsInPlace({ settles, kind }: Pick<Import, 'settles' | 'kind'>): boolean {
  return settles && kind === 'warnings'
}

/** Whether its rows must wait: what somebody has decided about a change would be forgotten by a checking anew. */
export function mustWait({ state, hasDecided }: Pick<Import, 'state' | 'hasDecided'>): boolean {
  return state === 'validated' && hasDecided
}

/** What the bar says of the rows that are kept out: that they can be mended first, where the page has a box for one of them. */
export function leftWords(
  one: Pick<Import, 'settles' | 'kind' | 'state' | 'hasDecided' | 'columns' | 'errors'>,
): 'imports.apply.without' | 'imports.apply.left' {
  const offers =
    mendsInPlace(one) && !mustWait(one) && mendsOf(one.columns, split(one.errors).refused).length > 0
  return offers ? 'imports.apply.without' : 'imports.apply.left'
}

const REPEATED = 'repeated'
/** The number is another county's: nothing of the row is kept, and the platform has to say whose it is. */
const ELSEWHERE = 'other-county'
/** How many rows are somebody else's to mend, or are not kept. */
export function barredRows(faults: readonly Fault[]): number {
  const barred = faults.filter(({ mendable, rule }) => !mendable && rule !== ELSEWHERE)
  return new Set(barred.map(({ row }) => row)).size
}
const BOM = '\uFEFF'
/** What is masked where it is shown: it is typed anew and never begins with what stands there. */
const PERSONAL: readonly Field[] = ['name', 'idNo', 'phone', 'village', 'detail']

/** Reads the file of refused rows. */
export function readRefused(text: string): Refused {
  const lines: string[][] = []
  const all = text.startsWith(BOM) ? text.slice(BOM.length) : text
  for (let from = 0; from < all.length;) {
    const { cells, end } = strictRecord(all, from, lineEnd(all, from), ',')
    lines.push(cells)
    from = afterLine(all, end)
  }
  const [header = [], ...rows] = lines
  return { header, rows }
}

/**
 * The cells that can be mended in place: of rows that the API lets them mend, and of columns that the file has. What is wrong with a row as a whole is not, nor is a number that
 * stands twice: which of the two rows is right is seen in their file alone.
 */
export function mendsOf(columns: Columns, faults: readonly Fault[]): Mend[] {
  const undecided = new Set(faults.filter(({ rule }) => rule === REPEATED).map(({ row }) => row))
  const mends = new Map<string, Mend>()
  for (const fault of faults) {
    const column = fault.column.trim()
    const own = columns.find(({ name, field }) => name.trim() === column || wordOf(field) === column)
    if (!fault.mendable || fault.rule === ELSEWHERE) continue
    if (column === '' || undecided.has(fault.row) || (own === undefined && columns.length > 0)) continue
    const key = `${fault.row} ${column}`
    const secret = PERSONAL.some((field) => own?.field === field || COLUMNS[field] === column)
    const mend = mends.get(key) ?? {
      ...{ key, row: fault.row, column, name: own?.name ?? column, secret, faults: [] },
    }
    mend.faults.push(fault)
    mends.set(key, mend)
  }
  return [...mends.values()]
}

const wordOf = (field: string | null): string | undefined =>
  field === null ? undefined : COLUMNS[field as keyof typeof COLUMNS]

/** What the box of a cell begins with: nothing where it would be masked. */
export function startOf({ secret, faults }: Mend): string {
  return secret ? '' : (faults[0]?.found ?? '')
}

/** The cells in which something else was typed. */
export function changedMends(mends: readonly Mend[], texts: Texts): Mend[] {
  return mends.filter((mend) => texts[mend.key] !== undefined && texts[mend.key] !== startOf(mend))
}

/** What the API is told of them. */
export function rowsToMend(changed: readonly Mend[], texts: Texts) {
  const rows = [...new Set(changed.map(({ row }) => row))]
  return rows.map((row) => {
    const cells = changed.filter((mend) => mend.row === row)
    return { row, cells: Object.fromEntries(cells.map(({ key, column }) => [column, texts[key] ?? ''])) }
  })
}

/** The rows that were mended, with their numbers in the first file, in the order in which `mendedFile` writes them. */
export function mendedRows(
  { header, rows }: Refused,
  changed: readonly Mend[],
): [row: number, cells: string[]][] {
  const numbers = header.findIndex((own) => own.trim() === ROW_COLUMN)
  const wanted = new Set(changed.map(({ row }) => row))
  return rows
    .map((cells): [number, string[]] => [parseInt(cells[numbers] ?? '', 10), cells])
    .filter(([row]) => wanted.has(row))
}

/** The rows that were typed and are not refused any more: somebody has registered them meanwhile. */
export function registeredMeanwhile(refused: Refused, changed: readonly Mend[]): number[] {
  const left = new Set(mendedRows(refused, changed).map(([row]) => row))
  return [...new Set(changed.map(({ row }) => row))].filter((row) => !left.has(row))
}

/**
 * The rows that were mended once the others are registered, as a file to import; its columns of ours are left out, since nothing of them is
 * wrong any more.
 */
export function mendedFile(
  { header, rows }: Refused,
  changed: readonly Mend[],
  texts: Texts,
  columns: Columns = [],
): string {
  const named = (name: string | undefined) => header.findIndex((own) => own.trim() === name?.trim())
  const columnAt = ({ name, column }: Mend) => {
    const field = columns.find((own) => own.name === name)?.field ?? null
    return [column, name, wordOf(field)].map(named).find((at) => at >= 0)
  }
  const kept = header.flatMap((name, i) => (OURS.has(name.trim()) ? [] : [i]))
  const typed = new Map(changed.map((mend) => [`${mend.row} ${columnAt(mend)}`, texts[mend.key]]))
  const body = mendedRows({ header, rows }, changed).map(([row, cells]) =>
    csvLine(kept.map((i) => typed.get(`${row} ${i}`) ?? cells[i] ?? '')),
  )
  return BOM + csvLine(kept.map((i) => header[i] ?? '')) + body.join('')
}

const OURS: ReadonlySet<string> = new Set([PROBLEM_COLUMN, ROW_COLUMN])
