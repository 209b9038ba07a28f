import type { Calendar } from './calendar.ts'
import type { Day } from './days.ts'

type Published = Pick<Calendar, 'covers'>

/** Stands behind a day that was counted over days of which no notice is known yet. */
const MARK = '(暂定)'

/** Whether a counted day may still move; a day that a document fixes never does. */
export function isProvisional(counted: Day, calendar: Published): boolean {
  return !calendar.covers(counted)
}

/** `(暂定)` or nothing, to be put behind a counted day wherever it is shown: pages, receipts, mails. */
export function provisionalMark(counted: Day, calendar: Published): string {
  return isProvisional(counted, calendar) ? MARK : ''
}
