/**
 * Radicals that stand for whole characters after a copy out of a PDF or by optical recognition, and the characters
 * (Unicode, EquivalentUnifiedIdeograph). NFKC knows the Kangxi radicals and the compatibility forms; these it leaves.
 */
const RADICALS = '⺁⺄⺈⺊⺌⺒⺓⺜⺝⺠⺧⺩⺫⺬⺶⺼⻁⻄⻅⻆⻉⻋⻏⻑⻓⻔⻗⻘⻙⻚⻛⻜⻝⻢⻣⻤⻥⻦⻧⻨⻩⻬⻮⻰'
const CHARACTERS = '厂乙刀卜小巳幺日月民牛王目示羊肉虎西见角贝车邑長长门雨青韦页风飞食马骨鬼鱼鸟卤麦黄齐齿龙'
const CHARACTER_OF = new Map([...RADICALS].map((radical, i) => [radical, [...CHARACTERS][i] ?? radical]))

/** Radicals, strokes of Kangxi and compatibility ideographs: drawn like a character, stored as another. */
const HAN_LOOK_ALIKE = /[\u2e80-\u2fdf\uf900-\ufaff\u{2f800}-\u{2fa1f}]/u
const EACH_HAN_LOOK_ALIKE = new RegExp(HAN_LOOK_ALIKE, 'gu')

/** Gives every Chinese character that is drawn like another its common code. */
export function foldHan(text: string): string {
  if (!HAN_LOOK_ALIKE.test(text)) return text
  return text.replace(EACH_HAN_LOOK_ALIKE, (c) => CHARACTER_OF.get(c) ?? c.normalize('NFKC'))
}

/** Greek and Cyrillic letters that are drawn like a Latin one, and what stands for X or a hyphen. */
const LETTERS_LIKE = 'АВЕЅІЈКМНОРСТУХаеорсухіјѕΑΒΕΖΗΙΚΜΝΟΡΤΥΧ×✕╳'
const LATIN_LETTERS = 'ABESIJKMHOPCTYXaeopcyxijsABEZHIKMNOPTYXXXX'
const LATIN_OF = new Map([...LETTERS_LIKE].map((letter, i) => [letter, [...LATIN_LETTERS][i] ?? letter]))
const NOT_LATIN = /[\u0370-\u04ff×✕╳]/g
/** Dashes of every length, and the minus sign. */
const DASH = /[\u2010-\u2015\u2212\u2043\ufe58\ufe63\u2500\u30fc]/g

/** For numbers and codes: a letter or a dash that looks like a plain one is that one. */
export function foldCode(text: string): string {
  return foldDashes(text).replace(NOT_LATIN, (c) => LATIN_OF.get(c) ?? c)
}

export function foldDashes(text: string): string {
  return text.replace(DASH, '-')
}
