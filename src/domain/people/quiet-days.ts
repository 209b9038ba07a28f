import { addDays, dayOf, type Instant, weekday, weekdayWord } from '../time/days.ts'

/** Weekdays on which lines that can wait do not go to somebody: 0 is Sunday, 6 is Saturday. */
export type QuietDays = readonly number[]

const A_SUNDAY = '2022-06-05'
/** `周日` to `周六`. */
const NAMES = [0, 1, 2, 3, 4, 5, 6].map((n) => weekdayWord(addDays(A_SUNDAY, n)))
const MONDAY_TO_FRIDAY = [1, 2, 3, 4, 5]

export function isQuiet(at: Instant, quiet: QuietDays): boolean {
  return quiet.includes(weekday(dayOf(at)))
}

/** Why somebody cannot have these days quiet; null when they can. */
export function quietDaysFault(days: QuietDays): string | null {
  if (days.some((day) => NAMES[day] === undefined)) return '免打扰日写成 0(周日)到 6(周六)的数字。'
  return MONDAY_TO_FRIDAY.every((day) => days.includes(day))
    ? '免打扰日不能包括周一到周五的每一天:最多选其中四天,否则提醒没有一天可以送达。'
    : null
}

/** `周三、周五`, from Monday on; empty when there are none. */
export function quietDaysWords(days: QuietDays): string {
  return [1, 2, 3, 4, 5, 6, 0]
    .filter((day) => days.includes(day))
    .map((day) => NAMES[day])
    .join('、')
}

/** Reads `周三,周五`. @returns null when a word is no weekday */
export function readQuietDays(text: string): number[] | null {
  const words = text.split(/[\s,,、]+/).filter((word) => word !== '')
  const days = words.map((word) => NAMES.indexOf(word))
  return days.includes(-1) ? null : days
}
