import { type Day, dayFromNumber, dayOf, endOfDay, type Instant, MS_PER_DAY } from '../domain/time/days.ts'
import { foldedCell } from './cell.ts'
import { arabicDate } from './chinese-numerals.ts'
import { dateParts } from './date-forms.ts'
import { dayExists } from './day-exists.ts'
import { isScientific } from './external-id.ts'
import { foldDashes } from './look-alikes.ts'
import { isPlaceholder, isTooNarrow } from './placeholder.ts'
import { isOfTheClock, timeOfDay } from './time-forms.ts'

/** The end of a day, written as its 24th hour. */
const HOUR_24 = /(?<!\d)24\s*[::时時點点]|(?<!\d)\d{8}24(?:00){1,2}(?!\d)/

/** Whether a cell names the 24th hour, so that the day read is the next. */
export function namesHour24(cell: string): boolean {
  return HOUR_24.test(cell)
}
export const HOUR_24_READ = '发布时间写的是 24 时,按次日 0 时登记。'

/** A sign of an hour in a cell whose time is 00:00. */
const HOUR = /[::时時點点凌]|午夜|[ap]\.?m|\d{8}0{4}|\d\.\d/i

/** The Beijing instant of an issue, and its day. */
export type IssueTime = { issuedOn: Day; issuedAt: Instant }
export type DateFault =
  'missing-date' | 'bad-date' | 'no-year' | 'ambiguous-date' | 'too-narrow' | 'digits-lost'

/** The platform's own form, which most files have. */
const PLAIN = /^(\d{4}-\d{2}-\d{2})(?: (\d{2}):(\d{2})(?::(\d{2}))?)?$/
/** The calendar of working days begins here; no open warning is older. */
const FIRST_DAY: Day = '2004-01-01'
const WEEKDAY =
  /\(?\s*(?:星期|礼拜|周)[一二三四五六日天]\s*\)?|\([一二三四五六日]\)|\b(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\b[.,]?/gi
/** 6月2日, 06-02 09:30. 6.2 may be a sum of money. */
const WITHOUT_YEAR =
  /^(?:1[0-2]|0?[1-9])\s*[月/-]\s*(?:3[01]|[12]\d|0?[1-9])\s*[日号]?(?:\s*(?:[上下中]午)?\s*\d{1,2}\s*[::时點点].*)?$/
const SERIAL = /^\d{5}(?:\.\d+)?$/
/** Days from 1899-12-30, from which spreadsheets count, to 1970. The Macintosh counted from 1904. */
const SERIAL_OF_1970 = 25_569
const DAYS_TO_1904 = 1_462
/** Between the day and the time. */
const BETWEEN = /^[\s,;_T]+|[\s.,;。]+$/g

/**
 * The Beijing instant and day of a cell, 00:00 without a time; null for a moment that does not exist
 * (2022-02-30, 25:00) or could be two.
 */
export function issueTime(text: string): IssueTime | null {
  const read = readIssueTime(text)
  return typeof read === 'string' ? null : read
}

/** Whether a cell names a day without an hour, so that 00:00 was taken. */
export function namesNoHour(cell: string, { issuedOn, issuedAt }: IssueTime): boolean {
  return issuedAt === endOfDay(issuedOn) - MS_PER_DAY && !HOUR.test(cell)
}

/** @param date1904 whether the spreadsheet counts days from 1904 */
export function readIssueTime(cell: string, date1904 = false): IssueTime | DateFault {
  const [, day, hour = '0', minute = '0', second = '0'] = PLAIN.exec(cell) ?? []
  if (day !== undefined) return checked(day, clock(Number(hour), Number(minute), Number(second)))
  const text = foldDashes(foldedCell(cell))
  if (SERIAL.test(text)) return ofSerial(Number(text) + (date1904 ? DAYS_TO_1904 : 0))
  if (isTooNarrow(text)) return 'too-narrow'
  if (isPlaceholder(text)) return 'missing-date'
  return isScientific(text) ? 'digits-lost' : ofText(arabicDate(text.replace(WEEKDAY, ' ').trim()))
}

function ofText(text: string): IssueTime | DateFault {
  const date = dateParts(text)
  if (date === 'ambiguous') return 'ambiguous-date'
  if (date === null) return WITHOUT_YEAR.test(text) ? 'no-year' : 'bad-date'
  const day = `${date.year}-${date.month.padStart(2, '0')}-${date.day.padStart(2, '0')}`
  const time = timeOfDay(date.rest.replace(BETWEEN, ''))
  if (time === null) return 'bad-date'
  const read = checked(day, time.ms)
  return time.aheadOfBeijing === 0 || typeof read === 'string' ? read : inBeijing(read, time.aheadOfBeijing)
}

/** A zone of its own may put the moment on another day in Beijing. */
function inBeijing({ issuedAt }: IssueTime, aheadOfBeijing: number): IssueTime | DateFault {
  const at = issuedAt - aheadOfBeijing
  return dayOf(at) < FIRST_DAY ? 'bad-date' : { issuedOn: dayOf(at), issuedAt: at }
}

/** Day 44714 of a spreadsheet is 2022-06-02; what is behind the point is the time, to the second. */
function ofSerial(serial: number): IssueTime | DateFault {
  const seconds = Math.round((serial - SERIAL_OF_1970) * 86_400)
  const days = Math.floor(seconds / 86_400)
  return checked(dayFromNumber(days), (seconds - days * 86_400) * 1000)
}

function clock(hour: number, minute: number, second: number): number {
  return isOfTheClock(hour, minute, second) ? ((hour * 60 + minute) * 60 + second) * 1000 : Number.NaN
}

function checked(issuedOn: Day, ms: number): IssueTime | DateFault {
  if (Number.isNaN(ms) || issuedOn < FIRST_DAY || !dayExists(issuedOn)) return 'bad-date'
  const issuedAt = endOfDay(issuedOn) - MS_PER_DAY + ms
  return { issuedOn: ms < MS_PER_DAY ? issuedOn : dayOf(issuedAt), issuedAt }
}
