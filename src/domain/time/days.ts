/**
 * Days and instants without a library and without the machine's time zone. A `Day` is `YYYY-MM-DD` in
 * Asia/Shanghai; an `Instant` is milliseconds since 1970 UTC. China has kept UTC+8 without summer time since
 * 1992, so a fixed offset is exact from 2004 on.
 */

export type Day = string
export type Instant = number

export const MS_PER_DAY = 86_400_000
const BEIJING_OFFSET = 8 * 3_600_000

/** The earlier of two instants, or of two waits, of which either may be none. */
export function earlierOf(a: Instant | null, b: Instant | null): Instant | null {
  if (a === null || b === null) return a ?? b
  return Math.min(a, b)
}

/** Days since 1970-01-01. All arithmetic on days is done on these integers. */
export function dayNumber(day: Day): number {
  return Date.UTC(Number(day.slice(0, 4)), Number(day.slice(5, 7)) - 1, Number(day.slice(8, 10))) / MS_PER_DAY
}

export function dayFromNumber(n: number): Day {
  return new Date(n * MS_PER_DAY).toISOString().slice(0, 10)
}

/** Whether the text is a day that exists: 2022-02-30 is not. */
export function isDay(text: string): boolean {
  return (
    /^\d{4}-\d{2}-\d{2}$/.test(text) &&
    !Number.isNaN(dayNumber(text)) &&
    dayFromNumber(dayNumber(text)) === text
  )
}

export function addDays(day: Day, n: number): Day {
  return dayFromNumber(dayNumber(day) + n)
}

/** 0 is Sunday, 6 is Saturday. */
export function weekday(day: Day): number {
  return (((dayNumber(day) + 4) % 7) + 7) % 7
}

/** `周五` */
export function weekdayWord(day: Day): string {
  return `周${'日一二三四五六'[weekday(day)]}`
}

/** The Beijing day an instant falls on. */
export function dayOf(instant: Instant): Day {
  return dayFromNumber(Math.floor((instant + BEIJING_OFFSET) / MS_PER_DAY))
}

/** The instant of `HH:MM` Beijing time on a day. */
export function instantAt(day: Day, time: string): Instant {
  const [hours, minutes] = time.split(':').map(Number)
  return dayNumber(day) * MS_PER_DAY - BEIJING_OFFSET + (hours ?? 0) * 3_600_000 + (minutes ?? 0) * 60_000
}

/** 24:00 Beijing time. At this instant the day is over and what was due on it is late. */
export function endOfDay(day: Day): Instant {
  return (dayNumber(day) + 1) * MS_PER_DAY - BEIJING_OFFSET
}

/** The day whose 24:00 this due instant is. */
export function dueDayOf(dueAt: Instant): Day {
  return dayOf(dueAt - 1)
}

/** Beijing wall-clock text of an instant, for people: `2022-06-10 08:30`. */
export function beijingText(instant: Instant): string {
  return beijingSeconds(instant).slice(0, 16)
}

/** The same to the second: `2022-06-10 08:30:00`. */
export function beijingSeconds(instant: Instant): string {
  return new Date(instant + BEIJING_OFFSET).toISOString().slice(0, 19).replace('T', ' ')
}
