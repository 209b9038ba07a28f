/** Year, month and day as the cell says them, and the rest of its text. */
export type DateParts = { year: string; month: string; day: string; rest: string }

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec']
const MONTH = '(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\\.?'

/** Forms in which the order of the parts is certain. Beyond a day without 日 something must stand before a time. */
const YEAR_FIRST =
  /^(\d{4})(?:\s*年\s*(\d{1,2})\s*月\s*(\d{1,2})\s*[日号]?|\s*([-/.,_~\\\s])\s*(\d{1,2})\s*\4\s*(\d{1,2})(?!\d)\.?|(\d{2})(\d{2})(?=$|\D))(.*)$/s
const TOGETHER = /^(\d{4})(\d{2})(\d{2})((?:\d{4}|\d{6})(?:\.\d+)?)$/
/** A time straight behind the day, where both have two digits. */
const STUCK = /^(\d{4})-(\d{2})-(\d{2})(\d{2}:\d{2}(?::\d{2})?)$/
const DAY_MONTH_NAME = new RegExp(
  `^(\\d{1,2})(?:st|nd|rd|th)?[-\\s./]*${MONTH}[-\\s,./]*(\\d{4})(?!\\d)(.*)$`,
  'is',
)
const MONTH_NAME_DAY = new RegExp(
  `^${MONTH}[-\\s./]*(\\d{1,2})(?:st|nd|rd|th)?[-\\s,./]+(\\d{4})(?!\\d)(.*)$`,
  'is',
)
const YEAR_LAST = /^(\d{1,2})\s*([-/.])\s*(\d{1,2})\s*\2\s*(\d{4})(?!\d)(.*)$/s
const TWO_DIGIT_YEAR =
  /^'?(?:\d{1,2}\s*[-/.年]\s*\d{1,2}\s*[-/.月]\s*\d{1,2}(?!\d)|\d{1,2}[-\s]?[a-z]{3,9}[-\s,]*\d{2}(?!\d)|\d{6}$)/i

/** The parts of a date, 'ambiguous' where two days could be meant, null for no date. */
export function dateParts(text: string): DateParts | 'ambiguous' | null {
  return (
    yearFirst(text) ?? monthName(text) ?? yearLast(text) ?? (TWO_DIGIT_YEAR.test(text) ? 'ambiguous' : null)
  )
}

function yearFirst(text: string): DateParts | null {
  const [, y, m, d, time] = TOGETHER.exec(text) ?? STUCK.exec(text) ?? []
  if (time !== undefined) return parts(y, m, d, time)
  const [, year, m1, d1, , m2, d2, m3, d3, rest] = YEAR_FIRST.exec(text) ?? []
  return parts(year, m1 ?? m2 ?? m3, d1 ?? d2 ?? d3, rest)
}

function monthName(text: string): DateParts | null {
  if (!/[a-z]{3}/i.test(text)) return null
  const [, day, name, year, rest] = DAY_MONTH_NAME.exec(text) ?? []
  if (name) return parts(year, monthOf(name), day, rest)
  const [, first, second, third, after] = MONTH_NAME_DAY.exec(text) ?? []
  return first ? parts(third, monthOf(first), second, after) : null
}

/** 13/06/2022 and 06/13/2022 can be one day only, 06/06/2022 too. */
function yearLast(text: string): DateParts | 'ambiguous' | null {
  const [, a, , b, year, rest] = YEAR_LAST.exec(text) ?? []
  if (a === undefined || b === undefined) return null
  if (Number(a) === Number(b) || Number(a) > 12) return parts(year, b, a, rest)
  return Number(b) > 12 ? parts(year, a, b, rest) : 'ambiguous'
}

function monthOf(name: string): string {
  return String(MONTHS.indexOf(name.toLowerCase()) + 1)
}

function parts(year?: string, month?: string, day?: string, rest = ''): DateParts | null {
  return year && month && day ? { year, month, day, rest } : null
}
