import { type Day, endOfDay, type Instant, MS_PER_DAY } from '../domain/time/days.ts'
import { dayExists } from './day-exists.ts'

/** What copying leaves behind unseen: zero-width marks, soft hyphens. */
const INVISIBLE = /[\u200b-\u200f\u2060\ufeff\u00ad]/g
const PLAIN = /^[\x21-\x7e]*$/
/** Most cells need no change; testing first keeps reading fast. */
const NUMBER = /^[0-9A-Za-z]*$/
const WIDE = /[\u3000\uff01-\uff5e]/

/** Turns full-width letters, digits and marks into half-width ones, and the ideographic space into a space. */
export function halfWidth(text: string): string {
  if (!WIDE.test(text)) return text
  return text
    .replace(/[\uff01-\uff5e]/g, (c) => String.fromCharCode(c.charCodeAt(0) - 0xfee0))
    .replaceAll('\u3000', ' ')
}

/** For codes and words: half-width and without any space. */
export function compact(text: string): string {
  return PLAIN.test(text) ? text : halfWidth(text).replace(INVISIBLE, '').replace(/\s+/g, '')
}

/** For numbers that were protected from a spreadsheet: `'6199…`, `="6199…"`. */
export function unwrapped(text: string): string {
  if (NUMBER.test(text)) return text
  return compact(text).replace(/^=?"(.*)"$|^['`‘’]+/, '$1')
}

/** For free text: trimmed, otherwise as it was written. */
export function trimmed(text: string): string {
  return text.replace(INVISIBLE, '').trim()
}

/** 张 平 becomes 张平; a name in Latin letters keeps its single spaces. */
export function personName(text: string): string {
  const name = halfWidth(trimmed(text))
  if (!/\s/.test(name)) return name
  return name.replace(/(?<=\p{Script=Han})\s+(?=\p{Script=Han})/gu, '').replace(/\s+/g, ' ')
}

/**
 * 2022-8-16, 2022/8/16, 2022.8.16, 2022年8月16日 and 20220816, with or without a time. Spaces around the marks are
 * allowed.
 */
const DATE =
  /^(\d{4})(?:\s*[-/.]\s*(\d{1,2})\s*[-/.]\s*(\d{1,2})|\s*年\s*(\d{1,2})\s*月\s*(\d{1,2})\s*[日号]|(\d{2})(\d{2}))/
const TIME = /^[\sT]+(\d{1,2})\s*[:时]\s*(\d{1,2})(?:\s*[:分]\s*(?:(\d{1,2})(?:\.\d+)?\s*秒?)?)?$/

/** The calendar of working days begins here; no open warning is older. */
const FIRST_DAY: Day = '2004-01-01'

/**
 * The Beijing instant and day of a cell, 00:00 without a time; null for a moment that does not exist
 * (2022-02-30, 25:00).
 */
export function issueTime(text: string): { issuedAt: Instant; issuedOn: Day } | null {
  const plain = halfWidth(trimmed(text))
  const date = DATE.exec(plain)
  if (!date) return null
  const [whole, year = '', m1, d1, m2, d2, m3, d3] = date
  const issuedOn = `${year}-${(m1 ?? m2 ?? m3 ?? '').padStart(2, '0')}-${(d1 ?? d2 ?? d3 ?? '').padStart(2, '0')}`
  const ms = timeOfDay(plain.slice(whole.length), /[日号]$/.test(whole))
  if (ms === null || issuedOn < FIRST_DAY || !dayExists(issuedOn)) return null
  return { issuedOn, issuedAt: endOfDay(issuedOn) - MS_PER_DAY + ms }
}

/** Milliseconds since midnight; a date that ends in 日 needs no space before its time. */
function timeOfDay(rest: string, afterMark: boolean): number | null {
  if (rest === '') return 0
  const time = TIME.exec(afterMark ? ` ${rest}` : rest)
  if (!time) return null
  const [hour, minute, second] = [Number(time[1]), Number(time[2]), Number(time[3] ?? 0)]
  if (hour > 23 || minute > 59 || second > 59) return null
  return ((hour * 60 + minute) * 60 + second) * 1000
}
