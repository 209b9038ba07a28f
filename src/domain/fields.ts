import { z } from 'zod'
import { isDay } from './time/days.ts'
import { codesOf } from './obligation/vocabulary.ts'

/** One of the codes of a label table; the document says the word of each. */
export function coded<T extends Record<string, string>>(labels: T) {
  const words = Object.entries(labels).map(([code, label]) => `${code} ${label}`)
  return z.enum(codesOf(labels)).describe(words.join('、'))
}

export const day = z
  .string()
  .refine(
    (text) => isDay(text) && /^(19|20)/.test(text),
    '要是 1900 到 2099 年间真实存在的日期,写成 YYYY-MM-DD',
  )
  .meta({ description: '北京时间的日期', format: 'date' })
