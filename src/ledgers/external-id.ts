import { foldCode } from './look-alikes.ts'
import { compact } from './normalise.ts'
import { isPlaceholder, isTooNarrow } from './placeholder.ts'

const PLAIN = /^[0-9A-Za-z]*$/
const SCIENTIFIC = /^[+-]?\d(?:\.\d+[eE]\+?|[eE]\+)\d{1,3}$/

/** A code as it was meant: plain letters, digits and dashes, without wrappers and blanks. */
export function codeOf(cell: string): string {
  return PLAIN.test(cell) ? cell : foldCode(compact(cell))
}

/** Whether a spreadsheet wrote a long number as 2.02206E+14, so that its last digits are gone. */
export function isScientific(code: string): boolean {
  return SCIENTIFIC.test(code)
}

/** Why a normalised warning number is none. */
export function externalIdFault(
  id: string,
): 'missing-id' | 'too-narrow' | 'digits-lost' | 'lost-character' | null {
  if (PLAIN.test(id) && id.length > 4) return isScientific(id) ? 'digits-lost' : null
  if (isTooNarrow(id)) return 'too-narrow'
  if (isPlaceholder(id) || /^0+$/.test(id)) return 'missing-id'
  if (/[?\ufffd\p{Cc}]/u.test(id)) return 'lost-character'
  return isScientific(id) ? 'digits-lost' : null
}
