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
import type { UnknownWords } from './unknown-words.ts'
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
  /** Whether a cell holds what its column never does: cells may have shifted. */
  misfit: boolean
}

type WordColumn = 'cause' | 'group' | 'source'
const LABELS: Record<WordColumn, Readonly<Record<string, string>>> = {
  cause: CAUSE_LABELS,
  group: GROUP_LABELS,
  source: SOURCE_LABELS,
}
const NARROW = '表格软件中列太窄,这一格只有 ########,没有登记这一项。请查看平台。'
/** As much as a word has. Longer text, or one with a number in it, may be the household's. */
const LONGEST_QUOTED = 20

/** Reads what is optional of a row: none of it keeps the warning out. */
export function readOptionalCells(
  cell: (field: Field) => string,
  names: Record<Field, string>,
  { words, unknown }: { words: WordFinders; unknown: UnknownWords },
): OptionalCells {
  const read: OptionalCells = {
    ...{ cause: null, group: null, source: null, phone: '', village: '', detail: '' },
    ...{ remarks: null, misfit: false },
  }
  const remark = (field: Field, message: string) => {
    read.remarks ??= []
    read.remarks.push({ column: names[field], message })
  }
  read.cause = words.cause(cell('cause')) ?? word('cause')
  read.group = words.group(cell('group')) ?? word('group')
  read.source = words.source(cell('source')) ?? word('source')
  read.phone = phone()
  read.village = text('village')
  read.detail = text('detail')
  return read

  function word<F extends WordColumn>(field: F): OptionalCells[F] {
    const text = cell(field)
    if (text === '') return null
    if (isTooNarrow(compact(text))) return (remark(field, NARROW), null)
    const { code, unknown: other, left } = readWords<string>(text, words[field])
    if (other !== '') {
      unknown.see(field, other)
      read.misfit = true
      remark(field, `${quoted(other)}不在名录中,没有登记这一项。`)
    } else if (code !== null && left !== '')
      remark(field, `只登记了“${LABELS[field][code]}”,没有登记${quoted(left)}。`)
    return code as OptionalCells[F]
  }

  function phone(): string {
    const { phone, remark: why } = readPhone(cell('phone'))
    if (why !== null) remark('phone', PHONE_REMARKS[why])
    if (why === 'phone-unknown') read.misfit = true
    return phone
  }

  function text(field: 'village' | 'detail'): string {
    const written = cleanCell(cell(field))
    if (!isTooNarrow(written)) return isPlaceholder(foldedCell(written)) ? '' : written
    remark(field, NARROW)
    return ''
  }
}

function quoted(word: string): string {
  return word.length > LONGEST_QUOTED || /\d{6}/.test(word) ? '其余的内容' : `“${word}”`
}
