import type { DayOverride } from './calendar.ts'
import { isDay } from './days.ts'

/** How a line says that people work on a day, or do not. */
const WORKING = { 放假: false, 上班: true } as const

/**
 * Reads the days of a notice, one a line: `2027-02-05,放假,春节`. Empty lines do not count.
 * @param source the notice, cited with every day
 * @throws RangeError that names the line and what is accepted
 */
export function readNoticeDays(text: string, source: string): DayOverride[] {
  const lines = text.replace(/^\uFEFF/, '').split(/\r?\n/)
  return lines.flatMap((line, i) => (line.trim() === '' ? [] : [dayOfLine(line, i + 1, source)]))
}

function dayOfLine(line: string, number: number, source: string): DayOverride {
  const [day = '', plan = '', name = ''] = line.split(/[,,]/).map((cell) => cell.trim())
  if (!isDay(day)) throw refusal(number, `“${day}”不是日期,请写成 2027-02-05 的样子`)
  if (!(plan in WORKING)) throw refusal(number, `“${plan}”要写成“放假”或“上班”`)
  if (name === '') throw refusal(number, '缺节日名称,例如“春节”')
  return { day, working: WORKING[plan as keyof typeof WORKING], name, source }
}

function refusal(line: number, words: string): RangeError {
  return new RangeError(`第 ${line} 行:${words}。`)
}
