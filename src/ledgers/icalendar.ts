import { addDays, type Day, type Instant } from '../domain/time/days.ts'

/** One thing that is due on a day of Beijing, whole day. */
export type DueEvent = {
  /** Stays the same while the day moves. */
  uid: string
  day: Day
  summary: string
  description: string
  url: string
  /** Goes up with each change. */
  sequence: number
  at: Instant
}
export type DueCalendar = { name: string; description: string; events: readonly DueEvent[] }

const MOST_OCTETS = 75
const NEWLINE = '\r\n'
/** How often a reader is asked to come back: some times a working day. */
const AGAIN = 'PT4H'

/**
 * A calendar as RFC 5545 writes it, with what RFC 7986 adds. Days are plain dates: they are the same in every zone, and no reader moves
 * them.
 */
export function writeCalendar({ name, description, events }: DueCalendar): string {
  const lines = [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//Duban//Calendar Feed//ZH-CN',
    'CALSCALE:GREGORIAN',
    `NAME:${escapeText(name)}`,
    `X-WR-CALNAME:${escapeText(name)}`,
    `DESCRIPTION:${escapeText(description)}`,
    'X-WR-TIMEZONE:Asia/Shanghai',
    `REFRESH-INTERVAL;VALUE=DURATION:${AGAIN}`,
    `X-PUBLISHED-TTL:${AGAIN}`,
    ...events.flatMap(linesOf),
    'END:VCALENDAR',
  ]
  return lines.map((line) => foldLine(line) + NEWLINE).join('')
}

function linesOf({ uid, day, summary, description, url, sequence, at }: DueEvent): string[] {
  return [
    'BEGIN:VEVENT',
    `UID:${escapeText(uid)}`,
    `DTSTAMP:${utc(at)}`,
    `DTSTART;VALUE=DATE:${digits(day)}`,
    `DTEND;VALUE=DATE:${digits(addDays(day, 1))}`,
    `SUMMARY:${escapeText(summary)}`,
    `DESCRIPTION:${escapeText(description)}`,
    `URL:${url}`,
    `SEQUENCE:${sequence}`,
    // Whoever has something due is not away on that day.
    'TRANSP:TRANSPARENT',
    'CLASS:PRIVATE',
    'END:VEVENT',
  ]
}

/** RFC 5545, 3.3.11. Other control characters may not stand in a text. */
export function escapeText(text: string): string {
  return text
    .replace(/[\\;,]/g, (sign) => `\\${sign}`)
    .replace(/\r\n|\r|\n/g, '\\n')
    .replace(/[\u0000-\u0008\u000b-\u001f\u007f]/g, '')
}

/** A line of at most 75 octets, and what is longer below it behind a space; no character is cut (RFC 5545, 3.1). */
export function foldLine(line: string): string {
  let folded = ''
  let octets = 0
  for (const character of line) {
    const size = Buffer.byteLength(character)
    if (octets + size > MOST_OCTETS) {
      folded += `${NEWLINE} `
      octets = 1
    }
    folded += character
    octets += size
  }
  return folded
}

const digits = (day: Day) => day.replaceAll('-', '')
const utc = (at: Instant) => `${new Date(at).toISOString().slice(0, 19).replace(/[-:]/g, '')}Z`
