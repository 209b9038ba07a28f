import { pointerToken } from '../domain/json-pointer.ts'
import { absentName, isAbsentName } from './absent-fields.ts'
import { COLUMNS, type Field, NEEDED } from './columns.ts'
import type { ColumnMapping, WordMapping } from './mapping.ts'
import { foreignTownFinder } from './place-path.ts'
import {
  fieldNamed,
  meaningOf,
  meaningsOf,
  WORD_FIELDS,
  type WordField,
  wordFieldNamed,
} from './word-meanings.ts'

/** What somebody says of a file's sheet, columns and words, as they write it: fields and meanings by code or by label. */
export type GivenMapping = {
  sheet?: string | undefined
  columns?: Readonly<Record<string, string | null>> | undefined
  words?: Readonly<Record<string, Readonly<Record<string, string>>>> | undefined
  /** Fields for which the file has no column. */
  without?: readonly string[] | undefined
}
/** What does not fit, where in the request it stands, and what would be accepted. */
export type MappingFault = { pointer: string; message: string }
export type ReadMapping = { columns: ColumnMapping; words: WordMapping; faults: MappingFault[] }

/** What it can be held against. `names`: the columns of the file, where they are known. */
type Known = {
  towns: readonly { code: string; name: string }[]
  /** The places above the towns, the widest first. */
  places?: readonly string[] | undefined
  names?: readonly string[] | undefined
  /** The sheets that could be meant, while that is asked. */
  sheets?: readonly string[] | undefined
}

const MOST_COLUMNS = 200
const MOST_WORDS = 500
const LONGEST_NAME = 100
const LONGEST_WORD = 60
/** A telephone or an identity number: no name of a column and no word of a list has one. */
const NUMBER = /\d{11}/

/** Reads what was said into codes. Where something does not fit, `faults` say what, and nothing of it should be used. */
export function readMapping(given: GivenMapping, known: Known): ReadMapping {
  const faults: MappingFault[] = []
  const fault = (path: readonly string[], message: string) =>
    void faults.push({ pointer: `/body/${path.map(pointerToken).join('/')}`, message })
  if (given.sheet !== undefined) readSheet(given.sheet, known.sheets ?? [], fault)
  const columns = {
    ...readColumns(given.columns ?? {}, known.names, fault),
    ...readAbsent(given.without ?? [], fault),
  }
  const words = readWords(given.words ?? {}, known, fault)
  return { columns, words, faults }
}

type Fault = (path: readonly string[], message: string) => void

function readSheet(sheet: string, sheets: readonly string[], fault: Fault): void {
  if (isTooLong(sheet, LONGEST_NAME)) fault(['sheet'], `表名最多 ${LONGEST_NAME} 个字,也不含号码`)
  else if (sheets.length > 0 && !sheets.includes(sheet)) fault(['sheet'], `可以选的表有:${listed(sheets)}`)
}

function readColumns(
  given: NonNullable<GivenMapping['columns']>,
  names: readonly string[] | undefined,
  fault: Fault,
): ColumnMapping {
  const columns: Record<string, Field | null> = {}
  if (Object.keys(given).length > MOST_COLUMNS) fault(['columns'], `最多说明 ${MOST_COLUMNS} 列`)
  for (const [written, said] of Object.entries(given)) {
    const at = ['columns', written.slice(0, LONGEST_NAME)]
    const name = isAbsentName(written) ? written : nameIn(written, names)
    const field = said === null ? null : fieldNamed(said)
    if (isTooLong(written, LONGEST_NAME)) fault(at, `列名最多 ${LONGEST_NAME} 个字,也不含号码`)
    else if (name === undefined) fault(at, `文件中没有这一列;有:${listed(names ?? [])}`)
    else if (field === undefined) fault(at, `没有这个字段;可以写:${FIELDS},不用的列写 null(命令里写 -)`)
    else if (field !== null && isAbsentName(written) && NEEDED.includes(field))
      fault(at, `没有“${COLUMNS[field]}”就不能登记预警:请指定一列,或在平台导出时选上`)
    else if (field !== null && Object.values(columns).includes(field))
      fault(at, `“${COLUMNS[field]}”只能对应一列,已经给了另一列`)
    else columns[name] = field
  }
  return columns
}

/** What the file is said to have no column for. */
function readAbsent(given: readonly string[], fault: Fault): ColumnMapping {
  const absent: Record<string, Field> = {}
  for (const [i, written] of given.entries()) {
    const field = fieldNamed(written)
    if (field === undefined) fault(['without', String(i)], `没有这个字段;可以写:${FIELDS}`)
    else if (NEEDED.includes(field))
      fault(['without', String(i)], `没有“${COLUMNS[field]}”就不能登记预警:请指定一列,或在平台导出时选上`)
    else absent[absentName(field)] = field
  }
  return absent
}

/** The column as the file writes it; what is not known of a file is taken as it is. */
function nameIn(written: string, names: readonly string[] | undefined): string | undefined {
  if (!names) return written
  return names.find((name) => name === written) ?? names.find((name) => name.trim() === written.trim())
}

function readWords(given: NonNullable<GivenMapping['words']>, known: Known, fault: Fault): WordMapping {
  const words: Partial<Record<WordField, Record<string, string>>> = {}
  for (const [name, said] of Object.entries(given)) {
    const field = wordFieldNamed(name)
    if (!field) fault(['words', name.slice(0, LONGEST_NAME)], `没有这类词;可以写:${KINDS}`)
    else words[field] = { ...words[field], ...readMeanings([name, field], said, known, fault) }
  }
  // Each meaning is one of the field's codes (meaningOf).
  return words as WordMapping
}

function readMeanings(
  [name, field]: readonly [string, WordField],
  said: Readonly<Record<string, string>>,
  { towns, places = [] }: Known,
  fault: Fault,
): Record<string, string> {
  const isForeign = foreignTownFinder(field === 'town' ? places : [])
  const meanings = meaningsOf(field, towns)
  const read: Record<string, string> = {}
  if (Object.keys(said).length > MOST_WORDS) fault(['words', name], `最多说明 ${MOST_WORDS} 个词`)
  for (const [written, meant] of Object.entries(said)) {
    const word = written.trim()
    const code = meaningOf(meanings, meant)
    const at = ['words', name, written.slice(0, LONGEST_WORD)]
    if (word === '' || isTooLong(word, LONGEST_WORD)) fault(at, `词是 1 到 ${LONGEST_WORD} 个字,不含号码`)
    else if (isForeign(word)) fault(at, '这是外县的乡镇,不能对应到本县的乡镇:请把这些预警退回平台')
    else if (code === undefined) fault(at, `没有这个意思;可以写:${listed([...meanings.values()])}`)
    else read[word] = code
  }
  return read
}

/** Too long for a name or a word, or with somebody's number in it. */
function isTooLong(text: string, longest: number): boolean {
  return text.length > longest || NUMBER.test(text)
}

const FIELDS = Object.entries(COLUMNS)
  .map(([code, name]) => `${name} ${code}`)
  .join('、')
const KINDS = WORD_FIELDS.map((field) => `${COLUMNS[field]} ${field}`).join('、')

function listed(names: readonly string[]): string {
  return names.map((name) => name.slice(0, LONGEST_NAME)).join('、')
}
