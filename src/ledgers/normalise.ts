import { type Day, endOfDay, type Instant, MS_PER_DAY } from '../domain/time/days.ts'
import { dayExists } from './day-exists.ts'

/** What copying leaves behind and nobody sees: zero-width marks, soft hyphens. */
const INVISIBLE = /[\u200b-\u200f\u2060\ufeff\u00ad]/g
const PLAIN = /^[\x21-\x7e]*$/
/** Most cells need nothing done to them; asking first is what keeps reading fast. */
const NUMBER = /^[0-9A-Za-z]*$/
const WIDE = /[\u3000\uff01-\uff5e]/

/** Full-width letters, digits and marks as half-width ones; the ideographic space as a space. */
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

/** For numbers a spreadsheet was told to leave alone: `'6199…`, `="6199…"`. */
export function unwrapped(text: string): string {
  if (NUMBER.test(text)) return text
  return compact(text).replace(/^=?"(.*)"$|^['`‘’]+/, '$1')
}

/** For free text: trimmed, otherwise as it was written. */
export function trimmed(text: string): string {
  return text.replace(INVISIBLE, '').trim()
}

/** 张 平 is 张平; a name written with letters keeps its single spaces. */
export function personName(text: string): string {
  const name = halfWidth(trimmed(text))
  if (!/\s/.test(name)) return name
  return name.replace(/(?<=\p{Script=Han})\s+(?=\p{Script=Han})/gu, '').replace(/\s+/g, ' ')
}

/** 2022-8-16, 2022/8/16, 2022.8.16, 2022年8月16日 and 20220816, with or without a time; spaces around the marks are let be. */
const DATE =
  /^(\d{4})(?:\s*[-/.]\s*(\d{1,2})\s*[-/.]\s*(\d{1,2})|\s*年\s*(\d{1,2})\s*月\s*(\d{1,2})\s*[日号]|(\d{2})(\d{2}))/
const TIME = /^[\sT]+(\d{1,2})\s*[:时]\s*(\d{1,2})(?:\s*[:分]\s*(?:(\d{1,2})(?:\.\d+)?\s*秒?)?)?$/

/** The calendar of working days begins here; no warning that still waits is older. */
const FIRST_DAY: Day = '2004-01-01'

/** The Beijing instant and day a cell names, 00:00 without a time; null for what is no such moment (2022-02-30, 25:00). */
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
