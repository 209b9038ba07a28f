import { isOfOthers, nearestField } from './likeness.ts'
import { type KnownName, knownName, LONGEST_NAME, nameKey } from './column-names.ts'
import { type Field, FIELDS } from './columns.ts'

/** A row that is not blank, as the file counts it. */
export type NumberedRow = { number: number; cells: string[] }

/** What the name of a column says: the field it names, and how surely. */
export type NamedField = { field: Field; rank: KnownName['rank'] | 'same-words' | 'near' }

/** Where the head stands among the rows, how many rows it has, and the name of each column; '' for none. */
export type Head = { first: number; height: number; names: string[] }

/** How far down a head may begin. */
export const HEAD_WITHIN = 30
const TALLEST_HEAD = 3
const ENOUGH_FOR_A_HEAD = 3
const DATA = /^[\s'"=]*(?:\d{15,17}[\dXx]|1[3-9]\d{9}|(?:19|20)\d{2}[-/.年]\d{1,2}[-/.月]\d{1,2}.*)[\s'"]*$/
const NUMBER_OF_SOMEBODY = /(?<!\d)(?:\d{15}|\d{17}[\dXx]|1[3-9]\d{9})(?!\d)/
const WORTH = { exact: 4, alias: 3, 'same-words': 2, near: 1 } as const

/** A row that names each field, all but a few by the platform's own name. */
const ALL_BY_NAME = FIELDS.length * WORTH.alias + 8

/** The field that a name gives, by the whole path of a merged head or by its last part. */
export function namedField(name: string): NamedField | undefined {
  if (name === '' || name.length > LONGEST_NAME) return undefined
  const key = nameKey(name)
  const last = key.split('/').at(-1) ?? key
  const ofOthers = last !== key && isOfOthers(key.slice(0, -last.length))
  const known = knownName(key) ?? (ofOthers ? undefined : knownName(last))
  if (known) return known
  const near = nearestField(key) ?? (ofOthers ? undefined : nearestField(last))
  return near && { field: near.field, rank: near.share === 1 ? 'same-words' : 'near' }
}

type Candidate = Head & { worth: number; fields: number }
/** Two columns of one name are worth less than a group above that tells them apart. */
const COST_OF_A_REPEAT = 6

/**
 * Finds the rows that name the most columns; of two that name as many, those of fewer rows, then the first.
 * @returns the most fields that any rows name, and the head when they are enough
 */
export function findHead(rows: readonly NumberedRow[]): { fields: Field[]; head: Head | null } {
  const best = bestCandidate(rows)
  if (!best) return { fields: [], head: null }
  const { first, height, names } = best
  const fields = [...new Set(names.flatMap((name) => namedField(name)?.field ?? []))]
  return { fields, head: best.fields >= ENOUGH_FOR_A_HEAD ? { first, height, names } : null }
}

function bestCandidate(rows: readonly NumberedRow[]): Candidate | undefined {
  const candidates: Candidate[] = []
  const namedOf = rememberedNames()
  for (let first = 0; first < Math.min(rows.length, HEAD_WITHIN); first++)
    for (let height = 1; height <= TALLEST_HEAD; height++) {
      const last = rows[first + height - 1]
      if (!last || holdsData(last)) break
      const next = candidate(rows, first, height, namedOf)
      // A taller one may only have the title of the list above it.
      if (height === 1 && next.worth >= ALL_BY_NAME) return next
      candidates.push(next)
    }
  return candidates.sort((a, b) => b.worth - a.worth || a.height - b.height || a.first - b.first)[0]
}

/** A head has no numbers of persons or telephones and no days. */
export function holdsData({ cells }: NumberedRow): boolean {
  return cells.some(isDatum)
}

/** Whether a cell is a number of a person or a telephone, or a day: no name of a column. */
export function isDatum(cell: string): boolean {
  return DATA.test(cell) || NUMBER_OF_SOMEBODY.test(cell)
}

/** The head of a file that names nothing known: the row above the first row of data; null where data begin at once. */
export function headAbove(rows: readonly NumberedRow[], firstOfData: number): Head | null {
  const row = rows[firstOfData - 1]
  const data = rows[firstOfData]
  if (!row || !data) return null
  const filled = row.cells.filter((cell) => cell.trim() !== '').length
  const wanted = data.cells.filter((cell) => cell.trim() !== '').length
  if (filled * 2 < wanted) return null
  return { first: firstOfData - 1, height: 1, names: pathNames([row.cells]) }
}

/** Each row is looked at as part of three heads, and a blank group leaves its names as they were. */
function rememberedNames(): typeof namedField {
  const remembered = new Map<string, NamedField | undefined>()
  return (name) => {
    if (!remembered.has(name)) remembered.set(name, namedField(name))
    return remembered.get(name)
  }
}

function candidate(
  rows: readonly NumberedRow[],
  first: number,
  height: number,
  namedOf: typeof namedField,
): Candidate {
  const names = pathNames(rows.slice(first, first + height).map((row) => row.cells))
  const best = new Map<Field, number>()
  const known = names.filter((name) => {
    const named = namedOf(name)
    if (named) best.set(named.field, Math.max(best.get(named.field) ?? 0, WORTH[named.rank]))
    return named !== undefined
  })
  const worth = [...best.values()].reduce((sum, each) => sum + each, 0)
  const repeats = known.length - new Set(known).size
  return { first, height, names, worth: worth - repeats * COST_OF_A_REPEAT, fields: best.size }
}

/**
 * The name of each column over one row or several. A group stands above its first column or above each of them:
 * 监测对象信息/姓名.
 */
function pathNames(rows: readonly (readonly string[])[]): string[] {
  const width = Math.max(...rows.map((row) => row.length))
  const groups = rows.map((row, level) => (level < rows.length - 1 ? filledRight(row, width) : row))
  return Array.from({ length: width }, (_name, column) => {
    const parts = groups.map((row) => plainText(row[column] ?? ''))
    const below = rows.slice(1).some((row) => plainText(row[column] ?? '') !== '')
    const own = below ? parts : [plainText(rows[0]?.[column] ?? '')]
    return own.filter((part, i) => part !== '' && part !== own[i - 1]).join('/')
  })
}

/** Merged cells keep their text in the first of them. */
function filledRight(row: readonly string[], width: number): string[] {
  let group = ''
  return Array.from({ length: width }, (_cell, column) => {
    const own = row[column] ?? ''
    return plainText(own) === '' ? group : (group = own)
  })
}

function plainText(cell: string): string {
  return cell.replace(/\s+/g, '')
}
