import chineseDays from 'chinese-days'
import { addDays, type Day } from './days.ts'

/** The shortest lunar month; a jump to its last day never leaves the month. */
const SHORTEST_MONTH = 29

/** The first day from `from` on that is this day of this lunar month; a leap month is never meant. */
export function nextLunarDay(from: Day, month: number, day: number): Day {
  for (let at = from; ;) {
    const lunar = chineseDays.getLunarDate(at)
    const inMonth = lunar.lunarMon === month && !lunar.isLeap
    if (inMonth && lunar.lunarDay === day) return at
    const ahead = inMonth && lunar.lunarDay < day ? day : SHORTEST_MONTH
    at = addDays(at, Math.max(ahead - lunar.lunarDay, 1))
  }
}
