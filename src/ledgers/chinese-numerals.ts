const DIGITS = '〇一二三四五六七八九'
const NUMERAL = /[〇零○Oo一二三四五六七八九十廿卅]+/g

/** 二〇二二年六月十二日 becomes 2022年6月12日. Text without such numerals stays as it is. */
export function arabicDate(text: string): string {
  if (!/[一二三四五六七八九十]\s*[年月日号时點点分秒]/.test(text) && !/[〇零○]\s*年/.test(text)) return text
  return text.replace(NUMERAL, (numeral) => String(valueOf(numeral.replace(/[零○Oo]/g, '〇')) ?? numeral))
}

/** Of up to ninety-nine, or digit by digit. */
function valueOf(numeral: string): string | number | null {
  const plain = numeral.replace('廿', '二十').replace('卅', '三十')
  if (!plain.includes('十')) return [...plain].map((c) => DIGITS.indexOf(c)).join('')
  const parts = /^〇?([一二三四五六七八九])?十([一二三四五六七八九])?$/.exec(plain)
  if (!parts) return null
  const [, tens = '一', ones = '〇'] = parts
  return DIGITS.indexOf(tens) * 10 + DIGITS.indexOf(ones)
}
