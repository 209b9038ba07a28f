import { type Day, type Instant, MS_PER_DAY } from '../domain/time/days.ts'
import type { WithoutNumber } from '../domain/obligation/without-number.ts'
import { type Field, type Layout } from './columns.ts'
import type { ExplainedWords } from './explained-words.ts'
import { externalIdFault, warningNumberOf } from './external-id.ts'
import { IDENTITY_REMARKS, readIdentity } from './identity.ts'
import { HOUR_24_READ, namesHour24, readIssueTime } from './issue-time.ts'
import { compact } from './normalise.ts'
import { missWord, type OptionalCells, readOptionalCells } from './optional-cells.ts'
import { isOtherWord, lostWords, nameFault, personName } from './person-name.ts'
import { isNumberOfHousehold } from './personal-number.ts'
import { isPlaceholder, isTooNarrow } from './placeholder.ts'
import { NO_REMARKS } from './remark.ts'
import { lostError, overError, rowError, type RowError, type RowRule } from './row-error.ts'
import { hasSlipped } from './slipped-cells.ts'
import { overWord } from './state-columns.ts'
import type { TownFinder } from './towns.ts'
import { UnknownWords } from './unknown-words.ts'
import type { WarningRow } from './warning-row.ts'
import { type WordFinders, wordFinders } from './word-finders.ts'
import { ZeroedCodesWatch, ZeroedColumnWatch } from './zeroed-column.ts'

/** What a row is checked against besides itself, and what is counted over the whole file. */
export type CheckContext = {
  townOf: TownFinder
  /** What a row says of the places above its town that is not this county. */
  foreignPlace: (cells: readonly string[]) => string
  isForeignTown: (town: string) => boolean
  isOurPlace: (cell: string) => boolean
  /** The only town of whose households the file may tell. */
  reach?: string | undefined
  words: WordFinders
  now: Instant
  today: Day
  /** Whether a spreadsheet's days count from 1904. */
  date1904?: boolean | undefined
  /** Whether the county registers households without a number. */
  withoutNumber: WithoutNumber
  idNumbers: ZeroedColumnWatch
  externalIds: ZeroedCodesWatch
  unknown: UnknownWords
}

/** The context of a file of which nothing was read yet. */
export function checkContext(
  given: Pick<
    CheckContext,
    'townOf' | 'foreignPlace' | 'isForeignTown' | 'isOurPlace' | 'reach' | 'now' | 'today' | 'date1904'
  > & {
    words?: Parameters<typeof wordFinders>[0]
    explained?: ExplainedWords | undefined
    withoutNumber?: WithoutNumber | undefined
  },
): CheckContext {
  const { words, explained, withoutNumber = 'register', ...rest } = given
  return {
    ...rest,
    withoutNumber,
    words: wordFinders(words, explained),
    idNumbers: new ZeroedColumnWatch(),
    externalIds: new ZeroedCodesWatch(),
    unknown: new UnknownWords(),
  }
}

/** What stands for the cell above; nobody knows which row that was. */
const DITTO = /^(?:[同如]上|同前|[〃″"“”'’〞]+)$/

/** The longest text allowed in each free cell, in characters. */
const LONGEST: readonly (readonly [Field, number])[] = [
  ['externalId', 64],
  ['name', 50],
  ['village', 100],
  ['detail', 2000],
]

/**
 * Turns a record into a warning, or into one error for each column that fails (R11: refused by row, column and
 * rule). Cells left out at the end are empty ones.
 */
export function checkRow(
  row: number,
  record: readonly string[],
  { at, names, width, above, states }: Layout,
  context: CheckContext,
): WarningRow | RowError[] {
  if (!fitsWidth(record, width)) return [rowError(row, '', 'column-count')]
  const cell = (field: Field) => record[at[field]] ?? ''
  const errors: RowError[] = []
  const fail = (field: Field, rule: RowRule, text = '') =>
    void errors.push(
      rule === 'lost-character'
        ? lostError(row, names[field], lostWords(text))
        : rowError(row, names[field], rule),
    )

  const over = states.find((state) => overWord(state, record[state.at] ?? '') !== '')
  if (over) errors.push(overError(row, over.name, overWord(over, record[over.at] ?? '')))
  const externalId = warningNumberOf(cell('externalId'))
  const numberFault = externalIdFault(externalId)
  if (numberFault) fail('externalId', numberFault, externalId)
  const issued = readIssueTime(cell('issuedAt'), context.date1904)
  if (typeof issued === 'string') fail('issuedAt', issued)
  else if (issued.issuedAt > context.now + MS_PER_DAY) fail('issuedAt', 'future-date')
  const level = context.words.level(cell('level'))
  const read = readOptionalCells(cell, names, context.words)
  if (!level) fail('level', wordFault(read, 'level', cell('level')))
  const { cause, group, source, phone, village, detail } = read
  const elsewhere =
    above.length === 0 ? '' : context.foreignPlace(above.map((column) => record[column] ?? ''))
  const town = elsewhere + cell('town')
  const officeCode = context.townOf(town, village)
  if (officeCode === undefined) fail('town', townFault(read, elsewhere !== '', town, context))
  else if (officeCode !== (context.reach ?? officeCode)) fail('town', 'outside-reach')
  const name = personName(cell('name'))
  const lost = nameFault(name)
  if (lost) fail('name', lost, name)
  else if (isOtherWord(name, (word) => context.townOf(word) !== undefined)) fail('name', 'name-format')
  context.externalIds.see(externalId)
  const identity = readIdentity(cell('idNo'), context.today, context.idNumbers)
  if (isNumberOfHousehold(externalId, identity, phone, context.today)) fail('externalId', 'personal-number')
  if (typeof identity === 'string') fail('idNo', identity)
  else if (identity.idNo === '' && context.withoutNumber === 'refuse') fail('idNo', 'no-number')
  for (const field of tooLong({ externalId, name, village, detail })) fail(field, 'too-long')

  // With a cell too many, what nobody understands is a sign that a comma has shifted the others.
  if (read.misfit && record.length > width) return [rowError(row, '', 'column-count')]
  if (record.length < width && hasSlipped(record, at, context.words))
    return [rowError(row, '', 'column-count')]
  if (read.unknown !== null && !isNoDate(issued) && identity !== 'id-format')
    for (const { field, word } of read.unknown) context.unknown.see(field, word)
  if (errors.length > 0 || typeof issued === 'string' || !level || officeCode === undefined)
    return onePerColumn(errors)
  if (typeof identity === 'string') return errors
  const { idNo, remark } = identity
  const remarks = [
    ...(namesHour24(cell('issuedAt')) ? [{ column: names.issuedAt, message: HOUR_24_READ }] : []),
    ...(remark === null ? [] : [{ column: names.idNo, message: IDENTITY_REMARKS[remark] }]),
    ...(read.remarks ?? []),
  ]
  const person = { name, idNo, phone, village, detail }
  return {
    row,
    externalId,
    ...issued,
    level,
    cause,
    group,
    source,
    officeCode,
    person,
    remarks: remarks.length === 0 ? NO_REMARKS : remarks,
  }
}

/** A word that is needed and not known. It may be explained later, unless the column was too narrow for it. */
function wordFault(
  read: OptionalCells,
  field: 'level' | 'town',
  cell: string,
): 'too-narrow' | `${'missing' | 'unknown'}-${typeof field}` {
  const word = compact(cell)
  if (isTooNarrow(word)) return 'too-narrow'
  if (isPlaceholder(word) || DITTO.test(word)) return `missing-${field}`
  missWord(read, field, word)
  return `unknown-${field}`
}

/** A town of another county is none of ours, whatever somebody explains. */
function townFault(read: OptionalCells, elsewhere: boolean, town: string, context: CheckContext): RowRule {
  if (elsewhere) return 'foreign-place'
  if (context.isForeignTown(town)) return 'foreign-town'
  // The town is ours by itself: the village says another.
  return context.townOf(town) === undefined ? wordFault(read, 'town', town) : 'other-town'
}

/** Cells that have shifted put something else where the day belongs. */
function isNoDate(issued: ReturnType<typeof readIssueTime>): boolean {
  return issued === 'bad-date' || issued === 'missing-date' || issued === 'no-year'
}

function tooLong(texts: Partial<Record<Field, string>>): Field[] {
  return LONGEST.filter(([field, most]) => (texts[field]?.length ?? 0) > most).map(([field]) => field)
}

/**
 * Empty cells beyond the header are usual in spreadsheets; other extra cells mean that the columns have shifted.
 */
function fitsWidth(record: readonly string[], width: number): boolean {
  return record.length <= width || record.slice(width).every((c) => compact(c) === '')
}

function onePerColumn(errors: RowError[]): RowError[] {
  return errors.filter((e, i) => errors.findIndex((other) => other.column === e.column) === i)
}
