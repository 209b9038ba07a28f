import { foldHan } from './look-alikes.ts'

/** No wrapper, no blank, nothing unseen: most cells, which are left as they are. */
const PLAIN =
  /^[\x21\x23-\x26\x28-\x3c\x3e-\x5f\x61-\x7e\u3001-\u300b\u300e-\u3011\u4e00-\u9fff\uff01\uff03-\uff06\uff08-\uff1c\uff1e-\uff5e]*$/
/** Zero-width marks, marks of direction, soft hyphens, selectors of variants. */
const INVISIBLE = /[\p{Default_Ignorable_Code_Point}\ufff9-\ufffb]/gu
/** Blanks at an end that `trim` leaves. */
const ODD_BLANKS_AROUND = /^[\s\u0085\u2800]+|[\s\u0085\u2800]+$/g

/** Marks that are put before text so that a spreadsheet leaves it text; before numbers and Chinese text a lone = as well. */
const APOSTROPHES = /^(?:['`´‘’‛′\uff07]+|=(?=\d[\d\s:./-]*$|[\u4e00-\u9fff]))/
/** `="…"`, also with the quotes doubled where the wrapper was quoted again, straight or curly, itself in quotes or not. */
const FORMULA = /^["“”„\uff02]*[=\uff1d]\s*["“”„\uff02'‘’\uff07]+(.*?)["“”„\uff02'‘’\uff07]*$/s
/** Quotes around the whole cell. Those inside a sentence are its own. */
const QUOTES =
  /^(?:["“”„\uff02]+([^"“”„\uff02]*)["“”„\uff02]+|['‘\uff07]([^'‘’\uff07]*)['’\uff07]|「([^「」]*)」)$/
/** A quote whose other half went with the cell beside it. */
const HALF_QUOTES = /^["“”]([^"“”]*)$|^([^"“”]*)["“”]$/
/** Each wrapper may stand in another. */
const MOST_WRAPPERS = 6

/** What a cell says: without wrappers, blanks around it and unseen marks, its Chinese characters under their common codes. */
export function cleanCell(cell: string): string {
  if (PLAIN.test(cell)) return cell
  return unwrap(foldHan(cell.replace(INVISIBLE, '')))
}

/** The same with full-width and compatibility forms made plain: for words, places, names and numbers. */
export function foldedCell(cell: string): string {
  const text = cleanCell(cell)
  return FOLDED.test(text) ? text : unwrap(text.normalize('NFKC').replace(HALF_QUOTES, '$1$2'))
}

/** What NFKC leaves as it is and no quote. */
const FOLDED = /^[\x20\x21\x23-\x7e\u3001-\u303f\u4e00-\u9fff]*$/

function unwrap(text: string): string {
  let inner = text.replace(ODD_BLANKS_AROUND, '')
  for (let i = 0; i < MOST_WRAPPERS; i++) {
    const next = withoutWrapper(inner)
    if (next === inner) return inner
    inner = next
  }
  return inner
}

function withoutWrapper(text: string): string {
  const bare = text.replace(FORMULA, '$1').replace(QUOTES, '$1$2$3').replace(APOSTROPHES, '')
  return bare.replace(ODD_BLANKS_AROUND, '')
}
