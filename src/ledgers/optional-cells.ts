import {
  type Cause,
  CAUSE_LABELS,
  type Group,
  GROUP_LABELS,
  type Source,
  SOURCE_LABELS,
} from '../domain/obligation/vocabulary.ts'
import { cleanCell, foldedCell } from './cell.ts'
import type { Field } from './columns.ts'
import { PHONE_REMARKS, readPhone } from './phone.ts'
import { isPlaceholder, isTooNarrow } from './placeholder.ts'
import type { Remark } from './remark.ts'
import type { WordField } from './unknown-words.ts'
import { readWords, type WordFinders } from './word-finders.ts'
import { compact } from './normalise.ts'

/** The cells that a warning can do without, and what was not understood of them. */
export type OptionalCells = {
  cause: Cause | null
  group: Group | null
  source: Source | null
  phone: string
  village: string
  detail: string
  remarks: Remark[] | null
  /** Words that nobody knows. They are counted once it is clear that the cells of the row have not shifted. */
  unknown: MissedWord[] | null
  /** Whether a cell holds what its column never does: cells may have shifted. */
  misfit: boolean
}

export type MissedWord = { field: WordField; word: string }
type WordColumn = 'cause' | 'group' | 'source'
const LABELS: Record<WordColumn, Readonly<Record<string, string>>> = {
  cause: CAUSE_LABELS,
  group: GROUP_LABELS,
  source: SOURCE_LABELS,
}
const NARROW = '表格软件中列太窄,这一格只有 ########,没有登记这一项。请查看平台。'
/** What is left where an encoding could not hold a text. */
const LOST = /[\ufffd\u25a1]|\?{3}|锟斤|烫烫|[\u00c0-\u00ff][\u0080-\u00bf]/
const LOST_CHARACTERS = '这一格有的字丢失了(变成 □、???、锟斤拷一类),照原样登记。请查看平台。'
/** As much as a word has. Longer text, or one with a number in it, may be the household's. */
const LONGEST_QUOTED = 20
const LONGEST_WORD = 6
const OFFICE = /[局会办站院委部联厅处社所科台队校]$|中心|公司|平台|系统|政府|部门|单位|群众|干部|网格/
/** More than this is text, or a row of ######## that nobody minds. */
const LONGEST_PLACEHOLDER = 40

/** Where a remark belongs, and what words are looked up in. */
type Columns = { names: Record<Field, string>; words: WordFinders }

/** Reads what is optional of a row: none of it keeps the warning out. No function is made for a row: there are many. */
export function readOptionalCells(
  cell: (field: Field) => string,
  names: Record<Field, string>,
  words: WordFinders,
): OptionalCells {
  const read: OptionalCells = {
    cause: words.cause(cell('cause')) ?? null,
    group: words.group(cell('group')) ?? null,
    source: words.source(cell('source')) ?? null,
    phone: '',
    village: '',
    detail: '',
    remarks: null,
    unknown: null,
    misfit: false,
  }
  const columns = { names, words }
  read.cause ??= readWord(read, 'cause', cell('cause'), columns)
  read.group ??= readWord(read, 'group', cell('group'), columns)
  read.source ??= readWord(read, 'source', cell('source'), columns)
  read.phone = phoneIn(read, cell('phone'), names.phone)
  read.village = textIn(read, cell('village'), names.village)
  read.detail = textIn(read, cell('detail'), names.detail)
  return read
}

/** Keeps a word for the count of unknown ones. */
export function missWord(read: Pick<OptionalCells, 'unknown'>, field: WordField, word: string): void {
  read.unknown ??= []
  read.unknown.push({ field, word })
}

function addRemark(read: OptionalCells, column: string, message: string): void {
  read.remarks ??= []
  read.remarks.push({ column, message })
}

/** A cell whose whole text is no known word. */
function readWord<F extends WordColumn>(
  read: OptionalCells,
  field: F,
  text: string,
  { names, words }: Columns,
): OptionalCells[F] | null {
  if (text === '') return null
  if (isTooNarrow(compact(text))) return (addRemark(read, names[field], NARROW), null)
  const { code, unknown: other, left } = readWords<string>(text, words[field])
  if (other !== '') {
    missWord(read, field, other)
    read.misfit = true
    addRemark(read, names[field], `${quoted(other, field)}不在名录中,没有登记这一项。`)
  } else if (code !== null && left !== '')
    addRemark(
      read,
      names[field],
      `只登记了“${LABELS[field][code]}”,没有登记${quoted(left, field)}。这一项只能有一个,其余的请在核查时记下。`,
    )
  return code as OptionalCells[F] | null
}

function phoneIn(read: OptionalCells, text: string, column: string): string {
  const { phone, remark } = readPhone(text)
  if (remark !== null) addRemark(read, column, PHONE_REMARKS[remark])
  if (remark === 'phone-unknown') read.misfit = true
  return phone
}

function textIn(read: OptionalCells, text: string, column: string): string {
  const written = cleanCell(text)
  if (written.length > LONGEST_PLACEHOLDER) {
    if (LOST.test(written)) addRemark(read, column, LOST_CHARACTERS)
    return written
  }
  if (!isTooNarrow(written)) {
    if (isPlaceholder(foldedCell(written))) return ''
    if (LOST.test(written)) addRemark(read, column, LOST_CHARACTERS)
    return written
  }
  addRemark(read, column, NARROW)
  return ''
}

/** A source that is no office may be text that a comma has shifted. */
function quoted(word: string, field: WordColumn): string {
  const isText = field === 'source' && word.length > LONGEST_WORD && !OFFICE.test(word)
  return isText || word.length > LONGEST_QUOTED || /\d{6}/.test(word) ? '其余的内容' : `“${word}”`
}
