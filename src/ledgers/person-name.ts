import { foldedCell } from './cell.ts'
import { isUtf8ReadAsGbk } from './misread.ts'
import { isPlaceholder } from './placeholder.ts'

const HAN = /^[\u4e00-\u9fff]*$/
/** Marks that are drawn like the point between the parts of a name; between Chinese characters a full stop is one too. */
const POINT =
  /\s*[\u00b7\u0387\u1427\u16eb\u2022\u2027\u2219\u22c5\u25cf\u2e30\u2e31\u2e33\u30fb\uff65\ua78f]\s*|(?<=\p{Script=Han})\s*[.。]\s*(?=\p{Script=Han})/gu
/** Words that stand where a name should. */
const NO_NAME =
  /^(?:同上|户主|户主姓名|姓名|本人|〃|″|\d+|无名氏?|未知姓名|姓名(?:不详|未知|未填)|测试|示例)$/
/** What is left of a character that an encoding could not hold, or that was read with another. */
const LOST =
  /[?¿*×\ufffd\u25a0\u25a1\u25af\u25cb\u25ef\u2b1a\u2b1c\u3013\ufdd0-\ufdef\ufffe\uffff\p{Cc}\p{Cs}\p{Co}]|&#?\w+;|(?<=\p{Script=Han})X+$|^(?!.*\p{Script=Han})(?=.*[\u00a1-\u00bf\u00d7\u00f7\u2018-\u203a\u20ac\u2122])(?=.*[\u00c0-\u00ff]).*$|^(?=.*[\u00c0-\u00ff])[\u0080-\u00ff\d]{2,}$/u
/** UTF-8 that was read as GBK, and memory that was never written. */
const LOST_HAN = /锟斤|斤拷|烫烫|屯屯/

/** Its label in the same cell, and a mark that ends a list. */
const AROUND_A_NAME =
  /^(?:户主)?(?:姓名)?[::](?=\p{Script=Han})|^(?:户主|姓名)[::]\s*|(?<=\p{Script=Han})[,、;。:]+$/gu
/** A telephone, a document's number, a formula: cells of another column, or several in one. */
const NO_PART_OF_A_NAME = /\d{5}|^[=+@]|\d.*[:/]/

/** 张 平 becomes 张平; a name in Latin letters keeps its single spaces. 买买提•艾力 is 买买提·艾力. */
export function personName(text: string): string {
  if (HAN.test(text)) return text
  const name = foldedCell(text).replace(AROUND_A_NAME, '').replace(POINT, '·')
  return name.replace(/(?<=\p{Script=Han})\s+(?=\p{Script=Han})/gu, '').replace(/\s+/g, ' ')
}

/** Why a normalised name is none: it is missing, or a character of it was lost in conversion. */
export function nameFault(name: string): 'missing-name' | 'lost-character' | 'name-format' | null {
  if (isUtf8ReadAsGbk(name)) return 'lost-character'
  if (HAN.test(name) && !LOST_HAN.test(name)) return isNoName(name) ? 'missing-name' : null
  if (isNoName(name.replaceAll(' ', ''))) return 'missing-name'
  if (LOST.test(name) || LOST_HAN.test(name)) return 'lost-character'
  return NO_PART_OF_A_NAME.test(name) ? 'name-format' : null
}

/** A mark in the place of a character that is gone, and one that somebody has put over it. */
const GONE =
  /[?¿\ufffd\u25a0\u25a1\u25af\u25cb\u25ef\u2b1a\u2b1c\u3013\ufdd0-\ufdef\ufffe\uffff\p{Cc}\p{Cs}\p{Co}]/u
const COVERED = /[*×]/
const COVERED_END = /(?<=\p{Script=Han})X+$/u
const PRINTABLE = /[?¿\ufffd\u25a0-\u25ef\u3013]/

/** Which characters are lost and which the file hides: `第 2 个字丢失(文件里是“?”)`; without a place where nobody can count them. */
export function lostWords(text: string): string {
  if (isGarbled(text)) return '有的字成了乱码'
  const marks = [...text.replace(COVERED_END, (end) => '*'.repeat(end.length))]
  const places = (mark: RegExp) => marks.flatMap((c, i) => (mark.test(c) ? [i + 1] : []))
  const gone = places(GONE)
  const covered = places(COVERED)
  const shown = marks[(gone[0] ?? 0) - 1] ?? ''
  const told = [
    ...(gone.length > 0
      ? [`第 ${gone.join('、')} 个字丢失${PRINTABLE.test(shown) ? `(文件里是“${shown}”)` : ''}`]
      : []),
    ...(covered.length > 0 ? [`第 ${covered.join('、')} 个字在文件里就被遮住了`] : []),
  ]
  return told.length === 0 ? '有的字成了乱码' : told.join(',')
}

/** Read with another encoding: no character of it is what it was. */
function isGarbled(text: string): boolean {
  const isLatin = !/\p{Script=Han}/u.test(text) && /[\u00c0-\u00ff]/.test(text)
  return isLatin || LOST_HAN.test(text) || isUtf8ReadAsGbk(text)
}

/** A name of which characters are lost, as it is shown: the first character and the marks. Null where it has no marks. */
export function maskedLostName(name: string): string | null {
  const isMark = (c: string) => GONE.test(c) || COVERED.test(c)
  const characters = [...name]
  if (!characters.some(isMark)) return null
  return characters.map((c, i) => (i === 0 || isMark(c) ? c : '*')).join('')
}

/** A name of no person: the town, the level or the cause of its row, as where the cells have shifted. */
const OF_OTHER_COLUMNS = /(?:镇|乡|街道)$|^[红橙黄]色(?:预警)?$|^因[病学残灾疫]$|^因失业$/

/** Whether a name is the word of another column; a town is only one that the county has. */
export function isOtherWord(name: string, isTown: (word: string) => boolean): boolean {
  if (!OF_OTHER_COLUMNS.test(name)) return false
  return !/[镇乡道]$/.test(name) || isTown(name)
}

function isNoName(name: string): boolean {
  return isPlaceholder(name) || NO_NAME.test(name)
}
