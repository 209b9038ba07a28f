import type { Day } from '../domain/time/days.ts'

const LENGTHS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]

/**
 * Whether text of the form YYYY-MM-DD is a day that exists. Cheaper than `isDay`, since two days of every row
 * are checked.
 */
export function dayExists(text: Day): boolean {
  const [year, month, day] = [Number(text.slice(0, 4)), Number(text.slice(5, 7)), Number(text.slice(8, 10))]
  const leap = month === 2 && year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0)
  return day >= 1 && day <= (LENGTHS[month - 1] ?? 0) + (leap ? 1 : 0)
}
