import { foldDashes } from './look-alikes.ts'

/** What people and programs write where there is nothing. Compared in capitals, without blanks and brackets. */
const WORDS = new Set(
  (
    '无 无此项 没有 暂无 暂缺 暂未填写 未知 不知 不详 不明 不清楚 不祥 空 空白 空值 缺 缺失 未填 未填写 未填报 未登记 未录入 未提供 待补 待补充 待定 待填 ' +
    'N/A #N/A #N/A! #NA #VALUE! #REF! #NAME? #NAME! #DIV/0! #NUM! #NULL! #CALC! #SPILL! #ERROR! NULL NIL NONE UNDEFINED NAN NA'
  ).split(' '),
)
/** Most words and names, of which only the list can tell. */
const HAN = /^[\u4e00-\u9fff]+$/
const BRACKETS = /^[([{<【〔《]+|[)\]}>】〕》]+$/g
/** With its brackets. */
const LONGEST = 12
/** Marks alone say nothing. */
const MARKS = /^[-_=/\\.,。、·…~*|:;'"]*$/

/** Whether a cell, cleaned and without blanks, stands for an empty one. */
export function isPlaceholder(text: string): boolean {
  if (HAN.test(text)) return WORDS.has(text)
  if (text === '' || MARKS.test(text)) return true
  if (text.length > LONGEST) return false
  const word = foldDashes(text).replace(BRACKETS, '')
  return MARKS.test(word) || WORDS.has(word.toUpperCase())
}

/** A spreadsheet shows ######## where the column is too narrow, and writes that to a CSV. */
export function isTooNarrow(text: string): boolean {
  return /^[#\uff03]{2,}$/.test(text)
}
