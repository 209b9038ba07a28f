import { foldCode } from './look-alikes.ts'
import { compact } from './normalise.ts'
import { isPlaceholder, isTooNarrow } from './placeholder.ts'

const PLAIN = /^[0-9A-Za-z]*$/
/** Words such as 自动生成 and 同上, and a row of crosses: what stands for a number that is still to come. */
const NO_NUMBER = /\p{Script=Han}|^[Xx×]+$|^[〃″"]+$/u
/** A day, a figure below nothing, and an answer: cells of another column. */
const OF_ANOTHER_COLUMN =
  /^(?:(?:19|20)\d{2}([-/.])\d{1,2}\1\d{1,2}|(?:(?:19|20)\d{2}年)?\d{1,2}月\d{1,2}[日号]?|-\d+|true|false|tests?|demo)$/i
/** Its label in the same cell. */
const LABEL = /^(?:预警|告警)?(?:编号|编码|号)[::](?=.)/
const SCIENTIFIC = /^[+-]?\d(?:[.,]\d+[eE]\+?|[eE]\+)\d{1,3}$/
/** 2.02206E+14 opened and saved once more: six digits, or eight, and nothing but zeros. No number of a platform counts in millions. */
const SHORTENED = /^(?=\d{11,})(?:[1-9]\d{0,5}0{5,}|[1-9]\d*?0{7,})$/

/** A code as it was meant: plain letters, digits and dashes, without wrappers and blanks. */
export function codeOf(cell: string): string {
  return PLAIN.test(cell) ? cell : foldCode(compact(cell))
}

/** What a program adds to a long number that it took for a quantity: 20220602001.0, 20,220,602,001. */
const FRACTION = /^(\d+)\.0+$/
const THOUSANDS = /^\d{1,3}(?:,\d{3})+$/

/** The number of a warning, the same however a program wrote it, so that it is registered once. */
export function warningNumberOf(cell: string): string {
  if (PLAIN.test(cell)) return cell
  const code = codeOf(cell)
  const whole = code.replace(LABEL, '').replace(FRACTION, '$1')
  return THOUSANDS.test(whole) ? whole.replaceAll(',', '') : whole.replace(BEHIND, '')
}

/** What somebody wrote behind a number: a full stop, a star, (重复). It is the same warning. */
const BEHIND = /(?<=[0-9A-Za-z])(?:\*|[.,、;。:]+|\(\p{Script=Han}{1,8}\))$/u
/** Two numbers in one cell. */
const SEVERAL = /[0-9A-Za-z-]{6,}[,、;|][0-9A-Za-z-]{3,}/

/** Whether a spreadsheet wrote a long number as 2.02206E+14, so that its last digits are gone. */
export function isScientific(code: string): boolean {
  return SCIENTIFIC.test(code)
}

/** Whether the last digits of a long number were lost before, and nothing is left but zeros. */
export function isShortened(id: string): boolean {
  return id.endsWith('00000') && SHORTENED.test(id)
}

/** Why a normalised warning number is none. */
export function externalIdFault(
  id: string,
): 'missing-id' | 'too-narrow' | 'digits-lost' | 'lost-character' | 'several-ids' | null {
  if (PLAIN.test(id) && id.length > 5) return isScientific(id) || isShortened(id) ? 'digits-lost' : null
  if (isTooNarrow(id)) return 'too-narrow'
  if (isPlaceholder(id) || /^0+$/.test(id) || isInsteadOfANumber(id)) return 'missing-id'
  if (/[?\ufffd\p{Cc}]|\*{2}/u.test(id)) return 'lost-character'
  if (SEVERAL.test(id)) return 'several-ids'
  return isScientific(id) ? 'digits-lost' : null
}

function isInsteadOfANumber(id: string): boolean {
  return OF_ANOTHER_COLUMN.test(id) || (!/\d/.test(id) && NO_NUMBER.test(id))
}
