import type { Calendar } from './calendar.ts'
import type { Day } from './days.ts'

/** The notice of a year comes in the November before it; without it on this day, somebody has to act. */
const EXPECTED_BY = '12-01'

/**
 * The first year without a notice, once it is needed: from December before it on, or as soon as something falls due in it.
 * @param lastDueOn the last day on which anything falls due; null when nothing does
 */
export function missingYear(
  { coverage }: Pick<Calendar, 'coverage'>,
  today: Day,
  lastDueOn: Day | null,
): number | null {
  const missing = Number(coverage.to.slice(0, 4)) + 1
  const isNeeded = today >= `${missing - 1}-${EXPECTED_BY}` || (lastDueOn !== null && lastDueOn > coverage.to)
  return isNeeded ? missing : null
}

/** What is missing, what holds meanwhile, and what to do, for administrators. */
export function missingYearWords(year: number): string {
  return (
    `缺 ${year} 年的放假调休安排。在此之前只按法定节假日和周末推算,${year} 年的日期都标“暂定”。` +
    `国务院办公厅的通知公布后,请升级本系统,或在服务器上用 npm run duban -- calendar add 录入通知中的日期。`
  )
}
