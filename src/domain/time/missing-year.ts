import type { Calendar } from './calendar.ts'
import type { Day } from './days.ts'

/** The notice of a year comes in the autumn before it. From this day on its absence is told, so that somebody looks out for it. */
const EXPECTED_BY = '09-01'

/**
 * The first year without a notice, once it is needed: from September before it on, or as soon as something falls due in it.
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

/**
 * What is missing, what holds meanwhile, and what to do.
 * @param open how many open obligations rest on it; null where nobody counted
 * @param keeper whether the reader works on the server, where a command does the same
 */
export function missingYearWords(year: number, open: number | null, keeper: boolean): string {
  const command = keeper ? ',或在服务器上用 npm run duban -- calendar add 录入' : ''
  return (
    `缺 ${year} 年的放假调休安排。在此之前只按法定节假日和周末推算,${year} 年的日期都标“暂定”` +
    `${open === null || open === 0 ? '' : `,现有 ${open} 件在办事项的限时是暂定的`}。国务院办公厅的通知公布后,` +
    `请救助中心或局领导在“工作日历”页录入${command};录入后暂定的限时随即算定。`
  )
}
